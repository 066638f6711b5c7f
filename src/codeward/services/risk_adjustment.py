"""CMS-HCC risk adjustment: the categories of a diagnosis, and a category with what it drops, weighs and holds."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from codeward.core.answers import Fact
from codeward.core.codes import Code
from codeward.datasets.cms_hcc import ConditionRow
from codeward.datasets.hcc_models import version_of
from codeward.services.page import Cell, CodePage, Line, Section, Sentence, Table, table
from codeward.services.view import View
from codeward.store.library import Found

MAPPING, LABELS = "cms-hcc", "cms-hcc-labels"
HIERARCHIES, COEFFICIENTS = "cms-hcc-hierarchies", "cms-hcc-coefficients"
PART_C = "CMS-HCC Model "
"""How the models begin by which Medicare Advantage plans are paid for enrollees without end-stage renal disease."""

SEGMENTS = {
    "CNA": "community, not dual, aged",
    "CND": "community, not dual, disabled",
    "CFA": "community, full benefit dual, aged",
    "CFD": "community, full benefit dual, disabled",
    "CPA": "community, partial benefit dual, aged",
    "CPD": "community, partial benefit dual, disabled",
    "INS": "institutional",
}
"""Segments of enrollees with a relative factor of their own, in the order of CMS's rate announcement."""

SHOWN = 100
Mapped = Found[ConditionRow]


def category_code(model: str, category: str) -> Code:
    """A category as a code with a page: HCC 22 of V28 is /hcc/V28/22."""
    return Code(f"hcc/{version_of(model)}", category)


def risk_categories(view: View, code: Code) -> Section:
    """The categories of a diagnosis in every model loaded, with label, factor and hierarchy of each of Part C's."""
    title = "CMS-HCC risk adjustment"
    if not view.has(MAPPING):
        return Section("hcc", title, missing=(MAPPING,))
    rows: list[Mapped] = view.find(MAPPING, code=code.value)
    main = [item for item in rows if item.row.model.startswith(PART_C)]
    facts = [_mapped(view, item) for item in main]
    facts += _unmapped(view, {item.row.model for item in main})
    facts += _counted(view) if main else []
    tables = [_category_table(view, item) for item in main]
    others = [item for item in rows if item not in main]
    tables += [_others(others)] if others else []
    return Section("hcc", title, tuple(facts), (*tables, *_years(view, code)))


def _mapped(view: View, found: Mapped) -> Fact:
    row = found.row
    year = f"payment year {found.source.edition[2:]}"
    label = _label(view, row.model, row.category)
    words = f"{label.row.label}. {year.capitalize()}" if label else year
    return Fact("hcc", row.category, found.source, row.model, words)


def _unmapped(view: View, mapped: set[str]) -> list[Fact]:
    """Models of the day's payment year that have no row for the code. HCC 1 stands in every one of them."""
    release = view.edition(MAPPING)
    rows = view.library.find(MAPPING, release, view.on, category="1") if release else []
    loaded = {item.row.model: item for item in rows}
    return [
        Fact("hcc_none", "not mapped", None, model, f"{item.source.edition} has the model and no row for the code")
        for model, item in sorted(loaded.items())
        if model.startswith(PART_C) and model not in mapped
    ]


def _counted(view: View) -> list[Fact]:
    year = view.on.year
    words = (
        f"Medicare Advantage pays in {year + 1} by diagnoses of {year}; the mapping shown is that in force on the day"
    )
    return [Fact("hcc_counts", f"payment year {year + 1}", None, "Counts toward", words)]


def _label(view: View, model: str, category: str) -> Found[Any] | None:
    return _of_model(view, LABELS, model=model, variable=f"HCC{category}")


def _of_model(view: View, dataset: str, **where: str) -> Found[Any] | None:
    """The row in force, else that of the latest edition before the day that has it: models outlive their software."""
    found = view.first(dataset, **where)
    if found is not None:
        return found
    earlier = [item for item in view.library.history(dataset, **where) if item.first_day <= view.on]
    if earlier:
        view.sources[earlier[-1].source] = None
    return earlier[-1] if earlier else None


def _category_table(view: View, found: Mapped) -> Table:
    row = found.row
    version = version_of(row.model)
    lines = [_to_page(found), *_weight(view, row), *_hierarchy(view, row.model, row.category)]
    caption = f"HCC {row.category} in {version}"
    return table(f"hcc-{version.lower()}", caption, ("What", "Value", "In words"), lines)


def _to_page(found: Mapped) -> Line:
    row = found.row
    cells = (Cell("Category"), Cell(f"HCC {row.category}", category_code(row.model, row.category)), Cell(row.model))
    return Line(cells, found.source)


def _weight(view: View, row: ConditionRow) -> list[Line]:
    found = _of_model(view, COEFFICIENTS, model=row.model, segment="CNA", variable=f"HCC{row.category}")
    if found is None:
        return []
    words = f"{SEGMENTS['CNA']}, {found.source.edition}; before normalization and the coding adjustment"
    return [Line((Cell("Relative factor"), Cell(str(found.row.value)), Cell(words)), found.source)]


