"""Equipment fee of one code: the DMEPOS fee schedule by modifiers and by state, rural and not."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from codeward.core.answers import Fact
from codeward.core.states import STATES
from codeward.datasets.dmepos import AREAS, PLACES
from codeward.services.money import fee, span
from codeward.services.page import Cell, Line, Section, Sentence, Table, table
from codeward.services.view import View
from codeward.store.library import Found

DMEPOS = "dmepos"
CATEGORIES = {
    "CR": "capped rental item",
    "FS": "frequently serviced item, rented",
    "IL": "intraocular lens",
    "IN": "inexpensive or routinely purchased item",
    "LC": "lymphedema compression item",
    "OS": "ostomy, tracheostomy or urological supply",
    "OX": "oxygen and oxygen equipment",
    "PO": "prosthesis or orthosis",
    "SC": "splint or cast",
    "SD": "surgical dressing",
    "SU": "supply",
    "TE": "transcutaneous nerve stimulator",
    "TS": "therapeutic shoe",
}
JURISDICTIONS = {
    "D": "claims go to the DME contractor",
    "L": "claims go to the A/B contractor",
    "J": "claims go to either contractor, by how the item is used",
}
"""Values of CATG and JURIS in our own words (CMS, DMEPOS fee schedule read-me; CPM 100-04 ch. 20 §30)."""

SUMMARY, BY_AREA = "equipment-fees", "equipment-areas"


def equipment_fees(view: View, code: str) -> Section:
    """Every row of the code with its span of fees, then one table by state a row; empty when it is not listed."""
    title = "Equipment and supply fee (DMEPOS)"
    rows: list[Found[Any]] = sorted(view.find(DMEPOS, code=code), key=lambda item: _modifiers(item.row))
    if not rows:
        return Section("equipment-fees", title, missing=() if view.has(DMEPOS) else (DMEPOS,))
    tables = [table(SUMMARY, "Lowest and highest fee of the states", _HEADS, [_summary(item) for item in rows])]
    tables += _history(view, code, len(rows))
    tables += [_by_area(item) for item in rows if any(_fees(item.row))]
    return Section("equipment-fees", title, tuple(_facts(rows)), tuple(tables))


_HEADS = ("Modifiers", "Non-rural", "Rural", "Ceiling", "Floor")


def _facts(rows: list[Found[Any]]) -> list[Fact]:
    row, source = rows[0].row, rows[0].source
    facts = [
        Fact("equipment_category", row.category, source, "Payment category", CATEGORIES.get(row.category, "")),
        Fact("equipment_jurisdiction", row.jurisdiction, source, "Who pays", JURISDICTIONS.get(row.jurisdiction, "")),
    ]
    for found in rows:
        name = "_".join(["equipment_fee", *_modifiers(found.row).lower().split()])
        label = f"Fee with {_modifiers(found.row)}" if _modifiers(found.row) else "Fee"
        words = "lowest and highest of all states, rural or not" if " to " in span(_fees(found.row)) else ""
        words = words if any(_fees(found.row)) else "no fee is set: the contractor prices it"
        facts.append(Fact(name, span(_fees(found.row)), found.source, label, words))
    return facts


def _modifiers(row: Any) -> str:
    return f"{row.modifier} {row.modifier2}".strip()


def _fees(row: Any) -> Iterator[Decimal | None]:
    return (getattr(row, f"{area.lower()}_{place}") for area in AREAS for place, _, _ in PLACES)


def _of(row: Any, place: str) -> Iterator[Decimal | None]:
    return (getattr(row, f"{area.lower()}_{place}") for area in AREAS)


def _summary(found: Found[Any]) -> Line:
    row = found.row
    texts = (_modifiers(row), span(_of(row, "nr")), span(_of(row, "r")), fee(row.ceiling), fee(row.floor))
    return Line(tuple(Cell(text) for text in texts), found.source)


def _history(view: View, code: str, here: int) -> list[Table]:
    rows = [item for item in view.library.history(DMEPOS, code=code) if item.first_day <= item.last_day]
    if len(rows) <= here:
        return []
    heads = ("From", "To", *_HEADS)
    lines = [
        Line((Cell(item.first_day.isoformat()), Cell(view.last_day_text(item)), *_summary(item).cells), item.source)
        for item in rows
    ]
    return [table("equipment-history", "Change over the loaded editions", heads, lines)]


def _by_area(found: Found[Any]) -> Table:
    row = found.row
    name = "-".join([BY_AREA, *_modifiers(row).lower().split()])
    caption = f"Fee by state with {_modifiers(row)}" if _modifiers(row) else "Fee by state"
    lines = [
        Line((Cell(area), Cell(STATES[area]), *(Cell(fee(getattr(row, f"{area.lower()}_{p}"))) for p, _, _ in PLACES)),
             found.source)
        for area in AREAS
    ]  # fmt: skip
    return table(name, caption, ("State", "Name", "Non-rural", "Rural"), lines)


def equipment_sentence(section: Section) -> Sentence | None:
    """That equipment is paid by state, with the span of the first row."""
    first = next((fact for fact in section.facts if fact.name.startswith("equipment_fee")), None)
    if first is None or first.source is None or first.value == "-":
        return None
    amounts = str(first.value).replace(" to ", " to $")
    with_what = first.label.removeprefix("Fee")
    text = f"The DMEPOS fee schedule ({first.source.edition}) pays ${amounts}{with_what}, by state and rurality."
    return Sentence(text, (first.source,))
