"""Diagnosis index: what leads to a code in the ICD-10-CM index and tables, and the index by letter, term and words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from codeward.core.codes import Code
from codeward.core.sources import Source
from codeward.datasets.icd_10_cm_tables import DRUG_COLUMNS, DRUG_HEADS, NEOPLASM_COLUMNS, NEOPLASM_HEADS
from codeward.datasets.icd_index_xml import STEP
from codeward.datasets.registry import DATASETS
from codeward.services.page import Cell, Line, Section, Table
from codeward.services.view import View
from codeward.store.diagnosis_tree import has_narrower, uses
from codeward.store.index_terms import (
    letters,
    main_terms,
    main_terms_like,
    published_order,
    terms_beginning,
    terms_leading_to,
    terms_with_words,
)
from codeward.store.library import Found

CODES = "icd-10-cm"
INDEX, EXTERNAL, NEOPLASMS, DRUGS = (
    "icd-10-cm-index",
    "icd-10-cm-external-causes",
    "icd-10-cm-neoplasms",
    "icd-10-cm-drugs",
)
TABLES = {
    NEOPLASMS: (NEOPLASM_COLUMNS, NEOPLASM_HEADS),
    DRUGS: (DRUG_COLUMNS, DRUG_HEADS),
}
_LISTS = {
    INDEX: ("code", "manifestation"),
    EXTERNAL: ("code", "manifestation"),
    NEOPLASMS: NEOPLASM_COLUMNS,
    DRUGS: DRUG_COLUMNS,
}
NEOPLASM = "Neoplasm, neoplastic"
"""The main term that the whole table of neoplasms hangs under."""
COMPLETE, CONTINUES, NOT_LISTED, NOT_CHECKED = "complete", "continues", "not listed", "not checked"
FIRST = 20
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_NO_CODE = ("", "-", "--")


@dataclass(frozen=True, slots=True)
class Printed:
    """A code as the index prints it, the code meant, and its standing in the list of the day.

    `standing` is complete, continues (with more characters, in the tabular list), not listed, or not checked.
    """

    text: str
    code: Code | None
    standing: str


@dataclass(frozen=True, slots=True)
class Term:
    """One term with its codes; `cells` are the six of a table."""

    level: int
    printed: str
    path: tuple[str, ...]
    below: int
    code: Printed | None
    manifestation: Printed | None
    cells: tuple[Printed, ...]
    see: str
    see_also: str
    wider: Printed | None
    remark: str
    source: Source


@dataclass(frozen=True, slots=True)
class Listing:
    """Terms of one dataset in order, from `start` on; `total` counts all."""

    dataset: str
    terms: tuple[Term, ...]
    start: int
    total: int


def leads_here(view: View, code: Code, *, complete: bool) -> Section:
    """Terms of the index and tables that print the code, or a shorter one that the tabular list completes to it.

    `complete` says that the code goes on no further on the day.
    """
    forms = printed_forms(code)
    missing = tuple(dataset for dataset in _LISTS if not view.has(dataset))
    tables = [
        _leading(view, dataset, code.shown if complete else "", forms) for dataset in _LISTS if dataset not in missing
    ]
    kept = tuple(table for table in tables if table.lines)
    return Section("index", "Index entries that lead here", tables=kept, missing=missing)


def printed_forms(code: Code) -> list[str]:
    """The code and its wider codes as an index prints them, complete and with a dash, the longest first."""
    value, forms = code.value, []
    for end in range(len(value), 2, -1):
        shown = Code(CODES, value[:end]).shown
        forms += [shown, f"{shown}-", *([f"{shown}.-"] if end == 3 else [])]
    return forms


def _leading(view: View, dataset: str, complete: str, forms: list[str]) -> Table:
    release = view.edition(dataset)
    assert release is not None
    columns = _LISTS[dataset]
    rows, total = terms_leading_to(view.library, dataset, release, columns, forms, FIRST)
    lines = []
    for found in rows:
        view.sources[found.source] = None
        lines.append(_leading_line(found, dataset, complete, forms))
    heads = ("Term", "Code printed", "For")
    return Table(dataset, DATASETS[dataset].title, heads, tuple(lines), total)


def _leading_line(found: Found[object], dataset: str, complete: str, forms: list[str]) -> Line:
    columns, row = _LISTS[dataset], found.row
    texts = {name: str(getattr(row, name)) for name in columns}
    printed = next(form for form in forms if form in texts.values())
    meant = Code(CODES, _plain(printed))
    why = "" if printed == complete else "complete it in the tabular list"
    where = [_column_name(dataset, name) for name, text in texts.items() if text == printed]
    return Line((Cell(str(getattr(row, "path", ""))), Cell(printed, meant, why), Cell(", ".join(where))), found.source)


def _column_name(dataset: str, name: str) -> str:
    if dataset in TABLES:
        columns, heads = TABLES[dataset]
        return heads[columns.index(name)]
    return "manifestation, coded second" if name == "manifestation" else ""


def _plain(printed: str) -> str:
    return printed.rstrip("-").replace(".", "")


def letters_of(view: View, dataset: str) -> list[tuple[str, int]]:
    """Letters and counts: of main terms, or of sites where everything hangs under one main term."""
    release = view.edition(dataset)
    if release is None:
        return []
    if dataset != NEOPLASMS:
        return letters(view.library, dataset, release)
    counts: dict[str, int] = {}
    for item in terms_beginning(view.library, dataset, release, NEOPLASM + STEP):
        if item.row.level == 1:
            counts[item.row.words[0].upper()] = counts.get(item.row.words[0].upper(), 0) + 1
    return sorted(counts.items())


def letter(view: View, dataset: str, name: str, window: tuple[int, int]) -> Listing:
    """Main terms of a letter; of a table, its sites or substances with all that stands below them."""
    release = view.edition(dataset)
    if release is None:
        return Listing(dataset, (), 0, 0)
    start, most = window
    if dataset in TABLES:
        held = _table_letter(view, dataset, name)
        return _listing(view, dataset, held, window)
    mains = main_terms(view.library, dataset, release, name)
    below = {id(item.found): item.below for item in mains}
    return _listing(view, dataset, [item.found for item in mains], (start, most), below)


def _table_letter(view: View, dataset: str, name: str) -> list[Found[object]]:
    release = view.edition(dataset)
    assert release is not None
    if dataset == NEOPLASMS:
        return terms_beginning(view.library, dataset, release, NEOPLASM + STEP + name)
    rows = view.library.find(dataset, release, view.on, letter=name)
    return sorted(rows, key=published_order)


def whole_term(view: View, dataset: str, path: str, window: tuple[int, int]) -> Listing:
    """A term (`Pain`, or further down `Pain > abdominal`) with everything below it, in published order."""
    release = view.edition(dataset)
    rows = view.library.find(dataset, release, view.on, main=path.split(STEP, maxsplit=1)[0]) if release else []
    under = [item for item in rows if f"{item.row.path}{STEP}".startswith(f"{path}{STEP}")]
    return _listing(view, dataset, sorted(under, key=published_order), window)


def with_words(view: View, dataset: str, text: str, window: tuple[int, int]) -> Listing:
    """Terms whose path or nonessential modifiers hold every word of the text."""
    release, words = view.edition(dataset), _WORD.findall(text)
    if release is None or not words:
        return Listing(dataset, (), 0, 0)
    rows, total = terms_with_words(view.library, dataset, release, words, window)
    return _page(view, dataset, rows, window[0], total, {})


def _listing(
    view: View,
    dataset: str,
    rows: Sequence[Found[object]],
    window: tuple[int, int],
    below: dict[int, int] | None = None,
) -> Listing:
    start, most = window
    return _page(view, dataset, rows[start : start + most], start, len(rows), below or {})


def _page(
    view: View, dataset: str, rows: Iterable[Found[object]], start: int, total: int, below: dict[int, int]
) -> Listing:
    held = list(rows)
    for found in held:
        view.sources[found.source] = None
    standing = standings(view, {text for found in held for text in _codes_in(dataset, found.row)})
    terms = tuple(_term(dataset, found, standing, below.get(id(found), 0)) for found in held)
    return Listing(dataset, terms, start, total)


def _codes_in(dataset: str, row: object) -> list[str]:
    names = (*_LISTS[dataset], *(("see_category", "subcategory") if dataset not in TABLES else ()))
    return [text for name in names if (text := str(getattr(row, name))) not in _NO_CODE]


def standings(view: View, printed: Iterable[str]) -> dict[str, str]:
    """How each printed code stands in the list of codes of the day."""
    texts = set(printed)
    release = view.edition(CODES)
    if release is None:
        return {text: CONTINUES if text.endswith("-") else NOT_CHECKED for text in texts}
    known = uses(view.library, release, {_plain(text) for text in texts})
    found = {}
    for text in texts:
        code = _plain(text)
        if known.get(code) is True and not text.endswith("-"):
            found[text] = COMPLETE
        elif text.endswith("-") or code in known or has_narrower(view.library, release, code):
            found[text] = CONTINUES
        else:
            found[text] = NOT_LISTED
    return found


def _term(dataset: str, found: Found[object], standing: dict[str, str], below: int) -> Term:
    row = found.row

    def printed(name: str) -> Printed | None:
        text = str(getattr(row, name, ""))
        if not text:
            return None
        code = Code(CODES, _plain(text)) if text not in _NO_CODE and "-" not in text[:-1] else None
        return Printed(text, code, standing.get(text, "") if code else "")

    cells = tuple(printed(name) or Printed("", None, "") for name in TABLES[dataset][0]) if dataset in TABLES else ()
    return Term(
        level=int(getattr(row, "level", 0)),
        printed=str(getattr(row, "printed", "")),
        path=tuple(str(getattr(row, "path", "")).split(STEP)),
        below=below,
        code=printed("code"),
        manifestation=printed("manifestation"),
        cells=cells,
        see=str(getattr(row, "see", "")),
        see_also=str(getattr(row, "see_also", "")),
        wider=printed("see_category") or printed("subcategory"),
        remark=str(getattr(row, "remark", "")),
        source=found.source,
    )


_BY = re.compile(r"(?:^|,)\s*(?:by|specified|due to) .*$", re.IGNORECASE)


def follow_see(view: View, dataset: str, text: str) -> str | None:
    """The path that a `see` or `see also` sends to, as far as its words are found; None where no term is."""
    parts = [part.strip() for part in _BY.sub("", text).split(",") if part.strip()]
    for end in range(len(parts), 0, -1):
        main = _main_called(view, dataset, ", ".join(parts[:end]))
        if main:
            return _down(view, dataset, main, parts[end:])
    return None


def _main_called(view: View, dataset: str, text: str) -> str | None:
    release = view.edition(dataset)
    if release is None:
        return None
    for words in (text, text.removesuffix("(s)"), text.removesuffix("s")):
        found = main_terms_like(view.library, dataset, release, words)
        if found and (len(found) == 1 or found[0].lower() == words.lower()):
            return found[0]
    return None


def _down(view: View, dataset: str, main: str, parts: list[str]) -> str:
    """From a main term down its subterms as long as the next words are one of them, or begin only one."""
    release = view.edition(dataset)
    rows = view.library.find(dataset, release, view.on, main=main) if release else []
    paths, here = [str(item.row.path) for item in rows], main
    while parts:
        tried = ((_below(paths, here, parts[:end]), end) for end in range(len(parts), 0, -1))
        step = next((found for found in tried if found[0]), None)
        if step is None:
            break
        here, parts = step[0], parts[step[1] :]
    return here


def _below(paths: list[str], here: str, words: list[str]) -> str:
    wanted, depth = f"{here}{STEP}{', '.join(words)}".lower(), here.count(STEP) + 1
    near = [path for path in paths if path.count(STEP) == depth and path.lower().startswith(wanted)]
    exact = [path for path in near if path.lower() == wanted] or near
    return exact[0] if len(exact) == 1 else ""