def _hierarchy(view: View, model: str, category: str) -> list[Line]:
    """What the category drops where a patient has both, and what drops it."""
    lines = []
    for word, mine, other in (("Drops", "category", "drops"), ("Dropped by", "drops", "category")):
        for item in _pairs(view, model, **{mine: category}):
            number = getattr(item.row, other)
            label = _label(view, model, number)
            cells = (
                Cell(word),
                Cell(f"HCC {number}", category_code(model, number)),
                Cell(label.row.label if label else ""),
            )
            lines.append(Line(cells, item.source))
    return lines


def _pairs(view: View, model: str, **where: str) -> list[Found[Any]]:
    rows = view.find(HIERARCHIES, model=model, **where) or _earlier_pairs(view, model, **where)
    return sorted(rows, key=lambda item: (int(item.row.category), int(item.row.drops)))


def _earlier_pairs(view: View, model: str, **where: str) -> list[Found[Any]]:
    """Pairs that hold on the day in an edition other than the one in force, which may lack the model."""
    rows = view.library.history(HIERARCHIES, model=model, **where)
    found = {(item.row.category, item.row.drops): item for item in rows if item.first_day <= view.on <= item.last_day}
    for item in found.values():
        view.sources[item.source] = None
    return list(found.values())


def _others(rows: list[Mapped]) -> Table:
    lines = [Line((Cell(item.row.model), Cell(item.row.category)), item.source) for item in rows]
    return table("hcc-others", "Other models: end-stage renal disease and Part D", ("Model", "Category"), lines)


def _years(view: View, code: Code) -> list[Table]:
    """How the mapping changed over the payment years loaded, where it did."""
    rows = [item for item in view.library.history(MAPPING, code=code.value) if item.row.model.startswith(PART_C)]
    if not rows:
        return []
    lines = [
        Line(
            (
                Cell(item.row.model),
                Cell(item.row.category),
                Cell(item.first_day.isoformat()),
                Cell(view.last_day_text(item)),
            ),
            item.source,
        )
        for item in sorted(rows, key=lambda item: (item.row.model, item.first_day))
    ]
    heads = ("Model", "Category", "From", "To")
    return [table("hcc-years", "By payment year, as the loaded editions have it", heads, lines)]


def category_page(view: View, version: str, category: str, start: int = 0) -> CodePage | None:
    """One category of a Part C model: label, factors, hierarchy and the diagnoses that map to it; None if unknown."""
    model = f"{PART_C}{version}"
    label = _label(view, model, category)
    rows: list[Mapped] = view.find(MAPPING, category=category, model=model)
    if label is None and not rows:
        return None
    code = category_code(model, category)
    title = label.row.label if label else None
    sections = (
        _factors(view, model, category),
        _hierarchy_section(view, model, category),
        _diagnoses(view, rows, start),
    )
    source = label.source if label else None
    return CodePage(code, title, source, "active", None, _words(code, version, rows, label), sections)


def _words(code: Code, version: str, rows: list[Mapped], label: Found[Any] | None) -> tuple[Sentence, ...]:
    if not rows:
        text = f"HCC {code.value} of {version} has a label and no diagnosis in the mapping in force on the day."
        return (Sentence(text, (label.source,) if label else ()),)
    many = "diagnoses map" if len(rows) != 1 else "diagnosis maps"
    edition = rows[0].source.edition
    return (Sentence(f"{len(rows):,} {many} to HCC {code.value} of {version} ({edition}).", (rows[0].source,)),)


def _factors(view: View, model: str, category: str) -> Section:
    facts = []
    for segment, words in SEGMENTS.items():
        found = _of_model(view, COEFFICIENTS, model=model, segment=segment, variable=f"HCC{category}")
        if found is not None:
            meaning = f"{found.source.edition}, before normalization and the coding adjustment"
            facts.append(Fact(f"factor_{segment.lower()}", str(found.row.value), found.source, words, meaning))
    missing = () if facts or view.has(COEFFICIENTS) else (COEFFICIENTS,)
    return Section("hcc-factors", "Relative factors", tuple(facts), missing=missing)


def _hierarchy_section(view: View, model: str, category: str) -> Section:
    lines = _hierarchy(view, model, category)
    tables = [
        table(
            word.lower().replace(" ", "-"),
            f"{word} these" if word == "Drops" else f"{word} each of these",
            ("Category", "Label"),
            [Line(line.cells[1:], line.source) for line in group],
        )
        for word, group in groupby(lines, key=lambda line: line.cells[0].text)
    ]
    missing = () if lines or view.has(HIERARCHIES) else (HIERARCHIES,)
    return Section("hcc-hierarchy", "Hierarchy", tables=tuple(tables), missing=missing)


def _diagnoses(view: View, rows: list[Mapped], start: int) -> Section:
    lines = []
    for item in rows[start : start + SHOWN]:
        named = view.first("icd-10-cm", code=item.row.code)
        code = Code("icd-10-cm", item.row.code)
        lines.append(Line((Cell(code.shown, code), Cell(named.row.title if named else "")), item.source))
    listed = table("diagnoses", "Diagnoses that map to it", ("Code", "Title"), lines, len(rows))
    missing = () if view.has(MAPPING) else (MAPPING,)
    return Section("hcc-diagnoses", "Diagnoses", tables=(listed,) if rows else (), missing=missing)
