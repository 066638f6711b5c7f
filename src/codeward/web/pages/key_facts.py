"""Key facts: the strip at the top of a code page, what a coder looks for first."""

from __future__ import annotations

from dataclasses import dataclass, replace

from codeward.core.answers import Fact
from codeward.core.sources import Source
from codeward.services.page import CodePage
from codeward.web.pages.parts import Part
from codeward.web.pages.templatetags.trade import dollars, short

NONE, ABSENT = "none", "absent"
_FEW = 3


@dataclass(frozen=True, slots=True)
class KeyFact:
    """One tile; `state` is empty when there is a value, `none` when the files say nothing, `absent` when not loaded."""

    label: str
    value: str
    words: str
    anchor: str
    source: Source | None = None
    state: str = ""
    older: str = ""
    """The edition it is from, when the day calls for a later one."""


def _tile(label: str, part: Part, fact: Fact | None, value: str = "", words: str = "") -> KeyFact:
    if fact is None:
        return _blank(label, part)
    dataset = fact.source.dataset if fact.source else ""
    older = next((item.name for item in part.editions if item.older and item.dataset == dataset), "")
    return KeyFact(label, value or str(fact.value), words, part.name, fact.source, "", older)


def _blank(label: str, part: Part, words: str = "no row for this code") -> KeyFact:
    if part.absent:
        return KeyFact(label, "not loaded", "", part.name, None, ABSENT)
    return KeyFact(label, "none", words, part.name, None, NONE, part.oldest)


def procedure_facts(parts: dict[str, Part]) -> tuple[KeyFact, ...]:
    """Fees, global period, units, facility payment, add-on standing and pair edits."""
    return (
        _amount("Office (non-facility)", "nonfacility", parts["physician_fees"]),
        _amount("Facility", "facility", parts["physician_fees"]),
        _global(parts["physician_fees"]),
        _units(parts["unit_limits"]),
        _outpatient(parts["outpatient_fees"]),
        _center(parts["asc_fees"]),
        _add_on(parts["add_ons"], parts["physician_fees"]),
        _pairs(parts["pair_edits"]),
    )


def _amount(label: str, place: str, part: Part) -> KeyFact:
    paid, total, na = (part.facts.get(f"{name}_{place}") for name in ("amount", "total", "na"))
    factor = part.facts.get("conversion_factor")
    total = total or part.facts.get(f"total_{place}_rvu")
    if paid and total and factor:
        return _tile(label, part, paid, dollars(paid.value), f"{total.value} RVU × {factor.value}")
    if na:
        return _tile(label, part, na, "NA", "rarely or never done there")
    status = part.facts.get("pfs_status")
    return _tile(label, part, status, "no amount", f"status {status.value}: {short(status).lower()}" if status else "")


def _global(part: Part) -> KeyFact:
    fact = part.facts.get("global_days")
    return _tile("Global period", part, fact, "", short(fact))


def _units(part: Part) -> KeyFact:
    label = "Unit limit (MUE)"
    practitioner, hospital = part.facts.get("mue_practitioner"), part.facts.get("mue_outpatient")
    indicator = part.facts.get("mue_practitioner_indicator") or part.facts.get("mue_outpatient_indicator")
    if practitioner is None and hospital is None:
        return _blank(label, part, "no limit published")
    per = "a line" if indicator and indicator.value == "1" else "a day"
    if practitioner is None:
        return _tile(label, part, hospital, "", f"{per}, hospital")
    other = f", hospital {hospital.value}" if hospital else ""
    return _tile(label, part, practitioner, "", f"{per}, practitioner{other}")


def _outpatient(part: Part) -> KeyFact:
    indicator, apc, rate = (part.facts.get(name) for name in ("opps_status_indicator", "apc", "opps_rate"))
    words = short(indicator)
    if apc and rate:
        words = f"APC {apc.value}, {dollars(rate.value)}"
    return _tile("Hospital outpatient", part, indicator, "", words)


def _center(part: Part) -> KeyFact:
    indicator, rate = part.facts.get("asc_payment_indicator"), part.facts.get("asc_rate")
    words = dollars(rate.value) if rate else short(indicator)
    if excluded := part.facts.get("asc_excluded"):
        return _tile("Surgical center", part, excluded, "excluded", "not paid there, addendum EE")
    if indicator is None and not part.absent:
        return KeyFact("Surgical center", "not listed", "in addenda AA and BB", part.name, None, NONE, part.oldest)
    return _tile("Surgical center", part, indicator, "", words)


