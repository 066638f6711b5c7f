"""Procedure pages: CPT and HCPCS Level II codes from every table that knows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from codeward.core.answers import Fact
from codeward.core.codes import Code
from codeward.core.sources import Source
from codeward.datasets.cpt_descriptors import DescriptorRow
from codeward.datasets.hcpcs import AlphanumericRow
from codeward.datasets.mpfs_rvu import RvuRow
from codeward.datasets.opps import OutpatientRow
from codeward.services.add_ons import add_on_sentence, add_ons
from codeward.services.anesthesia_fees import anesthesia_fees, anesthesia_sentence
from codeward.services.applicable_modifiers import applicable_modifiers
from codeward.services.coverage.section import coverage_section
from codeward.services.drug_limits import drug_limits, drug_sentence
from codeward.services.equipment_fees import equipment_fees, equipment_sentence
from codeward.services.facility_fees import facility_sentence, outpatient_fees, surgical_center_fees
from codeward.services.laboratory_fees import laboratory_fees, laboratory_sentence
from codeward.services.meanings import coded_fact, meaning
from codeward.services.outpatient_caps import outpatient_caps
from codeward.services.page import CodePage, Section, Sentence
from codeward.services.pair_edits import pair_edits
from codeward.services.physician_fees import fee_sentence, physician_fees
from codeward.services.places import places
from codeward.services.policy_manual import what_the_manual_says
from codeward.services.published_meanings import with_published_meaning
from codeward.services.surgical_center_lists import exclusion_sentence, with_center_lists
from codeward.services.unit_limits import unit_limits, unit_sentence
from codeward.services.view import View, in_words
from codeward.services.wording import run_on
from codeward.store.library import Found

HCPCS, CATEGORIES, DESCRIPTORS = "hcpcs", "service-categories", "cpt-descriptors"
LISTS = (HCPCS, "mpfs-rvu", "opps-addendum-b", "ncci-mue-practitioner", "ncci-mue-outpatient", "ncci-mue-dme")
"""Tables whose rows are codes: being in one on the day is being a code on the day."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a code stands in the lists on the day, and since and until when as far as they say."""

    status: str
    since: date | None
    until: str
    source: Source
    until_source: Source | None = None


def procedure_page(view: View, code: Code) -> CodePage | None:
    """The page of one procedure code, or None when no loaded list ever had it.

    Raises NotLoaded when lists are loaded and none speaks for the day.
    """
    view.require(lists_of(code), code)
    standing = _standing(view, code)
    if standing is None:
        view.refuse_unknown_day(lists_of(code), code)
        return None
    text = _text(view, code)
    parts = _parts(view, code.value)
    title, source = _title(view, code, text)
    sections = (_status_section(view, code, standing, text), *_sections(view, code.value, parts))
    return CodePage(code, title, source, standing.status, None, _words(view, code, standing, parts), sections)


@dataclass(frozen=True, slots=True)
class _Parts:
    """The sections that the plain words are written from."""

    kind: Section
    fees: Section
    outpatient: Section
    center: Section
    anesthesia: Section
    laboratory: Section
    drug: Section
    equipment: Section
    cap: Section
    relations: Section
    limits: Section


def _parts(view: View, code: str) -> _Parts:
    return _Parts(
        _kind(view, code),
        physician_fees(view, code),
        with_published_meaning(view, outpatient_fees(view, code)),
        with_center_lists(view, code, surgical_center_fees(view, code)),
        anesthesia_fees(view, code),
        laboratory_fees(view, code),
        drug_limits(view, code),
        equipment_fees(view, code),
        outpatient_caps(view, code),
        add_ons(view, code),
        unit_limits(view, code),
    )


def _sections(view: View, code: str, parts: _Parts) -> tuple[Section, ...]:
    category = parts.kind.fact("category_path")
    return (
        parts.kind,
        parts.fees,
        parts.outpatient,
        parts.center,
        parts.anesthesia,
        parts.laboratory,
        parts.drug,
        parts.equipment,
        parts.cap,
        parts.relations,
        parts.limits,
        pair_edits(view, code),
        applicable_modifiers(view, code, str(category.value) if category else ""),
        places(view, parts.fees),
        what_the_manual_says(view, code),
        coverage_section(view, code),
    )


def _words(view: View, code: Code, standing: Standing, parts: _Parts) -> tuple[Sentence, ...]:
    """A few sentences for a code in force; one for a code that is not."""
    opening = _opening(code, parts.kind, standing, view.on)
    if standing.status != "active":
        return (opening,)
    said = (
        opening,
        add_on_sentence(code.value, parts.relations, parts.fees.fact("global_days")),
        fee_sentence(view, parts.fees),
        _global_sentence(view, parts.fees),
        anesthesia_sentence(parts.anesthesia),
        laboratory_sentence(parts.laboratory),
        drug_sentence(parts.drug),
        equipment_sentence(parts.equipment),
        facility_sentence(view, parts.outpatient, parts.center),
        exclusion_sentence(parts.center),
        unit_sentence(parts.limits),
    )
    return tuple(sentence for sentence in said if sentence)


