"""Circumstances: what was done, is worn or taken, or why one is seen, and what a note must say for it to hold."""

from __future__ import annotations

import re

from codeward.store.concepts import Concept

CIRCUMSTANCES = ("status", "presence", "longterm", "encounter", "reason")
"""Kinds that are no conditions: what was done, what is worn, what is taken, why one is seen."""
APART = frozenset({"history", "family", *CIRCUMSTANCES})
"""Kinds of phrases that say how a condition or a treatment stands rather than name a condition."""
_BY_CODE = (
    ("Z79", "longterm"),
    (("Z85", "Z86", "Z87", "Z89", "Z90", "Z92", "Z93", "Z94", "Z95", "Z96", "Z97", "Z98"), "status"),
    (("Z0", "Z10", "Z11", "Z12", "Z13", "Z4", "Z5"), "encounter"),
)
"""What titles and terms of chapter 21 state, by the beginnings of their codes (Guidelines I.C.21.c)."""
_ALLERGIES = ("Z88", "Z910")
"""What the index has as a history of an allergy is a status (Guidelines I.C.21.c.3)."""
_NAMES = frozenset({"title", "inclusion", "index"})
_HAD = re.compile(
    r"\b(s/p|status[- ]post|post|prior|previous\w*|history of|h/o|hx of|after|since|recipient|had (?:an? )?)\b"
    r"[^.;]{0,30}$",
    re.I,
)
_HAS = re.compile(
    r"\b(?:has|wears?|wearing|carries|with|uses|on) (?:an? |the |his |her |bilateral )?[^.;,]{0,15}$", re.I
)
_IN_PLACE = re.compile(r"^\s?(?:is |in (?:place|situ)|present|well positioned|centered|both|normal|function)", re.I)
_CORE = frozenset({"assessment", "assessment and plan", "diagnosis"})
_PLANNED = re.compile(
    r"\b(?:plan\w*|schedul\w*|candidate|consider\w*|discuss\w*|refer\w*|recommend\w*|for|before|needs?|if)\b[^.;\n]{0,40}$",
    re.I,
)
_WORN = ("Z93", "Z95", "Z96", "Z97")
"""Statuses of what is still there: they hold where the note says that it is."""
_DATED = re.compile(r"^[^.;\n]{0,12}\b(?:in |\()?(?:19|20)\d\d\b|^\s{0,2}(?:\w+ ){1,3}(?:years?|yrs?) ago", re.I)
_TAKEN = re.compile(
    r"\b(on|takes?|taking|uses|using|long[- ]term|chronic\w*|daily|continues?|continued)\b[^.;]{0,30}$",
    re.I,
)
_STOPPED = re.compile(
    r"\b(?:stop\w*|discontinu\w*|held|hold|holding|off|allerg\w*|intoleran\w*|declin\w*|avoid\w*|no longer|never|no|not"
    r"|consider\w*|discuss\w*|previous\w*|prior|if|may|level|or)\b[^.;,\n]{0,25}$",
    re.I,
)
_LASTING = re.compile(
    r"\b(long[- ]term|chronic\w*|maintenance|maintained|daily|suppressive|since|years?|indefinite\w*)\b", re.I
)
_SHORT_COURSES = ("Z791", "Z792", "Z7952", "Z79891")
"""Drugs that are mostly given for a few days: their code needs a word that says they are not."""
_SEEN_FOR = re.compile(
    r"\b(screen\w*|vaccin\w*|immuni[sz]\w*|counsel\w*|annual|yearly|well|wellness|routine|preventive|check-?up"
    r"|sports physical|complete physical)\b",
    re.I,
)
REASON_SECTIONS = frozenset({"", "chief complaint", "assessment", "plan", "assessment and plan", "diagnosis"})


def kind_of(concept: Concept) -> str:
    """The kind of a phrase; a title of chapter 21 is a circumstance whatever list it comes from."""
    if concept.code == "Z992":
        return "status"
    if concept.kind in _NAMES and concept.code[0] == "Z":
        return next((kind for beginnings, kind in _BY_CODE if concept.code.startswith(beginnings)), concept.kind)
    return "presence" if concept.kind == "history" and concept.code.startswith(_ALLERGIES) else concept.kind


_ON_DIALYSIS = re.compile(
    r"\b(?:on|dependen\w+|receiv\w+|undergo\w+|ESRD|chronic|maintenance|times a week|(?:MWF|TTS))\b", re.I
)


def is_on_dialysis(around: str) -> bool:
    """Whether words around it say that somebody lives on dialysis, not that it was thought of."""
    return _ON_DIALYSIS.search(around) is not None


def is_had(code: str, section: str, before: str, after: str) -> bool:
    """Whether the words around it say that a procedure lies behind, or that what was put in is there."""
    if _HAD.search(before) or _DATED.search(after):
        return True
    if not code.startswith(_WORN) or _PLANNED.search(before):
        return False
    return section in _CORE or _HAS.search(before) is not None or _IN_PLACE.search(after) is not None


def is_taken(code: str, section: str, before: str, after: str, *, named: bool = False) -> bool:
    """Whether a drug is one that the patient takes for long; a drug `named` in our table is only given so."""
    if code.startswith(_SHORT_COURSES):
        return _LASTING.search(before[-40:]) is not None or _LASTING.search(after[:40]) is not None
    if named and not _STOPPED.search(before):
        return True
    return section == "medications" or _TAKEN.search(before) is not None


def is_reason(section: str, words: str) -> bool:
    """Whether it is named where a note says why the patient is seen and what is made of it."""
    return section in REASON_SECTIONS and _SEEN_FOR.search(words) is not None
