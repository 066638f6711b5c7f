"""Unit limits of one code in the three medically-unlikely-edit tables."""

from __future__ import annotations

from codeward.core.answers import Fact
from codeward.datasets.ncci_mue import UnitLimitRow
from codeward.services.meanings import meaning
from codeward.services.page import Cell, Line, Section, Sentence, table
from codeward.services.view import View
from codeward.services.wording import run_on
from codeward.store.library import Found

TABLES = (
    ("ncci-mue-practitioner", "practitioner"),
    ("ncci-mue-outpatient", "outpatient hospital"),
    ("ncci-mue-dme", "DME supplier"),
)


def unit_limits(view: View, code: str) -> Section:
    """Limit, adjudication indicator and rationale per table; a code without a row is not unlimited."""
    facts, lines, missing = [], [], []
    for dataset, setting in TABLES:
        if not view.has(dataset):
            missing.append(dataset)
            continue
        found: Found[UnitLimitRow] | None = view.first(dataset, code=code)
        if found is None:
            lines.append(Line((Cell(setting), Cell("not published"), Cell(""), Cell("")), None))
            continue
        row, name = found.row, dataset.removeprefix("ncci-").replace("-", "_")
        known = meaning(view, "mue_mai", row.adjudication[:1])
        words = known.sentence if known else ""
        facts.append(Fact(name, row.limit, found.source, f"Unit limit, {setting}", words))
        facts.append(
            Fact(
                f"{name}_indicator",
                row.adjudication[:1],
                found.source,
                f"Adjudication, {setting}",
                words,
            )
        )
        cells = (
            Cell(setting),
            Cell(str(row.limit)),
            Cell(row.adjudication, meaning=words),
            Cell(row.rationale),
        )
        lines.append(Line(cells, found.source))
    heads = ("Table", "Most units", "Adjudication indicator", "Rationale")
    tables = (table("unit-limits", "Medically unlikely edits", heads, lines),) if lines else ()
    return Section("unit-limits", "Unit limits (MUE)", tuple(facts), tables, missing=tuple(missing))


def unit_sentence(section: Section) -> Sentence | None:
    """The practitioner's limit, else the hospital's."""
    for name, who in (
        ("mue_practitioner", "for a practitioner"),
        ("mue_outpatient", "in a hospital outpatient department"),
    ):
        limit, indicator = section.fact(name), section.fact(f"{name}_indicator")
        if limit is None or indicator is None or limit.source is None:
            continue
        edition = limit.source.edition
        if limit.value == 0:
            return Sentence(f"Its unit limit {who} is 0 ({edition}): not payable in that table.", (limit.source,))
        per = "on one line" if indicator.value == "1" else "a day"
        units = "unit" if limit.value == 1 else "units"
        be = "is" if limit.value == 1 else "are"
        text = f"At most {limit.value} {units} {per} {be} accepted {who} ({edition}): {run_on(limit.meaning)}"
        return Sentence(text, (limit.source,))
    return None
