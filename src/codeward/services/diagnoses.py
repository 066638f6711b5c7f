"""Diagnosis pages: ICD-10-CM codes with their place in the list, inherited notes, seventh characters and HCCs."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from codeward.core.answers import Fact
from codeward.core.codes import Code
from codeward.core.sources import Source
from codeward.datasets.icd_10_cm import DiagnosisRow, NoteRow
from codeward.services.cells import plain_letters
from codeward.services.diagnosis_changes import change_sentences, changes, changes_of, unloaded_edition
from codeward.services.diagnosis_groups import groups_of
from codeward.services.diagnosis_index import leads_here
from codeward.services.page import Cell, CodePage, Line, Section, Sentence, Table, table
from codeward.services.view import View, when_ended
from codeward.store.library import Found

CODES, NOTES = "icd-10-cm", "icd-10-cm-notes"
NOTE_NAMES = {
    "includes": "Includes",
    "inclusion": "Inclusion terms",
    "excludes1": "Excludes1: not coded here",
    "excludes2": "Excludes2: not included here, both may be coded",
    "code-first": "Code first",
    "use-additional": "Use additional code",
    "code-also": "Code also",
    "note": "Note",
    "seventh-note": "Seventh character",
}
_OWN_ONLY = ("inclusion",)
_SHOWN = 200

Entry = Found[DiagnosisRow]


def diagnosis_page(view: View, code: Code) -> CodePage | None:
    """The page of one ICD-10-CM code or header, or None when no loaded edition ever had it.

    Raises NotLoaded when editions are loaded and none speaks for the day.
    """
    view.require((CODES,), code)
    found: Entry | None = view.first(CODES, code=code.value)
    status = ("active" if found.row.billable else "header") if found else ""
    if found is None:
        ever: list[Entry] = view.library.history(CODES, code=code.value)
        narrower = view.beginning_with(CODES, code.value)
        if narrower:
            return _unlisted_header(view, code, narrower, ever)
        if not ever:
            return None
        found = ever[-1] if ever[-1].last_day < view.on else ever[0]
        status = "deleted" if found.last_day < view.on else "future"
    line = _lineage(view, found)
    billable = found.row.billable if status in ("active", "header") else _if_not_listed(view, status)
    forms, changed = _forms(view, code.value), changes_of(view, code.value)
    sections = (
        _status(view, found, status, forms),
        _hierarchy(view, found, line),
        _notes(view, found, line),
        _sevenths(view, found, line),
        *groups_of(view, code),
        leads_here(view, code, complete=found.row.billable),
        changes(view, code.value, changed),
        _history(view, forms),
    )
    words = (
        *_words(view, found, status, line),
        *_unless_changed(view, found, status),
        *change_sentences(view, code.shown, changed),
    )
    return CodePage(code, found.row.title, found.source, status, billable, words, sections)


def _unless_changed(view: View, found: Entry, status: str) -> tuple[Sentence, ...]:
    """A header may have become billable, and a code have come back, in the edition that is not loaded."""
    missing = unloaded_edition(view)
    if not missing or status not in ("header", "deleted"):
        return ()
    return (
        Sentence(f"Whether that still held on {view.on} is not known, since {missing} is not loaded.", (found.source,)),
    )


def _if_not_listed(view: View, status: str) -> bool | None:
    """A code of a later edition may have been in one before it that is not loaded: then nobody can say."""
    return None if status == "future" and unloaded_edition(view) else False


def _unlisted_header(view: View, code: Code, narrower: list[Entry], ever: list[Entry]) -> CodePage:
    """A header on a day whose edition is loaded as the list of billable codes alone: narrower codes show it is one."""
    first = narrower[0]
    count, edition = len(narrower), first.source.edition
    text = f"{code.shown} is not billable: the list of billable codes ({edition}) has {count} narrower codes instead."
    facts = (
        Fact(
            "status", "header", first.source, "Status on the day", "by its narrower codes; headers are not in that list"
        ),
        Fact("billable", False, first.source, "Billable"),
    )
    newest, changed = ever[-1] if ever else None, changes_of(view, code.value)
    title = newest.row.title if newest else None
    header = replace(first, row=replace(first.row, code=code.value, title=title or "", billable=False))
    sections = (
        Section("status", "Status and dates", facts),
        Section("hierarchy", "Place in the list", tables=(_codes("children", "Narrower codes", narrower),)),
        _notes(view, header, []),
        _sevenths(view, header, []),
        *groups_of(view, code),
        leads_here(view, code, complete=False),
        changes(view, code.value, changed),
        _history(view, _forms(view, code.value)),
    )
    told = (Sentence(text, (first.source,)), *_unless_changed(view, first, "header"))
    words = (*told, *change_sentences(view, code.shown, changed))
    return CodePage(code, title, newest.source if newest else None, "header", False, words, sections)


def _lineage(view: View, found: Entry) -> list[Entry]:
    """The wider codes, nearest first."""
    line, row = [], found.row
    while row.parent:
        wider: Entry | None = view.first(CODES, code=row.parent)
        if wider is None:
            break
        line.append(wider)
        row = wider.row
    return line


def _status(view: View, found: Entry, status: str, forms: list[list[Entry]]) -> Section:
    row, source = found.row, found.source
    form = next((run for run in forms if found.first_day in [item.first_day for item in run]), [found])
    facts = [
        Fact("status", status, source, "Status on the day"),
        _billable_fact(view, row.billable and status == "active", status, source),
        Fact("first_day", form[0].first_day.isoformat(), form[0].source, "In this form since the edition of"),
    ]
    if form[-1].last_day.year != 9999:
        facts.append(Fact("last_day", view.last_day_text(form[-1]), form[-1].source, "In this form until"))
    if row.expanded:
        words = "Built from the seventh character note of the tabular list; no order file of this edition is loaded."
        facts.append(Fact("expanded", True, source, "Built code", words))
    return Section("status", "Status and dates", tuple(facts))


def _billable_fact(view: View, billable: bool, status: str, source: Source) -> Fact:
    if status == "future" and unloaded_edition(view):
        why = f"{unloaded_edition(view)} is not loaded and may have it."
        return Fact("billable", "not known", source, "Billable", why)
    return Fact("billable", billable, source, "Billable")


def _hierarchy(view: View, found: Entry, line: list[Entry]) -> Section:
    row = found.row
    facts = []
    for name, label, owner in (("chapter", "Chapter", row.chapter), ("section", "Section", row.section)):
        title = next(iter(view.find(NOTES, owner=owner, level=name, kind="title")), None) if owner else None
        if title is not None:
            facts.append(Fact(name, owner, title.source, label, title.row.text))
    facts += [
        Fact("wider", _shown(item.row.code), item.source, "Wider code", item.row.title) for item in reversed(line)
    ]
    children: list[Entry] = view.find(CODES, parent=row.code)
    siblings: list[Entry] = view.find(CODES, parent=row.parent) if row.parent else []
    tables = [
        _codes("children", "Narrower codes", children),
        _codes("siblings", "Beside it", [item for item in siblings if item.row.code != row.code]),
    ]
    return Section("hierarchy", "Place in the list", tuple(facts), tuple(item for item in tables if item.lines))


def _codes(name: str, caption: str, rows: list[Entry]) -> Table:
    lines = [
        Line(
            (
                _linked(item.row.code),
                Cell(item.row.title),
                Cell("billable" if item.row.billable else "header"),
            ),
            item.source,
        )
        for item in rows
    ]
    return table(name, caption, ("Code", "Title", "Use"), lines[:_SHOWN], len(lines))


def _owners(found: Entry, line: list[Entry]) -> list[tuple[str, str, str]]:
    """Owner, level and name of everything whose notes hold for the code, nearest first."""
    codes = [(item.row.code, "code", _shown(item.row.code)) for item in (found, *line)]
    row = found.row
    wider = [
        (row.section, "section", f"section {row.section}"),
        (row.chapter, "chapter", f"chapter {row.chapter}"),
    ]
    return [*codes, *(item for item in wider if item[0])]


def _notes(view: View, found: Entry, line: list[Entry]) -> Section:
    title = "Notes that hold for it"
    if not view.has(NOTES):
        return Section("notes", title, missing=(NOTES,))
    by_kind: dict[str, list[Line]] = {}
    for distance, (owner, level, name) in enumerate(_owners(found, line)):
        for item in view.find(NOTES, owner=owner, level=level):
            note: NoteRow = item.row
            if note.kind not in NOTE_NAMES or (distance and note.kind in _OWN_ONLY):
                continue
            where = Cell(
                name,
                Code("icd-10-cm", owner) if level == "code" else None,
                "" if distance == 0 else "inherited",
            )
            by_kind.setdefault(note.kind, []).append(Line((Cell(note.text), where), item.source))
    tables = [
        table(kind, caption, ("Note", "Stands at"), by_kind[kind])
        for kind, caption in NOTE_NAMES.items()
        if kind in by_kind
    ]
    return Section("notes", title, tables=tuple(tables))


def _sevenths(view: View, found: Entry, line: list[Entry]) -> Section:
    """The set of the nearest code that defines one (ICD-10-CM convention I.A.5)."""
    for owner in (found, *line):
        rows = view.find(NOTES, owner=owner.row.code, level="code", kind="seventh")
        if rows:
            lines = [
                Line(
                    (Cell(item.row.mark), Cell(item.row.text), _built(view, found, item.row.mark)),
                    item.source,
                )
                for item in rows
            ]
            caption = f"Defined at {_shown(owner.row.code)}"
            return Section(
                "seventh",
                "Seventh characters",
                tables=(table("seventh", caption, ("Character", "Meaning", "Code"), lines),),
            )
    return Section("seventh", "Seventh characters")


def _built(view: View, found: Entry, mark: str) -> Cell:
    base = found.row.code[:6] if len(found.row.code) == 7 else found.row.code.ljust(6, "X")
    full = base + mark
    known = view.first(CODES, code=full)
    return _linked(full) if known and known.row.billable else Cell("")


def _history(view: View, forms: list[list[Entry]]) -> Section:
    lines = [
        Line(
            (
                Cell(form[0].first_day.isoformat()),
                Cell(view.last_day_text(form[-1])),
                Cell("billable" if form[-1].row.billable else "header"),
                Cell(form[-1].row.title),
            ),
            form[-1].source,
        )
        for form in forms
    ]
    tables = (table("history", "As the loaded editions have it", ("From", "To", "Use", "Title"), lines),)
    return Section("history", "Through the editions", tables=tables if len(lines) > 1 else ())


def _shown(code: str) -> str:
    return Code("icd-10-cm", code).shown


def _linked(code: str) -> Cell:
    return Cell(_shown(code), Code("icd-10-cm", code))


def _forms(view: View, code: str) -> list[list[Entry]]:
    """Runs of rows with one title and one use; order files write titles without the accents of the tabular list."""
    rows: list[Entry] = view.library.history(CODES, code=code)
    return [list(run) for _, run in groupby(rows, key=lambda item: (item.row.billable, plain_letters(item.row.title)))]


def _words(view: View, found: Entry, status: str, line: list[Entry]) -> tuple[Sentence, ...]:
    row, name = found.row, _shown(found.row.code)
    sentences = []
    if status == "header":
        count = len(view.find(CODES, parent=row.code))
        kinds = "codes" if count != 1 else "code"
        sentences.append(
            Sentence(
                f"{name} is a header, not billable: choose one of its {count} narrower {kinds}.",
                (found.source,),
            )
        )
    elif status == "active":
        sentences.append(Sentence(_is_billable(view, name), (found.source,)))
    elif status == "deleted":
        sentences.append(
            Sentence(
                f"{name} was last listed {when_ended(view, found)}; it cannot be used after that.",
                (found.source,),
            )
        )
    else:
        sentences.append(Sentence(_not_yet(view, name, found), (found.source,)))
    if line:
        top = line[-1]
        sentences.append(
            Sentence(f"It belongs to category {_shown(top.row.code)}, {top.row.title.lower()}.", (top.source,))
        )
    return tuple(sentences)


def _is_billable(view: View, name: str) -> str:
    missing, answering = unloaded_edition(view), view.edition(CODES)
    if not missing or answering is None:
        return f"{name} is billable."
    return (
        f"{name} was billable in {answering.edition}; whether it still was on {view.on} is not known, "
        f"since {missing} is not loaded."
    )


def _not_yet(view: View, name: str, found: Entry) -> str:
    missing, since = unloaded_edition(view), f"in the edition in force from {found.first_day}"
    if not missing:
        return f"{name} first stands {since}."
    return f"{name} stands {since}; whether it already held on {view.on} is not known, since {missing} is not loaded."
