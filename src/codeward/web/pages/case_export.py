"""Case export: the codes a coder accepted, as a table, as JSON, in one line, or laid out in the claim checker.

Nothing of the note is in it: codes, their titles as the library has them on the day, and units.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from codeward.core.codes import SYSTEMS, Code
from codeward.core.faults import BadInput
from codeward.services.look_up import look_up
from codeward.store.library import Library
from codeward.web.pages.claim_grid import LETTERS, MOST_LINES
from codeward.web.pages.csv_rows import csv_line

MOST = 200
"""Candidates of one page."""
COLUMNS = ("system", "code", "title", "units", "date of service", "library")
_DECISION = re.compile(r"decision-([1-9]\d{0,2})")
_CODE = re.compile(rf"({'|'.join(SYSTEMS)})/([0-9A-Z.]{{2,10}})")
_UNITS = re.compile(r"[1-9]\d{0,3}")


@dataclass(frozen=True, slots=True)
class Taken:
    """An accepted code with its title as of the day; `units` are known for procedures that were counted."""

    code: Code
    title: str
    units: int | None


@dataclass(frozen=True, slots=True)
class CaseCodes:
    """What was decided about the candidates of a case."""

    codes: tuple[Taken, ...]
    rejected: int
    undecided: int


def decided(library: Library, form: Mapping[str, str], on: date) -> CaseCodes:
    """The accepted codes, each once, in the order of the page.

    BadInput where none was accepted, or where one is no code to report on the day.
    """
    decisions = {int(found[1]): form[name] for name in form if (found := _DECISION.fullmatch(name))}
    offered = sum(name.startswith("code-") for name in form)
    if max(offered, len(decisions)) > MOST:
        raise BadInput(f"more than {MOST} codes were given")
    taken = [_taken(library, form, number, on) for number in sorted(decisions) if decisions[number] == "accept"]
    if not taken:
        raise BadInput("no code was accepted: accept one, then export")
    rejected = sum(decision == "reject" for decision in decisions.values())
    unique = {item.code: item for item in taken}
    return CaseCodes(tuple(unique.values()), rejected, max(offered - len(taken) - rejected, 0))


def _taken(library: Library, form: Mapping[str, str], number: int, on: date) -> Taken:
    given = form.get(f"code-{number}", "")
    parts = _CODE.fullmatch(given)
    if parts is None:
        raise BadInput(f"candidate {number} names no code")
    page = look_up(library, parts[2], on, parts[1]).value
    if page.status != "active":
        raise BadInput(f"{page.code.shown} is no code to report on {on}: it is {page.status}")
    units = form.get(f"units-{number}", "")
    chosen_as_suggested = form.get(f"first-{number}", given) == given
    counted = int(units) if chosen_as_suggested and _UNITS.fullmatch(units) else None
    return Taken(page.code, page.title or "", counted)


def as_csv(case: CaseCodes, on: date, library: str) -> str:
    """A table with headings, one line a code."""
    rows = [_cells(item, on, library) for item in case.codes]
    return "".join(map(csv_line, [COLUMNS, *rows]))


def _cells(item: Taken, on: date, library: str) -> tuple[str, ...]:
    units = "" if item.units is None else str(item.units)
    return item.code.system, item.code.shown, item.title, units, on.isoformat(), library


def as_values(case: CaseCodes, on: date, library: str) -> dict[str, Any]:
    """The same for JSON, with how many were rejected or left undecided."""
    codes = [
        {"system": item.code.system, "code": item.code.shown, "title": item.title, "units": item.units}
        for item in case.codes
    ]
    counts = {"rejected": case.rejected, "undecided": case.undecided}
    return {"as_of": on.isoformat(), "library": library, "codes": codes} | counts


def as_line(case: CaseCodes) -> str:
    """The codes one after the other, to paste where they are needed."""
    return ", ".join(item.code.shown for item in case.codes)


def claim_address(case: CaseCodes, on: date) -> str:
    """The claim checker with diagnoses and lines filled in; BadInput where the codes do not fit on a claim."""
    diagnoses = [item.code for item in case.codes if item.code.system == "icd-10-cm"]
    lines = [item for item in case.codes if item.code.system in ("cpt", "hcpcs")]
    others = [item.code.shown for item in case.codes if item.code.system not in ("icd-10-cm", "cpt", "hcpcs")]
    if others:
        raise BadInput(f"{', '.join(others)}: only diagnoses and procedures have a place on a claim")
    if len(diagnoses) > len(LETTERS) or len(lines) > MOST_LINES:
        raise BadInput(f"a claim has {len(LETTERS)} diagnoses and {MOST_LINES} lines at most: accept fewer")
    pairs = [("dx", code.shown) for code in diagnoses]
    pairs += [("line", _packed(item, on)) for item in lines]
    return f"/check?{urlencode(pairs)}"


def _packed(item: Taken, on: date) -> str:
    units = "" if item.units in (None, 1) else str(item.units)
    return f"{on.isoformat()}~{item.code.value}~~~{units}".rstrip("~")
