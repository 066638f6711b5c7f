"""Result: what an engine returns, alike for each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


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


def found_row(row: tuple[Any, ...]) -> FoundRow:
    """A finding from the columns in which every engine writes it."""
    claim, row_id, line, other, number, code, with_code, message, cited = row
    return FoundRow(claim, line, number, code, with_code, message, cited.strip(), other, row_id)


def in_order(found: Iterable[FoundRow]) -> tuple[FoundRow, ...]:
    """Findings by claim, line and rule, each once."""
    return tuple(sorted(set(found), key=_order))


def _order(item: FoundRow) -> tuple[Any, ...]:
    other = -1 if item.other_line is None else item.other_line
    return (item.claim, item.line, item.rule_number, item.code, item.with_code, item.message, item.cited, other)
