"""Coverage: what Medicare's documents in force say of a service, in a state; no policy is not coverage."""

from __future__ import annotations

import re

from codeward.assistant.draft import Draft, read
from codeward.assistant.reading.places_said import CITIES
from codeward.assistant.reply import CLARIFY, NOT_LOADED, Evidence
from codeward.assistant.topics.knowledge import add_notes
from codeward.assistant.topics.standing import PAYS, open_page, subjects
from codeward.core.faults import Fault, NotFound
from codeward.core.sources import Source
from codeward.core.states import STATES
from codeward.services.coverage.listed import COMMENTS
from codeward.services.coverage.values import NOT_CHECKED, CoverageCheck, DocumentFinding
from codeward.services.coverage_documents import IN_FORCE, UNSEEN, CoverageDocument
from codeward.services.page import CodePage


def answer_covered(draft: Draft) -> None:
    """Whether Medicare covers a code: excluded by status first, then the documents of the place."""
    for code, system in subjects(draft)[:2]:
        page = open_page(draft, code, system)
        if page is None or page.code.system not in ("cpt", "hcpcs"):
            continue
        fees = page.section("physician-fees")
        status = fees.fact("pfs_status") if fees else None
        if page.status == "deleted":
            draft.say(
                f"No: {code} was deleted and cannot be billed for {draft.on}.",
                Evidence(code, "status", "deleted", page.title_source),
                role="verdict",
            )
        elif status is not None and status.value in ("N", "I", "B", "P"):
            words = {
                "N": "not covered",
                "I": "not valid for Medicare",
                "B": "always bundled, never paid by itself",
                "P": "bundled or excluded",
            }[str(status.value)]
            draft.say(
                f"No: {code} has status {status.value} on the Medicare physician fee schedule: {words}. "
                f"{status.meaning}",
                Evidence(code, "status", str(status.value), status.source, status.meaning),
                role="verdict",
            )
            _say_limit(draft, page)
        else:
            placed = bool(draft.question.state or draft.question.zip or draft.memory.state)
            if status is not None:
                paid = "payable when covered" if status.value in PAYS else "not paid by RVUs there"
                draft.say(
                    f"{code} has status {status.value} on the physician fee schedule ({paid}): {status.meaning}",
                    Evidence(code, "status", str(status.value), status.source, status.meaning),
                    role="why" if placed else "verdict",
                )
            say_coverage(draft, code, required=placed or status is None)
        add_notes(draft, words=draft.question.plain, codes=(code,), most=2, least=0.4)


def _say_limit(draft: Draft, page: CodePage) -> None:
    section = page.section("unit-limits")
    limit = section.fact("mue_practitioner") if section else None
    if limit is not None and limit.value == 0:
        draft.say("Its practitioner MUE is 0: no unit is payable.", read(page.code.shown, "MUE", "0", limit.source))


def say_coverage(draft: Draft, code: str, *, required: bool, words: str = "") -> None:
    """What the coverage service finds for a code or words at the place named; without a place it is asked for.

    `required` makes it the verdict; otherwise it stands beside one.
    """
    said, memory = draft.question, draft.memory
    state, postal = said.state or ("" if said.zip else memory.state), said.zip or ("" if said.state else memory.zip)
    setting = said.setting or memory.setting or "practitioner"
    diagnoses = tuple(item.shown for item in said.diagnoses)
    try:
        answer = draft.desk.ask(
            "check_coverage",
            None,
            procedure=code,
            words=words,
            state=state,
            zip=postal,
            setting=setting,
            diagnoses=diagnoses,
        )
    except Fault as fault:
        draft.refuse_fault(fault)
        return
    _say_check(draft, answer.value, answer.sources, required=required)
    if not (state or postal):
        draft.next_questions += [f"Is {code or words} covered in Florida?"]
        if required and draft.kind != NOT_LOADED:
            draft.say(
                "Local coverage is decided by the contractor of the place: name the state or ZIP, and the documented "
                "diagnosis, for its documents.",
                Evidence(code or words, "place", "not named"),
                role="change",
            )


