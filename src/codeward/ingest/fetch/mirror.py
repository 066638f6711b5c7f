"""Mirror: one host that holds what the publishers have, each under its own name, for machines without the internet."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from codeward.core.faults import BadInput


@dataclass(frozen=True, slots=True)
class Mirror:
    """Where addresses really are asked: `https://www.cms.gov/x` at `BASE/www.cms.gov/x`; without a base, there."""

    base: str = ""

    @property
    def host(self) -> str:
        """Its host and port; empty without a mirror."""
        return urlsplit(self.base).netloc.lower()

    def route(self, url: str) -> str:
        """The address to ask instead of this one."""
        if not self.base or url.startswith(self.base + "/"):
            return url
        parts = urlsplit(url)
        query = f"?{parts.query}" if parts.query else ""
        return f"{self.base}/{parts.netloc}{parts.path}{query}"

    def published(self, url: str) -> str:
        """The publisher's address of something that was asked at the mirror."""
        if not self.base or not url.startswith(self.base + "/"):
            return url
        return "https://" + url[len(self.base) + 1 :]


def read_mirror(text: str) -> Mirror:
    """A mirror as set; BadInput for anything but a web address."""
    parts = urlsplit(text.strip())
    if text.strip() and (parts.scheme not in ("http", "https") or not parts.netloc):
        raise BadInput(f"{text!r} is no mirror: expected an address such as https://mirror.example.org/codeward")
    return Mirror(text.strip().rstrip("/"))
