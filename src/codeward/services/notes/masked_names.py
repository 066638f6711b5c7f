"""Masked names: persons found by title, label, signature, credential, kin, or a common given name before a surname."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codeward.core.notes import Masked
from codeward.services.notes.name_words import (
    ANY_GIVEN,
    EPONYM_NOUNS,
    EPONYMS,
    GIVEN,
    NOT_NAMES,
    PARTICLES,
    SURNAME_AND_WORD,
    bare,
)

_TITLE = re.compile(
    r"(?<![\w-])(?:(?:Dr|Drs|Mr|Mrs|Ms|Mx|Prof|Rev|Sgt|Capt|Lt|Hon)\.?|DRS?(?:\.|(?=[ ][A-Z]{4}))|MRS\.|(?:MR|PROF"
    r"|REV|dr|mr|mrs|ms)\.|(?:Miss|Doctor|Professor|Reverend|Judge|Officer|Detective|Pastor|Father(?=\s[A-Z][a-z]+\s(?:visited|called|at))|Señor"
    r"|Señora))[ \t]{1,3}(?=[A-Za-z])"
)
_STRONG_LABEL = re.compile(
    r"(?<![\w-])(?:(?:patient|pt|full|legal|last|first|middle|maiden|member|subscriber|insured|guarantor|provider"
    r"|physician|doctor|contact|policy[ ]?holder|client|resident|preferred)[’'s]{0,2}"
    r"[ ](?:name|names)|name(?:[ ]of[ ](?:patient|provider|physician|insured))?|(?:electronically"
    r"|digitally)[ ](?:signed|authenticated|approved)(?:[ ]by)?|signed(?:[ ]by)?|e-?signed(?:[ ]by)?"
    r"|dictated(?:[ ]by)?|transcribed(?:[ ]by)?"
    r"|authored[ ]by|author|emergency[ ]contact|next[ ]of[ ]kin|legal[ ]guardian|power[ ]of[ ]attorney"
    r"|health[ ]care[ ]proxy|poa|scribed?(?:[ ]by)?|verified[ ]by|co-?signed[ ]by|reviewed[ ]by|attested[ ]by"
    r"|cosigner|scribe|aka|a\.k\.a\.)"
    r"[ \t]{0,4}(?::|-|–|#|=|(?<=by)|(?<=a\.)|(?<=aka)|(?<=contact)|(?<=name)[ ]is)[ \t]{0,4}",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?<![\w-])(?:patient|pt|provider|physician|attending(?:[ ](?:physician|provider|md))?|surgeons?|assistants?"
    r"|assistant[ ]surgeon|anesthesiologist|anesthesia[ ]provider|referring(?:[ ](?:physician|provider|md|doctor))?"
    r"|pcp|primary[ ]care(?:[ ](?:physician|provider|doctor))?"
    r"|ordering(?:[ ](?:physician|provider))?|rendering(?:[ ](?:physician|provider))?|consultant"
    r"|consulting[ ](?:physician|provider)|seen[ ]by|examined[ ]by|performed[ ]by|read[ ]by|interpreted[ ]by"
    r"|evaluated[ ]by|pathologist|radiologist|therapist|nurse|rn|interpreter|guardian|guarantor|subscriber"
    r"|insured|spouse|husband|wife|mother|father|son|daughter|caregiver|caretaker|client|re|cc|to|from|technician"
    r"|technologist|resident|fellow|case[ ]manager|social[ ]worker|counselor|witness|supervising[ ](?:physician"
    r"|provider)|clinician|operator|endoscopist|dermatologist|cardiologist|accompanied[ ]by)"
    r"[ \t]{0,4}(?::|(?<=by))[ \t]{0,4}",
    re.IGNORECASE,
)
_CREDENTIAL = re.compile(
    r"(?P<name>(?<![\w’'-])[A-Z][\w’'-]{0,24}\.?(?:[ \t](?:[A-Z][\w’'-]{0,24}\.?|de|la|van|der|von"
    r"|del)){0,3}),[ \t]{0,2}(?:M\.?D\.?|D\.?O\.?|N\.?P\.?|P\.?A\.?(?:-C)?|R\.?N\.?|C?R?NP|FNP(?:-[A-Z]{1,2})?|AGNP"
    r"|ANP|PNP|DPM|D\.?D\.?S\.?|DMD|Ph\.?D\.?|PharmD|Psy\.?D"
    r"|LCSW|LMFT|LPC|CRNA|CNS|DNP|APRN|ARNP|LPN|LVN|MBBS|O\.?D\.?|D\.?C\.?|DPT|PT|OTR(?:/L)?|RD|RDN|CNM|FACS|FACP"
    r"|FAAD|FACC|MPH|MSN|BSN|CMA|RPh|ATC|CCC-SLP|MS|MA|MHA|CPC)(?![\w-])(?![ \t]{1,3}\d{5})"
)
_KIN = re.compile(
    r"(?i:(?<![\w-])(?:wife|husband|son|daughter|mother|father|mom|dad|brother|sister|friend|caregiver|spouse|partner"
    r"|niece|nephew|aunt|uncle|cousin|grandson|granddaughter|grandmother|grandfather|boyfriend|girlfriend|fianc[ée]e?"
    r"|neighbor|named|called|interpreter|nurse|roommate"
    r"|coworker|sibling|guardian|proxy|colleague|therapist))[ \t]{0,2},?[ \t]{1,3}(?=[A-Z])"
)
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ’'-]{0,29}\.?")
_GAP = re.compile(r"[ \t]{1,3}")
_COMMA = re.compile(r",[ \t]{0,3}")
_CAPITAL = re.compile(r"(?<![\w’'.-])[A-ZÀ-Ö][A-Za-zÀ-ÖØ-öø-ÿ’'-]{1,29}(?![\w-])")
_SPEAKS = re.compile(
    r"[ \t]{1,3}(?:is|was|has|had|presents?|presented|denie[sd]|reports?|reported|states?|stated|returns?|returned"
    r"|comes?|came|says|said|notes|noted|feels|felt|complains|underwent|lives|works|smokes|drinks|will|would|did|does"
    r"|tolerated|understands|agrees?|agreed|verbalized"
    r"|arrived|called|continues|appears|takes|requests|asked|wants|tells|told|describes|and I)(?!\w)"
    r"|['’]s[ \t]{1,3}(?:mother|father|wife|husband|daughter|son|parents?|symptoms?|pain|family|pain|case|labs?"
    r"|condition|exam)(?!\w)"
)
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "md", "do", "phd", "st"))
_NO_NAME = NOT_NAMES | EPONYM_NOUNS
_NO_SURNAME = _NO_NAME | SURNAME_AND_WORD | EPONYMS
_NOT_AGAIN = _NO_SURNAME | PARTICLES
_PATIENT = ("patient", "pt", "client")
_WEAK_LABELS = frozenset(
    (
        *("mother", "father", "son", "daughter", "spouse", "husband", "wife", "re", "cc", "to", "from"),
        *("patient", "pt", "nurse", "rn", "resident", "client"),
    )
)
_STANDS_ALONE = re.compile(
    r"[ \t]{0,3}(?:$|[\r\n(|;]|\t|[ ]{2}|,?[ ](?:DOB|MRN|Age|Sex|D\.O\.B|\d{1,3}[ -]?(?:y|M|F))|,[ ]{1,2}[a-z])"
)
_BEGINS = re.compile(r"(?:^|(?<=[.!?]\s)|(?<=\n))[ \t]{0,3}(?=[A-Z][a-zà-ö’'-])")
_YEARS = (
    r"(?:\d{1,3}[ -]?(?:y\b|y/?o\b|yrs?[ -]old|years?[ -]old)|\d{1,2}[ -](?:month|week|day)s?[ -]old"
    r"|\w{3,7}ty[ -]\w{3,5}[ -]year)"
)
_AGED = re.compile(rf"(?:[ ](?:is|was)[ ]an?[ ]|,[ ](?:an?[ ])?){_YEARS}|,[ ]\d{{1,3}}[ ]?[MF]\b")
_AGED_PLAINLY = re.compile(rf"[ ](?:an?[ ])?{_YEARS}")


def names_in(text: str) -> list[Masked]:
    """Every name found, and the same words where they stand again."""
    found = [
        *_titled(text),
        *_labelled(text),
        *_credentialled(text),
        *_of_kin(text),
        *_given(text),
        *_aged(text),
    ]
    return found + _again(text, found)


def _mask(start: int, end: int) -> Masked:
    return Masked("name", start, end)


def _is_initial(word: str) -> bool:
    return len(word.rstrip(".")) == 1 and word[0].isupper()


def _name_words(text: str, at: int, *, comma: bool, most: int = 4, lower: bool = False) -> list[tuple[int, int]]:
    """Words that may make up a name from a place on: capitalised, no clinical or everyday word, on one line."""
    found: list[tuple[int, int]] = []
    while len(found) < most:
        word = _WORD.match(text, at)
        if word is None or not _may_be_name(word[0], lower=lower and not found, inner=bool(found)):
            break
        end = word.end() - (word[0].endswith(".") and not _is_initial(word[0]) and bare(word[0]) not in _SUFFIXES)
        found.append((word.start(), end))
        step = _GAP.match(text, end) or (_COMMA.match(text, end) if comma and len(found) == 1 else None)
        if step is None:
            break
        at = step.end()
    while found and text[found[-1][0] : found[-1][1]].casefold() in PARTICLES:
        found.pop()
    return found


def _may_be_name(word: str, *, lower: bool, inner: bool) -> bool:
    if inner and word.casefold() in PARTICLES:
        return True
    if _is_initial(word):
        return True
    return (word[0].isupper() or lower or word.casefold() in PARTICLES) and bare(word) not in NOT_NAMES


def _titled(text: str) -> Iterator[Masked]:
    for title in _TITLE.finditer(text):
        words = _name_words(
            text, title.end(), comma=False, most=3, lower=title[0].strip().islower() and "." in title[0]
        )
        if len(words) > 1 and all(text[start:end].isupper() for start, end in words):
            words = words[:2]
        words = _before_noun(text, words, keep_first=True)
        if words and any(end - start > 1 for start, end in words):
            yield _mask(words[0][0], words[-1][1])


def _before_noun(text: str, words: list[tuple[int, int]], *, keep_first: bool) -> list[tuple[int, int]]:
    """Words up to a clinical noun; an eponym before it is no part of the name."""
    for index, (start, end) in enumerate(words):
        if bare(text[start:end]) in EPONYM_NOUNS:
            return words[: max(1 if keep_first else 0, index - 1)]
    return words


def _labelled(text: str) -> Iterator[Masked]:
    for label in _STRONG_LABEL.finditer(text):
        at = _past_title(text, label.end())
        words = _name_words(text, at, comma=True)
        if words and any(end - start > 1 for start, end in words):
            yield _mask(words[0][0], words[-1][1])
    for label in _LABEL.finditer(text):
        words = _name_words(text, _past_title(text, label.end()), comma=True)
        if words and _convinces(text, words, weak=_is_weak(text, label, words)):
            yield _mask(words[0][0], words[-1][1])


def _is_weak(text: str, label: re.Match[str], words: list[tuple[int, int]]) -> bool:
    """Whether a label stands before clinical text as often as before names, and nothing behind them says a name."""
    word = bare(label[0].strip(" \t:"))
    if word in _PATIENT and len(words) > 1 and _STANDS_ALONE.match(text, words[-1][1]):
        return False
    return word in _WEAK_LABELS or ":" not in label[0]


def _past_title(text: str, at: int) -> int:
    title = _TITLE.match(text, at)
    return title.end() if title else at


def _convinces(text: str, words: list[tuple[int, int]], *, weak: bool) -> bool:
    """Whether words after a label that also precedes clinical text are a name."""
    told = [text[start:end] for start, end in words]
    whole = [word for word in told if len(word.rstrip(".")) > 1]
    if not whole or any(bare(word) in EPONYM_NOUNS for word in whole):
        return False
    if not weak or (len(told) > 1 and any(bare(word) in ANY_GIVEN for word in whole)):
        return True
    return (
        any(bare(word) in GIVEN for word in whole)
        or any(len(word) == 2 and word[1] == "." for word in told)
        or (len(whole) == 2 and text[words[0][1] : words[0][1] + 1] == ",")
    )


def _credentialled(text: str) -> Iterator[Masked]:
    for found in _CREDENTIAL.finditer(text):
        words = [
            (found.start() + word.start(), found.start() + word.end()) for word in re.finditer(r"\S+", found["name"])
        ]
        while words and bare(text[words[0][0] : words[0][1]]) in NOT_NAMES:
            words.pop(0)
        if words and not any(bare(text[start:end]) in _NO_NAME for start, end in words):
            yield _mask(words[0][0], words[-1][1])


def _of_kin(text: str) -> Iterator[Masked]:
    for kin in _KIN.finditer(text):
        words = _name_words(text, kin.end(), comma=False, most=3)
        if (
            words
            and bare(text[slice(*words[0])]) in ANY_GIVEN
            and (len(words) > 1 or not _is_month(text[slice(*words[0])]))
        ):
            words = _before_noun(text, words, keep_first=False)
            if words and not _before_eponym_noun(text, words[-1][1]):
                yield _mask(words[0][0], words[-1][1])


def _is_month(word: str) -> bool:
    return bare(word) in ("may", "june", "april")


def _given(text: str) -> Iterator[Masked]:
    """A common given name before a capitalised word that is no clinical one, after `Surname,`, or as who speaks."""
    for found in _CAPITAL.finditer(text):
        if bare(found[0]) not in GIVEN or _is_eponym(text, found):
            continue
        start = _surname_before(text, found.start())
        words = _name_words(text, found.start(), comma=False)
        words = _before_noun(text, words, keep_first=False)
        if words and bare(text[slice(*words[-1])]) in EPONYMS and _before_eponym_noun(text, words[-1][1]):
            continue
        if start is not None or len(words) > 1 or (words and _SPEAKS.match(text, words[0][1])):
            yield _mask(found.start() if start is None else start, words[-1][1] if words else found.end())


def _aged(text: str) -> Iterator[Masked]:
    """Whoever begins a sentence and is said to be so many years old, known as a name or not."""
    for found in _BEGINS.finditer(text):
        words = _name_words(text, found.end(), comma=False, most=3)
        if (
            words
            and (_AGED.match(text, words[-1][1]) or (len(words) > 1 and _AGED_PLAINLY.match(text, words[-1][1])))
            and not any(bare(text[slice(*word)]) in _NO_SURNAME for word in words)
        ):
            yield _mask(words[0][0], words[-1][1])


def _is_eponym(text: str, found: re.Match[str]) -> bool:
    """Marcus Gunn, Lou Gehrig: two names that are eponyms, or one before what is named after it."""
    following = _NEXT.match(text, found.end())
    return (
        following is not None
        and bare(found[0]) in EPONYMS
        and any(part in EPONYMS or part in EPONYM_NOUNS for part in bare(following[1]).split("-"))
    )


_SURNAME_BEFORE = re.compile(r"(?<![\w’'-])([A-Z][A-Za-z’'-]{1,29}),[ \t]{1,2}$")


def _surname_before(text: str, at: int) -> int | None:
    found = _SURNAME_BEFORE.search(text[max(0, at - 34) : at])
    if found is None or bare(found[1]) in _NO_SURNAME:
        return None
    return max(0, at - 34) + found.start(1)


def _again(text: str, found: list[Masked]) -> list[Masked]:
    """The same names further on; those that are everyday words or eponyms are left alone there."""
    known = {
        form
        for name in found
        for word in _WORD.findall(text[name.start : name.end])
        if len(bare(word)) > 2 and bare(word) not in _NOT_AGAIN and (bare(word) not in ANY_GIVEN or bare(word) in GIVEN)
        for form in (bare(word).capitalize(), bare(word).upper(), word.rstrip("."))
    }
    if not known:
        return []
    return [
        _mask(word.start(), word.start() + len(re.sub(r"['’]s$", "", word[0])))
        for word in _CAPITAL.finditer(text)
        if re.sub(r"['’]s$", "", word[0]) in known and not _before_eponym_noun(text, word.end())
    ]


_NEXT = re.compile(r"[ \t]{1,3}([A-Za-z][A-Za-z’'-]{1,29})")


def _before_eponym_noun(text: str, at: int) -> bool:
    following = _NEXT.match(text, at)
    return following is not None and following[1].casefold() in EPONYM_NOUNS
