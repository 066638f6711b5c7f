"""Standing: whether a code may be billed on a day, and what it is."""

from __future__ import annotations

from codeward.assistant.draft import Draft, read, told
from codeward.assistant.reply import NOT_LOADED, Evidence
from codeward.assistant.topics.knowledge import add_notes
from codeward.core.answers import Fact
from codeward.core.codes import SYSTEM_NAMES
from codeward.core.faults import Fault, NotFound, NotLoaded
from codeward.services.page import CodePage, Section

PAYS = ("A", "R", "T")
"""Status codes of the physician fee schedule that are paid by relative values (CPM 100-04, chapter 23)."""
NEVER = ("I", "N")
"""Not valid for Medicare, and not covered by it."""


def subjects(draft: Draft) -> list[tuple[str, str]]:
    """Codes asked about with their systems; else those remembered, else modifiers or a place of service."""
    said = [(item.code.shown, item.code.system) for item in draft.question.codes]
    if not said:
        said = [(code, "") for code in draft.memory.codes]
    if not said:
        said = [(code, "modifier") for code in draft.question.modifiers]
    if not said and (draft.question.place or draft.memory.place):
        said = [(draft.question.place or draft.memory.place, "pos")]
    return list(dict.fromkeys(said))[:4]


def answer_valid(draft: Draft) -> None:
    """Whether each code is listed, and billable, on the day."""
    for code, system in subjects(draft):
        page = open_page(draft, code, system)
        if page is not None:
            _say_standing(draft, page)
            if page.status != "active":
                add_notes(draft, codes=(code,), words=draft.question.plain, most=2, least=0.0, naming=code)
                _say_reference(draft, page)
        draft.next_questions.append(f"What changed about {code}?")


def answer_describe(draft: Draft) -> None:
    """What each code is, from its page: our own words, CMS's text, never an AMA descriptor unlicensed."""
    for code, system in subjects(draft):
        page = open_page(draft, code, system)
        if page is None:
            continue
        _say_what(draft, page)
        add_notes(draft, codes=(page.code.shown,), words=draft.question.plain, most=2)
        draft.next_questions += (
            [f"MUE of {code}?", f"What does Medicare pay for {code}?"] if page.code.system in ("cpt", "hcpcs") else []
        )


def open_page(draft: Draft, code: str, system: str = "") -> CodePage | None:
    """The page of a code; where there is none, that becomes the verdict."""
    try:
        return draft.page(code, system)
    except NotFound as fault:
        known = add_notes(
            draft, codes=(code,), words=draft.question.plain, most=2, least=0.0, role="verdict", naming=code
        )
        say_unknown(draft, code, system, fault, role="why" if known else "verdict")
    except NotLoaded as fault:
        draft.kind = NOT_LOADED
        draft.say(f"Not loaded: {fault}.", Evidence(code, "loaded", "no", None, str(fault)), role="verdict")
    except Fault as fault:
        draft.refuse_fault(fault)
    return None


def say_unknown(draft: Draft, code: str, system: str, fault: NotFound, role: str = "verdict") -> None:
    """No loaded edition has it: neither described nor priced, and the nearest are named."""
    draft.kind = NOT_LOADED if role == "verdict" else draft.kind
    near = str(fault).partition("nearest are ")[2]
    name = SYSTEM_NAMES.get(system, "code")
    hint = f" The nearest in the lists are {near}." if near else ""
    draft.say(
        f"{code} is not in any loaded edition of {name} codes: there is no such code in them, so it cannot be "
        f"described, checked or "
        f"priced.{hint}",
        Evidence(code, "listed", "no", None, str(fault)),
        role=role,
    )


def _say_standing(draft: Draft, page: CodePage) -> None:
    code = page.code.shown
    section = page.section("status") or page.section("modifier")
    fact = section.fact("status") if section else None
    evidence = [told(code, fact)] if fact else [read(code, "status", page.status, page.title_source)]
    if page.code.system == "icd-10-cm":
        _say_diagnosis(draft, page, evidence)
        return
    if page.status == "deleted":
        last = section.fact("last_listed") if section else None
        when = f" It was last listed {_span(str(last.value))}." if last else ""
        draft.say(
            f"No: {code} was deleted (discontinued) and cannot be billed for {draft.on}.{when}",
            *evidence,
            *([told(code, last)] if last else []),
            role="verdict",
        )
        return
    if page.status == "future":
        words = page.words[0].text if page.words else f"{code} is not in force yet."
        draft.say(f"No: {words}", *evidence, read(code, "words", words, page.title_source), role="verdict")
        return
    _say_dates(draft, page, section)
    unpaid = _unpaid(page)
    if unpaid is not None:
        draft.say(
            f"{code} is a listed {SYSTEM_NAMES[page.code.system]} code on {draft.on}, but not payable under Medicare's "
            f"physician fee schedule: status {unpaid.value}.",
            *evidence,
            told(code, unpaid),
            role="verdict",
        )
    else:
        draft.say(
            f"Yes, {code} is a listed {SYSTEM_NAMES[page.code.system]} code on {draft.on}.", *evidence, role="verdict"
        )
    say_status_indicator(draft, page)
    _say_end(draft, page, section)


def _unpaid(page: CodePage) -> Fact | None:
    """Its status on the physician fee schedule, where that is one Medicare never pays."""
    fees = page.section("physician-fees")
    status = fees.fact("pfs_status") if fees else None
    return status if status is not None and status.value in NEVER else None


