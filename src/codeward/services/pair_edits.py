"""Pair edits (NCCI PTP) of one code: both directions, both settings, counted and filterable."""

from __future__ import annotations

from dataclasses import dataclass

from codeward.core.answers import Fact
from codeward.core.codes import plain, procedure
from codeward.datasets.ncci_ptp import PairRow
from codeward.services.page import Cell, Line, Section, Table
from codeward.services.view import View
from codeward.store.library import Found
from codeward.store.pairs import count_pairs, pairs

SETTINGS = {"practitioner": "ncci-ptp-practitioner", "outpatient-hospital": "ncci-ptp-outpatient"}
DIRECTIONS = {
    "column1": "This code is paid, the other is denied",
    "column2": "The other code is paid, this one is denied",
}
_OTHER = {"column1": "column2", "column2": "column1"}


@dataclass(frozen=True, slots=True)
class PairFilter:
    """What to show of a code's edits: the other code begins with, which indicator, how many from where."""

    begins: str = ""
    indicator: str = ""
    start: int = 0
    most: int = 25


def pair_edits(view: View, code: str, wanted: PairFilter | None = None) -> Section:
    """Edits of the code on the day in each setting and direction, the first of each shown."""
    wanted = wanted or PairFilter()
    facts: list[Fact] = []
    tables: list[Table] = []
    missing = tuple(dataset for dataset in SETTINGS.values() if not view.has(dataset))
    for setting, dataset in SETTINGS.items():
        if dataset in missing:
            continue
        for side in DIRECTIONS:
            counts = _counts(view, dataset, side, code)
            total = sum(counts.values())
            name = f"pairs_{setting}_{side}".replace("-", "_")
            words = f"{counts.get('0', 0):,} never bypassed, {counts.get('1', 0):,} bypassed by a modifier"
            facts.append(Fact(name, total, None, f"{setting}, as {side.replace('column', 'column ')}", words))
            if total:
                tables.append(edits(view, setting, side, code, wanted))
    return Section("pair-edits", "Pair edits (NCCI PTP)", tuple(facts), tuple(tables), missing=missing)


def edits(view: View, setting: str, side: str, code: str, wanted: PairFilter) -> Table:
    """One setting and direction, filtered; `total` counts what the filter lets through."""
    release = view.edition(SETTINGS[setting])
    lines: list[Line] = []
    total = 0
    if release is not None:
        begins, indicator = plain(wanted.begins), wanted.indicator
        rows, total = pairs(
            view.library,
            SETTINGS[setting],
            release,
            view.on,
            (side, code),
            (begins, indicator),
            (wanted.start, wanted.most),
        )
        lines = [_line(found, _OTHER[side]) for found in rows]
    heads = ("Code", "Modifier indicator", "Since", "Until", "Rationale")
    return Table(f"{setting}-{side}", DIRECTIONS[side], heads, tuple(lines), total)


def _line(found: Found[PairRow], other: str) -> Line:
    row = found.row
    text = getattr(row, other)
    word = {"0": "no modifier bypasses it", "1": "a PTP-associated modifier bypasses it"}.get(
        row.indicator, "never in force"
    )
    since = _since(found)
    until = row.deleted.isoformat() if row.deleted else ""
    cells = (
        Cell(text, procedure(text)),
        Cell(row.indicator, meaning=word),
        Cell(since),
        Cell(until),
        Cell(row.rationale),
    )
    return Line(cells, found.source)


def _since(found: Found[PairRow]) -> str:
    """The first day; a stand-in day is not shown, and a table that begins later says by when."""
    if found.release.starts_unknown:
        return "not known"
    return f"by {found.first_day}" if found.since_unknown else found.first_day.isoformat()


def _counts(view: View, dataset: str, side: str, code: str) -> dict[str, int]:
    release = view.edition(dataset)
    return count_pairs(view.library, dataset, release, view.on, side, code) if release else {}