def _say_check(draft: Draft, found: CoverageCheck, read_in: tuple[Source, ...], *, required: bool) -> None:
    role = "verdict" if required else "why"
    about = found.procedure or found.searched
    sources = [item for document in found.documents[:3] for item in document.sources[:1]]
    sources += [item.source for item in found.contractors if item.source] + list(found.place.sources)
    sources = sources or list(read_in[:1])
    evidence = [Evidence(about, "coverage", found.verdict, source, found.words) for source in dict.fromkeys(sources)]
    joint = [item for item in found.documents if "DME MAC" in item.owner]
    if found.verdict == NOT_CHECKED and joint and joint == list(found.documents):
        draft.say(
            f"By title the DME contractors' joint documents are {', '.join(item.id for item in joint)}.",
            *(read(item.id, "owner", item.owner, item.sources[0] if item.sources else None) for item in joint),
            role=role,
        )
        role = "why"
    elif found.verdict == NOT_CHECKED:
        draft.kind = NOT_LOADED if required else draft.kind
    draft.say(found.words, *(evidence or [Evidence(about, "coverage", found.verdict, None, found.words)]), role=role)
    for item in found.contractors[:2]:
        number = f", contract {item.number}" if item.number else ""
        letters = f" ({item.jurisdiction})" if item.jurisdiction else ""
        draft.say(
            f"The contractor there is {item.name}{letters}{number}.",
            read(item.name, "contractor", f"{item.jurisdiction} {item.number}", item.source, item.how),
        )
    for document in found.documents[:4]:
        _say_document(draft, document)
    for text in found.unchecked[:4]:
        draft.say(text, Evidence(about, "not checked", text), role="caveat")


def _say_document(draft: Draft, document: DocumentFinding) -> None:
    since = f", effective {document.effective}" if document.effective else ""
    until = f", to {document.last_day}" if document.last_day else ""
    source = document.sources[0] if document.sources else None
    draft.say(
        f"{document.kind} {document.id}, \"{document.title}\", of {document.owner}, version "
        f"{document.version}{since}{until}: "
        f"{document.words}",
        Evidence(document.id, "version", str(document.version), source, f"{document.title} {document.words}",
                 document.effective, document.last_day),
    )  # fmt: skip


_ASKING = re.compile(
    r"\b(?:which|what|is|are|there|an?|the|any|lcds?|ncds?|local|national|coverage|covered|cover|covers|article"
    r"|policy|policies|governs?|"
    r"apply|applies|applicable|mac|medicare|for|in|on|by|of|does|do|has|have|under|state|find|show|me|and|with"
    r"|contractor|determinations?|"
    r"number|ids?|no|bill(?:s|ed)?|suppliers?|dme(?:pos)?|machines?|part b|claims?|usually|our"
    r"|clinic|office|practice|here|there|hospital|facility|group|doctor|physician"
    r"|hi|hello|please|thanks|we|our|need|dos|patient|billing|a total|list|exist|pay|will|it|to)\b"
)


def service_words(draft: Draft) -> str:
    """What service the question names in words: the question without its question words, places and days."""
    text = draft.question.plain
    for name in (*STATES.values(), *CITIES):
        text = re.sub(rf"\b{name.lower()}\b", " ", text)
    text = _without_owner(text)
    text = re.sub(r"\b20\d\d(?:-\d\d-\d\d)?\b|\d{1,2}/\d{1,2}/\d{2,4}|█+|[^a-z0-9 -]|(?<!\w)-|-(?!\w)", " ", text)
    return " ".join(_ASKING.sub(" ", text).split())


_POINTS = re.compile(
    r"\b(?:this|that|these|those|my|whats|what's|pt|pts|procedures?|services?|codes?|injections?|surgery|tests?|drugs?|items?"
    r"|treatments?|therapy|device|brace|thing|one)\b"
)
"""Words that point to a service and do not name it."""


def answer_policy(draft: Draft) -> None:
    """Which LCD, article or NCD governs a service in a state, or what a document named by its number is."""
    if draft.question.documents:
        for number in draft.question.documents[:3]:
            _say_number(draft, number)
        return
    code = next(iter(draft.question.procedures or draft.memory.codes), "")
    words = "" if draft.question.procedures else service_words(draft)
    if draft.question.says(r"\bncds?\b|\bnational coverage") and not draft.desk.library.editions("mcd-ncd-trkg"):
        draft.kind = NOT_LOADED
        draft.say(
            "National coverage determinations (NCDs) and their code lists are not loaded, so whether one governs "
            f"{code or words or 'the service'} cannot be told from data.",
            Evidence(code or words, "NCD", "not loaded"),
            role="verdict",
        )
        return
    owner = owner_said(draft.question.plain)
    if owner and not draft.question.state and not code:
        _say_owned(draft, owner, _without_owner(words))
        return
    if not code and _POINTS.sub(" ", words).strip() == "":
        draft.kind, draft.waiting_for, draft.asked = CLARIFY, "service", "policy"
        draft.say(
            "Which service and which state? Coverage documents are local: name a code or the service, the state or "
            "ZIP, "
            "and the date of service.",
            role="verdict",
        )
        return
    say_coverage(draft, code if not words else "", required=True, words=words)
    add_notes(draft, words=draft.question.plain, codes=draft.question.procedures, most=1, least=0.5)


