"""Therapy worksheet: minutes of timed services into units by Medicare's rule of eight minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from codeward.core.codes import readings
from codeward.core.faults import BadInput
from codeward.services.worksheets.fields import Field, Given
from codeward.services.worksheets.sheet import Sheet

RULE = "Medicare Claims Processing Manual (100-04), chapter 5, section 20.2"
UNIT, LEAST = 15, 8

SERVICES = Field(
    "services",
    "Minutes of each timed code, one a line",
    "a service a row: code, minutes",
    "rows",
    aliases=("codes", "timed", "timed_services", "minutes_by_code"),
    columns=(
        Field("code", "Code", "a procedure code", aliases=("hcpcs", "cpt")),
        Field("minutes", "Minutes", "whole minutes", "whole", aliases=("timed_minutes",), unit="minutes"),
    ),
    example="G0283, 15",
)
FIELDS = (
    Field(
        "timed_minutes_total",
        "Timed minutes, all services",
        "whole minutes of timed services, one number or several that are added",
        "numbers",
        aliases=("timed_minutes", "total_minutes", "minutes", "total_timed_minutes"),
        unit="minutes",
        example="38",
    ),
    SERVICES,
    Field(
        "rule",
        "Rule",
        "medicare (minutes of all services together) or midpoint (each service by itself)",
        "choice",
        choices=(
            ("medicare", "cms", "8-minute", "8 minute"),
            ("midpoint", "ama", "rule of eights", "substantial portion"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Timed:
    """A timed service and its minutes."""

    code: str
    minutes: int


def with_services(values: dict[str, Any]) -> dict[str, Any]:
    """Minutes by code under `minutes` are services."""
    held = dict(values)
    for key in ("minutes", "timed_minutes"):
        if isinstance(held.get(key), dict) and "services" not in held:
            held["services"] = held.pop(key)
    return held


def work_out(given: Given, sheet: Sheet) -> None:
    """Units of all timed minutes together, given to the codes with the most minutes where those are named."""
    if not given.has("services"):
        _total(given, sheet)
        return
    services = _services(given)
    if given.has("timed_minutes_total"):
        _compare(given, services)
    if given.choice("rule", "medicare") == "midpoint":
        _each(sheet, services)
    else:
        _together(sheet, services)


def units_of(minutes: int) -> int:
    """Whole fifteens, and one more for a rest of eight minutes or more: 8 to 22 is 1, 23 to 37 is 2."""
    return (minutes + UNIT - LEAST) // UNIT


def _total(given: Given, sheet: Sheet) -> None:
    if given.has("rule") and given.choice("rule") == "midpoint":
        raise BadInput("services: the midpoint rule counts each service by itself: expected code and minutes of each")
    value = given.values.get("timed_minutes_total")
    minutes = 0 if str(value).strip() in ("0", "0.0") else sum(given.wholes("timed_minutes_total"))
    sheet.because(_told(minutes), RULE)
    sheet.line("timed_units", units_of(minutes))


def _told(minutes: int) -> str:
    units = units_of(minutes)
    if not units:
        return f"{minutes} timed minutes are fewer than {LEAST}: no unit."
    low, high = units * UNIT - (UNIT - LEAST), units * UNIT + LEAST - 1
    return f"{minutes} timed minutes in all lie between {low} and {high}: {units} unit{'s' if units > 1 else ''}."


def _services(given: Given) -> list[Timed]:
    """Services in the order given, minutes of the same code added."""
    found: dict[str, int] = {}
    for row in given.rows("services"):
        text = row.text("code")
        codes = [item for item in readings(text) if item.system in ("cpt", "hcpcs")]
        if not codes:
            raise row.field("code").wrong(text, row.where)
        found[codes[0].value] = found.get(codes[0].value, 0) + row.whole("minutes")
    return [Timed(code, minutes) for code, minutes in found.items()]


def _compare(given: Given, services: list[Timed]) -> None:
    told, found = sum(given.wholes("timed_minutes_total")), sum(item.minutes for item in services)
    if told != found:
        raise BadInput(f"timed_minutes_total: expected {found}, the minutes of the services together, found {told}")


def _together(sheet: Sheet, services: list[Timed]) -> None:
    total = sum(item.minutes for item in services)
    units = units_of(total)
    sheet.because(_told(total), RULE)
    shares = {item.code: item.minutes // UNIT for item in services}
    whole = ", ".join(f"{item.code} {item.minutes} min: {shares[item.code]}" for item in services)
    sheet.because(f"Whole fifteens of each service first: {whole}.", RULE)
    rests = sorted(services, key=lambda item: -(item.minutes % UNIT))
    left = units - sum(shares.values())
    for item in rests[: max(0, left)]:
        shares[item.code] += 1
        sheet.because(
            f"A further unit goes to the service with the most minutes left: {item.code}, {item.minutes % UNIT}.", RULE
        )
    _say_tie(sheet, rests, left)
    _lines(sheet, services, shares)


def _say_tie(sheet: Sheet, rests: list[Timed], left: int) -> None:
    if 0 < left < len(rests) and rests[left - 1].minutes % UNIT == rests[left].minutes % UNIT:
        pair = f"{rests[left - 1].code} and {rests[left].code}"
        sheet.warn(f"{pair} have equally many minutes left: either may take the unit, the first given took it")


def _each(sheet: Sheet, services: list[Timed]) -> None:
    for item in services:
        text = f"{item.code}: {item.minutes} minutes by themselves are {units_of(item.minutes)} (eight make a unit)."
        sheet.because(text, "CPT codebook, time")
    sheet.warn("The midpoint rule is not Medicare's")
    _lines(sheet, services, {item.code: units_of(item.minutes) for item in services})


def _lines(sheet: Sheet, services: list[Timed], shares: dict[str, int]) -> None:
    for item in services:
        if shares[item.code]:
            sheet.line(item.code, shares[item.code])
        else:
            sheet.because(f"{item.code} gets no unit; its minutes count in the total and stay in the record.", RULE)
