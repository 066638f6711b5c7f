"""E/M worksheet: a visit's code by medical decision making or by total time, and prolonged time beyond it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from codeward.core.days import OPEN_END
from codeward.core.faults import BadInput
from codeward.services.worksheets.fields import Field, Given
from codeward.services.worksheets.sheet import CPT, Sheet
from codeward.services.worksheets.tables import table

PROLONGED_STEP = 15
PROLONGED_RULE = "Medicare Claims Processing Manual (100-04), chapter 12, section 30.6.15"
LEVELS = ("straightforward", "low", "moderate", "high")
_STRAIGHT = ("straightforward", "minimal", "none", "sf", "straight forward", "1")
_ELEMENT = (
    _STRAIGHT,
    ("low", "limited", "2"),
    ("moderate", "multiple", "3"),
    ("high", "extensive", "4"),
)
_EXPECTED = "straightforward (minimal), low (limited), moderate or high (extensive)"

FIELDS = (
    Field(
        "setting",
        "Setting",
        "office, hospital, emergency, nursing-facility, home, office-consultation or inpatient-consultation",
        "choice",
        aliases=("place", "category"),
        choices=(
            ("office", "outpatient", "clinic", "office or other outpatient", "telehealth"),
            ("hospital", "inpatient", "observation", "hospital inpatient", "inpatient or observation"),
            ("emergency", "ed", "er", "emergency department"),
            ("nursing-facility", "nursing facility", "snf", "nf", "nursing home"),
            ("home", "residence", "home or residence", "domiciliary", "assisted living"),
            ("office-consultation", "outpatient consultation", "consultation", "office consultation"),
            ("inpatient-consultation", "hospital consultation", "inpatient consultation"),
        ),
        example="office",
    ),
    Field(
        "visit",
        "Patient or visit",
        "new or established (office, home); initial, subsequent, same-day or discharge (hospital, nursing facility)",
        "choice",
        aliases=("patient", "kind", "visit_type", "new_or_established"),
        choices=(
            ("new", "new patient"),
            ("established", "established patient", "est", "follow up"),
            ("initial", "admission"),
            ("subsequent", "daily"),
            ("same-day", "same day", "same day admission and discharge"),
            ("discharge",),
        ),
        example="established",
    ),
    Field("new", "New patient", "yes or no", "flag", aliases=("new_patient", "is_new")),
    Field("problems", "Problems", _EXPECTED, "choice", aliases=("problem",), choices=_ELEMENT, example="moderate"),
    Field("data", "Data reviewed", _EXPECTED, "choice", choices=_ELEMENT, example="limited"),
    Field("risk", "Risk", _EXPECTED, "choice", choices=_ELEMENT, example="moderate"),
    Field(
        "mdm",
        "or: decision making as a whole",
        _EXPECTED,
        "choice",
        aliases=("medical_decision_making",),
        choices=_ELEMENT,
    ),
    Field(
        "minutes",
        "Total minutes of the practitioner that day",
        "whole minutes",
        "whole",
        aliases=("total_minutes", "time", "total_time", "time_minutes"),
        unit="minutes",
    ),
    Field(
        "by",
        "Choose by",
        "mdm or time; whichever is given when empty",
        "choice",
        aliases=("basis", "method"),
        choices=(("mdm", "medical decision making"), ("time", "total time")),
    ),
)


@dataclass(frozen=True, slots=True)
class Level:
    """One code of a visit: the decision making it needs (0: none asked) and the minutes (0: time not used)."""

    code: str
    making: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Visit:
    """Codes of one setting and kind of visit for a span of days, and its prolonged codes by payer."""

    setting: str
    kind: str
    since: date
    until: date
    levels: tuple[Level, ...]
    prolonged: tuple[tuple[str, str, int], ...]


@cache
def visits() -> tuple[Visit, ...]:
    """Every visit of the table."""
    return tuple(_visit(item) for item in table("em_level")["visit"])


def _visit(item: dict[str, Any]) -> Visit:
    prolonged = tuple((payer, *item[payer]) for payer in ("medicare", "other") if payer in item)
    levels = tuple(Level(*level) for level in item["levels"])
    return Visit(item["setting"], item["kind"], item["since"], item.get("until", OPEN_END), levels, prolonged)


def work_out(given: Given, sheet: Sheet) -> None:
    """The code by decision making or by time, the higher of the two where both were given, and prolonged units."""
    visit = _asked(given, sheet)
    minutes = given.whole("minutes") if given.has("minutes") else None
    by = given.choice("by") if given.has("by") else ""
    making = None if by == "time" else _by_making(given, sheet, visit)
    timed = None if by == "mdm" else _by_time(sheet, visit, minutes, needed=by == "time")
    found = [level for level in (making, timed) if level is not None]
    if not found:
        raise _nothing(given, visit, minutes)
    chosen = max(found, key=visit.levels.index)
    if len(found) == 2 and making != timed:
        sheet.because(f"A visit may be chosen by either; {chosen.code} is the level that one of them reaches.", CPT)
    sheet.line(chosen.code, 1)
    _prolonged(sheet, visit, chosen, timed, minutes)
    sheet.warn("A level is only as good as its record: the note must show the elements or the time")


def _asked(given: Given, sheet: Sheet) -> Visit:
    setting = given.choice("setting", "office")
    if not given.has("setting"):
        sheet.warn("Taken as an office visit: say the setting otherwise")
    kinds = [item.kind for item in visits() if item.setting == setting]
    kind = "any" if "any" in kinds else _kind(given, tuple(dict.fromkeys(kinds)))
    held = [item for item in visits() if (item.setting, item.kind) == (setting, kind)]
    found = next((item for item in held if item.since <= sheet.view.on <= item.until), None)
    if found is None:
        first = min(item.since for item in held)
        raise BadInput(
            f"on: expected a day from {first} for a visit of setting {setting}; before it the documentation "
            "guidelines of 1995 and 1997 held, which this worksheet does not work"
        )
    return found


def _kind(given: Given, kinds: tuple[str, ...]) -> str:
    if given.has("visit"):
        kind = given.choice("visit")
    elif given.has("new") and "new" in kinds:
        kind = "new" if given.flag("new") else "established"
    else:
        kind = ""
    if kind not in kinds:
        raise BadInput(f"visit: expected {', '.join(kinds[:-1])} or {kinds[-1]}" + (f", found {kind}" if kind else ""))
    return kind


def _by_making(given: Given, sheet: Sheet, visit: Visit) -> Level | None:
    elements = [name for name in ("problems", "data", "risk") if given.has(name)]
    if not elements and not given.has("mdm"):
        return None
    if not any(level.making for level in visit.levels):
        sheet.warn("This visit is chosen by time alone: its decision making was not used")
        return None
    rank = LEVELS.index(given.choice("mdm")) + 1 if given.has("mdm") else _two_of_three(given, sheet, elements)
    level = [item for item in visit.levels if item.making <= rank][-1]
    sheet.because(f"Decision making that is {LEVELS[rank - 1]} leads to {level.code}.", CPT)
    return level


def _two_of_three(given: Given, sheet: Sheet, elements: list[str]) -> int:
    """The level that two of the three elements reach: with two given the lower, with three the middle one."""
    if len(elements) < 2:
        absent = next(name for name in ("problems", "data", "risk") if name not in elements)
        raise given.missing(absent)
    ranks = sorted(LEVELS.index(given.choice(name)) + 1 for name in elements)
    rank = ranks[-2]
    told = ", ".join(f"{name} {given.choice(name)}" for name in elements)
    sheet.because(f"Two of the three elements must be reached: {told} make it {LEVELS[rank - 1]}.", CPT)
    return rank


def _by_time(sheet: Sheet, visit: Visit, minutes: int | None, *, needed: bool) -> Level | None:
    if not any(level.minutes for level in visit.levels):
        if minutes is not None or needed:
            sheet.warn("Time does not choose the level in this setting: the minutes were not used")
        return None
    if minutes is None:
        return None
    reached = [item for item in visit.levels if item.minutes <= minutes]
    if not reached:
        sheet.because(
            f"{minutes} minutes do not reach {visit.levels[0].code}, which needs {visit.levels[0].minutes}.", CPT
        )
        return None
    level = reached[-1]
    sheet.because(f"{minutes} minutes in all reach {level.code}, which needs {level.minutes}.", CPT)
    return level


def _nothing(given: Given, visit: Visit, minutes: int | None) -> BadInput:
    if minutes is not None and any(level.minutes for level in visit.levels):
        return BadInput(
            f"minutes: expected at least {visit.levels[0].minutes} to choose a level by time, found {minutes}"
        )
    name = "problems" if any(level.making for level in visit.levels) else "minutes"
    return given.missing(name)


def _prolonged(sheet: Sheet, visit: Visit, chosen: Level, timed: Level | None, minutes: int | None) -> None:
    """Prolonged units where time by itself reaches the highest level and goes on to the payer's threshold."""
    payer = "medicare" if sheet.payer == "medicare" else "other"
    rule = next((item for item in visit.prolonged if item[0] == payer), None)
    if minutes is None or timed != visit.levels[-1] or chosen != timed or rule is None:
        return
    _, code, threshold = rule
    document = PROLONGED_RULE if payer == "medicare" else CPT
    if minutes < threshold:
        sheet.because(
            f"Prolonged time ({code}) begins at {threshold} minutes, and there were {minutes}: none.", document
        )
        return
    units = (minutes - threshold) // PROLONGED_STEP + 1
    text = f"{code} begins at {threshold} minutes and adds a unit for each full {PROLONGED_STEP} after: {units}."
    sheet.because(text, document)
    sheet.line(code, units)
    if code in ("G0317", "G0318") or chosen.code == "99236":
        sheet.warn(f"{code} counts time on days around the visit too: the minutes given are taken as all of it")
