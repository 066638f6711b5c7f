"""Given drugs: a drug with its dose given at the visit, as HCPCS code and units by the drug worksheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from codeward.core.codes import Code
from codeward.core.faults import BadInput, NotLoaded
from codeward.core.notes import Candidate
from codeward.services.search.find import Hit, search
from codeward.services.view import View
from codeward.services.vocabulary.read_vocabulary import Words, vocabulary, words_of
from codeward.services.worksheets.kinds import kind_named
from codeward.services.worksheets.work_out import work_out
from codeward.store.library import Library

HCPCS = "hcpcs"
MOST = 12
"""Doses of one note that are worked out."""
WORKED_OUT = "Given at the visit by the note: {}; units by the drug worksheet. Waste (JW, JZ) was not looked at"
SEVERAL = "{} was given by the note; several codes could be meant ({}): none was chosen."
NONE = "{} was given by the note; the loaded lists have no injection by that name: no code was worked out."
_DOSE = re.compile(
    r"\b(?P<drug>[A-Za-z][A-Za-z-]{3,30}(?:[ ][A-Za-z][A-Za-z-]{3,30}){0,2})"
    r"[ ](?P<dose>\d[\d,.]{0,9}[ ]?(?:mg|mcg|g|units?|IU))\b",
    re.I,
)
_ROUTE = re.compile(
    r"\b(?:IM|IV|IVP|SC|SQ|subq|subcut\w*|intramuscular\w*|intraven\w*|intra-?articular\w*|intralesional\w*|inject\w+)\b",
    re.I,
)
_DONE = re.compile(
    r"\b(?:given|gave|administered|injected|received|injection (?:done|performed)|x ?1|today|here)\b", re.I
)
_NOT_NOW = re.compile(
    r"\b(?:daily|BID|TID|QID|weekly|monthly|every|q ?\d\w*|PO|oral\w*|tablets?|tabs?|prescri\w+|refill\w*|continue\w*"
    r"|start\w*|takes?|taking|home|last (?:week|month|year|visit)|if|plan\w*|will|consider\w*|increase\w*|allerg\w*"
    r"|declin\w*)\b",
    re.I,
)
_APART = re.compile(
    r"preservative|extended|implant|intravitreal|intraocular|intranasal|\(|biosimilar|oral|inhal|topical", re.I
)
"""Forms that a note names when it means them."""
_AROUND = 45


@dataclass(frozen=True, slots=True)
class Dose:
    """What was given: the drug and the amount as written, and where."""

    drug: str
    amount: str
    span: tuple[int, int]


def given_drugs(library: Library, text: str, on: date) -> tuple[tuple[Candidate, ...], tuple[str, ...]]:
    """The drugs given with their units, and sentences on those of which no code could be chosen."""
    if View(library, on).edition(HCPCS) is None:
        return (), ()
    found, left = dict[str, Candidate](), list[str]()
    for dose in list(doses_in(text))[:MOST]:
        fit = _fitting(library, dose, on)
        if len(fit) != 1:
            told = f"{dose.drug} {dose.amount}"
            left.append(SEVERAL.format(told, ", ".join(hit.code.shown for hit in fit)) if fit else NONE.format(told))
            continue
        candidate = _worked_out(library, fit[0], dose, on)
        if candidate is not None:
            found.setdefault(candidate.code.value, candidate)
    return tuple(found.values()), tuple(dict.fromkeys(left))


def doses_in(text: str) -> Iterator[Dose]:
    """Doses that the note says were injected or infused at this visit."""
    for found in _DOSE.finditer(text):
        before = text[max(found.start() - _AROUND, 0) : found.start()]
        clause = re.split(r"[.;\n]", before)[-1]
        after = re.split(r"[.;\n]", text[found.end() : found.end() + _AROUND])[0]
        around = f"{clause} {found['drug']} {after}"
        if _ROUTE.search(around) and _DONE.search(around) and not _NOT_NOW.search(around):
            yield Dose(_drug(found["drug"]), found["dose"], found.span())


def _drug(words: str) -> str:
    """The last words before the dose that are a drug of the vocabulary, else the last one."""
    typed = words.split()
    for size in range(len(typed), 0, -1):
        if _official(" ".join(typed[-size:])):
            return " ".join(typed[-size:])
    return typed[-1]


def _official(drug: str) -> Words:
    known, key = vocabulary(), words_of(drug)
    return known.expansions[key][0] if known.kinds.get(key) == "drug" else ()


def _fitting(library: Library, dose: Dose, on: date) -> list[Hit]:
    """Injections in force whose text has every word of the drug; special forms only where nothing else fits."""
    words = set(_official(dose.drug) or words_of(dose.drug))
    view = View(library, on)
    hits = [
        hit
        for hit in search(library, " ".join(sorted(words)), on, HCPCS, most=30).value.hits
        if hit.title.lower().startswith("injection") and words <= set(words_of(hit.title)) and _is_in_force(view, hit)
    ]
    plain = [hit for hit in hits if not _APART.search(hit.title)]
    return plain or hits


def _is_in_force(view: View, hit: Hit) -> bool:
    row = view.first(HCPCS, code=hit.code.value)
    return row is not None and row.row.terminated is None


def _worked_out(library: Library, hit: Hit, dose: Dose, on: date) -> Candidate | None:
    values = {"code": hit.code.value, "administered": dose.amount}
    try:
        sheet = work_out(library, kind_named("drug"), values, on).value
    except (BadInput, NotLoaded):
        return None
    units = next((line.units for line in sheet.lines if isinstance(line.units, int)), None)
    reason = WORKED_OUT.format(f"{dose.drug} {dose.amount}")
    code = Code(HCPCS, hit.code.value)
    return Candidate(code, hit.title, 0.85, True, (dose.span,), "worksheet: drug", reason, units=units)
