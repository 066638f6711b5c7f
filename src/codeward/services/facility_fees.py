"""Hospital outpatient and ambulatory surgical center payment of one code."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from codeward.core.answers import Fact
from codeward.core.sources import Source
from codeward.datasets.asc import SurgicalRow
from codeward.datasets.opps import GroupRow, OutpatientRow
from codeward.services.meanings import coded_fact, meaning
from codeward.services.page import Cell, Line, Section, Sentence, Table, table
from codeward.services.view import View
from codeward.services.wording import run_on
from codeward.store.library import Found

CODES, GROUPS = "opps-addendum-b", "opps-addendum-a"
PROCEDURES, ANCILLARIES = "asc-aa", "asc-bb"


def outpatient_fees(view: View, code: str) -> Section:
    """Status indicator, APC and rate under the outpatient prospective payment system."""
    title = "Hospital outpatient (OPPS)"
    found: Found[OutpatientRow] | None = view.first(CODES, code=code)
    if found is None:
        return Section("outpatient-fees", title, missing=() if view.has(CODES) else (CODES,))
    row = found.row
    facts = [coded_fact(view, found, "opps_status_indicator", "Status indicator", "opps_si", row.status_indicator)]
    if row.apc:
        facts += _group_facts(view, found)
    return Section("outpatient-fees", title, tuple(facts), _history(view, CODES, code, _outpatient_cells))


def _group_facts(view: View, found: Found[OutpatientRow]) -> list[Fact]:
    row = found.row
    group: Found[GroupRow] | None = view.first(GROUPS, apc=row.apc)
    title = group.row.title if group else ""
    facts = [Fact("apc", row.apc, found.source, "APC", title)]
    for name, label, own, shared in (
        ("opps_rate", "Payment rate", row.rate, group.row.rate if group else None),
        ("opps_copayment", "National copayment", row.copayment, group.row.copayment if group else None),
        ("opps_minimum_copayment", "Minimum copayment", row.minimum_copayment, None),
    ):
        value = own if own is not None else shared
        source = found.source if own is not None else group.source if group else None
        if value is not None and source is not None:
            facts.append(Fact(name, _money(value), source, label, "national, before wage adjustment"))
    return facts


def surgical_center_fees(view: View, code: str) -> Section:
    """Payment indicator and rate in an ambulatory surgical center."""
    title = "Ambulatory surgical center"
    loaded = [name for name in (PROCEDURES, ANCILLARIES) if view.has(name)]
    for dataset in loaded:
        found: Found[SurgicalRow] | None = view.first(dataset, code=code)
        if found is not None:
            row = found.row
            facts = [
                coded_fact(view, found, "asc_payment_indicator", "Payment indicator", "asc_pi", row.payment_indicator)
            ]
            if row.rate is not None:
                facts.append(
                    Fact(
                        "asc_rate",
                        _money(row.rate),
                        found.source,
                        "Payment rate",
                        "national, before wage adjustment",
                    )
                )
            if row.discounted:
                facts.append(Fact("asc_discounted", row.discounted, found.source, "Multiple procedure discount"))
            return Section("asc-fees", title, tuple(facts), _history(view, dataset, code, _surgical_cells))
    missing = tuple(name for name in (PROCEDURES, ANCILLARIES) if name not in loaded)
    return Section("asc-fees", title, missing=missing)


def _history(
    view: View, dataset: str, code: str, cells: Callable[[View, Found[object]], tuple[str, ...]]
) -> tuple[Table, ...]:
    rows = [item for item in view.library.history(dataset, code=code) if item.first_day <= item.last_day]
    told = _told_once([(cells(view, item), item.source) for item in rows])
    lines = [Line(tuple(Cell(text) for text in texts), source) for texts, source in told]
    heads = ("From", "To", "Indicator", "APC", "Rate") if dataset == CODES else ("From", "To", "Indicator", "Rate")
    if len(lines) < 2:
        return ()
    return (table(f"{dataset}-history", "Change over the loaded editions", heads, lines),)


def _told_once(told: list[tuple[tuple[str, ...], Source]]) -> list[tuple[tuple[str, ...], Source]]:
    """One line where an official file and a package say the same from the same day: the one that knows its end."""
    kept: dict[tuple[str, ...], tuple[tuple[str, ...], Source]] = {}
    for texts, source in told:
        start, end, *rest = texts
        held = kept.get((start, *rest))
        if held is None or (end and not held[0][1]):
            kept[start, *rest] = (texts, source)
    return list(kept.values())


def _outpatient_cells(view: View, found: Found[object]) -> tuple[str, ...]:
    row = found.row
    assert isinstance(row, OutpatientRow)
    return (
        found.first_day.isoformat(),
        view.last_day_text(found),
        row.status_indicator,
        row.apc or "-",
        _money(row.rate),
    )


def _surgical_cells(view: View, found: Found[object]) -> tuple[str, ...]:
    row = found.row
    assert isinstance(row, SurgicalRow)
    return (found.first_day.isoformat(), view.last_day_text(found), row.payment_indicator, _money(row.rate))


def _money(value: Decimal | None) -> str:
    if value is None:
        return "-"
    text = f"{value:.3f}"
    return text.removesuffix("0")


def facility_sentence(view: View, outpatient: Section, center: Section) -> Sentence | None:
    """How a hospital outpatient department and a surgical center are paid, in one sentence."""
    parts, sources = [], []
    si, rate = outpatient.fact("opps_status_indicator"), outpatient.fact("opps_rate")
    if si is not None and si.source is not None:
        known = meaning(view, "opps_si", str(si.value))
        words = run_on(known.sentence.rstrip(".")) if known else "a status indicator our table does not know"
        paid = f", ${rate.value} nationally" if rate and rate.value != "0.00" else ""
        parts.append(f"in a hospital outpatient department it is {si.value} ({si.source.edition}): {words}{paid}")
        sources.append(si.source)
    pi, center_rate = center.fact("asc_payment_indicator"), center.fact("asc_rate")
    if pi is not None and pi.source is not None:
        known = meaning(view, "asc_pi", str(pi.value))
        words = run_on(known.sentence.rstrip(".")) if known else "an indicator our table does not know"
        paid = f", ${center_rate.value} nationally" if center_rate else ""
        parts.append(f"in a surgical center {pi.value} ({pi.source.edition}): {words}{paid}")
        sources.append(pi.source)
    if not parts:
        return None
    text = "; ".join(parts) + "."
    return Sentence(text[0].upper() + text[1:], tuple(sources))
