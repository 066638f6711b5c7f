"""Physician fee schedule of one code: relative values, national amounts with the formula, indicators, history."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from codeward.core.answers import Fact
from codeward.datasets.mpfs_rvu import RvuRow
from codeward.services.meanings import coded_fact, meaning
from codeward.services.page import Cell, Line, Section, Sentence, Table, table
from codeward.services.view import View
from codeward.services.wording import run_on
from codeward.store.library import Found

RVU = "mpfs-rvu"
CENT = Decimal("0.01")
PAID_BY_RVU = ("A", "R", "T")
_INDICATORS = (
    ("global_days", "Global period", "global"),
    ("pctc", "Professional / technical split", "pctc"),
    ("multiple", "Multiple procedures", "mult"),
    ("bilateral", "Bilateral surgery", "bilat"),
    ("assistant", "Assistant at surgery", "asst"),
    ("cosurgeon", "Co-surgeons", "cosurg"),
    ("team", "Team surgery", "team"),
    ("supervision", "Supervision of diagnostic tests", "supervision"),
)
_COMPONENTS = {
    "": "whole service",
    "26": "professional part",
    "TC": "technical part",
    "53": "stopped procedure",
}


def amount(total: Decimal, factor: Decimal) -> Decimal:
    """National amount: total RVUs times the conversion factor, to the cent (all GPCIs 1.000)."""
    return (total * factor).quantize(CENT, ROUND_HALF_UP)


def main_row(rows: list[Found[RvuRow]]) -> Found[RvuRow] | None:
    """The row of the whole service under the usual conversion factor, or whatever row there is."""
    plain = [item for item in rows if not item.row.qualifying]
    return next((item for item in plain if not item.row.modifier), plain[0] if plain else None)


def physician_fees(view: View, code: str) -> Section:
    """Relative values, amounts and indicators on the day; empty with `missing` when no release is loaded."""
    rows = view.find(RVU, code=code)
    whole = main_row(rows)
    if whole is None:
        return Section("physician-fees", "Physician fee schedule", missing=() if view.has(RVU) else (RVU,))
    facts = (
        *_value_facts(view, whole),
        *_amount_facts(whole),
        *_indicator_facts(view, whole),
        *_shares(whole),
    )
    tables = (_components(rows), _history(view, code))
    return Section("physician-fees", "Physician fee schedule", facts, tuple(item for item in tables if item.lines))


def _value_facts(view: View, found: Found[RvuRow]) -> list[Fact]:
    row, source = found.row, found.source
    facts = [
        coded_fact(view, found, "pfs_status", "Status code", "status", row.status),
        Fact("work_rvu", str(row.work), source, "Work RVU"),
        Fact("pe_nonfacility_rvu", str(row.pe_nonfacility), source, "Practice expense RVU, non-facility"),
        Fact("pe_facility_rvu", str(row.pe_facility), source, "Practice expense RVU, facility"),
        Fact("malpractice_rvu", str(row.malpractice), source, "Malpractice RVU"),
        Fact("total_nonfacility_rvu", str(row.total_nonfacility), source, "Total RVU, non-facility"),
        Fact("total_facility_rvu", str(row.total_facility), source, "Total RVU, facility"),
        Fact("conversion_factor", str(row.conversion_factor), source, "Conversion factor"),
    ]
    for name, value, label in (
        ("na_nonfacility", row.na_nonfacility, "Non-facility NA"),
        ("na_facility", row.na_facility, "Facility NA"),
        ("not_used", row.not_used, "RVUs not used"),
    ):
        if value:
            facts.append(
                coded_fact(view, found, name, label, name.removesuffix("_nonfacility").removesuffix("_facility"), value)
            )
    return facts


def _amount_facts(found: Found[RvuRow]) -> list[Fact]:
    row = found.row
    if row.status not in PAID_BY_RVU:
        return []
    facts = []
    for place, total, na in (
        ("nonfacility", row.total_nonfacility, row.na_nonfacility),
        ("facility", row.total_facility, row.na_facility),
    ):
        if not na:
            words = f"{total} RVU x {row.conversion_factor}, national (GPCI 1.000), before any reduction"
            value = str(amount(total, row.conversion_factor))
            label = "National amount, " + ("non-facility" if place == "nonfacility" else "facility")
            facts.append(Fact(f"amount_{place}", value, found.source, label, words))
    return facts


def _indicator_facts(view: View, found: Found[RvuRow]) -> list[Fact]:
    facts = [
        coded_fact(view, found, name, label, field, getattr(found.row, name)) for name, label, field in _INDICATORS
    ]
    if found.row.endoscopic_base:
        facts.append(Fact("endoscopic_base", found.row.endoscopic_base, found.source, "Endoscopic base code"))
    return [fact for fact in facts if fact.value]


def _shares(found: Found[RvuRow]) -> list[Fact]:
    row = found.row
    if not (row.preoperative or row.intraoperative or row.postoperative):
        return []
    parts = f"{row.preoperative:.0%} / {row.intraoperative:.0%} / {row.postoperative:.0%}"
    words = "Shares of the global payment for care before, during and after surgery (modifiers 56, 54, 55; 78)."
    return [Fact("global_shares", parts, found.source, "Before / during / after", words)]


def _components(rows: list[Found[RvuRow]]) -> Table:
    heads = ("Part", "Work", "PE non-facility", "PE facility", "Malpractice", "Non-facility", "Facility")
    lines = [_component(item) for item in rows] if len(rows) > 1 else []
    return table("components", "Parts of the service and their RVUs", heads, lines)


def _component(found: Found[RvuRow]) -> Line:
    row = found.row
    part = _COMPONENTS.get(row.modifier, "") + (", qualifying APM participant" if row.qualifying else "")
    cells = (row.work, row.pe_nonfacility, row.pe_facility, row.malpractice)
    name = f"{row.modifier} {part}".strip()
    return Line(tuple(Cell(str(text)) for text in (name, *cells, *_money(row))), found.source)


def _money(row: RvuRow) -> tuple[str, str]:
    """National amounts, non-facility and facility; NA or a dash where none is paid."""
    if row.status not in PAID_BY_RVU:
        return "-", "-"
    office = row.na_nonfacility or str(amount(row.total_nonfacility, row.conversion_factor))
    return office, row.na_facility or str(amount(row.total_facility, row.conversion_factor))


def _history(view: View, code: str) -> Table:
    heads = ("Since", "Status", "Non-facility RVU", "Facility RVU", "Factor", "Non-facility", "Facility")
    rows = view.library.history(RVU, code=code, modifier="") or []
    lines = []
    for found in rows:
        row: RvuRow = found.row
        if row.qualifying:
            continue
        texts = (
            found.first_day.isoformat(),
            row.status,
            str(row.total_nonfacility),
            str(row.total_facility),
            str(row.conversion_factor),
            *_money(row),
        )
        lines.append(Line(tuple(Cell(text) for text in texts), found.source))
    return table("fee-history", "Change over the loaded releases", heads, lines)


def fee_sentence(view: View, section: Section) -> Sentence | None:
    """How Medicare pays a practitioner, in one sentence."""
    status = section.fact("pfs_status")
    if status is None or status.source is None:
        return None
    office, facility = section.fact("amount_nonfacility"), section.fact("amount_facility")
    edition = status.source.edition
    if office or facility:
        parts = [
            f"{_dollars(item)} {place}"
            for item, place in ((office, "in an office"), (facility, "in a facility"))
            if item
        ]
        paid = " and ".join(parts)
        text = f"The physician fee schedule ({edition}) pays a practitioner {paid}, nationally, before any reduction."
        return Sentence(text, (status.source,))
    known = meaning(view, "status", str(status.value))
    words = known.sentence if known else "its status code is not in our table of meanings"
    return Sentence(
        f"On the physician fee schedule ({edition}) its status is {status.value}: {run_on(words)}",
        (status.source,),
    )


def _dollars(fact: Fact) -> str:
    return f"${Decimal(str(fact.value)):,.2f}"