def lists_of(code: Code) -> tuple[str, ...]:
    """The lists that can hold a code of its system: the alphanumeric file has no CPT codes."""
    return LISTS if code.system == "hcpcs" else LISTS[1:]


def _standing(view: View, code: Code) -> Standing | None:
    """Active, deleted or future by the newest edition that speaks of the code.

    A stale list may still hold a code that a newer edition of another list has dropped: the newer one is believed.
    """
    lists = [name for name in lists_of(code) if view.has(name)]
    rows = [found for name in lists if (found := _listed(view, name, code.value))]
    here = [found for found in rows if not _says_ended(found.row, view.on)]
    held = {found.release.dataset for found in here}
    before: list[Past] = [(found.release.effective, found) for found in rows if found.release.dataset not in held]
    after: list[Found[Any]] = []
    for name in lists:
        if not any(found.release.dataset == name for found in rows):
            past, coming = _gone_and_coming(view, name, code.value)
            before += past
            after += coming
    newest = max(here, key=lambda item: item.release.effective, default=None)
    dropped = max(before, key=lambda item: item[0], default=None)
    if newest is not None and (dropped is None or dropped[0] <= newest.release.effective):
        since = min(item.first_day for item in here)
        return Standing("active", since, *_until(view, here, newest))
    if dropped is not None:
        ended = next((found for found in rows if found.release.dataset == HCPCS and found not in here), dropped[1])
        return Standing("deleted", None, _last_day(view, ended), ended.source)
    if after:
        first = min(after, key=lambda item: item.first_day)
        return Standing("future", getattr(first.row, "added", None) or first.first_day, "", first.source)
    return None


def _until(view: View, here: list[Found[Any]], newest: Found[Any]) -> tuple[str, Source, Source]:
    """Until when the lists have a code, the source of its standing, and that of the day."""
    ends = [(item, _end_of_run(view, item)) for item in here]
    now, last = max(ends, key=lambda pair: pair[1].last_day)
    if last is now:
        return view.last_day_text(last), newest.source, newest.source
    if isinstance(last.row, AlphanumericRow) and last.row.terminated is not None:
        return last.row.terminated.isoformat(), newest.source, last.source
    return view.last_day_text(last), newest.source, last.source


def _end_of_run(view: View, found: Found[Any]) -> Found[Any]:
    """The last of the rows that follow one another without a break: a code whose row changes stays listed."""
    last, name = found, found.release.dataset
    for item in view.library.history(name, code=found.row.code):
        longer = item.release.from_package == found.release.from_package and item.last_day > last.last_day
        ended = name != HCPCS and _says_ended(item.row, item.first_day)
        if longer and not ended and item.first_day <= last.last_day + timedelta(days=1):
            last = item
    return last


def _listed(view: View, dataset: str, code: str) -> Found[Any] | None:
    """The row in force; a later alphanumeric file knows by its own dates what it added or ended before its first day.

    Between two loaded files such a date is the only word there is on the codes of the files not loaded.
    """
    found = view.first(dataset, code=code)
    if dataset != HCPCS:
        return found
    later = [
        item
        for item in view.library.history(HCPCS, code=code)
        if item.release.effective > view.on and item.row.added is not None and item.row.added <= view.on
    ]
    if later and (found is None or _says_ended(later[-1].row, view.on)):
        view.sources[later[-1].source] = None
        return later[-1]
    return found


def _says_ended(row: Any, on: date) -> bool:
    """Whether a row itself says the code is gone: status indicator or status code D, or a last day passed."""
    if isinstance(row, AlphanumericRow):
        return row.terminated is not None and row.terminated < on
    if isinstance(row, OutpatientRow):
        return row.status_indicator == "D"
    return isinstance(row, RvuRow) and row.status == "D"


def _last_day(view: View, found: Found[Any]) -> str:
    """The last day a dropped code was listed, where the rows say it."""
    if isinstance(found.row, AlphanumericRow) and found.row.terminated is not None:
        return found.row.terminated.isoformat()
    return view.last_day_text(found) if found.last_day < view.on else ""


Past = tuple[date, Found[Any]]
"""When the edition took effect that no longer has a code, and the last row that had it."""


def _gone_and_coming(view: View, dataset: str, code: str) -> tuple[list[Past], list[Found[Any]]]:
    release = view.edition(dataset)
    rows = [item for item in view.library.history(dataset, code=code) if item.first_day <= item.last_day]
    past = [item for item in rows if item.last_day < view.on]
    coming = [item for item in rows if item.first_day > view.on]
    if release is None or not past:
        return [], coming
    return [(release.effective, max(past, key=lambda item: item.last_day))], coming


