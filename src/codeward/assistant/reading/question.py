"""Question: what was asked, taken apart; the words stay for whatever no table knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from codeward.core.codes import Code

_CASE = 10
"""Words from which a question tells a case."""


@dataclass(frozen=True, slots=True)
class SaidCode:
    """A code as it stands in the question: modifiers and units written on it, and whether any loaded list has it."""

    code: Code
    start: int
    end: int
    modifiers: tuple[str, ...] = ()
    units: int | None = None
    listed: bool = True

    @property
    def is_procedure(self) -> bool:
        """CPT or HCPCS Level II."""
        return self.code.system in ("cpt", "hcpcs")


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `text` has identifiers covered, `plain` is its lower case with typing evened out.

    `day` is the date of service that was named, `years` are years without a day.
    """

    text: str
    plain: str
    codes: tuple[SaidCode, ...] = ()
    modifiers: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    years: tuple[int, ...] = ()
    place: str = ""
    setting: str = ""
    state: str = ""
    zip: str = ""
    payer: str = ""
    denials: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()

    @property
    def day(self) -> date | None:
        """The one day that was named, or the last of several."""
        return self.days[-1] if self.days else None

    @property
    def year(self) -> int | None:
        """The first year named without a day."""
        return self.years[0] if self.years else None

    @property
    def procedures(self) -> tuple[str, ...]:
        """Procedure codes in the order they stand, each once."""
        return tuple(dict.fromkeys(item.code.value for item in self.codes if item.is_procedure))

    @property
    def diagnoses(self) -> tuple[Code, ...]:
        """Diagnosis codes in the order they stand, each once."""
        return tuple(dict.fromkeys(item.code for item in self.codes if item.code.system == "icd-10-cm"))

    def of_system(self, system: str) -> tuple[Code, ...]:
        """Codes of one system, each once."""
        return tuple(dict.fromkeys(item.code for item in self.codes if item.code.system == system))

    @property
    def is_case(self) -> bool:
        """Whether it is told in a sentence, as a case: more words than a look-up needs."""
        return len(self.plain.split()) >= _CASE

    def says(self, pattern: str) -> bool:
        """Whether the plain text holds a pattern; the pattern is ours, never the reader's."""
        return re.search(pattern, self.plain) is not None
