"""The NCCI policy manual: its contents with a find box, and its chapters to read."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from codeward.datasets.ncci_policy_manual import ParagraphRow
from codeward.services.manual_pages import (
    chapter_named,
    find_in_manual,
    manual_chapter,
    manual_contents,
)
from codeward.store.library import Found
from codeward.store.policy_manual import MANUAL
from codeward.web.pages import shelf
from codeward.web.pages.absent import absent
from codeward.web.pages.answering import answered
from codeward.web.pages.day import day_asked


@require_safe
def manual_page(request: HttpRequest) -> HttpResponse:
    """Chapters and their sections; with ?q= the paragraphs found."""
    library, day = shelf.library(), day_asked(request)
    text = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:300]
    contents = manual_contents(library, day.on)
    hits = find_in_manual(library, text, day.on) if text else None
    context = {
        "contents": contents.value,
        "missing": absent(contents.not_loaded, library),
        "looked_for": text,
        "hits": hits.value.hits if hits else (),
        "every": hits.value.every if hits else True,
    }
    return answered(request, "ncci_manual.html", context, day=day, answer=hits or contents)


@dataclass(frozen=True, slots=True)
class SectionToRead:
    """A section of a chapter with its paragraphs."""

    letter: str
    heading: str
    number: int
    paragraphs: tuple[Found[ParagraphRow], ...]


@require_safe
def manual_chapter_page(request: HttpRequest, chapter: str) -> HttpResponse:
    """One chapter to read, an anchor at each paragraph; other spellings lead to its one address."""
    library, day = shelf.library(), day_asked(request)
    name = chapter_named(chapter)
    if name != chapter:
        return HttpResponseRedirect(f"/ncci-manual/{name}{day.query}")
    answer = manual_chapter(library, name, day.on)
    context = {
        "name": name,
        "title": answer.value[0].row.chapter_title if answer.value else "",
        "sections": _sections(answer.value),
        "missing": absent((MANUAL,) if MANUAL in answer.not_loaded else (), library),
    }
    return answered(request, "ncci_chapter.html", context, day=day, answer=answer)


def _sections(found: tuple[Found[ParagraphRow], ...]) -> list[SectionToRead]:
    groups: dict[tuple[str, str], list[Found[ParagraphRow]]] = {}
    for item in found:
        groups.setdefault((item.row.section, item.row.heading), []).append(item)
    return [SectionToRead(*name, items[0].row.number, tuple(items)) for name, items in groups.items()]
