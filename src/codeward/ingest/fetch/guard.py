"""Guard: no address that a page or a redirect names may lead into the machine's own network."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from codeward.datasets.declare import Dataset
from codeward.ingest.fetch.troubles import Refused

Resolve = Callable[[str], list[str]]
"""Every numeric address of a host name."""


def resolve(host: str) -> list[str]:
    """As the machine resolves it; OSError when it cannot."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)]


def hosts_of(datasets: Iterable[Dataset]) -> frozenset[str]:
    """Hosts (with the port, where one is named) that the declarations themselves name: trusted as they stand."""
    urls = [url for dataset in datasets for url in (dataset.landing, *(item.url for item in dataset.addresses))]
    return frozenset(urlsplit(url).netloc.lower() for url in urls)


def check(url: str, trusted: frozenset[str], lookup: Resolve = resolve) -> None:
    """Refused unless the address is http(s) and its host is a publisher's or lies in the public network."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused(f"{url} is not a web address")
    if parts.username or parts.password:
        raise Refused(f"{parts.hostname} is named with a user: not followed")
    if parts.netloc.lower() in trusted:
        return
    try:
        found = lookup(parts.hostname)
    except (OSError, UnicodeError):
        raise Refused(f"{parts.hostname} cannot be resolved") from None
    if not found or not all(is_public(item) for item in found):
        raise Refused(f"{parts.hostname} is not a public host: not followed")


def is_public(address: str) -> bool:
    """Whether a numeric address lies in the public network."""
    try:
        return ip_address(address.split("%", maxsplit=1)[0]).is_global
    except ValueError:
        return False
