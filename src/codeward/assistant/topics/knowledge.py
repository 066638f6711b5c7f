"""Knowledge: practice notes and paragraphs of the loaded manuals, quoted like any fact."""

from __future__ import annotations

import re

from codeward.assistant.draft import Draft, read, told
from codeward.assistant.reply import NOT_LOADED, Evidence
from codeward.core.codes import plain
from codeward.core.faults import Fault
from codeward.core.sources import Source
from codeward.services.guidance import PassageFinds
from codeward.services.manual_pages import ManualFinds
from codeward.services.policy_manual import cut
from codeward.services.practice_notes import ANSWERS, FoundNote, items

CHECKED = {"checked": "", "known": " (from general knowledge of the document named; verify there before relying on it)"}
"""How sure a note is, as it is said."""
_NEARBY = 0.42
_HELD = 8.0
"""Score, and weight of the words it holds, from which a note is still offered where nothing else was found."""
_BESIDE = 0.6
"""Score from which a note stands beside what the tables say."""
_SURE = 0.66
"""Score from which a note is taken for the rule that a case told in a sentence calls for."""
_BESIDE_IT = 0.25
"""How far below the best note another may be and still stand beside it."""
_LOOKED_AT = 8
_LOOK_UP = 5
"""Words of a question that looks a code up, at most: no note that names no code answers it."""
"""Notes that one question looks at."""


def add_notes(
    draft: Draft,
    *,
    words: str = "",
    codes: tuple[str, ...] = (),
    most: int = 2,
    least: float = ANSWERS,
    role: str = "note",
    naming: str = "",
) -> int:
    """Practice notes near the question, as statements; how many there were.

    `naming` takes only those that name this one code by itself.
    """
    try:
        found = _found(draft, words, codes)
    except Fault:
        return 0
    near = [item for item in found if item.score >= least and (not naming or _names(item, naming))][:most]
    for item in near:
        _say_note(draft, item, role)
    return len(near)


def say_nearest_note(draft: Draft) -> int:
    """Notes that answer the question's words; else the one that comes near, said to be no more than that."""
    words = draft.question.plain
    told = add_notes(draft, words=words, most=2)
    best = next(iter(_found(draft, words, ())), None)
    if not told and best is not None and best.score >= _NEARBY and best.held >= _HELD:
        told = 1
        _say_note(draft, best, "note")
        draft.say(
            "No rule on record answers that in so many words; the nearest one is below: check that it is what you "
            "meant.",
            *draft.statements[-1].evidence,
            role="verdict",
        )
    return told


def _found(draft: Draft, words: str, codes: tuple[str, ...]) -> tuple[FoundNote, ...]:
    """Notes near the words, best first; asked for once, however often an answer looks at them."""
    key = ("notes", words, codes)
    if key not in draft.kept:
        given = {"text": words, "codes": codes, "modifiers": draft.question.modifiers}
        draft.kept[key] = draft.desk.ask("find_practice_notes", None, **given, most=_LOOKED_AT).value
    found: tuple[FoundNote, ...] = draft.kept[key]
    return found


def _names_one(item: FoundNote, modifiers: tuple[str, ...]) -> bool:
    """Whether a note is about one of the modifiers that a question names, where it names any."""
    return not modifiers or bool(set(modifiers) & set(items(item.note.row.modifiers)))


def _names(item: FoundNote, code: str) -> bool:
    """Whether a note names a code by itself, not in a range."""
    return plain(code) in {plain(entry) for entry in items(item.note.row.codes)}


def _say_note(draft: Draft, item: FoundNote, role: str) -> None:
    row, source = item.note.row, item.note.source
    place = ", ".join(part for part in (row.document, row.chapter and f"chapter {row.chapter}", row.section) if part)
    if any(row.statement in said.text for said in draft.statements):
        return
    draft.say(
        f"{row.statement} ({place}){CHECKED.get(row.sure, '')}",
        Evidence(row.name, row.title, row.statement, source, place, item.note.row.since, item.note.row.until),
        role=role,
    )


def say_note_beside(draft: Draft) -> None:
    """The note that answers the question's words, beside what the tables say; none where it only comes near."""
    said = draft.question
    codes = said.procedures or tuple(code.shown for code in said.diagnoses)
    add_notes(draft, words=said.plain, codes=codes, most=1, least=_BESIDE)


def nearness(draft: Draft) -> float:
    """How likely the nearest practice note is what was asked for, as a score of intents."""
    said = draft.question
    codes = said.procedures or tuple(code.shown for code in said.diagnoses)
    try:
        found: tuple[FoundNote, ...] = draft.desk.peek(
            "find_practice_notes", text=said.plain, codes=codes, modifiers=said.modifiers, most=1
        ).value
    except Fault:
        return 0.0
    fit = [item for item in found if _names_one(item, said.modifiers)]
    best = max(fit, key=lambda item: item.score, default=None)
    if best is None or best.score < ANSWERS:
        return 0.0
    near = min(0.915, 0.5 + best.score / 2)
    if codes and not best.note.row.codes:
        return near * (0.4 if len(said.plain.split()) <= _LOOK_UP else 0.93)
    return near


