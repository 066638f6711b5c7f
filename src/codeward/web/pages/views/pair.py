"""Pair pages: two codes beside each other on a day, and a matrix of up to 25."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from codeward.core.answers import Answer
from codeward.core.codes import Code
from codeward.core.faults import BadInput
from codeward.datasets.registry import DATASETS
from codeward.services.check_pair import NO_EDIT, NOT_CHECKED, PairCheck, check_pair, pair_of
from codeward.services.pair_edits import SETTINGS
from codeward.services.pair_matrix import MOST, PairMatrix, pair_matrix
from codeward.services.pair_words import bypass_groups, carrier_words, verdict_words
from codeward.web.pages import shelf
from codeward.web.pages.absent import absent
from codeward.web.pages.answering import answered
from codeward.web.pages.day import Day, day_asked
from codeward.web.pages.pair_tabs import SETTING_NAMES

_SPLIT = re.compile(r"[\s,;+]+")
VERDICTS = {
    "no-edit": "No edit",
    "bundled": "Bundled, whatever the modifier",
    "bundled-unless-modifier": "Bundled, unless a modifier applies",
    "not-checked": "Not checked",
}


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """Column 1 by its row, column 2 by its column: `kind` is none, edit, unknown or self."""

    kind: str
    mark: str = ""
    words: str = ""
    href: str = ""


@require_safe
def pair_form(request: HttpRequest) -> HttpResponse:
    """The form; two codes go to the page of their pair, more are shown as a matrix."""
    day, setting = day_asked(request), setting_in(request)
    texts = [text for text in _SPLIT.split(request.GET.get("codes", "")) if text]
    context = _form(setting) | {"typed": " ".join(texts)[:400]}
    if not texts:
        return answered(request, "pair_matrix.html", context, day=day)
    if len(texts) == 1:
        raise BadInput(f"{texts[0]!r} alone is no pair: give 2 to {MOST} codes")
    if len(texts) == 2:
        first, second = pair_of(*texts)
        return HttpResponseRedirect(_address(first, second, setting, day))
    answer = pair_matrix(shelf.library(), texts, day.on, setting)
    context |= {"matrix": answer.value, "rows": _rows(answer.value, day), "counts": _counts(answer.value)}
    context |= {"older": _older(answer, SETTINGS[setting])}
    context |= {"missing": absent([name for name in answer.not_loaded if name in DATASETS], shelf.library())}
    return answered(request, "pair_matrix.html", context, day=day, answer=answer)


@require_safe
def pair_page(request: HttpRequest, a: str, b: str) -> HttpResponse:
    """One pair: the verdict, the row behind it, what bypasses it, its history, and how else the codes are related."""
    day, setting = day_asked(request), setting_in(request)
    first, second = pair_of(a, b)
    if (a, b) != (first.value, second.value):
        return HttpResponseRedirect(_address(first, second, setting, day))
    answer = check_pair(shelf.library(), a, b, day.on, setting)
    context = _form(setting) | {"typed": f"{first.value} {second.value}"} | _shown(answer)
    return answered(request, "pair.html", context, day=day, answer=answer)


def setting_in(request: HttpRequest) -> str:
    """The setting in the address; BadInput says what was expected."""
    setting = request.GET.get("setting", "practitioner")
    if setting not in SETTINGS:
        raise BadInput(f"{setting!r} is no setting: expected {' or '.join(SETTINGS)}")
    return setting


def _form(setting: str) -> dict[str, object]:
    return {"setting": setting, "settings": SETTING_NAMES, "setting_name": SETTING_NAMES[setting], "most": MOST}


def _shown(answer: Answer[PairCheck]) -> dict[str, object]:
    found, library = answer.value, shelf.library()
    wanted = [found.asked.dataset] if found.asked.verdict == NOT_CHECKED else []
    return {
        "pair": found,
        "verdict": VERDICTS[found.asked.verdict],
        "words": verdict_words(found.asked, found.a, found.b, answer.as_of),
        "other_words": verdict_words(found.other, found.a, found.b, answer.as_of),
        "other_name": SETTING_NAMES[found.other.setting],
        "carrier": carrier_words(found.carried_by),
        "groups": bypass_groups(found.bypass),
        "missing": absent(wanted, library),
        "unloaded": answer.not_loaded,
        "older": _older(answer, found.asked.dataset),
    }


def _older(answer: Answer, dataset: str) -> str:
    """The edition that answered where the edition of the day is not loaded."""
    gap = dataset not in answer.not_loaded and any(item.dataset == dataset for item in answer.warnings)
    release = shelf.library().in_force(dataset, answer.as_of)
    return release.edition if gap and release else ""


def _address(a: Code, b: Code, setting: str, day: Day) -> str:
    query = {"setting": setting} if setting != "practitioner" else {}
    query |= {"on": day.on.isoformat()} if day.asked else {}
    return f"/pair/{a.value}/{b.value}" + (f"?{urlencode(query)}" if query else "")


def _rows(matrix: PairMatrix, day: Day) -> list[tuple[Code, list[MatrixCell]]]:
    rows: dict[Code, list[MatrixCell]] = {code: [] for code in matrix.codes}
    for row, column in product(matrix.codes, matrix.codes):
        rows[row].append(_cell(matrix, row, column, day))
    return list(rows.items())


def _cell(matrix: PairMatrix, row: Code, column: Code, day: Day) -> MatrixCell:
    """The edit stands in the row of the code that is paid; the mirrored cell of a pair with one is left empty."""
    if row == column:
        return MatrixCell("self")
    two = frozenset((row.value, column.value))
    edit, href = matrix.edits.get(two), _address(row, column, matrix.setting, day)
    if matrix.verdicts[two] == NOT_CHECKED:
        return MatrixCell("unknown", "?", f"{row.value} and {column.value}: not checked", href)
    if matrix.verdicts[two] == NO_EDIT or edit is None:
        return MatrixCell("none", "–", f"{row.value} and {column.value}: no edit", href)
    if edit.column1 != row.value:
        return MatrixCell("mirror")
    how = "unless a modifier applies" if edit.indicator == "1" else "whatever the modifier"
    return MatrixCell("edit", edit.indicator, f"{column.value} is denied beside {row.value}, {how}", href)


def _counts(matrix: PairMatrix) -> list[tuple[str, int]]:
    said = list(matrix.verdicts.values())
    return [(words, said.count(name)) for name, words in VERDICTS.items() if name in said]
