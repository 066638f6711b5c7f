"""Address: where a model is, written as URL#NAME."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from codeward.core.faults import BadInput

CHAT, RESPONSES = "chat-completions", "responses"
_EXPECTED = "expected URL#NAME, such as http://127.0.0.1:11434/v1#qwen3:4b"
_ENDINGS = {CHAT: "/chat/completions", RESPONSES: "/responses"}


@dataclass(frozen=True, slots=True)
class ModelAddress:
    """A model at a server that speaks as OpenAI's does; the key is never printed."""

    scheme: str
    host: str
    port: int
    path: str
    """Where requests go, the API's own ending included."""
    name: str
    api: str = CHAT
    key: str = field(default="", repr=False)

    @property
    def local(self) -> bool:
        """Whether the server is on this machine."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def shown(self) -> str:
        """As it is kept and printed."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}{self.path}#{self.name}"


def read_address(text: str, key: str = "") -> ModelAddress:
    """A model's address as typed; BadInput says what was expected.

    `responses+` before the URL asks for the Responses API. A URL without a path means /v1.
    """
    given, _, name = text.strip().partition("#")
    api = RESPONSES if given.startswith("responses+") else CHAT
    try:
        parts = urlsplit(given.removeprefix("responses+"))
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    except ValueError:
        raise BadInput(f"the model's address has no valid host and port: {_EXPECTED}") from None
    if not (port and all(map(_plain, (parts.hostname or "", name))) and (_plain(parts.path) or not parts.path)):
        raise BadInput(f"{_without_user(text)!r} is not a model's address: {_EXPECTED}")
    if parts.username is not None or parts.password is not None or parts.query:
        raise BadInput("a model's address takes no user and no query: put the key into CODEWARD_MODEL_KEY")
    if not _plain(key) and key:
        raise BadInput("CODEWARD_MODEL_KEY holds blanks or characters that no header may carry")
    path = _with_ending(parts.path.rstrip("/") or "/v1", api)
    return ModelAddress(parts.scheme, parts.hostname or "", port, path, name, api, key)


def _plain(text: str) -> bool:
    return bool(text) and text.isascii() and text.isprintable() and " " not in text


def _with_ending(path: str, api: str) -> str:
    for ending in _ENDINGS.values():
        path = path.removesuffix(ending)
    return path + _ENDINGS[api]


def _without_user(text: str) -> str:
    """What was typed, less what may be a password in it."""
    return text.rpartition("@")[2][:120]
