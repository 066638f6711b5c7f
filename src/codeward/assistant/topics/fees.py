"""Fees: what Medicare's schedules allow for a code, by relative values and by every other schedule that lists it."""

from __future__ import annotations

from datetime import date

from codeward.assistant.draft import Draft, listed, read, told
from codeward.assistant.reply import NOT_LOADED, Evidence
from codeward.assistant.topics.priced import is_priced_apart, say_priced
from codeward.assistant.topics.standing import PAYS, open_page, subjects
from codeward.core.answers import Fact
from codeward.core.faults import Fault
from codeward.core.states import STATES
from codeward.services.page import CodePage, Section

_OTHER = (
    ("outpatient-fees", "hospital outpatient (OPPS) payment rate"),
    ("asc-fees", "ambulatory surgical center payment rate"),
    ("laboratory-fees", "clinical laboratory fee"),
    ("drug-limits", "Part B drug payment limit"),
    ("equipment-fees", "DMEPOS fee"),
)
_AMOUNT_NAMES = ("rate", "limit", "fee", "ceiling", "amount")


def answer_fee(draft: Draft) -> None:
    """The fee schedule's amounts for each code; the schedule that the setting asks for goes first."""
    for code, system in subjects(draft):
        page = open_page(draft, code, system)
        if page is None or page.code.system not in ("cpt", "hcpcs"):
            continue
        if len(draft.question.years) > 1:
            for year in draft.question.years[:3]:
                _say_physician(draft, draft.page(code, on=date(year, 12, 31)), year)
        else:
            _say_code(draft, page)
        draft.next_questions += [f"RVUs of {code}?", f"Global days of {code}?"]


def _say_code(draft: Draft, page: CodePage) -> None:
    code = page.code.shown
    if page.status == "deleted":
        draft.say(
            f"No payment: {code} was deleted and cannot be billed for {draft.on}.",
            Evidence(code, "status", "deleted", page.title_source),
            role="verdict",
        )
        return
    if _say_schedules(draft, page):
        return
    missing = [name for section in page.sections for name in section.missing]
    draft.kind = NOT_LOADED
    draft.say(
        f"No loaded fee schedule prices {code} for {draft.on}; not loaded: {listed(tuple(dict.fromkeys(missing)))}.",
        Evidence(code, "price", "none", None, ", ".join(missing)),
        role="verdict",
    )


def _say_schedules(draft: Draft, page: CodePage) -> int:
    """How many schedules said something, the one of the setting first."""
    setting = draft.question.setting or draft.memory.setting
    said = 0
    if setting in ("outpatient-hospital", "asc", "dme") and not draft.question.says(r"\boffice\b|\brvu"):
        said = say_other(draft, page, first=setting)
        if said and setting != "outpatient-hospital":
            return said
    if is_equipment(page):
        return _say_equipment(draft, page)
    if is_priced_apart(draft) and say_priced(draft, page.code.value):
        return said + 1
    said += _say_physician(draft, page, draft.on.year)
    return said or say_other(draft, page, first="")


def is_equipment(page: CodePage) -> bool:
    """Whether the DMEPOS schedule prices it, by state and not by payment locality."""
    section = page.section("equipment-fees")
    return section is not None and any(fact.name.startswith("equipment_fee") for fact in section.facts)


def _say_equipment(draft: Draft, page: CodePage) -> int:
    """The DMEPOS fee in the state that is named, else how far it goes from state to state; what else prices it."""
    said = _say_state(draft, page)
    section = page.section("equipment-fees")
    spans = (
        [fact for fact in section.facts if fact.name.startswith("equipment_fee") and not _is_amount(fact)]
        if section
        else []
    )
    for fact in spans if not said else ():
        draft.say(
            f"{page.code.shown} {fact.name.rsplit('_', 1)[1].upper()}: ${fact.value} by state (DMEPOS fee schedule); "
            "name the state where the patient lives.",
            told(page.code.shown, fact),
            role="verdict",
        )
    return said + len(spans) + say_other(draft, page, first="dme")


def _say_state(draft: Draft, page: CodePage) -> int:
    """The DMEPOS fee in the state that is named, for each way to supply it; how many there are."""
    said = 0
    section, state = page.section("equipment-fees"), draft.question.state or draft.memory.state
    tables = [table for table in section.tables if table.name.startswith("equipment-areas")] if section else []
    for table in tables:
        line = next((line for line in table.lines if line.cells[0].text == state), None)
        if line is None:
            continue
        modifier = table.name.rsplit("-", 1)[1].upper()
        amounts = [
            f"{head.lower()} ${cell.text}"
            for head, cell in zip(table.heads[2:], line.cells[2:], strict=True)
            if cell.text and cell.text[0].isdigit()
        ]
        draft.say(
            f"{page.code.shown} {modifier} in {STATES.get(state, state)}: {', '.join(amounts)} (DMEPOS fee schedule).",
            read(page.code.shown, f"{modifier} {state}", ", ".join(amounts), line.source),
            role="verdict",
        )
        said += 1
    return said


