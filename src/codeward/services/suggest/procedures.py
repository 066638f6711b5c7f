"""Procedures: Mohs surgery by its stages and blocks, put through the worksheet; nothing else is looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from codeward.core.codes import procedure
from codeward.core.faults import BadInput, NotLoaded
from codeward.core.notes import Candidate
from codeward.services.worksheets.kinds import kind_named
from codeward.services.worksheets.sites import read_place
from codeward.services.worksheets.work_out import work_out
from codeward.store.library import Library
from codeward.store.search import documents_with_code

NO_PROCEDURES = (
    "Procedures and services (CPT, HCPCS, ICD-10-PCS) other than Mohs surgery and drugs given were not looked for."
)
NO_SITE = "Mohs surgery is named, but its site or the blocks of its stages could not be read: no code was worked out."
WORKED_OUT = "Worked out by the Mohs worksheet from {}, blocks by stage {}"
_MOHS = re.compile(r"\bmohs\b", re.I)
_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {word: number for number, word in enumerate(_COUNTED, start=1)}
_STAGE = re.compile(
    r"\bstage\s{0,3}(?:[ivx]{1,4}|\d|one|two|three|four|five)\b[^.\n]{0,60}?\b(\d{1,2}|" + "|".join(_COUNTED) + r")\s"
    r"{0,3}(?:tissue\s)?(?:blocks?|sections?|pieces?|specimens?)\b",
    re.I,
)
_SITE = re.compile(
    r"\b(?:site|location)\s{0,3}:\s{0,3}([^\n.;,(]{3,40})"
    r"|\bmohs\b[^.\n]{0,80}?\b(?:of|on) the ([^\n.;,(]{3,40})",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Procedures:
    """The procedure codes of a note, and what was not looked at."""

    codes: tuple[Candidate, ...]
    left_out: tuple[str, ...]


def procedures_in(library: Library, text: str, on: date) -> Procedures:
    """Mohs stages and blocks with their units, as far as the note gives a site and the blocks of each stage."""
    if not _MOHS.search(text):
        return Procedures((), (NO_PROCEDURES,))
    stages = list(_STAGE.finditer(text))
    place = next(_places(text), "")
    if not stages or not place:
        return Procedures((), (NO_PROCEDURES, NO_SITE))
    blocks = [_number(found.group(1)) for found in stages]
    spans = tuple(found.span() for found in stages)
    try:
        sheet = work_out(library, kind_named("mohs"), {"site": place, "stages": blocks}, on).value
    except (BadInput, NotLoaded) as fault:
        return Procedures((), (NO_PROCEDURES, f"Mohs surgery: {fault}."))
    reason = WORKED_OUT.format(place, ", ".join(map(str, blocks)))
    lines = [(line.code, line.units) for line in sheet.lines if isinstance(line.units, int)]
    found = (_candidate(library, code, units, spans, reason, on) for code, units in lines)
    return Procedures(tuple(item for item in found if item is not None), (NO_PROCEDURES,))


def _number(text: str) -> int:
    return _NUMBERS.get(text.lower()) or int(text)


def _places(text: str) -> Iterator[str]:
    """Sites that the worksheet knows, the longest reading of each first."""
    for found in _SITE.finditer(text):
        words = (found.group(1) or found.group(2)).split()
        for size in range(len(words), 0, -1):
            try:
                yield read_place(" ".join(words[:size]), "site").typed
                break
            except BadInput:
                continue


def _candidate(
    library: Library, code: str, units: int, spans: tuple[tuple[int, int], ...], reason: str, on: date
) -> Candidate | None:
    """A code that the loaded lists have on the day; CPT has no title here, its CMS service category stands for one."""
    row = next((item for item in documents_with_code(library, code, on, 1) if item.code == code), None)
    if row is None:
        return None
    return Candidate(procedure(code), row.title, 0.9, True, spans, "worksheet: mohs", reason, units=units)