def answer_knowledge(draft: Draft) -> None:
    """The nearest notes as the verdict, and paragraphs of the manuals quoted with their page."""
    said = draft.question
    codes = said.procedures or tuple(code.shown for code in said.diagnoses)
    _say_unpaid(draft)
    _warn_of_distance(draft, codes)
    add_notes(draft, words=said.plain, codes=codes, most=1, role="verdict")
    best = next(iter(_found(draft, said.plain, codes)), None)
    beside = max(ANSWERS, best.score - _BESIDE_IT) if best else ANSWERS
    add_notes(draft, words=said.plain, codes=codes, most=3, least=beside)
    quoted = quote_manuals(draft)
    if not draft.statements:
        draft.kind = NOT_LOADED
        draft.say(
            "Nothing in the loaded manuals, guidelines or practice notes answers that, so I cannot say.",
            Evidence("question", "passages", "none"),
            role="verdict",
        )
    elif quoted:
        introduce_quotes(draft)


def _warn_of_distance(draft: Draft, codes: tuple[str, ...]) -> None:
    """Before a rule that answers a case without being asked for in its words: it may not be the one."""
    best = next(iter(_found(draft, draft.question.plain, codes)), None)
    if best is not None and draft.question.is_case and ANSWERS <= best.score < _SURE:
        draft.say(
            "By the nearest rule on record; check that it is your case.",
            Evidence(best.note.row.name, best.note.row.title, best.note.row.statement, best.note.source),
            role="verdict",
        )


def _say_unpaid(draft: Draft) -> None:
    """A code that is named and that the fee schedule never or rarely pays by itself: that goes before any rule."""
    for code in draft.question.procedures[:2]:
        try:
            section = draft.page(code).section("physician-fees")
        except Fault:
            continue
        status = section.fact("pfs_status") if section else None
        if status is not None and status.value in ("B", "I", "N", "T"):
            draft.say(
                f"{code} has status {status.value} on Medicare's physician fee schedule. {status.meaning}",
                told(code, status),
                role="verdict",
            )


def introduce_quotes(draft: Draft) -> None:
    """A verdict over quotes alone: they are the manual's words, nothing is concluded from them."""
    if not any(item.role in ("verdict", "note") for item in draft.statements):
        draft.say(
            "The loaded manuals speak of it; their words are below.", *draft.statements[0].evidence, role="verdict"
        )


def quote_manuals(draft: Draft, most: int = 2) -> int:
    """Paragraphs of the loaded manuals that hold all the question's words, quoted; how many there were."""
    words = search_words(draft.question.plain)
    if len(words.split()) < 2:
        return 0
    quoted = [*_guidelines(draft, words, most), *_policy_manual(draft, words, most)]
    for label, text, source in quoted:
        shown = cut(text, "")
        draft.say(f'{label}: "{shown}"', read(label, "paragraph", shown, source), role="quote")
    return len(quoted)


_Quoted = tuple[str, str, Source]
"""Where a paragraph stands, what it says, and its source."""


def _policy_manual(draft: Draft, words: str, most: int) -> list[_Quoted]:
    """Paragraphs of the manual of the day, else of the first edition loaded, which is then named."""
    editions = draft.desk.library.editions("ncci-policy-manual")
    if not editions:
        return []
    day = max(draft.on, editions[0].effective)
    try:
        found: ManualFinds = draft.desk.ask("read_ncci_manual", day, text=words, most=most).value
    except Fault:
        return []
    hits = found.hits if found.every else ()
    return [
        (f"NCCI policy manual {hit.found.release.edition}, {hit.found.row.label}", hit.text, hit.found.source)
        for hit in hits
    ]


def _guidelines(draft: Draft, words: str, most: int) -> list[_Quoted]:
    try:
        found: PassageFinds = draft.desk.ask("read_guidelines", None, text=words, most=most).value
    except Fault:
        return []
    return [(f"{item.label}, {item.section}", item.text, item.source) for item in found.passages if found.every]


_PLAIN_WORDS = re.compile(
    r"\b(?:what|which|when|where|who|how|why|is|are|was|were|do|does|did|can|could|may|must|should|will|would|i|we"
    r"|you|our|my|it|its|this|that|the|a|an|"
    r"of|to|in|on|for|with|and|or|at|by|be|if|as|from|please|tell|me|about|explain|have|has|had|any|there|mean"
    r"|means|need|use|code|bill|report|"
    r"coded|billed|reported|billing|coding|say|says|ncci|manual|guidelines?|policy|quote|s|t)\b|[^a-z0-9 ]"
)


def search_words(plain: str) -> str:
    """The words of a question that a manual would hold."""
    return " ".join(_PLAIN_WORDS.sub(" ", plain).split())
