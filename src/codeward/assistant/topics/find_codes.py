"""Find codes: words in, the best codes out, what the first leaves open and what its notes ask for."""

from __future__ import annotations

import re
from dataclasses import replace

from codeward.assistant.draft import Draft, read
from codeward.assistant.reply import CLARIFY, NOT_LOADED, Evidence
from codeward.assistant.routing import cues
from codeward.assistant.topics.diagnosis_notes import say_notes
from codeward.assistant.topics.knowledge import add_notes, introduce_quotes, quote_manuals, say_nearest_note
from codeward.assistant.topics.open_services import ask_back, open_service
from codeward.core.faults import Fault
from codeward.core.sources import Source
from codeward.core.word_forms import stems
from codeward.services.search import Hit

_ASKING = re.compile(
    r"\b(?:what(?:'s| is| are)?|which|the|find|give me|look ?up|search(?: for)?|list|need|i need|looking for"
    r"|correct|right(?= code)|proper|best|please|pls|"
    r"icd-?\s?10(?:-?\s?(?:cm|pcs))?|icd|cm\b|cpt|hcpcs(?: level ii)?|dx|diagnosis|procedure|billing|medical|codes?"
    r"|coding|coded|code|for|to use|do i use|"
    r"should i use|would i use|use|do we|do i|how|is there|are there|a|an|of|can|you|report(?:ed)?|bill(?:ed)?"
    r"|billable|on|dos|date of service|patient has|"
    r"patient with|pt with|pt has|has|hi|hello|thanks|thank you|when|with(?= code))\b",
)
_SYSTEMS = (
    ("icd-10-pcs", r"\bpcs\b"),
    ("icd-10-cm", r"\bicd|\bdx\b|\bdiagnos"),
    ("hcpcs", r"\bhcpcs\b|\b[jgkealq]-?codes?\b|\bj code"),
    ("cpt", r"\bcpt\b"),
    ("modifier", r"\bmodifier"),
    ("pos", r"\bpos\b|\bplace of service"),
    ("taxonomy", r"\btaxonomy"),
)
_ARGUES = re.compile(r"^(?:can|is|are|do|does|may|should|must|when|who|why|how|will|did|if)\b|\band\b.*\?")
_FINDS = re.compile(cues.FIND)
_LIKELY, _CERTAIN, _RESPELT = 62.0, 66.0, 78.0
"""Scores below which a hit is chance: where a code is asked for, and where it is not said that one is."""
_EXACT = 82.0
"""Score of a hit whose title or index entry holds the words and few others (services/search)."""
_HELD_WHOLE = 74.0
"""Score of a hit that holds every word of several."""
_MARGIN = r"\bexcis|\bremov"
_LESION = r"\blesion|\bmole\b|\bnevus|\bmelanoma|\bcarcinoma|\bbcc\b|\bscc\b|\bmalignan|\bbenign"


_DAY = re.compile(
    r"\b(?:(?:19|20)\d\d(?:-\d\d-\d\d)?|\d{1,2}/\d{1,2}/\d{2,4}"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]* (?=(?:\d{1,2},? )?20\d\d\b))\b"
)
_ENCOUNTER = re.compile(
    r"\b(?:initial|subsequent|first|follow-?up) (?:encounters?|visits?)\b|\b(?:sequelae?|subsequent)\W*$"
)
_NAMES_A_LIST = re.compile(
    r"\bcod(?:e|es|ing)\b|\bicd\b|\bdx\b|\bdiagnos|\btaxonomy\b|\bnucc\b|\bpos\b|\bplace of service\b"
)
_SAYS_NOTHING = frozenset(
    stems("whats no in at and we be i to my our is it was initial visit where who this that or from as by")
)


def asked_system(draft: Draft) -> str:
    """The code system the question names; empty for any."""
    return next((name for name, cue in _SYSTEMS if draft.question.says(cue)), "")


def words_of(plain: str) -> str:
    """A question without its question words."""
    text = re.sub(r"[\"?!;:()]|\bicd-?\s?10-?\s?(?:cm|pcs)\b", " ", plain)
    text = re.sub(r"\b[a-z][- ](?=codes?\b)", " ", text)
    text = _ENCOUNTER.sub(" ", _DAY.sub(" ", text).replace(",", " "))
    return " ".join(_ASKING.sub(" ", text).split()).strip(" .,-")


