"""Practice notes: the list by topic with its find box, and the page of one."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from codeward.core.codes import readings
from codeward.services.practice_note_list import SURE, TOPICS, note_list, note_page, place_of
from codeward.services.practice_notes import NOTES, items
from codeward.web.pages import shelf
from codeward.web.pages.absent import absent
from codeward.web.pages.answering import answered
from codeward.web.pages.day import day_asked


@require_safe
def practice_notes_page(request: HttpRequest) -> HttpResponse:
    """Notes of the day by topic; with ?q= those near the words."""
    library, day = shelf.library(), day_asked(request)
    words = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:300]
    topic = request.GET.get("topic", "")
    answer = note_list(library, day.on, words, topic)
    context = {
        "looked_for": words,
        "topic": topic,
        "topics": TOPICS,
        "shelves": answer.value,
        "missing": absent((NOTES,) if NOTES in answer.not_loaded else (), library),
    }
    return answered(request, "practice_notes.html", context, day=day, answer=answer)


@dataclass(frozen=True, slots=True)
class Named:
    """A code, category or range a note applies to; `path` leads to its page where it is one code."""

    text: str
    path: str


@require_safe
def practice_note_page(request: HttpRequest, name: str) -> HttpResponse:
    """One note with its days, its document and how sure we are."""
    library, day = shelf.library(), day_asked(request)
    answer = note_page(library, name, day.on)
    found = answer.value.note
    row = found.row
    context = {
        "found": found,
        "row": row,
        "held": answer.value.held,
        "topic": TOPICS.get(row.topic, row.topic),
        "sure": SURE.get(row.sure, ""),
        "place": place_of(row),
        "codes": [_named(entry) for entry in items(row.codes)],
        "modifiers": items(row.modifiers),
        "asks": items(row.asks),
    }
    return answered(request, "practice_note.html", context, day=day, answer=answer)


def _named(entry: str) -> Named:
    found = () if "-" in entry else readings(entry)
    return Named(entry, found[0].path if found else "")
