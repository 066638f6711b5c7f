"""Diagnoses: together on one claim, in which order, with which seventh character, and what the notes say."""

from __future__ import annotations

import re

from codeward.assistant.draft import Draft, listed, read
from codeward.assistant.reply import Evidence
from codeward.assistant.topics.diagnosis_notes import NAMES, note_tables, say_notes
from codeward.assistant.topics.knowledge import add_notes
from codeward.assistant.topics.standing import open_page, say_children, subjects
from codeward.core.claims import Finding
from codeward.core.codes import Code, plain
from codeward.core.faults import Fault
from codeward.services.page import CodePage

_NAMED_CONDITIONS = (
    (r"\btype (?:2|ii) diabetes|\bt2dm\b|\bdm2\b|\bdiabetes type (?:2|ii)", "E11.9"),
    (r"\btype (?:1|i) diabetes|\bt1dm\b|\bdm1\b", "E10.9"),
    (r"\bhypertension\b|\bhtn\b", "I10"),
)
"""Conditions people name beside a code instead of another code."""


def answer_together(draft: Draft) -> None:
    """Whether diagnoses may stand on one claim: Excludes notes in both directions, order, validity."""
    codes = list(draft.question.diagnoses) or [Code("icd-10-cm", plain(code)) for code in draft.memory.codes]
    if len(codes) == 1:
        codes += [Code("icd-10-cm", plain(code)) for pattern, code in _NAMED_CONDITIONS if draft.question.says(pattern)]
    if len(codes) < 2 and draft.memory.codes:
        codes = [*(Code("icd-10-cm", plain(code)) for code in draft.memory.codes[:1]), *codes]
    shown = [code.shown for code in dict.fromkeys(codes)]
    for code in shown:
        open_page(draft, code, "icd-10-cm")
    try:
        found = draft.desk.ask("check_diagnoses", codes=tuple(shown)).value
    except Fault as fault:
        draft.refuse_fault(fault)
        return
    apart = [item for item in found if item.rule == "DX.EXCL1"]
    order = [item for item in found if item.rule in ("DX.SEQ", "DX.MANIF", "DX.FIRST")]
    if not apart and _say_assumed_link(draft, shown):
        return
    _say_together(draft, shown, apart, order)
    for item in (*apart, *order, *(item for item in found if item not in apart and item not in order)):
        draft.say(item.message, *_evidence(item))
    _say_second_exclusions(draft, shown)
    add_notes(draft, words=draft.question.plain, codes=tuple(shown), most=2)


_ASSUMED = ("I50", "N18")
"""Categories that ICD-10-CM takes to be due to hypertension where the record does not say otherwise (I.C.9.a)."""


def _say_assumed_link(draft: Draft, shown: list[str]) -> bool:
    """I10 beside heart failure or kidney disease: the two are one combination code."""
    other = next((code for code in shown if code[:3] in _ASSUMED), "")
    if "I10" not in shown or not other:
        return False
    page = open_page(draft, other, "icd-10-cm")
    draft.say(
        f"No: I10 and {other} are not reported side by side. ICD-10-CM assumes that hypertension causes heart failure "
        "and chronic kidney disease: I11, I12 or I13 takes the place of I10, with the other code after it, unless the "
        "provider says that they are unrelated.",
        read(other, "title", page.title if page else "", page.title_source if page else None),
        Evidence("I10", "guideline I.C.9.a", "I11 I12 I13", None, "ICD-10-CM Official Guidelines, I.C.9.a"),
        role="verdict",
    )
    add_notes(draft, codes=(other,), words=draft.question.plain, most=1, least=0.0, naming=other[:3])
    return True


def _say_together(draft: Draft, shown: list[str], apart: list[Finding], order: list[Finding]) -> None:
    pair = listed(shown)
    if apart:
        draft.say(
            f"No: {pair} are not reported together (Excludes1), unless the record shows that the two conditions "
            f"are unrelated (ICD-10-CM "
            "guideline I.A.12.a). If they are two types or stages of one condition, clarify with the provider and "
            "code the one that is documented.",
            *_evidence(apart[0]),
            Evidence(pair, "guideline", "I.A.12.a", None, "ICD-10-CM Official Guidelines"),
            role="verdict",
        )
    elif order:
        draft.say(f"Yes, with an order to keep: {pair} may be reported together.", *_evidence(order[0]), role="verdict")
    else:
        draft.say(
            f"Yes: no Excludes1 note in the loaded tabular list keeps {pair} apart; each still needs its own "
            f"documentation.",
            *_titles(draft, shown),
            Evidence(pair, "Excludes1 notes", "none", None, f"checked both ways for {draft.on}"),
            role="verdict",
        )


def _titles(draft: Draft, shown: list[str]) -> list[Evidence]:
    """Each code's title: what was checked stands in the list."""
    pages = [page for code in shown if (page := open_page(draft, code, "icd-10-cm"))]
    return [read(page.code.shown, "title", page.title or "", page.title_source) for page in pages]


def _evidence(found: Finding) -> list[Evidence]:
    how = found.message
    return [
        Evidence(f"{found.code} {found.with_code}".strip(), found.rule, found.severity, source, how)
        for source in found.sources
    ] or [Evidence(found.code, found.rule, found.severity, None, how)]


def _say_second_exclusions(draft: Draft, shown: list[str]) -> None:
    """An Excludes2 note that names the other code says that both may be reported."""
    for code in shown:
        page = open_page(draft, code, "icd-10-cm")
        for table in note_tables(page) if page else ():
            lines = [
                line
                for line in table.lines
                if table.name == "excludes2"
                and any(other[:3] in line.cells[0].text for other in shown if other != code)
            ]
            for line in lines[:1]:
                draft.say(
                    f"An Excludes2 note at {line.cells[1].text} names it: {line.cells[0].text}; with Excludes2 "
                    f"both may be reported.",
                    read(code, "excludes2", line.cells[0].text, line.source, f"at {line.cells[1].text}"),
                )


