"""Anesthesia worksheet: minutes in care into Medicare's time units, fifteen minutes each with one decimal."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from codeward.core.faults import BadInput
from codeward.services.worksheets.fields import Field, Given
from codeward.services.worksheets.sheet import Sheet
from codeward.services.worksheets.sizes import plain

RULE = "Medicare Claims Processing Manual (100-04), chapter 12, section 50"
MINUTES_A_UNIT = 15
A_DAY = 24 * 60
_CLOCK = re.compile(r"([01]?\d|2[0-3]):?([0-5]\d)")

START = Field("start", "Start", "a clock time such as 07:30", aliases=("begin", "from", "started"), example="07:30")
STOP = Field("stop", "Stop", "a clock time such as 08:15", aliases=("end", "to", "finish", "stopped"), example="08:15")
FIELDS = (
    Field(
        "minutes",
        "Minutes",
        "minutes above zero",
        "numbers",
        aliases=("total_minutes", "anesthesia_minutes", "time_minutes"),
        unit="minutes",
        example="45",
    ),
    START,
    STOP,
    Field(
        "periods",
        "Several periods (relief, interruptions), one a line",
        "a period a row: start, stop",
        "rows",
        aliases=("times", "intervals"),
        columns=(START, STOP),
        example="07:30, 08:15",
    ),
)


def work_out(given: Given, sheet: Sheet) -> None:
    """Minutes over fifteen, to one decimal; base units are the code's and are not counted here."""
    minutes = _minutes(given, sheet)
    units = (minutes / MINUTES_A_UNIT).quantize(Decimal("0.1"), ROUND_HALF_UP)
    text = f"{plain(minutes)} / {MINUTES_A_UNIT} minutes = {units} time units, to one decimal."
    sheet.because(text, RULE)
    sheet.by_manual(
        "Time runs while the anesthesia practitioner is present with the patient, until others safely take over.",
        "II",
        "B",
        "Anesthesia time is defined",
    )
    sheet.because("The claim itself carries the minutes; base units belong to the code and are added in pricing.", RULE)
    sheet.line("time_units", str(units))


def _minutes(given: Given, sheet: Sheet) -> Decimal:
    given_ways = [name for name in ("minutes", "start", "periods") if given.has(name)]
    if len(given_ways) != 1:
        found = " and ".join(given_ways) or "neither"
        raise BadInput(f"minutes: expected one of minutes, start with stop, or periods; found {found}")
    if given_ways == ["minutes"]:
        found_minutes = given.numbers("minutes")
        return _added(sheet, found_minutes)
    rows = given.rows("periods") or (given,)
    return _added(sheet, tuple(Decimal(clock_minutes(row)) for row in rows), clocks=True)


def _added(sheet: Sheet, parts: tuple[Decimal, ...], *, clocks: bool = False) -> Decimal:
    total = sum(parts, Decimal(0))
    if total > A_DAY * 3:
        raise BadInput(f"minutes: expected at most three days of anesthesia, found {plain(total)} minutes")
    if len(parts) > 1:
        sheet.because(
            f"Periods with a practitioner present are added: {' + '.join(map(plain, parts))} = {plain(total)}.", RULE
        )
    elif clocks:
        sheet.because(f"From start to stop are {plain(total)} minutes.")
    return total


def clock_minutes(row: Given) -> int:
    """Minutes from start to stop; a stop before the start is on the next day."""
    start, stop = (_clock(row, name) for name in ("start", "stop"))
    if start == stop:
        raise BadInput(f"{row.where}stop: expected a time after start")
    return (stop - start) % A_DAY


def _clock(row: Given, name: str) -> int:
    text = row.text(name)
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise row.field(name).wrong(text, row.where)
    return int(match[1]) * 60 + int(match[2])
