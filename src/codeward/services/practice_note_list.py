"""Practice note list: every note of a day by topic, the page of one, and the notes on a code's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.core.answers import Answer
from codeward.core.codes import Code
from codeward.core.faults import BadInput, NotFound, NotLoaded
from codeward.datasets.practice_notes import NoteRow
from codeward.services.page import Cell, Line, Section, table
from codeward.services.practice_notes import NOTES, find_notes, note, notes_in_force, notes_of, notes_of_modifier
from codeward.services.view import View
from codeward.store.library import Found, Library

TOPICS = {
    "codes": "Codes",
    "guidelines": "Guidelines",
    "modifiers": "Modifiers",
    "crosswalks": "Crosswalks",
    "ncci-edits": "NCCI edits",
    "compliance": "Compliance",
    "medicare-coverage": "Medicare coverage",
}
SURE = {
    "checked": "read in the document",
    "known": "from general knowledge of the document: verify there before relying on it",
}
NAMED_IN = ("cpt", "hcpcs", "icd-10-cm", "modifier")
"""Systems whose codes notes name."""
SHOWN = 12
"""Notes on a code's page at most."""


@dataclass(frozen=True, slots=True)
class NoteShelf:
    """Notes of one topic, or those found for words, best first."""

    topic: str
    title: str
    notes: tuple[Found[NoteRow], ...]


@dataclass(frozen=True, slots=True)
class NotePage:
    """One note, and whether it holds on the day."""

    note: Found[NoteRow]
    held: bool


def note_list(library: Library, on: date, words: str = "", topic: str = "") -> Answer[tuple[NoteShelf, ...]]:
    """Notes that hold on the day by topic, or those near `words`, best first; BadInput for a topic there is not."""
    if topic and topic not in TOPICS:
        raise BadInput(f"{topic!r} is no topic of practice notes: expected one of {', '.join(TOPICS)}")
    view = View(library, on)
    if words:
        found = [item.note for item in find_notes(view, words, most=30)]
        return view.answer((NoteShelf(topic, f"Notes near “{words}”", tuple(_of_topic(found, topic))),))
    every = sorted(notes_in_force(view), key=lambda item: item.row.title.lower())
    shelves = (
        NoteShelf(name, title, tuple(_of_topic(every, name))) for name, title in TOPICS.items() if topic in ("", name)
    )
    return view.answer(tuple(shelf for shelf in shelves if shelf.notes))


def note_page(library: Library, name: str, on: date) -> Answer[NotePage]:
    """One note; where it does not hold on the day, the note all the same with that said by `held`.

    Raises NotLoaded where the library has no practice notes, NotFound for a name none ever had.
    """
    view = View(library, on)
    if not view.has(NOTES):
        raise NotLoaded("practice notes are not in this library: build it again")
    found = note(view, name)
    if found is not None:
        return view.answer(NotePage(found, True))
    ever: list[Found[NoteRow]] = library.history(NOTES, name=name)
    if not ever:
        raise NotFound(f"no practice note is called {name!r}")
    view.sources[ever[-1].source] = None
    return view.answer(NotePage(ever[-1], False))


def notes_section(view: View, code: Code) -> tuple[Section, ...]:
    """A section of notes that name the code or modifier, the closest first; none where no note does."""
    if code.system not in NAMED_IN:
        return ()
    found = notes_of_modifier(view, code.value) if code.system == "modifier" else notes_of(view, code)
    if not found:
        return ()
    lines = [Line(_cells(item.row), item.source) for item in found[:SHOWN]]
    heads = ("Note", "What it says", "Document", "How sure", "Name")
    return (Section(NOTES, "Practice notes", tables=(table(NOTES, "Notes that name it", heads, lines, len(found)),)),)


def place_of(row: NoteRow) -> str:
    """The document, chapter and section a note rests on, in a line."""
    chapter = f"chapter {row.chapter}" if row.chapter and not row.section.startswith(row.chapter) else ""
    return ", ".join(part for part in (row.document, chapter, row.section) if part)


def _cells(row: NoteRow) -> tuple[Cell, ...]:
    return tuple(map(Cell, (row.title, row.statement, place_of(row), SURE.get(row.sure, row.sure), row.name)))


def _of_topic(found: list[Found[NoteRow]], topic: str) -> list[Found[NoteRow]]:
    return [item for item in found if topic in ("", item.row.topic)]
