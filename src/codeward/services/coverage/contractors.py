"""Contractors as the exports have them: whose document it is, which states a contract covers on a day, and for what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from codeward.core.states import STATES, state_named
from codeward.services.coverage.macs import fits_setting, lettered
from codeward.services.coverage.values import Contractor, Place
from codeward.services.view import View
from codeward.store.library import Found

NAMES, STATES_OF, LETTERS, TYPES = (
    "mcd-contractor",
    "mcd-contractor-jurisdiction",
    "mcd-state-lookup",
    "mcd-contractor-type-lookup",
)
NEEDED = (NAMES, STATES_OF, LETTERS)
HOW = "the MCD exports"
Triple = tuple[int, int, int]
"""Contractor, type and version: only all three together name a row (exports' own key)."""


@dataclass(frozen=True, slots=True)
class Contract:
    """One contract on a day: its contractor, the states it covers, and the rows that say so."""

    contractor: Contractor
    states: frozenset[str]
    rows: tuple[Found[Any], ...]

    def pays(self, setting: str) -> bool:
        """Whether the contract is of a type that pays the setting; one of unknown type may."""
        return not self.contractor.type or fits_setting(self.contractor.type, setting)

    def serves(self, place: Place, setting: str) -> bool:
        """Whether it pays the setting at the place.

        A ZIP that names a Part B contract settles which of a state's Part B contracts it is.
        """
        if not self.pays(setting):
            return False
        number = self.contractor.number
        if place.contract and setting in ("practitioner", "asc") and number.endswith("2") and len(number) == 5:
            return number == place.contract
        return place.state in self.states


class Contracts:
    """Contracts as of the view's day, each read once."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._read: dict[Triple, Contract | None] = {}
        self._letters: dict[int, str] | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Tables without which nobody can say whom a contract covers."""
        return tuple(name for name in NEEDED if not self.view.library.editions(name))

    def of(self, triples: Iterable[Triple]) -> tuple[Contract, ...]:
        """The contracts of these keys that the exports have."""
        found = [self._contract(triple) for triple in triples]
        return tuple(item for item in found if item is not None)

    def serving(self, place: Place, setting: str) -> tuple[Contract, ...]:
        """Every contract that serves the place on the day, each contractor and number once."""
        states = [number for number, letters in self._states().items() if letters == place.state]
        rows = [row for number in states for row in self._rows(STATES_OF, state_id=str(number))]
        found = {
            (item.contractor.name, item.contractor.number): item
            for item in self.of(dict.fromkeys(map(triple_of, rows)))
            if item.serves(place, setting)
        }
        return tuple(found[key] for key in sorted(found))

    def _contract(self, triple: Triple) -> Contract | None:
        if triple not in self._read:
            self._read[triple] = self._find(triple)
        return self._read[triple]

    def _find(self, triple: Triple) -> Contract | None:
        keys = ("contractor_id", "contractor_type_id", "contractor_version")
        where = dict(zip(keys, map(str, triple), strict=True))
        named = next(iter(self._rows(NAMES, **where)), None)
        if named is None:
            return None
        held = next(iter(self._rows(TYPES, contractor_type_id=str(triple[1]))), None)
        rows = self._rows(STATES_OF, **where)
        letters = self._states()
        states = frozenset(letters[row.row.state_id] for row in rows if row.row.state_id in letters)
        number = named.row.contractor_number
        kind = held.row.description if held else ""
        contractor = Contractor(named.row.contractor_bus_name, number, kind, lettered(number), HOW, named.source)
        return Contract(contractor, states, (named, *rows))

    def _states(self) -> dict[int, str]:
        if self._letters is None:
            self._letters = {item.row.state_id: _letters(item.row) for item in self._rows(LETTERS)}
        return self._letters

    def _rows(self, dataset: str, **where: str) -> list[Found[Any]]:
        """Rows of the day; what an answer rests on is noted as a source where it is used, not here."""
        release = self.view.edition(dataset)
        return self.view.library.find(dataset, release, self.view.on, **where) if release else []


def triple_of(row: Found[Any]) -> Triple:
    """The key of the contract that a row names."""
    return row.row.contractor_id, row.row.contractor_type_id, row.row.contractor_version


def _letters(row: Any) -> str:
    """Postal letters of an entry; parts of a state have entries of their own (`California - Northern`)."""
    for text in (row.description.split(" - ")[0], row.state_abbrev):
        try:
            return state_named(text)
        except ValueError:
            continue
    return row.state_abbrev if row.state_abbrev in STATES else f"?{row.state_id}"