def _text(view: View, code: Code) -> Found[AlphanumericRow] | None:
    return _listed(view, HCPCS, code.value) if code.system == "hcpcs" and view.has(HCPCS) else None


def _title(view: View, code: Code, text: Found[AlphanumericRow] | None) -> tuple[str | None, Source | None]:
    """Text that may be shown: CMS's for Level II, the AMA's for CPT only out of a licensed file.

    Addendum B's short text serves where the alphanumeric file is not loaded or does not know the code.
    """
    if text is not None:
        return text.row.long_text or text.row.short_text, text.source
    found = view.first(DESCRIPTORS if code.system == "cpt" else "opps-addendum-b", code=code.value)
    if found is None:
        return None, None
    shown = _licensed(found.row) if code.system == "cpt" else found.row.short_text
    return shown or None, found.source if shown else None


def _licensed(row: DescriptorRow) -> str:
    """The longest of the AMA's texts that the operator's delivery holds."""
    return row.long_text or row.medium_text or row.short_text


def _licensed_facts(view: View, code: Code) -> list[Fact]:
    """The AMA's shorter texts, which forms and charge masters use; shown with its notice like the long one."""
    found: Found[DescriptorRow] | None = view.first(DESCRIPTORS, code=code.value) if code.system == "cpt" else None
    if found is None:
        return []
    texts = (
        ("licensed_medium", "Medium descriptor", found.row.medium_text),
        ("licensed_short", "Short descriptor", found.row.short_text),
    )
    notice = "CPT copyright American Medical Association"
    return [Fact(name, text, found.source, label, notice) for name, label, text in texts if text]


def _status_section(view: View, code: Code, standing: Standing, text: Found[AlphanumericRow] | None) -> Section:
    facts = [Fact("status", standing.status, standing.source, "Status on the day")]
    if standing.until:
        facts.append(Fact("last_listed", standing.until, standing.until_source or standing.source, "Last day listed"))
    if text is not None:
        facts += _alphanumeric_facts(view, text)
    facts += _licensed_facts(view, code)
    missing = (HCPCS,) if code.system == "hcpcs" and not view.has(HCPCS) else ()
    return Section("status", "Status and dates", tuple(facts), missing=missing)


def _alphanumeric_facts(view: View, found: Found[AlphanumericRow]) -> list[Fact]:
    row, source = found.row, found.source
    facts = [Fact("short_text", row.short_text, source, "Short text")]
    for name, label, day in (
        ("added", "Added", row.added),
        ("action_effective", "Last action took effect", row.action_effective),
        ("terminated", "Last day", row.terminated),
    ):
        if day is not None:
            facts.append(Fact(name, day.isoformat(), source, label))
    if row.coverage:
        facts.append(coded_fact(view, found, "coverage", "Coverage", "hcpcs_cov", row.coverage))
    if row.action:
        facts.append(coded_fact(view, found, "action", "Last action", "hcpcs_action", row.action))
    if row.crossed_to:
        facts.append(Fact("crossed_to", row.crossed_to, source, "Refers to"))
    return facts


def _kind(view: View, code: str) -> Section:
    found = view.first(CATEGORIES, code=code)
    title = "What kind of service"
    if found is None:
        return Section("kind", title, missing=() if view.has(CATEGORIES) else (CATEGORIES,))
    path = " > ".join(part.strip() for part in found.row.path.split("-") if part.strip())
    facts = (
        Fact("category", found.row.category, found.source, "CMS category"),
        Fact("category_path", path, found.source, "In words"),
    )
    return Section("kind", title, facts)


def _opening(code: Code, kind: Section, standing: Standing, on: date) -> Sentence:
    name = "CPT" if code.system == "cpt" else "HCPCS Level II"
    if standing.status == "deleted":
        last = f" It was last listed {in_words(standing.until)}." if standing.until else ""
        return Sentence(f"{code.shown} was a {name} code and cannot be billed for {on}.{last}", (standing.source,))
    if standing.status == "future":
        text = f"{code.shown} is a {name} code first listed on {standing.since}; it cannot be billed for {on}."
        return Sentence(text, (standing.source,))
    path = kind.fact("category_path")
    if path is not None and path.source is not None:
        return Sentence(f"{code.shown} is a {name} code; CMS counts it under {path.value}.", (path.source,))
    why = "CMS's service categories are not loaded" if kind.missing else "CMS's service categories do not place it"
    return Sentence(f"{code.shown} is a {name} code; {why}.", (standing.source,))


def _global_sentence(view: View, fees: Section) -> Sentence | None:
    """How long the surgical package runs, for codes that have one."""
    days = fees.fact("global_days")
    if days is None or days.source is None or days.value not in ("000", "010", "090", "MMM"):
        return None
    known = meaning(view, "global", str(days.value))
    words = known.sentence if known else ""
    return Sentence(f"Its global period is {days.value}: {run_on(words)}", (days.source,))
