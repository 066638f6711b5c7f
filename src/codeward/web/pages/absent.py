"""What is not loaded: said in its place, with the command that loads it and where the files come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from codeward.datasets.registry import DATASETS
from codeward.services.library_status import accept_command, load_command
from codeward.store.library import Library


@dataclass(frozen=True, slots=True)
class Absent:
    """A dataset that does not speak for the day.

    `loaded_from` is the first day loaded, when other days are; `closed` says why a loaded one is not shown.
    """

    id: str
    title: str
    publisher: str
    landing: str
    command: str
    terms: str
    loaded_from: str
    closed: str
    has_address: bool


@dataclass(frozen=True, slots=True)
class Absence:
    """All that a section lacks, and how to load it."""

    items: tuple[Absent, ...]

    def __bool__(self) -> bool:
        return bool(self.items)

    @property
    def first(self) -> Absent:
        """The one to name when there is room for one."""
        return self.items[0]

    @property
    def landings(self) -> tuple[Absent, ...]:
        """One item for each page that has the files."""
        return tuple({item.landing: item for item in reversed(self.items)}.values())[::-1]

    @property
    def fetch_command(self) -> str:
        """The command that gets and loads what has an address; empty where nothing has."""
        known = [item for item in self.items if item.has_address]
        terms = dict.fromkeys(item.terms.removeprefix("/terms#") for item in known if item.terms)
        accept = "".join(f" --accept {name}" for name in terms)
        return f"codeward library fetch {' '.join(item.id for item in known)}{accept}" if known else ""

    @property
    def commands(self) -> tuple[Absent, ...]:
        """One item for each command that loads some of them."""
        return tuple({item.command: item for item in reversed(self.items)}.values())[::-1]


def absent(ids: Iterable[str], library: Library | None) -> Absence:
    """The datasets of these ids as panels show them; an id this version cannot read is passed over."""
    return Absence(tuple(_absent(name, library) for name in ids if name in DATASETS))


def _absent(name: str, library: Library | None) -> Absent:
    dataset = DATASETS[name]
    editions = library.editions(name) if library else []
    first = min((item.known_from for item in editions), default=None)
    closed = library is not None and library.is_closed(name)
    return Absent(
        name,
        dataset.title,
        dataset.publisher,
        dataset.landing,
        accept_command(dataset) if closed else load_command(dataset),
        f"/terms#{dataset.needs_acceptance}" if dataset.needs_acceptance else "",
        first.isoformat() if first else "",
        library.licence.why_closed(name) if library is not None and closed else "",
        bool(dataset.addresses or dataset.links) and not closed,
    )
