"""Checks of proposed lines against the library: whether codes stand on the day, are paid, and keep to their limits."""

from __future__ import annotations

from collections.abc import Iterable

from codeward.core.answers import Fact
from codeward.core.codes import procedure
from codeward.core.faults import NotLoaded
from codeward.core.sources import Source
from codeward.services.page import CodePage
from codeward.services.procedures import procedure_page
from codeward.services.view import View
from codeward.services.worksheets.pair_checks import pairs_checked
from codeward.services.worksheets.sheet import Sheet
from codeward.services.worksheets.values import FAILS, HOLDS, UNCHECKED, Check

LIMITS = {
    "practitioner": ("mue_practitioner", "ncci-mue-practitioner", "for a practitioner"),
    "outpatient-hospital": ("mue_outpatient", "ncci-mue-outpatient", "in a hospital outpatient department"),
}
PAID = ("A", "R", "T")
"""Status indicators of the physician fee schedule under which its RVUs pay (100-04 chapter 23, RVU file layout)."""


def checked(sheet: Sheet) -> tuple[Check, ...]:
    """Every code of the sheet held against the library as of its day, in the order of the lines."""
    codes = dict.fromkeys(line.code for line in sheet.lines if line.is_code)
    found = [check for code in codes for check in _checks(sheet, code, tuple(codes))]
    found += pairs_checked(sheet, tuple(codes))
    for check in found:
        sheet.view.sources.update(dict.fromkeys(check.sources))
    return tuple(found)


def _checks(sheet: Sheet, code: str, beside: tuple[str, ...]) -> Iterable[Check]:
    own = View(sheet.view.library, sheet.view.on)
    try:
        page = procedure_page(own, procedure(code))
    except NotLoaded as fault:
        return [Check(code, "standing", UNCHECKED, str(fault))]
    if page is None:
        return [Check(code, "standing", FAILS, f"No loaded list has {code}, so it cannot be vouched for")]
    checks = [_standing(page, own), *_paid(sheet, page), _limit(sheet, page), *_primary(page, beside, own)]
    _carry(sheet, own, checks)
    return checks


def _carry(sheet: Sheet, own: View, checks: list[Check]) -> None:
    """Keep what these checks read and lacked, out of all that the code's page reads and lacks."""
    needed = {"ncci-aoc", LIMITS[sheet.setting][1]}
    missing = [name for name in own.missing if name in needed]
    kept = {source.dataset for check in checks for source in check.sources}.union(missing)
    sheet.view.missing.update(dict.fromkeys(missing))
    sheet.view.caveats.update({name: caveat for name, caveat in own.caveats.items() if name in kept})


def _standing(page: CodePage, own: View) -> Check:
    section = page.section("status")
    fact = section.fact("status") if section else None
    sources = _sources(fact)
    shown, edition = page.code.shown, f" ({sources[0].edition})" if sources else ""
    if page.status == "active":
        return Check(shown, "standing", HOLDS, f"{shown} is a code on {own.on}{edition}", sources)
    word = "no longer" if page.status == "deleted" else "not yet"
    return Check(shown, "standing", FAILS, f"{shown} is {word} a code on {own.on}{edition}", sources)


def _paid(sheet: Sheet, page: CodePage) -> list[Check]:
    """The physician fee schedule's own word on the code; drugs and hospital services are paid elsewhere."""
    fees = page.section("physician-fees")
    fact = fees.fact("pfs_status") if fees else None
    if fact is None or sheet.setting != "practitioner" or sheet.payer != "medicare":
        return []
    shown, label = page.code.shown, fact.meaning.partition(". ")[0] or "no meaning known"
    if fact.value in PAID:
        text = f"Medicare pays {shown} by the physician fee schedule (status {fact.value}: {label})"
        return [Check(shown, "payment-status", HOLDS, text, _sources(fact))]
    if fact.value == "E":
        text = f"{shown} is outside the physician fee schedule (status E); it may be paid by another, as drugs are"
        return [Check(shown, "payment-status", HOLDS, text, _sources(fact))]
    text = f"The physician fee schedule does not pay {shown} by its RVUs (status {fact.value}: {label})"
    return [Check(shown, "payment-status", FAILS, text, _sources(fact))]


def _limit(sheet: Sheet, page: CodePage) -> Check:
    """The unit limit: each line by itself for indicator 1, the day's sum for 2 and 3 (NCCI manual, chapter I, V)."""
    name, dataset, who = LIMITS[sheet.setting]
    shown, section = page.code.shown, page.section("unit-limits")
    if section is None or dataset in section.missing:
        return Check(shown, "unit-limit", UNCHECKED, f"The unit limit of {shown} {who} is not loaded for the day")
    limit, indicator = section.fact(name), section.fact(f"{name}_indicator")
    if limit is None or indicator is None:
        text = f"No unit limit of {shown} {who} is published; some are confidential"
        return Check(shown, "unit-limit", UNCHECKED, text)
    units = [int(line.units) for line in sheet.lines if line.code == shown]
    count, per = (max(units), "a line") if indicator.value == "1" else (sum(units), "a day")
    most = int(str(limit.value))
    if most == 0:
        text = f"The unit limit of {shown} {who} is 0: not payable in that table"
        return Check(shown, "unit-limit", FAILS, text, _sources(limit))
    be = "is" if count == 1 else "are"
    within = "within" if count <= most else "above"
    text = f"{count} of {shown} {be} {within} the limit of {most} {per} {who} (indicator {indicator.value})"
    return Check(shown, "unit-limit", HOLDS if count <= most else FAILS, text, _sources(limit))


def _primary(page: CodePage, beside: tuple[str, ...], own: View) -> list[Check]:
    """Whether an add-on's primary is on the sheet."""
    shown, section = page.code.shown, page.section("add-ons")
    fees = page.section("physician-fees")
    days = fees.fact("global_days") if fees else None
    looks_added = days is not None and days.value == "ZZZ"
    if section is None or section.missing:
        if not looks_added:
            return []
        return [
            Check(shown, "primary", UNCHECKED, f"{shown} is an add-on; the add-on edits are not loaded for the day")
        ]
    kind = section.fact("add_on_type")
    if kind is None:
        if not looks_added:
            return []
        text = f"{shown} is an add-on by its global period; the add-on edits do not name its primaries"
        return [Check(shown, "primary", UNCHECKED, text, _sources(days))]
    return [_with_primary(shown, section.facts, beside, kind)]


def _with_primary(shown: str, facts: tuple[Fact, ...], beside: tuple[str, ...], kind: Fact) -> Check:
    primaries = {str(fact.value): fact for fact in facts if fact.name == "primary"}
    found = [code for code in beside if code in primaries]
    if found:
        text = f"{shown} is an add-on and {found[0]} is one of its primaries"
        return Check(shown, "primary", HOLDS, text, _sources(primaries[found[0]]))
    if not primaries:
        text = f"{shown} is an add-on whose primaries the contractor names"
        return Check(shown, "primary", UNCHECKED, text, _sources(kind))
    listed = ", ".join(sorted(primaries)[:8])
    text = f"{shown} is an add-on; the add-on edits want one of {listed} beside it, and none is on this worksheet"
    return Check(shown, "primary", FAILS if kind.value == "1" else UNCHECKED, text, _sources(kind))


def _sources(fact: Fact | None) -> tuple[Source, ...]:
    return (fact.source,) if fact is not None and fact.source is not None else ()
