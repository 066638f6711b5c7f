"""Asked: a reply as the page shows it, statements by their role and citations by their number."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from codeward.assistant.bundle import bundle_of
from codeward.assistant.memory import Memory
from codeward.assistant.reply import Reply, Statement
from codeward.core.faults import BadInput
from codeward.core.sources import Source
from codeward.store.library import Library
from codeward.web.pages.day import Day
from codeward.web.pages.marks import source_path, source_words
from codeward.web.pages.steps_told import step_words
from codeward.web.pages.talk import Talk

KINDS = {
    "answer": ("✓", "Answer"),
    "refuse": ("⊘", "Not answered, and why"),
    "not_loaded": ("∅", "Not in the library"),
    "clarify": ("?", "One question first"),
}
"""Sign and words of each kind of reply: neither rests on colour."""
FEEDBACK_SALT = "codeward.ask.feedback"


@dataclass(frozen=True, slots=True)
class Said:
    """A statement and the numbers of its sources as links."""

    text: str
    role: str
    passage: str
    marks: SafeString


@dataclass(frozen=True, slots=True)
class Numbered:
    """A source by its number."""

    number: int
    path: str
    words: str
    citation: str


def asked_context(reply: Reply, library: Library, day: Day, before: Talk) -> dict[str, Any]:
    """What the fragment of one turn needs; `before` is the talk that the question was asked in."""
    numbers = {source: number for number, source in enumerate(reply.sources, start=1)}
    said = [_said(item, numbers) for item in reply.statements]
    sign, words = KINDS[reply.kind]
    return {
        "reply": reply,
        "number": len(before.turns) + 1,
        "sign": sign,
        "kind_words": words,
        "said": [item for item in said if item.role != "caveat"],
        "caveats": [item for item in said if item.role == "caveat"],
        "sources": [_numbered(source, number) for source, number in numbers.items()],
        "lacking": len(reply.warnings) + len(reply.not_loaded),
        "steps": [step_words(call) for call in reply.calls],
        "day": day,
        "day_named": reply.as_of != day.on,
        "before": before.signed(),
        "talk": before.after(reply).signed(),
        "bundle": _bundle(reply, library, day, before.memory),
        "about": _about(reply, library) if settings.CODEWARD_ASK_FEEDBACK else "",
    }


def _said(statement: Statement, numbers: dict[Source, int]) -> Said:
    links = ((source_path(source), source_words(source), numbers[source]) for source in statement.sources)
    marks = format_html_join("", '<a class="cite" href="{}" title="{}">[{}]</a>', ((p, w, n) for p, w, n in links))
    return Said(statement.text, statement.role, statement.passage, marks)


def _numbered(source: Source, number: int) -> Numbered:
    return Numbered(number, source_path(source), f"{source.dataset} {source.edition}", source.citation)


def _bundle(reply: Reply, library: Library, day: Day, before: Memory) -> str:
    """The signed file, carried in the page until somebody saves it; nothing where this home has no key."""
    try:
        return bundle_of(reply, library, day.on, before, timezone.now()).decode()
    except BadInput:
        return ""


def _about(reply: Reply, library: Library) -> str:
    held = {"question": reply.question[:2000], "answer_sha256": sha256(reply.text.encode()).hexdigest()}
    return signing.dumps({**held, "library": library.hash}, salt=FEEDBACK_SALT, compress=True)
