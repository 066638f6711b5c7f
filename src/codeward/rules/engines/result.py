"""Result: what an engine returns, alike for each of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class FoundRow:
    """One finding as an engine writes it: numbers of the claim, line and rule, texts made, rows cited."""

    claim: int
    line: int
    rule_number: int
    code: str
    with_code: str
    message: str
    cited: str
    other_line: int | None = None
    row_id: int = 0


@dataclass(frozen=True, slots=True)
class EngineResult:
    """Findings and what could not be checked, each in order and once."""

    findings: tuple[FoundRow, ...]
    unmet: tuple[tuple[int, str, str], ...]
