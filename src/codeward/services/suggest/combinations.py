"""Combinations: two reported conditions that one code states together, such as hypertension and kidney disease."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from codeward.core.codes import Code
from codeward.services.suggest.drafts import Draft, Drafts
from codeward.services.suggest.edition import Edition, Entry
from codeward.services.suggest.tables import read_table

SAID = "Said by {} (Guidelines {})"
TOGETHER = "{} and {} are reported together by this code (Guidelines {})"


@dataclass(frozen=True, slots=True)
class Combination:
    """One row of the table; see there."""

    base: tuple[str, ...]
    beside: tuple[tuple[str, ...], ...]
    becomes: str
    ending: str
    absorbed: tuple[str, ...]
    guideline: str
    named: str = ""


def combine(drafts: Drafts, edition: Edition) -> None:
    """Add the combination codes that the reported conditions call for, and turn down what they say."""
    for row in _combinations():
        for base in [item for item in drafts.accepted if item.code.value.startswith(row.base)]:
            partners = list(_partners(drafts, row, base))
            entry = edition.entry(row.becomes or base.code.value[:3] + row.ending)
            if len(partners) == len(row.beside) and entry is not None and entry.billable:
                _put_together(drafts, row, (base, *partners), entry)
                break


def _partners(drafts: Drafts, row: Combination, base: Draft) -> Iterator[Draft]:
    for beginnings in row.beside:
        found = next((item for item in drafts.accepted if item.code.value.startswith(beginnings)), None)
        if found is not None and found is not base and row.named in found.why.lower():
            yield found


def _put_together(drafts: Drafts, row: Combination, parts: Sequence[Draft], entry: Entry) -> None:
    base = parts[0]
    code = Code("icd-10-cm", entry.code)
    for part in parts:
        replaced = part is base and (row.becomes or part.code.value[3:] in ("8", "9"))
        if part.code != code and (replaced or part.code.value.startswith(row.absorbed or ("~",))):
            part.turn_down(SAID.format(code.shown, row.guideline))
    reason = TOGETHER.format(base.code.shown, " and ".join(item.code.shown for item in parts[1:]), row.guideline)
    spans = [span for part in parts for span in part.spans]
    sections = {name for part in parts for name in part.sections}
    score = min(part.score for part in parts)
    drafts.add(Draft(code, entry.title, score, True, "combination", reason, "combination", spans, sections=sections))


@cache
def _combinations() -> tuple[Combination, ...]:
    return tuple(
        Combination(
            tuple(row["base"]),
            tuple(tuple(item) for item in row["beside"]),
            row.get("becomes", ""),
            row.get("ending", ""),
            tuple(row.get("absorbed", ())),
            row["guideline"],
            row.get("named", ""),
        )
        for row in read_table("combinations")["combination"]
    )