OWNERS = (
    ("Noridian", r"\bnoridian\b"),
    ("Novitas", r"\bnovitas\b"),
    ("First Coast", r"\bfirst coast\b|\bfcso\b"),
    ("CGS", r"\bcgs\b"),
    ("WPS", r"\bwps\b|\bwisconsin physicians?(?: service)?"),
    ("National Government", r"\bngs\b|\bnational government(?: services)?"),
    ("Palmetto", r"\bpalmetto(?: gba)?\b"),
)
"""Contractors as people name them, and as the list of documents begins their names."""


def _say_standing(draft: Draft, item: CoverageDocument) -> None:
    """Whether a document is in force on the day, as the answer to that question."""
    if item.standing == IN_FORCE:
        text = f"Yes: {item.id} is in force on {draft.on}."
    elif item.last_day is not None and item.last_day < draft.on:
        text = f"No: {item.id} was retired and is not in force on {draft.on}; its last day was {item.last_day}."
    else:
        text = f"Not in force as loaded: {item.id} is {item.standing} on {draft.on}."
    draft.say(text, Evidence(item.id, "standing", item.standing, item.source, f"{item.last_day}"), role="verdict")


def owners_said(plain: str) -> tuple[str, ...]:
    """The contractors a question names, as the list of documents spells them."""
    return tuple(name for name, cue in OWNERS if re.search(cue, plain))


def owner_said(plain: str) -> str:
    """The first of them; empty where it names none."""
    return next(iter(owners_said(plain)), "")


def _without_owner(words: str) -> str:
    for _, cue in OWNERS:
        words = re.sub(cue, " ", words)
    return " ".join(words.split())


def _say_owned(draft: Draft, owner: str, words: str) -> None:
    """Documents of one contractor with the words in their titles, as the loaded list has them."""
    try:
        answer = draft.desk.ask("find_coverage_documents", None, words=f"{words} {owner}")
    except Fault as fault:
        draft.refuse_fault(fault)
        return
    found = [item for item in answer.value if item.standing in (IN_FORCE, UNSEEN) and item.kind != "NCD"]
    found = [item for item in found if not item.title.lower().startswith(COMMENTS)]
    if not found:
        every = draft.desk.ask("find_coverage_documents", None, words=owner).value
        source = every[0].source if every else None
        text = f'{owner} has no LCD or article with "{words}" in its title in the loaded list'
        draft.say(
            f"No: {text}. That is no local policy found, which is not coverage.",
            Evidence(owner, "documents", "none", source, words),
            role="verdict",
        )
        return
    found.sort(key=lambda item: (_aside(item.title, words), item.title, item.id))
    for item in found[:6]:
        _say_listed(draft, item)
    if len(found) > 6:
        draft.say(
            f"{len(found) - 6} more match.",
            Evidence(owner, "documents", str(len(found) - 6), found[6].source),
            role="change",
        )


def _aside(title: str, words: str) -> bool:
    """Whether a title has a word only to leave its subject out: `(Excludes ... Mohs)`."""
    before = title.lower().partition("exclud")[0]
    return not all(word in before for word in words.split())


def _say_listed(draft: Draft, item: CoverageDocument) -> None:
    until = f", until {item.last_day}" if item.last_day else ""
    draft.say(
        f'{item.kind} {item.id}, "{item.title}", of {item.owner}: version {item.version}, effective {item.effective}'
        f"{until}; {item.standing} on {draft.on}.",
        Evidence(
            item.id,
            "version",
            str(item.version),
            item.source,
            f"{item.title} {item.owner}",
            item.effective,
            item.last_day,
        ),
        role="verdict",
    )


def _say_number(draft: Draft, number: str) -> None:
    try:
        found: tuple[CoverageDocument, ...] = draft.desk.ask("coverage_document", None, number=number).value
    except NotFound as fault:
        draft.kind = NOT_LOADED
        draft.say(
            f"{number} is not in the loaded list of coverage documents: {fault}.",
            Evidence(number, "listed", "no", None, str(fault)),
            role="verdict",
        )
        return
    except Fault as fault:
        draft.refuse_fault(fault)
        return
    item = found[0]
    if draft.question.says(
        r"\bin force\b|\bin effect\b|\bactive\b|\bstill\b|\bretired\b|\bcurrent\b|\bvalid\b|\beffective\b"
    ):
        _say_standing(draft, item)
    _say_listed(draft, item)
    draft.say(f"CMS shows it at {item.address}", Evidence(item.id, "address", item.address, item.source), role="change")
