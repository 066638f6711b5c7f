"""What relates codes: each basis by itself with what it does and does not say, and the maps that do not exist."""

from __future__ import annotations

from dataclasses import dataclass, field

from codeward.core.codes import Code
from codeward.services.page import Table

OFFICIAL = "official"
STRUCTURE = "told by the structure of two editions"
OWN = "own words"
ICD_9, SPECIALTY, REVENUE = "icd-9", "specialty", "revenue"
PROCEDURES = ("cpt", "hcpcs")


@dataclass(frozen=True, slots=True)
class Basis:
    """One ground on which codes are set beside the one asked for; grounds are never mixed.

    `standing` says whose word it is, `means` what it says and what not; `missing` names datasets that are not loaded,
    and without any, empty `tables` mean that the loaded ones set nothing beside the code.
    """

    name: str
    title: str
    targets: tuple[str, ...]
    standing: str
    means: str
    tables: tuple[Table, ...] = ()
    missing: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    """What this basis has to say beside its tables: how much is left out, or what is not known."""

    @property
    def codes(self) -> tuple[Code, ...]:
        """Every code that its tables lead to, each once."""
        cells = (cell for table in self.tables for line in table.lines for cell in line.cells)
        return tuple(dict.fromkeys(cell.code for cell in cells if cell.code))


@dataclass(frozen=True, slots=True)
class NoMap:
    """A map that does not exist, or that Codeward does not hold, and what comes closest to it."""

    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Relations:
    """Everything that relates one code to others, or only to codes of the system asked for."""

    code: Code
    title: str | None
    to: str
    bases: tuple[Basis, ...] = ()
    no_maps: tuple[NoMap, ...] = field(default=())
