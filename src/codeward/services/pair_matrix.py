"""Pair matrix: the pair edits among a handful of codes on a day, one cell for each two of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from codeward.core.answers import Answer
from codeward.core.codes import Code
from codeward.core.faults import BadInput
from codeward.services.check_pair import (
    NOT_CHECKED,
    PairEdit,
    edit_of,
    is_known,
    is_listed_on,
    procedure_code,
    verdict_of,
)
from codeward.services.pair_edits import SETTINGS
from codeward.services.view import View
from codeward.store.library import Library
from codeward.store.pairs import pairs_among

MOST = 25
"""Codes in one matrix: 300 pairs, as many as a page can show and a person can read."""


@dataclass(frozen=True, slots=True)
class PairMatrix:
    """The codes in the order given, the verdict of every two, and the row behind it where there is one.

    `unknown` are codes no loaded list ever had, `unlisted` those that no list of the day has: of a pair with an unknown
    code nothing is said.
    """

    setting: str
    codes: tuple[Code, ...]
    verdicts: dict[frozenset[str], str]
    edits: dict[frozenset[str], PairEdit]
    unknown: tuple[str, ...]
    unlisted: tuple[str, ...]


def pair_matrix(library: Library, texts: Sequence[str], on: date, setting: str = "practitioner") -> Answer[PairMatrix]:
    """The edits among 2 to 25 codes as of the day; BadInput for more, for fewer, or for what is no procedure code."""
    if setting not in SETTINGS:
        raise BadInput(f"{setting!r} is no setting: expected {' or '.join(SETTINGS)}")
    codes = tuple(dict.fromkeys(procedure_code(text) for text in texts))
    if not 2 <= len(codes) <= MOST:
        raise BadInput(f"{len(codes)} different codes: a matrix takes 2 to {MOST}")
    view = View(library, on)
    unlisted = [code for code in codes if not is_listed_on(view, code.value)]
    unknown = {code.value for code in unlisted if not is_known(library, code)}
    edits = _edits(view, SETTINGS[setting], [code.value for code in codes])
    verdicts = {
        frozenset(two): NOT_CHECKED if edits is None or unknown & set(two) else verdict_of(edits.get(frozenset(two)))
        for two in combinations([code.value for code in codes], 2)
    }
    merely = tuple(code.value for code in unlisted if code.value not in unknown)
    return view.answer(PairMatrix(setting, codes, verdicts, edits or {}, tuple(sorted(unknown)), merely))


def _edits(view: View, dataset: str, codes: list[str]) -> dict[frozenset[str], PairEdit] | None:
    """The row in force for every two codes that have one; None where the table does not speak for the day."""
    release = view.edition(dataset)
    if release is None:
        return None
    found = [edit_of(item, view.on) for item in pairs_among(view.library, dataset, release, view.on, codes)]
    for item in found:
        view.sources[item.source] = None
    return {frozenset((item.column1, item.column2)): item for item in found}
