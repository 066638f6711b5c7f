"""Coverage articles: diagnoses that stand in the same article as a procedure, and the reverse.

An article's groups of procedures and its groups of diagnoses share no key: which go together is said in the words of
its paragraphs alone. So a pair here means "listed in the same article", and nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from codeward.core.answers import Caveat
from codeward.core.codes import Code, plain, procedure
from codeward.datasets.registry import DATASETS
from codeward.services.coverage_documents import WEEK
from codeward.services.page import Cell, Line, Table, table
from codeward.services.relations.values import OFFICIAL, PROCEDURES, Basis
from codeward.services.view import View
from codeward.store.coverage import documents_of, owners
from codeward.store.library import Found

ARTICLES, PROCEDURE_LISTS = "mcd-article", "mcd-article-x-hcpc-code"
DIAGNOSIS_LISTS = {
    "mcd-article-x-icd10-covered": ("icd10_covered_group", "listed as supporting coverage"),
    "mcd-article-x-icd10-noncovered": ("icd10_noncovered_group", "listed as not supporting coverage"),
}
MOST_ARTICLES, MOST_CODES = 20, 60
_TITLE = "Listed in the same Medicare coverage article"
_MEANS = (
    "A contractor lists both codes in one article, for the states it serves. That does not mean that the record "
    "supports the diagnosis, that the two belong together, or that the service is covered: the paragraphs of the "
    "article say which groups go with which. A diagnosis is reported because it is documented, never because it is "
    "listed."
)


@dataclass(frozen=True, slots=True)
class _Article:
    """The version of an article in force on the day."""

    id: str
    version: str
    name: str


def article_pairs(view: View, code: Code) -> Basis:
    """What stands beside a procedure or a diagnosis in the articles in force on the day."""
    targets = ("icd-10-cm",) if code.system in PROCEDURES else PROCEDURES
    needed = (ARTICLES, PROCEDURE_LISTS, *DIAGNOSIS_LISTS)
    missing = tuple(name for name in needed if not view.library.editions(name))
    if {ARTICLES, PROCEDURE_LISTS, "mcd-article-x-icd10-covered"} & set(missing):
        view.missing.update(dict.fromkeys(missing))
        return Basis("coverage-articles", _TITLE, targets, OFFICIAL, _MEANS, missing=missing)
    _note_age(view)
    tables, left = _from_procedure(view, code) if code.system in PROCEDURES else _from_diagnosis(view, code)
    said = (f"{left} more articles in force list it and are not shown.",) if left else ()
    return Basis("coverage-articles", _TITLE, targets, OFFICIAL, _MEANS, tuple(tables), missing, said)


def _note_age(view: View) -> None:
    """Exports are weekly and may hold the newest versions alone: a day off theirs may call for others."""
    release = view.library.editions(ARTICLES)[-1]
    title = DATASETS[ARTICLES].title
    if view.on > release.effective + WEEK:
        text = f"{title}: as exported on {release.effective}; what changed since is not in it"
        view.caveats[ARTICLES] = Caveat(ARTICLES, text)
    elif view.on < release.effective:
        text = f"{title}: as exported on {release.effective}; a version that ended before may not be in it"
        view.caveats[ARTICLES] = Caveat(ARTICLES, text)


def _from_procedure(view: View, code: Code) -> tuple[list[Table], int]:
    listed = _rows(view, PROCEDURE_LISTS, hcpc_code_id=code.value)
    articles = _in_force(view, listed)
    names = _names(view)
    tables = [
        _diagnoses(view, article, dataset, names)
        for article in articles[:MOST_ARTICLES]
        for dataset in DIAGNOSIS_LISTS
        if view.library.editions(dataset)
    ]
    return [item for item in tables if item.lines], max(0, len(articles) - MOST_ARTICLES)


def _from_diagnosis(view: View, code: Code) -> tuple[list[Table], int]:
    tables, left = [], 0
    names = _names(view)
    for dataset, (_, how) in DIAGNOSIS_LISTS.items():
        articles = _in_force(view, _rows(view, dataset, icd10_code_id=code.shown))
        left += max(0, len(articles) - MOST_ARTICLES)
        tables += [_procedures(view, item, how, names) for item in articles[:MOST_ARTICLES]]
    return [item for item in tables if item.lines], left


def _rows(view: View, dataset: str, **where: str) -> list[Found[Any]]:
    editions = view.library.editions(dataset)
    return view.library.find(dataset, editions[-1], view.on, **where) if editions else []


def _in_force(view: View, listed: Iterable[Found[Any]]) -> list[_Article]:
    """The articles behind the rows that are in force on the day, in the version that is, newest number first."""
    release = view.library.editions(ARTICLES)[-1]
    wanted = {(item.row.article_id, item.row.article_version) for item in listed}
    found = []
    for number in sorted({number for number, _ in wanted}, reverse=True):
        for item in documents_of(view.library, ARTICLES, release, "article_id", str(number)):
            if (number, item.row.article_version) in wanted and item.first_day <= view.on <= item.last_day:
                view.sources[item.source] = None
                found.append(_Article(str(number), str(item.row.article_version), item.row.title))
    return found


def _names(view: View) -> dict[tuple[str, str], str]:
    held = owners(view.library, "article")
    return {(str(number), str(version)): "; ".join(names) for (number, version), names in held.items()}


def _diagnoses(view: View, article: _Article, dataset: str, names: dict[tuple[str, str], str]) -> Table:
    group, how = DIAGNOSIS_LISTS[dataset]
    rows = _rows(view, dataset, article_id=article.id, article_version=article.version)
    rows.sort(key=lambda item: (getattr(item.row, group), item.row.icd10_code_id))
    lines = [
        _line(
            view, item, Code("icd-10-cm", plain(item.row.icd10_code_id)), item.row.description, getattr(item.row, group)
        )
        for item in rows[:MOST_CODES]
    ]
    return _table(article, f"diagnoses {how}", names, lines, len(rows))


def _procedures(view: View, article: _Article, how: str, names: dict[tuple[str, str], str]) -> Table:
    rows = _rows(view, PROCEDURE_LISTS, article_id=article.id, article_version=article.version)
    rows.sort(key=lambda item: (item.row.hcpc_code_group, item.row.hcpc_code_id))
    lines = [
        _line(view, item, procedure(item.row.hcpc_code_id), item.row.short_description, item.row.hcpc_code_group)
        for item in rows[:MOST_CODES]
    ]
    return _table(article, f"procedures (the diagnosis is {how})", names, lines, len(rows))


def _line(view: View, found: Found[Any], code: Code, text: str, group: int) -> Line:
    view.sources[found.source] = None
    marks = ("asterisk: see the article" if getattr(found.row, "asterisk", "") else "", found.row.range and "a range")
    return Line(
        (Cell(code.shown, code), Cell(text), Cell(str(group)), Cell("; ".join(filter(None, marks)))), found.source
    )


def _table(article: _Article, what: str, names: dict[tuple[str, str], str], lines: list[Line], total: int) -> Table:
    owner = names.get((article.id, article.version), "")
    caption = f"Listed in article A{article.id}, version {article.version}"
    told = f"{caption} ({article.name}{f', {owner}' if owner else ''}): {what}"
    return table(f"article-{article.id}", told, ("Code", "Title", "Group", "Note"), lines, total)