def _say_dates(draft: Draft, page: CodePage, section: Section | None) -> None:
    """The file's own dates of a HCPCS Level II code."""
    for name, words in (("added", "It was added on"), ("terminated", "Its last day is")):
        fact = section.fact(name) if section else None
        if fact is not None:
            draft.say(f"{words} {fact.value}.", told(page.code.shown, fact))


def _say_end(draft: Draft, page: CodePage, section: Section | None) -> None:
    last = section.fact("last_listed") if section else None
    if last is not None:
        draft.say(f"It was listed until {_span(str(last.value))}.", told(page.code.shown, last), role="change")


def _span(last: str) -> str:
    first, _, end = last.partition(" to ")
    return f"between {first} and {end} (the editions between are not loaded)" if end else f"on {first}"


def say_status_indicator(draft: Draft, page: CodePage) -> Fact | None:
    """The fee schedule's status code, where the code has one: being listed is not being paid."""
    fees = page.section("physician-fees")
    status = fees.fact("pfs_status") if fees else None
    if status is None:
        return None
    paid = "paid by its RVUs when covered" if status.value in PAYS else "not paid by RVUs there"
    draft.say(
        f"Its status on the Medicare physician fee schedule is {status.value} ({paid}): {status.meaning}",
        told(page.code.shown, status),
    )
    return status


def _say_diagnosis(draft: Draft, page: CodePage, evidence: list[Evidence]) -> None:
    code = page.code.shown
    words = [read(code, "words", item.text, next(iter(item.sources), None)) for item in page.words]
    title = f" ({page.title})" if page.title else ""
    if page.status in ("deleted", "future"):
        draft.say(
            f"No: {code}{title} cannot be reported for {draft.on}. {page.words[0].text if page.words else ''}",
            *evidence,
            *words[:1],
            read(code, "title", page.title or "", page.title_source),
            role="verdict",
        )
    elif page.billable is False:
        draft.say(
            f"No: {code}{title} is a header, not billable; report one of its narrower codes.",
            *evidence,
            read(code, "title", page.title or "", page.title_source),
            role="verdict",
        )
        say_children(draft, page)
    else:
        draft.say(
            f"Yes: {code}{title} is billable on {draft.on}, as the loaded edition has it.",
            *evidence,
            read(code, "title", page.title or "", page.title_source),
            role="verdict",
        )
    for item, fact in zip(page.words[1:], words[1:], strict=True):
        draft.say(item.text, fact)


def say_children(draft: Draft, page: CodePage, most: int = 12) -> None:
    """The narrower codes of a header, or those a seventh character makes."""
    for section, name, at in (("hierarchy", "children", 0), ("seventh", "seventh", 2)):
        found = page.section(section)
        shown = next((item for item in found.tables if item.name == name), None) if found else None
        if shown is None or not shown.lines:
            continue
        parts, evidence = [], []
        for line in shown.lines[:most]:
            code = line.cells[at].text
            title = line.cells[1].text
            parts.append(f"{code} ({title})")
            evidence.append(read(code, "title", title, line.source))
        more = f"; {shown.total - most} more" if shown.total > most else ""
        draft.say(
            f"Choose by what the record says: {'; '.join(parts)}{more}.",
            *evidence,
            Evidence(page.code.shown, "narrower codes", str(shown.total - most)),
        )
        return


def _say_what(draft: Draft, page: CodePage) -> None:
    code, system = page.code.shown, SYSTEM_NAMES[page.code.system]
    if page.title and page.code.system != "cpt":
        draft.say(
            f"{code} is the {system} code for: {page.title}.",
            read(code, "title", page.title, page.title_source),
            role="verdict",
        )
    elif page.title:
        draft.say(
            f"{code}: {page.title} (CPT copyright American Medical Association).",
            read(code, "title", page.title, page.title_source),
            role="verdict",
        )
    for place, sentence in enumerate(page.words):
        role = "verdict" if place == 0 and not page.title else "why"
        source = next(iter(sentence.sources), None)
        more = [read(code, "fact", sentence.text, other) for other in sentence.sources[1:3]]
        draft.say(sentence.text, read(code, "fact", sentence.text, source), *more, role=role)
    if page.code.system == "cpt" and not page.title:
        draft.say(
            "The official descriptor is the AMA's and is shown only from a licensed file, which is not loaded; "
            "what stands here is in our own "
            "words.",
            Evidence(code, "descriptor", "not loaded", None, "AMA licence"),
            role="caveat",
        )
    if page.code.system == "taxonomy" and draft.question.says(r"\bspecialt"):
        _say_specialty(draft, page)
    if page.code.system == "icd-10-cm":
        if page.billable is False:
            say_children(draft, page)
        from codeward.assistant.topics.diagnosis_notes import say_notes

        say_notes(draft, page, most=3)


def _say_specialty(draft: Draft, page: CodePage) -> None:
    """The Medicare specialty a taxonomy code usually goes with, on the basis the crosswalk names."""
    try:
        bases = draft.desk.ask("related_codes", None, code=page.code.value).value.bases
    except Fault:
        return
    for basis in bases:
        for table in basis.tables if basis.name.startswith("special") else ():
            for line in table.lines[:3]:
                text = ", ".join(cell.text for cell in line.cells if cell.text)
                draft.say(
                    f"Medicare specialty: {text}. {basis.means}",
                    read(page.code.shown, table.name, text, line.source, basis.means),
                    role="verdict",
                )


def _say_reference(draft: Draft, page: CodePage) -> None:
    section = page.section("status")
    crossed = section.fact("crossed_to") if section else None
    if crossed is not None:
        draft.say(f"The file refers from {page.code.shown} to {crossed.value}.", told(page.code.shown, crossed))
