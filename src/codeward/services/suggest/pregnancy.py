"""Pregnancy: weeks and trimester out of the note, and what complicates it (Guidelines I.C.15.a, I.C.21.c.11)."""

from __future__ import annotations

import re
from functools import cache

from codeward.core.codes import Code
from codeward.services.suggest.drafts import Draft, Drafts
from codeward.services.suggest.edition import Edition
from codeward.services.suggest.tables import read_table

WEEKS = "Weeks of gestation as the note gives them, beside codes of chapter 15 (Guidelines I.C.21.c.11)"
COMPLICATES = (
    "Conditions in pregnancy are taken to complicate it unless the note says otherwise (Guidelines I.C.15.a.1)"
)
SAID = "Said by {} (Guidelines I.C.15.a.1)"
_PREGNANT = re.compile(r"\b(?:IUP|pregnan\w+|gestation\w*|prenatal|obstetric\w*|G\d+ ?P\d+|OB)\b", re.I)
_GIVEN = re.compile(
    r"\b(?:at|is|now|IUP(?: at)?|EGA:?|GA:?)\s{1,3}(\d{1,2})\s?(?:w|wks?|weeks?)\b"
    r"|\b(\d{1,2})\s?(?:w|wks?|weeks?)\s?\d\s?(?:d|days?)?\b"
    r"|\b(\d{1,2})[- ]weeks?(?:[- ]| of )(?:pregnan|gestation|IUP)",
    re.I,
)
_LAST_OF_FIRST, _LAST_OF_SECOND = 13, 27
_LEAST, _MOST = 4, 42


def weeks_of(text: str) -> int | None:
    """The weeks of gestation that a note on a pregnancy gives first; None where it gives none."""
    if not _PREGNANT.search(text):
        return None
    found = [int(next(filter(None, item.groups()))) for item in _GIVEN.finditer(text)]
    fit = [item for item in found if _LEAST <= item <= _MOST]
    return fit[0] if fit else None


def trimester_of(weeks: int) -> int:
    """1, 2 or 3, counted as chapter 15 does: the second begins with week 14, the third with week 28."""
    return 1 if weeks <= _LAST_OF_FIRST else 2 if weeks <= _LAST_OF_SECOND else 3


def add_pregnancy(drafts: Drafts, text: str, edition: Edition) -> None:
    """Codes of chapter 15 in the trimester of the note, those for conditions that complicate it, and the weeks."""
    weeks = weeks_of(text)
    if weeks is None:
        return
    trimester = trimester_of(weeks)
    for draft in list(drafts.accepted):
        _complicate(drafts, draft, trimester, edition)
    for draft in list(drafts.accepted):
        _place(drafts, draft, trimester, edition)
    about = next((item for item in drafts.accepted if item.code.value[0] == "O"), None)
    entry = edition.entry(f"Z3A{weeks:02d}")
    if about is not None and entry is not None and entry.billable:
        _add(drafts, about, entry.code, edition, WEEKS, "measure")


def _complicate(drafts: Drafts, draft: Draft, trimester: int, edition: Edition) -> None:
    for row in _conditions():
        if draft.code.value.startswith(tuple(row["conditions"])):
            added = _add(drafts, draft, f"{row['code']}{trimester}", edition, COMPLICATES, "combination")
            if added and row.get("replaces"):
                draft.turn_down(SAID.format(added.code.shown))
            return


def _place(drafts: Drafts, draft: Draft, trimester: int, edition: Edition) -> None:
    """A code whose trimester is unspecified gives way to its sibling of the note's trimester."""
    if draft.code.value[0] != "O" or "unspecified trimester" not in draft.title.lower():
        return
    wanted = draft.title.lower().replace("unspecified trimester", f"{_NAMES[trimester]} trimester")
    beginning = draft.code.value[:-1]
    siblings = [edition.entry(f"{beginning}{letter}") for letter in "0123456789"]
    found = next((item for item in siblings if item is not None and item.title.lower() == wanted), None)
    if found is not None:
        added = _add(drafts, draft, found.code, edition, draft.reason, draft.kind)
        if added:
            draft.turn_down(SAID.format(added.code.shown))


_NAMES = {1: "first", 2: "second", 3: "third"}


def _add(drafts: Drafts, about: Draft, value: str, edition: Edition, reason: str, kind: str) -> Draft | None:
    entry = edition.entry(value)
    if entry is None or not entry.billable:
        return None
    code = Code("icd-10-cm", entry.code)
    spans, sections = list(about.spans), set(about.sections)
    draft = Draft(code, entry.title, about.score, True, "pregnancy", reason, kind, spans, sections=sections)
    drafts.add(draft)
    return draft


@cache
def _conditions() -> tuple[dict[str, list[str] | str], ...]:
    return tuple(read_table("pregnancy")["condition"])