def answer_sequence(draft: Draft) -> None:
    """Which code goes first: by the rules where codes are named, else by the practice notes."""
    if len(draft.question.diagnoses) == 1:
        _say_first(draft, draft.question.diagnoses[0].shown)
    if len(draft.question.diagnoses) > 1:
        codes = [code.shown for code in draft.question.diagnoses]
        try:
            found = draft.desk.ask("check_diagnoses", codes=tuple(codes)).value
            other = draft.desk.ask("check_diagnoses", codes=tuple(reversed(codes))).value
        except Fault as fault:
            draft.refuse_fault(fault)
            return
        order = [item for item in (*found, *other) if item.rule in ("DX.SEQ", "DX.MANIF", "DX.FIRST")]
        for item in order[:1]:
            draft.say(
                f"{item.with_code or 'The underlying condition'} goes first, then {item.code}.",
                *_evidence(item),
                role="verdict",
            )
        for item in order:
            draft.say(item.message, *_evidence(item))
        if not order:
            draft.say(
                f"The loaded notes set no order between {listed(codes)}: the first is the condition chiefly "
                f"responsible for the visit.",
                Evidence(listed(codes), "order", "none", None, "notes of both codes"),
                role="verdict",
            )
    for code in draft.question.diagnoses[:2]:
        page = open_page(draft, code.shown, "icd-10-cm")
        if page is not None:
            say_notes(draft, page, most=4, role="why" if draft.statements else "verdict")
    add_notes(
        draft,
        words=draft.question.plain,
        codes=tuple(code.shown for code in draft.question.diagnoses),
        most=2,
        least=0.3,
    )


def _say_first(draft: Draft, code: str) -> None:
    """Whether one diagnosis may stand first: external causes and manifestations may not."""
    try:
        found = draft.desk.ask("check_diagnoses", codes=(code,)).value
    except Fault as fault:
        draft.refuse_fault(fault)
        return
    order = [item for item in found if item.rule in ("DX.SEQ", "DX.MANIF", "DX.FIRST")]
    for item in order:
        draft.say(f"No: {item.message}", *_evidence(item), role="verdict")


def answer_seventh(draft: Draft) -> None:
    """How a seventh character is added to a code, with every code it makes."""
    for code, system in subjects(draft)[:2]:
        page = open_page(draft, code, system or "icd-10-cm")
        if page is not None:
            _say_seventh(draft, page)
    add_notes(draft, words=draft.question.plain, most=1)


def _say_seventh(draft: Draft, page: CodePage) -> None:
    code = page.code.shown
    section = page.section("seventh")
    shown = next((table for table in section.tables if table.lines), None) if section else None
    if shown is None:
        draft.say(
            f"{code} takes no seventh character in the loaded edition.",
            read(code, "seventh character", "none", page.title_source, f"on {draft.on}"),
            role="verdict",
        )
        return
    parts = [f"{line.cells[2].text} ({line.cells[0].text}: {line.cells[1].text})" for line in shown.lines]
    evidence = [read(line.cells[2].text, line.cells[0].text, line.cells[1].text, line.source) for line in shown.lines]
    padded = "X" in shown.lines[0].cells[2].text[len(code) :]
    how = (
        " Pad with the placeholder X up to the sixth character, then add the seventh."
        if padded
        else " Add it as the seventh character."
    )
    draft.say(
        f"{code} needs a seventh character: {'; '.join(parts)}.{how}",
        *evidence,
        Evidence(code, "placeholder", "X", evidence[0].source),
        role="verdict",
    )


def answer_notes(draft: Draft) -> None:
    """The notes of a code that were asked for: exclusions, code first, use additional, includes."""
    plain_text = draft.question.plain
    wanted = tuple(
        name
        for name, cue in (
            ("excludes1", r"exclud"),
            ("excludes2", r"exclud"),
            ("code-first", r"code first|first"),
            ("use-additional", r"additional"),
            ("code-also", r"code also"),
            ("includes", r"includ"),
            ("inclusion", r"includ|inclusion|terms"),
        )
        if re.search(cue, plain_text)
    ) or tuple(NAMES)
    for code, system in subjects(draft)[:2]:
        page = open_page(draft, code, system or "icd-10-cm")
        if page is None:
            continue
        if not say_notes(draft, page, kinds=wanted, most=10, role="verdict"):
            section = page.section("notes")
            where = "are not loaded for the day" if section is None or section.missing else "has no such note for it"
            text = f"The tabular notes {where}" if "not loaded" in where else f"The loaded tabular list {where}"
            draft.say(
                f"{text}: {page.code.shown} on {draft.on}.",
                read(page.code.shown, "notes", "none", page.title_source, str(draft.on)),
                role="verdict",
            )


def answer_header(draft: Draft) -> None:
    """From a header to codes that can be reported, by what the record must say."""
    for code, system in subjects(draft)[:2]:
        page = open_page(draft, code, system or "icd-10-cm")
        if page is None:
            continue
        title = page.title or ""
        if page.billable:
            draft.say(
                f"{page.code.shown} ({title}) is billable itself on {draft.on}.",
                read(page.code.shown, "title", title, page.title_source),
                role="verdict",
            )
            continue
        draft.say(
            f"{page.code.shown} ({title}) is a header, not billable: the side, site or other detail that its "
            f"narrower codes ask for must be in the record.",
            read(page.code.shown, "title", title, page.title_source),
            role="verdict",
        )
        say_children(draft, page)
        add_notes(draft, words=draft.question.plain, codes=(page.code.shown,), most=1, least=0.5)