def is_exact(draft: Draft) -> bool:
    """Whether a short question without codes is what a title or the index says, word for word."""
    said, words = draft.question, words_of(draft.question.plain)
    most = 6 if not _FINDS.search(said.plain) else 12
    if said.codes or said.modifiers or _ARGUES.search(said.plain) or not 1 <= len(words.split()) <= most:
        return False
    try:
        hits = draft.desk.peek("search", text=words, system=asked_system(draft), most=1).value.hits
    except Fault:
        return False
    if not hits or hits[0].score < _HELD_WHOLE:
        return False
    return hits[0].score >= _EXACT or (len(words.split()) > 2 and not _missing(words, hits[0]))


def is_open_excision(draft: Draft) -> bool:
    """An excision by size without its margins: which code it is turns on them."""
    plain = draft.question.plain
    excised = re.search(_MARGIN, plain) and re.search(_LESION, plain) and re.search(r"\d(?:\.\d)? ?(?:cm|mm)", plain)
    return bool(excised) and not re.search(r"margin|shave|biops|destr", plain)


def ask_for_margins(draft: Draft) -> None:
    """Lesion plus the narrowest margins is the excised diameter (NCCI policy manual, chapter III)."""
    draft.kind, draft.waiting_for, draft.asked = CLARIFY, "margins", "excision"
    draft.say(
        "How wide were the narrowest margins? The code goes by the excised diameter: the lesion's greatest "
        "diameter plus the narrowest margins on both "
        "sides, measured before the excision.",
        Evidence(
            "excision", "excised diameter", "lesion plus margins", None, "excision of lesions, scope in own words"
        ),
        role="verdict",
    )
    from codeward.assistant.topics.worksheets import say_excision_without_margins

    say_excision_without_margins(draft)


def answer_find(draft: Draft) -> None:
    """Search for the words, in the system asked for; nothing found is said, never guessed."""
    if is_open_excision(draft):
        ask_for_margins(draft)
        return
    if len(draft.question.plain) > 40 and re.search(_NOTE, draft.question.plain):
        answer_note(draft)
        return
    words, system = words_of(draft.question.plain), asked_system(draft)
    if not words:
        ask_for_words(draft)
        return
    try:
        hits = draft.desk.ask("search", text=words, system=system, most=6).value.hits
    except Fault as fault:
        draft.refuse_fault(fault)
        return
    if not hits or hits[0].score < _enough(draft, hits[0]) or _is_chance(draft, words, hits[0]):
        if quote_manuals(draft):
            introduce_quotes(draft)
        elif not say_nearest_note(draft):
            draft.kind = NOT_LOADED
            draft.say(
                "Nothing like that is in the loaded lists, so I cannot answer it from the loaded data.",
                Evidence("search", "found", "nothing", None, words),
                role="verdict",
            )
        return
    hits = _of_encounter(draft, hits)
    _say_hits(draft, words, hits)
    if _is_open(words, hits):
        draft.kind, draft.waiting_for, draft.asked = CLARIFY, "detail", "find"
        draft.say(f"Which {words}: site, side, type, cause or stage? The nearest entries are below.", role="verdict")
        draft.statements.insert(0, draft.statements.pop())
    add_notes(draft, words=draft.question.plain, most=1, least=0.55)


_NOTE = r"\b(?:pt|patient|pat)\b(?! (?:is|be|pay))|\by/?o\b|\byear[- ]old\b|\bw/ |\bs/p\b|\bh/o\b"


def answer_note(draft: Draft) -> None:
    """A case told in a sentence: its diagnoses by the notes service, those that would be reported first."""
    try:
        found = draft.desk.ask("suggest", None, note=draft.question.text).value
    except Fault as fault:
        draft.refuse_fault(fault)
        return
    for item in found.codes[:8]:
        title = item.title or ""
        draft.say(
            f"{item.code.shown}: {title}.",
            read(item.code.shown, "title", title, _source_of(draft, item.code.shown, item.code.system)),
            role="verdict",
        )
    if found.codes:
        add_notes(draft, words=draft.question.plain, most=1)
    elif not say_nearest_note(draft):
        draft.kind = NOT_LOADED
        draft.say(
            "No diagnosis was recognised in that; name the condition in words.",
            Evidence("note", "found", "nothing"),
            role="verdict",
        )


def ask_for_code(draft: Draft) -> None:
    """The code that something was asked of."""
    draft.kind, draft.waiting_for, draft.asked = CLARIFY, "code", "any"
    draft.say(
        "Which code do you mean? Name the CPT, HCPCS or ICD-10-CM code (or the service in words), the date of "
        "service and, for "
        "fees and coverage, the setting and the state.",
        role="verdict",
    )


