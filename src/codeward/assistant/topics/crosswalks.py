"""Crosswalks: ICD-9 equivalents, what took a code's place, and where no official crosswalk exists."""

from __future__ import annotations

from codeward.assistant.draft import Draft, listed, read
from codeward.assistant.reply import NOT_LOADED, Evidence
from codeward.assistant.topics.knowledge import add_notes
from codeward.assistant.topics.standing import open_page, subjects
from codeward.core.faults import Fault
from codeward.services.coverage.values import NO_POLICY
from codeward.services.page import CodePage, Table

UNMAPPED = (
    ("SNOMED CT", r"\bsnomed"),
    ("LOINC", r"\bloinc"),
    ("RxNorm", r"\brxnorm|\brxcui"),
    ("CDT", r"\bcdt\b|\bdental code"),
    ("NDC", r"\bndc\b"),
    ("ICD-11", r"\bicd-?\s?11"),
    ("ICD-O", r"\bicd-?o\b"),
    ("UB-04 revenue codes", r"\brev(?:enue)? codes?\b"),
)
"""Code systems to which no loaded publication maps."""


def unmapped_systems(draft: Draft) -> list[str]:
    """Names of the code systems asked for to which nothing loaded leads."""
    return [name for name, cue in UNMAPPED if draft.question.says(cue)]


def answer_former(draft: Draft) -> None:
    """ICD-9 to ICD-10 and back by the general equivalence mappings, every candidate flagged as they flag it."""
    codes = draft.question.former or tuple(code.shown for code in draft.question.diagnoses) or draft.memory.codes
    for code in codes[:2]:
        try:
            answer = draft.desk.ask("cross_icd", code=code)
        except Fault as fault:
            draft.refuse_fault(fault)
            continue
        if answer.value.missing:
            draft.kind = NOT_LOADED
            draft.say(
                "The general equivalence mappings (GEMs) are not loaded.",
                Evidence(code, "gems", "not loaded"),
                role="verdict",
            )
            continue
        forward = [table for table in answer.value.tables if "back" not in table.name]
        for table in forward or answer.value.tables:
            _say_mapping(draft, code, table, answer.value.edition)
        if not answer.value.tables:
            draft.kind = NOT_LOADED
            draft.say(
                f"{code} is not in the loaded general equivalence mappings ({answer.value.edition}).",
                Evidence(code, "gems", "no row", None, answer.value.edition),
                role="verdict",
            )


def _say_mapping(draft: Draft, code: str, table: Table, edition: str) -> None:
    parts, evidence = [], []
    for line in table.lines[:10]:
        target, title, fit, use = (cell.text for cell in line.cells)
        now = f", {use} on {draft.on}" if use else ""
        parts.append(f"{target}{f' ({title})' if title else ''}: {fit}{now}")
        evidence.append(read(f"{code} {target}", "equivalent", title, line.source, f"{fit}{now}"))
    more = f"; {table.total - 10} more" if table.total > 10 else ""
    draft.say(
        f"The {edition} general equivalence mappings (GEM) give for {code}: {'; '.join(parts)}{more}.",
        *evidence,
        Evidence(code, "mappings", f"{edition} {table.total - 10}"),
        role="verdict",
    )
    draft.say(
        "They are candidates, frozen in fiscal year 2018: choose by what the record documents, after checking the "
        "code in the list of the day.",
        Evidence(code, "mappings frozen", "2018", evidence[0].source if evidence else None),
        role="caveat",
    )


def answer_unmapped(draft: Draft) -> None:
    """No map to the code system asked for is loaded: said, with what is there instead."""
    names = unmapped_systems(draft)
    draft.kind = NOT_LOADED
    codes = [code for code, _ in subjects(draft)]
    about = f" for {listed(codes)}" if codes else ""
    draft.say(
        f"No {listed(names, 'or')} map is loaded, so none can be given{about}. Codeward holds no official "
        f"crosswalk between these systems, and "
        "some of them are under licences of their own.",
        Evidence(" ".join(codes), "map", "not loaded", None, ", ".join(names)),
        role="verdict",
    )
    add_notes(draft, words=draft.question.plain, codes=tuple(codes), most=1, least=0.5)


