"""Places of service: which of the two rates each pays for a code."""

from __future__ import annotations

from codeward.core.codes import Code
from codeward.datasets.pos import PlaceRow
from codeward.services.page import Cell, Line, Section, Sentence, table
from codeward.services.view import View
from codeward.store.library import Found

POS = "pos"
_WORDS = {"facility": "facility rate", "nonfacility": "non-facility rate"}


def places(view: View, fees: Section) -> Section:
    """Every place of service in force with the rate it pays and, where loaded, the national amount there."""
    rows: list[Found[PlaceRow]] = view.find(POS)
    amounts = {rate: _amount(fees, rate) for rate in _WORDS}
    lines = [_line(found, amounts[found.row.rate]) for found in rows]
    heads = ("Place", "Name", "Rate", "National amount")
    return Section("places", "Places of service", tables=(table("places", "Rate paid by place", heads, lines),))


def _amount(fees: Section, rate: str) -> str:
    """What a rate pays nationally, in figures or in words."""
    amount, na = fees.fact(f"amount_{rate}"), fees.fact(f"na_{rate}")
    return str(amount.value) if amount else "NA: rarely or never done there" if na else "-"


def _line(found: Found[PlaceRow], text: str) -> Line:
    row = found.row
    cells = (Cell(row.code, Code("pos", row.code)), Cell(row.name), Cell(_WORDS[row.rate]), Cell(text))
    return Line(cells, found.source)


def rate_sentence(row: PlaceRow, found: Found[PlaceRow]) -> Sentence:
    """Which rate the physician fee schedule pays at a place."""
    text = f"The physician fee schedule pays the {_WORDS[row.rate]} there."
    return Sentence(text, (found.source,))