def ask_for_details(draft: Draft) -> None:
    """What the code of a service named in words turns on."""
    service = open_service(draft.question.plain)
    if is_open_excision(draft):
        ask_for_margins(draft)
    elif service is not None:
        ask_back(draft, service)


def ask_for_words(draft: Draft) -> None:
    """Which service or condition is meant."""
    draft.kind, draft.waiting_for, draft.asked = CLARIFY, "words", "find"
    draft.say(
        "Which condition, service or code do you mean? Name it in words or by its code, with the date of service.",
        role="verdict",
    )


def _is_other_side(plain: str, title: str) -> bool:
    """Whether a title is of the side that the question does not name."""
    sides = {"right": "left", "left": "right"}
    return any(side in plain and other not in plain and other in title.lower() for side, other in sides.items())


def _enough(draft: Draft, first: Hit) -> float:
    """The score from which the best hit is what was meant; where words were respelt and no code asked for, more."""
    if _FINDS.search(draft.question.plain):
        return _LIKELY
    return _RESPELT if "spelling:" in first.why else _CERTAIN


def _of_encounter(draft: Draft, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The first hit with the seventh character of the encounter that is named."""
    cues_of = (("S", r"\bsequelae?\b"), ("D", r"\bsubsequent\b"))
    wanted = next((letter for letter, cue in cues_of if draft.question.says(cue)), "")
    first = hits[0]
    if not wanted or first.code.system != "icd-10-cm" or len(first.code.value) != 7 or first.code.value[-1] != "A":
        return hits
    try:
        page = draft.page(f"{first.code.value[:-1]}{wanted}", "icd-10-cm")
    except Fault:
        return hits
    return (replace(first, code=page.code, title=page.title or first.title), *hits[1:])


def _missing(words: str, first: Hit) -> int:
    """How many words that say something stand neither in the title of a hit nor in why it was found."""
    return len(set(stems(words)) - _SAYS_NOTHING - set(stems(f"{first.title} {first.why}")))


def _is_chance(draft: Draft, words: str, first: Hit) -> bool:
    """Whether nothing says that a code is wanted, and words of the question stand nowhere in the best hit."""
    plain = draft.question.plain
    if _FINDS.search(plain) or asked_system(draft):
        return False
    missing = _missing(words, first)
    return missing > len(set(stems(words)) - _SAYS_NOTHING) / 3 if _NAMES_A_LIST.search(plain) else missing > 0


def _is_open(words: str, hits: tuple[Hit, ...]) -> bool:
    """One bare word whose best entry is a header or an unspecified condition: what it turns on must be asked."""
    first = hits[0]
    vague = (
        first.billable is False
        or "unspecified" in first.title.lower()
        or "without complications" in first.title.lower()
    )
    return len(words.split()) == 1 and first.code.system == "icd-10-cm" and vague and len(hits) > 1


def _say_hits(draft: Draft, words: str, hits: tuple[Hit, ...]) -> None:
    first = hits[0]
    header = " It is a header: a narrower code is reported." if first.billable is False else ""
    draft.say(
        f"{first.code.shown}: {first.title or 'no text that may be shown'} ({first.why}).{header}",
        *_evidence(draft, first),
        role="verdict",
    )
    others = [
        hit for hit in hits[1:5] if hit.code != first.code and not _is_other_side(draft.question.plain, hit.title)
    ]
    if others:
        parts = [f"{hit.code.shown} ({hit.title})" for hit in others]
        draft.say(f"Near it: {'; '.join(parts)}.", *(item for hit in others for item in _evidence(draft, hit)))
    for chip in first.chips:
        choices = [f"{value}: {code.shown}" for value, code in chip.choices]
        draft.say(
            f"What decides between them - {chip.axis}: {'; '.join(choices)}.",
            *(
                Evidence(code.shown, chip.axis, value, _source_of(draft, code.shown, code.system))
                for value, code in chip.choices
            ),
            role="change",
        )
    if first.code.system == "icd-10-cm":
        try:
            say_notes(draft, draft.page(first.code.shown, "icd-10-cm"), most=3)
        except Fault:
            return


def _evidence(draft: Draft, hit: Hit) -> list[Evidence]:
    return [read(hit.code.shown, "title", hit.title, _source_of(draft, hit.code.shown, hit.code.system), hit.why)]


def _source_of(draft: Draft, code: str, system: str) -> Source | None:
    try:
        page = draft.page(code, system)
    except Fault:
        return None
    return page.title_source or next((source for sentence in page.words for source in sentence.sources), None)