def answer_procedure_to_diagnosis(draft: Draft) -> None:
    """There is no official CPT to ICD-10-CM crosswalk; coverage articles and NCD lists come closest."""
    codes = draft.question.procedures or draft.memory.codes
    about = f" for {listed(codes)}" if codes else ""
    draft.say(
        f"There is no official CPT or HCPCS to ICD-10 crosswalk{about}: the diagnosis is the one the record "
        f"documents, never one picked because it is paid. "
        "The closest official links are the diagnosis lists of Medicare coverage articles and NCDs, contractor by "
        "contractor.",
        Evidence(
            " ".join(codes),
            "official crosswalk",
            "none",
            None,
            "no publication of CMS or the AMA maps procedures to diagnoses",
        ),
        role="verdict",
    )
    from codeward.assistant.topics.coverage import say_coverage

    if codes:
        say_coverage(draft, codes[0], required=False)
        placed = draft.question.state or draft.question.zip or draft.question.documents
        if placed and not _is_without_policy(draft):
            draft.kind = NOT_LOADED
            draft.say(
                "The diagnosis lists of the coverage articles are not loaded, so none can be given from data.",
                Evidence(codes[0], "covered diagnoses", "not loaded"),
                role="verdict",
            )
    add_notes(draft, words=draft.question.plain, codes=codes, most=1, least=0.5)


def _is_without_policy(draft: Draft) -> bool:
    """Whether the place has no local document at all, or its code lists are loaded: then that is the answer."""
    found = [item for said in draft.statements for item in said.evidence if item.name == "coverage"]
    lists = bool(draft.desk.library.editions("mcd-article-x-icd10-covered"))
    return lists or any(item.value == NO_POLICY for item in found)


def answer_changes(draft: Draft) -> None:
    """What took a code's place, or what it came from, as the loaded editions tell it."""
    for code, system in subjects(draft)[:2]:
        page = open_page(draft, code, system)
        if page is None:
            continue
        section = page.section("changes")
        for table in section.tables if section else ():
            parts = [f"{line.cells[0].text} ({line.cells[1].text})" for line in table.lines[:10]]
            evidence = [
                read(
                    f"{page.code.shown} {line.cells[0].text}",
                    table.name,
                    line.cells[1].text,
                    line.source,
                    table.caption,
                )
                for line in table.lines[:10]
            ]
            draft.say(f"{page.code.shown}. {table.caption}: {'; '.join(parts)}.", *evidence, role="verdict")
        noted = add_notes(draft, codes=(page.code.shown,), words=draft.question.plain, most=1)
        if not any(item.role == "verdict" for item in draft.statements):
            _say_timeline(draft, page)
        if not noted:
            add_notes(draft, codes=(code,), words=draft.question.plain, most=1, least=0.0, naming=code)


def _say_timeline(draft: Draft, page: CodePage) -> None:
    section = page.section("timeline")
    events = sorted(section.events, key=lambda item: item.day, reverse=True) if section else []
    for event in events[:6]:
        source = event.after_source or event.before_source
        text = f"{event.day}: {event.label} {event.before or 'nothing'} became {event.after or 'nothing'}"
        draft.say(
            f"{page.code.shown}, {text}.",
            Evidence(page.code.shown, event.name, event.after, source, f"{text} {event.note}"),
            role="verdict",
        )
    if not events:
        words = page.words[0].text if page.words else f"{page.code.shown} did not change."
        draft.say(
            f"No change of {page.code.shown} between the loaded editions is on record. {words}",
            Evidence(page.code.shown, "changes", "none", page.title_source, words),
            role="verdict",
        )
