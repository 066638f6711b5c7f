"""Laboratory fee of one code: the clinical laboratory fee schedule, on the day and over the loaded quarters."""

from __future__ import annotations

from codeward.core.answers import Fact
from codeward.datasets.clfs import LaboratoryRow
from codeward.services.money import fee, money
from codeward.services.page import Cell, Line, Section, Sentence, table
from codeward.services.view import View
from codeward.store.library import Found

CLFS = "clfs"
_WHO = {
    "N": "one rate for the whole country",
    "L": "no national rate: the contractor sets the price",
}


def laboratory_fees(view: View, code: str) -> Section:
    """The rate of the plain test and of the one waived under CLIA (QW); empty when the schedule does not have it."""
    title = "Laboratory fee (CLFS)"
    rows: list[Found[LaboratoryRow]] = sorted(view.find(CLFS, code=code), key=lambda item: item.row.modifier)
    if not rows:
        return Section("laboratory-fees", title, missing=() if view.has(CLFS) else (CLFS,))
    facts = [_fact(found) for found in rows]
    history = [item for item in view.library.history(CLFS, code=code) if item.first_day <= item.last_day]
    lines = [_line(view, item) for item in history] if len(history) > len(rows) else []
    heads = ("From", "To", "Modifier", "In force since", "Indicator", "Rate")
    tables = (table("laboratory-history", "Change over the loaded editions", heads, lines),) if lines else ()
    return Section("laboratory-fees", title, tuple(facts), tables)


def _fact(found: Found[LaboratoryRow]) -> Fact:
    row = found.row
    name, label = ("laboratory_rate", "Rate") if not row.modifier else (
        f"laboratory_rate_{row.modifier.lower()}", f"Rate with {row.modifier} (waived test)")  # fmt: skip
    words = f"{_WHO.get(row.indicator, row.indicator)}; in force since {row.effective}"
    return Fact(name, fee(row.rate) if row.indicator == "L" else money(row.rate), found.source, label, words)


def _line(view: View, found: Found[LaboratoryRow]) -> Line:
    row = found.row
    texts = (
        found.first_day.isoformat(),
        view.last_day_text(found),
        row.modifier,
        row.effective.isoformat(),
        row.indicator,
        fee(row.rate),
    )
    return Line(tuple(Cell(text) for text in texts), found.source)


def laboratory_sentence(section: Section) -> Sentence | None:
    """What the laboratory fee schedule pays, in one sentence."""
    rate = section.fact("laboratory_rate") or next(iter(section.facts), None)
    if rate is None or rate.source is None:
        return None
    schedule = f"The clinical laboratory fee schedule ({rate.source.edition})"
    if rate.value == "-":
        return Sentence(f"{schedule} sets no national rate: the contractor prices it.", (rate.source,))
    return Sentence(f"{schedule} pays ${rate.value} for it, everywhere in the country.", (rate.source,))