def _add_on(part: Part, fees: Part) -> KeyFact:
    label = "Stands alone?"
    kind, period = part.facts.get("add_on_type"), fees.facts.get("global_days")
    primaries = [str(fact.value) for fact in part.section.facts if fact.name == "primary"]
    carried = [fact for fact in part.section.facts if fact.name == "add_on"]
    if kind:
        needs = f"needs {' or '.join(primaries)}" if len(primaries) <= _FEW else f"needs one of {len(primaries)} codes"
        return _tile(label, part, kind, "Add-on", needs if primaries else "contractor names the primary")
    if period and period.value == "ZZZ":
        return KeyFact(label, "Add-on", "by its global period", part.name, period.source)
    if carried:
        noun = "add-on" if len(carried) == 1 else "add-ons"
        return _tile(label, part, carried[0], "Primary", f"may carry {len(carried)} {noun}")
    return _blank(label, part, "no add-on edit names it")


def _pairs(part: Part) -> KeyFact:
    for setting, who in (("practitioner", "practitioner"), ("outpatient_hospital", "hospital")):
        one, two = (part.facts.get(f"pairs_{setting}_column{number}") for number in (1, 2))
        if one and two:
            words = f"{one.value:,} as column 1, {two.value:,} as column 2"
            total = int(one.value or 0) + int(two.value or 0)
            return KeyFact(f"Pair edits, {who}", f"{total:,}", words, part.name, None, "", part.oldest)
    return _blank("Pair edits", part)


def diagnosis_facts(page: CodePage, parts: dict[str, Part]) -> tuple[KeyFact, ...]:
    """Billable, category, seventh character, exclusions, risk adjustment and since when."""
    return (
        _billable(page, parts["status"], parts["hierarchy"].oldest),
        _category(parts["hierarchy"]),
        _seventh(page, parts["seventh"]),
        _exclusions(parts["notes"]),
        _risk(parts["hcc"]),
        _since(parts["status"]),
    )


def _billable(page: CodePage, part: Part, older: str) -> KeyFact:
    words = {
        "active": "complete code",
        "header": "needs more characters",
        "deleted": "deleted before this day",
        "future": "not yet in force",
    }
    fact = part.facts.get("status")
    if page.billable is None:
        return _tile("Billable", part, fact, "not known", "the edition of the day is not loaded")
    tile = _tile("Billable", part, fact, "Yes" if page.billable else "No", words.get(page.status, page.status))
    return replace(tile, older=older)


def _category(part: Part) -> KeyFact:
    wider = part.facts.get("category") or next((fact for fact in part.section.facts if fact.name == "wider"), None)
    if wider is None:
        return KeyFact("Category", "itself", "a three-character category", part.name)
    return _tile("Category", part, wider, "", wider.meaning)


def _seventh(page: CodePage, part: Part) -> KeyFact:
    label, rows = "7th character", part.tables.get("seventh")
    if rows is None:
        return _blank(label, part, "not defined here or above")
    if len(page.code.value) == 7:
        mine = next((line for line in rows.lines if line.cells[0].text == page.code.value[6]), None)
        return KeyFact(label, page.code.value[6], mine.cells[1].text if mine else "", part.name, mine and mine.source)
    return KeyFact(label, "required", f"{len(rows.lines)} to choose from", part.name, rows.lines[0].source)


def _exclusions(part: Part) -> KeyFact:
    one, two = (len(part.tables[name].lines) if name in part.tables else 0 for name in ("excludes1", "excludes2"))
    if not one and not two:
        return _blank("Excludes notes", part, "none here or above")
    return KeyFact(
        "Excludes notes", f"{one + two}", f"{one} Excludes1, {two} Excludes2", part.name, None, "", part.oldest
    )


def _risk(part: Part) -> KeyFact:
    facts = [fact for fact in part.section.facts if fact.name == "hcc"]
    if not facts:
        return _blank("CMS-HCC", part, "not mapped")
    words = ", ".join(dict.fromkeys(fact.label for fact in facts))
    return _tile("CMS-HCC", part, facts[0], ", ".join(dict.fromkeys(str(fact.value) for fact in facts)), words)


def _since(part: Part) -> KeyFact:
    until = part.facts.get("last_day")
    words = f"to {until.value}" if until else "first loaded edition with it"
    return _tile("In this form since", part, part.facts.get("first_day"), "", words)
