"""Values of a worksheet: the lines it proposes, why, what was checked of them and what was not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from codeward.core.codes import Code, procedure
from codeward.core.sources import Source

HOLDS, FAILS, UNCHECKED = "holds", "fails", "not-checked"
"""What a check of a proposed line came to; not checked is never the same as holding."""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One proposed line: a code, its modifiers and units; `about` says which wound, tumor or drug it is for.

    Where a worksheet counts without a code (anesthesia minutes), `code` is the name of what was counted. `units` is a
    whole number, or text where it has a decimal (`3.0`).
    """

    code: str
    units: int | str
    modifiers: tuple[str, ...] = ()
    about: str = ""

    @property
    def shown(self) -> str:
        """The code as claims are spoken of: with its modifiers behind dashes."""
        return "-".join((self.code, *self.modifiers))

    @property
    def is_code(self) -> bool:
        """Whether it is a code at all, and not a count of time."""
        return "_" not in self.code

    @property
    def leads_to(self) -> Code | None:
        """The code's page, for a line that has one."""
        return procedure(self.code) if self.is_code else None


@dataclass(frozen=True, slots=True)
class Reason:
    """One step in a plain sentence, the document whose rule it is, and rows of the library that say so."""

    text: str
    document: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """One thing held against the library: what of which code, how it came out, and where that stands."""

    code: str
    name: str
    result: str
    text: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A worked worksheet: lines in the order a claim would have them, reasons in the order they were reached."""

    kind: str
    on: date
    lines: tuple[UnitLine, ...]
    reasons: tuple[Reason, ...]
    checks: tuple[Check, ...] = field(default=())
    warnings: tuple[str, ...] = field(default=())

    @property
    def because(self) -> tuple[str, ...]:
        """Every step as one sentence with its document."""
        return tuple(f"{item.text} ({item.document})" if item.document else item.text for item in self.reasons)
