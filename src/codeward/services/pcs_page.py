"""ICD-10-PCS pages: a code with its seven characters, its table row and its siblings, or what codes begin with."""

from __future__ import annotations

from codeward.core.answers import Fact
from codeward.core.codes import Code
from codeward.core.sources import Source
from codeward.services.page import CodePage, Line, Section, Sentence, table
from codeward.services.pcs_characters import characters_section, rows_section, siblings_section
from codeward.services.pcs_index import leading_to
from codeward.services.pcs_standing import (
    Entry,
    absence,
    history_section,
    listed_beginning,
    nearest,
    standing_of,
    standing_text,
    status_section,
)
from codeward.services.pcs_tables import CodeTable, TableRow, code_table
from codeward.services.view import View, when_ended
from codeward.store.code_tables import CODES, DATES

INPATIENT = "ICD-10-PCS is for inpatient hospital procedures; other claims use CPT and HCPCS (45 CFR 162.1002)."
_SHOWN = 200


def pcs_page(view: View, code: Code) -> CodePage | None:
    """The page of one ICD-10-PCS code, or of three to six characters that codes begin with; None for neither.

    Raises NotLoaded when something is loaded and nothing of it speaks for the day.
    """
    view.require((CODES, DATES), code)
    return _code_page(view, code) if len(code.value) == 7 else _beginning_page(view, code)


def _code_page(view: View, code: Code) -> CodePage | None:
    standing = standing_of(view, code.value)
    if standing is None:
        return None
    found, entry = code_table(view, code.value), standing.entry
    sources = (standing.source,) if standing.source else ()
    words = (
        Sentence(standing_text(view, code.shown, standing), sources),
        *_meaning(code.value, found),
        Sentence(INPATIENT, ()),
    )
    sections = (
        status_section(view, standing),
        characters_section(view, code.value, found),
        siblings_section(view, code.value, found),
        leading_to(view, code.value),
        history_section(view, standing),
    )
    title, source = (entry.row.title, entry.source) if entry else (None, None)
    return CodePage(code, title, source, standing.status, standing.status == "active", words, sections)


def _meaning(code: str, found: CodeTable | None) -> tuple[Sentence, ...]:
    """What the characters from the third on say, in the table's own labels."""
    row = found.row_of(code) if found else None
    if found is None or row is None:
        return ()
    axes = [found.head[2], *row.axes]
    said = [(axis.title, value) for axis in axes if (value := axis.value(code[axis.position - 1]))]
    text = "; ".join(f"{title.lower()} {value.label}" for title, value in said)
    return (Sentence(f"{text[:1].upper()}{text[1:]}.", tuple(value.source for _, value in said)),)


def _beginning_page(view: View, code: Code) -> CodePage | None:
    """A table (three characters), or more characters that a row of the table has."""
    found, entry = code_table(view, code.value), view.first(CODES, code=code.value)
    rows = found.rows_of(code.value) if found else ()
    narrower, total = listed_beginning(view, code.value, _SHOWN)
    source = _source(entry, rows, narrower)
    if source is None:
        return _past_beginning(view, code)
    title = entry.row.title if entry else found.title if found and len(code.value) == len(found.code) else None
    status = (
        Fact("status", "header", source, "Status on the day"),
        Fact("billable", False, source, "Valid for inpatient hospital claims", "only complete codes are"),
    )
    sections = (
        Section("status", "Status and dates", status),
        characters_section(view, code.value, found),
        rows_section(view, found, rows),
        _narrower(view, narrower, total),
        leading_to(view, code.value),
    )
    words = (Sentence(_incomplete(code, total), (source,)), *_operation(found))
    return CodePage(code, title, source if title else None, "header", False, words, sections)


def _source(entry: Entry | None, rows: tuple[TableRow, ...], narrower: list[Line]) -> Source | None:
    if entry is not None:
        return entry.source
    return rows[0].axes[0].values[0].source if rows else narrower[0].source if narrower else None


def _incomplete(code: Code, total: int) -> str:
    need = 7 - len(code.value)
    more = f"{need} more character{'s' if need > 1 else ''}"
    if not total:
        return f"{code.shown} is not a complete code: a code takes {more}."
    return f"{code.shown} is not a complete code: {total:,} codes begin with it, each with {more}."


def _operation(found: CodeTable | None) -> tuple[Sentence, ...]:
    """The definition of the table's operation."""
    axis = found.head[2] if found else None
    if axis is None or not axis.definition:
        return ()
    text = f"{axis.values[0].label}: {axis.definition[:1].lower()}{axis.definition[1:]}."
    return (Sentence(text, (axis.values[0].source,)),)


def _narrower(view: View, lines: list[Line], total: int) -> Section:
    tables = (table("children", "Codes that begin so", ("Code", "Title"), lines, total),) if lines else ()
    missing = () if view.has(CODES) or view.has(DATES) else (CODES,)
    return Section("codes", "Codes", tables=tables, missing=missing)


def _past_beginning(view: View, code: Code) -> CodePage | None:
    """A table that stands in another edition only."""
    last = nearest(view, view.library.history(CODES, code=code.value))
    if last is None:
        return None
    status = absence(view, last)
    text = f"{code.shown} heads no table on {view.on}; it was last listed {when_ended(view, last)}."
    if status == "future":
        text = f"{code.shown} first heads a table in the edition in force from {last.first_day}."
    section = Section("status", "Status and dates", (Fact("status", status, last.source, "Status on the day"),))
    words = (Sentence(text, (last.source,)),)
    return CodePage(code, last.row.title, last.source, status, False, words, (section,))
