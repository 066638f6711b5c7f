"""Infusion worksheet: drugs and fluids given at one encounter into one initial service and what follows it.

Ranks are those of facilities: chemotherapy before other drugs before hydration, and infusions before injections. A
practitioner's initial service is the main reason for the encounter (CPT guidelines; NCCI policy manual, chapter XI).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from codeward.core.faults import BadInput
from codeward.services.worksheets.anesthesia import clock_minutes
from codeward.services.worksheets.fields import Field, Given
from codeward.services.worksheets.sheet import CPT, Sheet

PUSH_UP_TO = 15
"""Minutes up to which an infusion is reported as a push."""
HOUR, MORE_THAN = 60, 30
"""A further hour counts from more than thirty minutes beyond the hour before it."""
PUMP_ABOVE = 8 * HOUR
CHEMO, DRUG, FLUID = "chemotherapy", "therapeutic", "hydration"
INFUSION, PUSH, SHOT = "infusion", "push", "injection"

RANKS = ((CHEMO, INFUSION), (CHEMO, PUSH), (DRUG, INFUSION), (DRUG, PUSH), (FLUID, INFUSION))
INITIAL = {
    (CHEMO, INFUSION): "96413",
    (CHEMO, PUSH): "96409",
    (DRUG, INFUSION): "96365",
    (DRUG, PUSH): "96374",
    (FLUID, INFUSION): "96360",
}
FURTHER = {(CHEMO, INFUSION): "96417", (CHEMO, PUSH): "96411", (DRUG, INFUSION): "96367", (DRUG, PUSH): "96375"}
HOURS = {CHEMO: "96415", DRUG: "96366", FLUID: "96361"}
CONCURRENT, PUMP, REPEATED_PUSH = "96368", "96416", "96376"
SHOTS = {CHEMO: "96401", DRUG: "96372"}
HORMONAL = "96402"

DRUG_NAME = Field("drug", "Drug", "the drug's name or code", aliases=("name", "substance", "code"))
TYPE = Field(
    "type",
    "Type",
    "chemotherapy, therapeutic or hydration",
    "choice",
    aliases=("category", "kind"),
    choices=(
        (CHEMO, "chemo", "highly complex", "complex biologic", "antineoplastic"),
        (DRUG, "therapy", "drug", "prophylactic", "diagnostic", "nonchemo", "non chemo"),
        (FLUID, "fluid", "fluids", "saline"),
    ),
)
ROUTE = Field(
    "route",
    "Route",
    "infusion, push, or injection (under the skin or into muscle)",
    "choice",
    aliases=("technique", "method"),
    choices=(
        (INFUSION, "iv infusion", "drip", "iv"),
        (PUSH, "iv push", "bolus"),
        (SHOT, "im", "sc", "sq", "subcutaneous", "intramuscular", "shot"),
    ),
)
MINUTES = Field("minutes", "Minutes", "whole minutes", "whole", aliases=("duration", "time"), unit="minutes")
SERVICES = Field(
    "services",
    "What was given, one a line",
    "a service a row: drug, type, route, minutes, and access=2, concurrent=yes, primary=yes, pump=yes, hormonal=yes "
    "or start=09:00, stop=10:15 where they apply",
    "rows",
    aliases=("drugs", "administrations", "infusions"),
    columns=(
        DRUG_NAME,
        TYPE,
        ROUTE,
        MINUTES,
        Field("access", "Access site", "a name for the access site", aliases=("site", "line", "access_site")),
        Field("start", "Start", "a clock time such as 09:00", aliases=("begin",)),
        Field("stop", "Stop", "a clock time such as 10:15", aliases=("end",)),
        Field("concurrent", "Runs beside another infusion", "yes or no", "flag"),
        Field("primary", "Main reason for the encounter", "yes or no", "flag", aliases=("initial", "main")),
        Field("pump", "Portable or implanted pump", "yes or no", "flag", aliases=("prolonged",)),
        Field("hormonal", "Hormonal", "yes or no", "flag"),
    ),
    example="pembrolizumab, chemotherapy, infusion, 45",
)
FIELDS = (SERVICES,)


@dataclass(frozen=True, slots=True)
class Service:
    """One drug given one way at one access site; `repeats` counts further pushes of the same drug."""

    drug: str
    type: str
    route: str
    minutes: int
    access: str = ""
    concurrent: bool = False
    primary: bool = False
    pump: bool = False
    hormonal: bool = False
    repeats: int = 0

    @property
    def rank(self) -> tuple[str, str]:
        """Its place in the hierarchy."""
        return (self.type, self.route)

    @property
    def told(self) -> str:
        """As a sentence names it."""
        return self.drug or f"{self.type} {self.route}"


def work_out(given: Given, sheet: Sheet) -> None:
    """One initial service for each access site, then further ones, hours, concurrent infusions and injections."""
    if not given.has("services"):
        raise given.missing("services")
    services = [_service(row, sheet) for row in given.rows("services")]
    lines: dict[str, int] = {}
    for access in dict.fromkeys(item.access for item in services if item.route != SHOT):
        here = [item for item in services if item.access == access and item.route != SHOT]
        _encounter(sheet, _combined(sheet, here), lines, f"access {access}: " if access else "")
    _shots(sheet, [item for item in services if item.route == SHOT], lines)
    for code, units in lines.items():
        sheet.line(code.partition("@")[0], units, about=code.partition("@")[2])
    _say_rules(sheet, services)


def _service(row: Given, sheet: Sheet) -> Service:
    kind, route = row.choice("type"), row.choice("route")
    if kind == FLUID and route != INFUSION:
        raise BadInput(f"{row.where}route: expected infusion for hydration, found {route}")
    minutes = 0 if route == SHOT else _minutes(row, needed=route == INFUSION)
    found = Service(
        row.text("drug", ""), kind, route, minutes, row.text("access", ""), row.flag("concurrent"),
        row.flag("primary"), row.flag("pump"), row.flag("hormonal"),
    )  # fmt: skip
    if route == INFUSION and kind != FLUID and minutes <= PUSH_UP_TO:
        sheet.because(f"{found.told}: {minutes} minutes are {PUSH_UP_TO} or fewer, so it counts as a push.", CPT)
        found = replace(found, route=PUSH)
    return found


def _minutes(row: Given, *, needed: bool) -> int:
    if row.has("start") or row.has("stop"):
        if row.has("minutes"):
            raise BadInput(f"{row.where}minutes: expected either minutes or start with stop, found both")
        return clock_minutes(row)
    minutes = row.whole("minutes") if needed else row.whole("minutes", 0)
    if needed and not minutes:
        raise row.field("minutes").wrong(minutes, row.where)
    return minutes


def _combined(sheet: Sheet, services: list[Service]) -> list[Service]:
    """The same drug by the same way at one access site is one service: minutes add up, further pushes are repeats."""
    found: dict[tuple[object, ...], Service] = {}
    for at, item in enumerate(services):
        same = (item.drug.lower() or at, item.type, item.route, item.concurrent)
        before = found.get(same)
        if before is None:
            found[same] = item
        elif item.route == PUSH:
            found[same] = replace(before, repeats=before.repeats + 1, primary=before.primary or item.primary)
        else:
            total = before.minutes + item.minutes
            sheet.because(f"{item.told}: minutes of the same infusion are added: {total}.", CPT)
            found[same] = replace(before, minutes=total, primary=before.primary or item.primary)
    return list(found.values())


def _encounter(sheet: Sheet, services: list[Service], lines: dict[str, int], where: str) -> None:
    counted = [item for item in services if not _left_out(sheet, item)]
    alone = [item for item in counted if not item.concurrent]
    if not alone:
        if counted:
            raise BadInput("services: expected an infusion or push that the concurrent one runs beside, found none")
        return
    first = _initial(sheet, alone, where)
    about = where.removesuffix(": ")
    _first_lines(sheet, first, lines, about)
    ordered = sorted(alone, key=lambda item: RANKS.index(item.rank))
    for item in (other for other in ordered if other is not first):
        _further(sheet, item, lines)
    _concurrent(sheet, [item for item in counted if item.concurrent], lines)


def _left_out(sheet: Sheet, item: Service) -> bool:
    """Hydration that is concurrent or too short, and pushes that are marked concurrent, give no line."""
    if item.type == FLUID and item.concurrent:
        sheet.by_manual(
            f"{item.told}: hydration beside another drug is not reported.", "XI", "B", "Hydration concurrent"
        )
        return True
    if item.type == FLUID and item.minutes <= MORE_THAN:
        sheet.because(f"{item.told}: hydration of {MORE_THAN} minutes or fewer is not reported ({item.minutes}).", CPT)
        return True
    return False


def _initial(sheet: Sheet, services: list[Service], where: str) -> Service:
    ranked = sorted(services, key=lambda item: RANKS.index(item.rank))
    named = [item for item in services if item.primary]
    if sheet.setting == "practitioner" and len(named) > 1:
        raise BadInput("services: expected one primary at an access site, found several")
    if sheet.setting == "practitioner" and named:
        chosen, how = named[0], "the main reason for the encounter, which decides for a practitioner"
    else:
        chosen, how = ranked[0], "the highest rank: chemotherapy, other drugs, hydration; infusion before push"
        if sheet.setting == "practitioner" and len({item.rank for item in services}) > 1:
            sheet.warn(
                "For a practitioner the main reason for the encounter is the initial service: none was named "
                "(primary=yes), so the rank of facilities was used"
            )
    code = PUMP if _needs_pump(chosen) else INITIAL[chosen.rank]
    sheet.because(f"{where}{chosen.told} is the initial service, {code}: {how}.", CPT)
    return chosen


def _needs_pump(item: Service) -> bool:
    return item.pump and item.rank == (CHEMO, INFUSION) and item.minutes > PUMP_ABOVE


def _first_lines(sheet: Sheet, item: Service, lines: dict[str, int], about: str) -> None:
    if _needs_pump(item):
        sheet.because(f"{item.told}: a pump started for more than eight hours is {PUMP} once, whatever its hours.", CPT)
        _add(lines, PUMP, 1, about)
        return
    _add(lines, INITIAL[item.rank], 1, about)
    _hours(sheet, item, further_hours(item.minutes - HOUR), lines)
    _repeats(sheet, item, lines)


def _further(sheet: Sheet, item: Service, lines: dict[str, int]) -> None:
    if _needs_pump(item):
        sheet.because(f"{item.told}: a pump started for more than eight hours is {PUMP} once.", CPT)
        _add(lines, PUMP, 1)
    elif item.type == FLUID:
        units = 1 + further_hours(item.minutes - HOUR)
        text = f"{item.told}: hydration after another initial service is {HOURS[FLUID]} by the hour: {units}."
        sheet.because(text, CPT)
        _add(lines, HOURS[FLUID], units)
    else:
        sheet.because(
            f"{item.told}: a further {item.type} {item.route} in sequence is one unit of {FURTHER[item.rank]}.", CPT
        )
        _add(lines, FURTHER[item.rank], 1)
        _hours(sheet, item, further_hours(item.minutes - HOUR), lines)
        _repeats(sheet, item, lines)


def further_hours(beyond: int) -> int:
    """Hours beyond the first: each full one, and a rest of more than thirty minutes."""
    return 0 if beyond <= 0 else beyond // HOUR + (beyond % HOUR > MORE_THAN)


def _hours(sheet: Sheet, item: Service, hours: int, lines: dict[str, int]) -> None:
    if item.route != INFUSION:
        return
    code = HOURS[item.type]
    if hours:
        text = f"{item.told}: {item.minutes} minutes are {hours} further hour{'s' if hours > 1 else ''}, {code}."
        sheet.because(f"{text} A rest counts when it is more than {MORE_THAN} minutes.", CPT)
        _add(lines, code, hours)
    elif item.minutes > HOUR:
        sheet.because(f"{item.told}: {item.minutes - HOUR} minutes beyond the hour are not more than {MORE_THAN}.", CPT)


def _repeats(sheet: Sheet, item: Service, lines: dict[str, int]) -> None:
    """Further pushes of the same drug: facilities alone report them, and only more than thirty minutes apart."""
    if not item.repeats:
        return
    if sheet.setting == "practitioner" or item.type != DRUG:
        sheet.because(f"{item.told}: further pushes of the same drug are not reported by a practitioner.", CPT)
        return
    sheet.because(f"{item.told}: each further push of the same drug is {REPEATED_PUSH}: {item.repeats}.", CPT)
    sheet.warn(f"{REPEATED_PUSH} needs more than thirty minutes between pushes of the same drug: see the record")
    _add(lines, REPEATED_PUSH, item.repeats)


def _concurrent(sheet: Sheet, services: list[Service], lines: dict[str, int]) -> None:
    for item in services:
        if item.rank != (DRUG, INFUSION):
            sheet.warn(f"{item.told}: there is no code for a concurrent {item.type} {item.route}; nothing was counted")
    if any(item.rank == (DRUG, INFUSION) for item in services) and CONCURRENT not in lines:
        sheet.by_manual(
            f"Concurrent infusions are one unit of {CONCURRENT} an encounter, however many and however long.",
            "XI",
            "N",
            "maximum of one unit of service per patient encounter",
        )
        _add(lines, CONCURRENT, 1)


def _shots(sheet: Sheet, services: list[Service], lines: dict[str, int]) -> None:
    for item in services:
        code = HORMONAL if item.type == CHEMO and item.hormonal else SHOTS[item.type]
        sheet.because(
            f"{item.told}: an injection under the skin or into muscle is one unit of {code}, outside the ranks.", CPT
        )
        _add(lines, code, 1)


def _add(lines: dict[str, int], code: str, units: int, about: str = "") -> None:
    """Units of a code; an initial service of a second access site is a line of its own."""
    key = f"{code}@{about}" if about else code
    lines[key] = lines.get(key, 0) + units


def _say_rules(sheet: Sheet, services: list[Service]) -> None:
    sheet.by_manual(
        "One initial service an encounter, unless separate access sites were medically needed.",
        "XI",
        "B",
        "only one “initial” service code",
    )
    if len({item.access for item in services if item.route != SHOT}) > 1:
        sheet.warn(
            "Two initial services need two separate access sites in the record; two lumens of one catheter are one"
        )
    if sheet.setting == "practitioner":
        sheet.by_manual(
            "A practitioner reports these in an office, never for services given in a facility.",
            "XI",
            "B",
            "shall not be reported by providers/suppliers for services provided in a facility",
        )