def _say_physician(draft: Draft, page: CodePage, year: int) -> int:
    fees = page.section("physician-fees")
    status = fees.fact("pfs_status") if fees else None
    if fees is None or status is None or status.source is None:
        return 0
    edition = status.source.edition
    if not edition.startswith(str(year)):
        draft.kind = NOT_LOADED
        draft.say(
            f"The {year} RVU file is not loaded, so the {year} payment of {page.code.shown} "
            f"cannot be given; the newest "
            f"loaded is {edition}, and its figures do not hold for {year}.",
            told(page.code.shown, status),
            Evidence(page.code.shown, "edition", edition, status.source),
            role="verdict",
        )
        return 1
    if status.value not in PAYS:
        draft.say(
            f"Not paid by RVUs: {page.code.shown} has status {status.value} on the physician fee schedule "
            f"({edition}). {status.meaning}",
            told(page.code.shown, status),
            Evidence(page.code.shown, "edition", edition, status.source),
            role="verdict",
        )
        if status.value in ("E", "X"):
            say_other(draft, page, first="")
        return 1
    _say_amounts(draft, page.code.shown, fees, edition)
    return 1


def _rate_of_place(draft: Draft) -> Fact | None:
    """Which rate the place of service named is paid; none where no place, or both settings, are asked about."""
    both = draft.question.says(r"\boffice\b") and draft.question.says(r"\bfacility\b")
    if not draft.question.place or both:
        return None
    try:
        section = draft.page(draft.question.place, "pos").section("place")
    except Fault:
        return None
    return section.fact("rate") if section else None


def _say_amounts(draft: Draft, code: str, fees: Section, edition: str) -> None:
    names = (
        "work_rvu",
        "total_nonfacility_rvu",
        "total_facility_rvu",
        "amount_nonfacility",
        "amount_facility",
        "conversion_factor",
    )
    found = {name: fact for name in names if (fact := fees.fact(name)) is not None}
    evidence = [told(code, fact) for fact in found.values()]
    edition_fact = Evidence(code, "edition", edition, evidence[0].source if evidence else None)
    office, facility = found.get("amount_nonfacility"), found.get("amount_facility")
    rates = [
        f"${fact.value} {where}"
        for fact, where in ((office, "in an office (non-facility)"), (facility, "in a facility"))
        if fact
    ]
    rate = _rate_of_place(draft)
    chosen = {"facility": facility, "nonfacility": office}.get(str(rate.value)) if rate is not None else None
    if rate is not None and chosen is not None:
        name = "facility" if rate.value == "facility" else "non-facility"
        rates = [f"${chosen.value} at place of service {draft.question.place} ({name} rate)", *rates]
        evidence.append(told(f"place of service {draft.question.place}", rate))
    factor = found.get("conversion_factor")
    worked = f" (national, conversion factor {factor.value}, before any reduction and cost share)" if factor else ""
    draft.say(
        f"Medicare's physician fee schedule ({edition}) allows for {code}: {'; '.join(rates) or 'no amount'}{worked}.",
        *evidence,
        edition_fact,
        role="verdict",
    )
    parts = [
        f"{label} {found[name].value}"
        for name, label in (
            ("work_rvu", "work RVU"),
            ("total_nonfacility_rvu", "total RVU non-facility (office)"),
            ("total_facility_rvu", "total RVU facility"),
        )
        if name in found
    ]
    draft.say(f"{'; '.join(parts)}.".capitalize(), *evidence)


def say_other(draft: Draft, page: CodePage, first: str) -> int:
    """Every other schedule that prices the code, the one of the setting `first` named first; how many there are."""
    order = {"outpatient-hospital": "outpatient-fees", "asc": "asc-fees", "dme": "equipment-fees"}
    rows = sorted(_OTHER, key=lambda row: row[0] != order.get(first, ""))
    said = 0
    for name, title in rows:
        section = page.section(name)
        if section is None:
            continue
        if name == order.get(first) and section.missing and not section.facts:
            draft.kind = NOT_LOADED
            draft.say(
                f"The {title} of {page.code.shown} is not loaded for {draft.on} ({', '.join(section.missing)}).",
                Evidence(page.code.shown, title, "not loaded", None, ", ".join(section.missing)),
                role="verdict",
            )
            said += 1
            continue
        amounts = [fact for fact in section.facts if _is_amount(fact)]
        if amounts:
            said += 1
            _say_schedule(draft, page.code.shown, title, section, amounts)
    return said


def _is_amount(fact: Fact) -> bool:
    return (
        any(word in fact.name for word in _AMOUNT_NAMES) and str(fact.value).replace(".", "").replace(",", "").isdigit()
    )


def _say_schedule(draft: Draft, code: str, title: str, section: Section, amounts: list[Fact]) -> None:
    main = amounts[0]
    edition = main.source.edition if main.source else ""
    codes = [
        fact for fact in section.facts if fact not in amounts and fact.name.endswith(("indicator", "apc", "dosage"))
    ]
    beside = "; ".join(f"{fact.label.lower()} {fact.value}" for fact in codes[:3])
    parts = "; ".join(f"{fact.label.lower()} ${fact.value}" for fact in amounts[:3])
    draft.say(
        f"{code}, {title} ({edition}): {parts}{'; ' + beside if beside else ''}.",
        *(told(code, fact) for fact in (*amounts[:3], *codes[:3])),
        Evidence(code, "edition", edition, main.source),
        role="verdict",
    )
