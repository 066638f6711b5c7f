"""Marked note: a note's text cut into pieces, each with what the note says there and which candidates stand on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from codeward.core.notes import Candidate, Mention, Standing, Suggestion

AFFIRMED = "affirmed"
STANDINGS = {
    "denied": "negated",
    "family": "family",
    "past": "historical",
    "foreseen": "hypothetical",
    "doubted": "uncertain",
}
"""Words of the page for what a note says of a condition; where several hold, the first is shown."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What is said after a span: a standing other than affirmed, and the numbers of candidates that stand on it."""

    standing: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text in which nothing changes; `anchors` are the ids of the spans that begin with it."""

    text: str
    standing: str
    numbers: tuple[int, ...]
    masked: str
    cue: bool
    anchors: tuple[str, ...]
    ending: Ending | None


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    standing: str = ""
    number: int = 0
    masked: str = ""
    cue: bool = False
    anchor: str = ""


def word_for(standing: Standing) -> str:
    """One word for a standing."""
    return next((word for word, name in STANDINGS.items() if getattr(standing, name)), AFFIRMED)


def anchor_of(number: int, at: int) -> str:
    """The id of a candidate's span on the page."""
    return f"s{number}-{at}"


def pieces_of(suggestion: Suggestion) -> list[Piece]:
    """The note from its first character to its last."""
    text = suggestion.note.text
    spans = [span for span in _spans(suggestion) if 0 <= span.start < span.end <= len(text)]
    begins, ends = defaultdict(list), defaultdict(list)
    for span in spans:
        begins[span.start].append(span)
        ends[span.end].append(span)
    places = sorted({0, len(text), *begins, *ends})
    running: list[_Span] = []
    pieces = []
    for start, end in pairwise(places):
        running = [span for span in running if span.end > start] + begins[start]
        pieces.append(_piece(text[start:end], running, begins[start], ends[end]))
    return pieces


def _piece(text: str, running: list[_Span], begun: list[_Span], ended: list[_Span]) -> Piece:
    return Piece(
        text,
        _first_standing(running) or (AFFIRMED if any(span.number for span in running) else ""),
        _numbers(running),
        next((span.masked for span in running if span.masked), ""),
        any(span.cue for span in running),
        tuple(span.anchor for span in begun if span.anchor),
        _ending(ended),
    )


def _ending(ended: list[_Span]) -> Ending | None:
    standing, numbers = _first_standing(ended), _numbers(ended)
    said = "" if standing == AFFIRMED else standing
    return Ending(said, numbers) if said or numbers else None


def _first_standing(spans: list[_Span]) -> str:
    found = {span.standing for span in spans}
    return next((word for word in (*STANDINGS, AFFIRMED) if word in found), "")


def _numbers(spans: list[_Span]) -> tuple[int, ...]:
    return tuple(sorted({span.number for span in spans if span.number}))


def _spans(suggestion: Suggestion) -> Iterator[_Span]:
    for item in suggestion.note.masked:
        yield _Span(item.start, item.end, masked=item.kind)
    for mention in suggestion.mentions:
        yield _Span(mention.start, mention.end, word_for(mention.standing))
        if mention.standing.cue is not None:
            yield _Span(*mention.standing.cue, cue=True)
    for number, candidate in enumerate(suggestion.codes, 1):
        for at, (start, end) in enumerate(candidate.spans, 1):
            yield _Span(start, end, number=number, anchor=anchor_of(number, at))


def counted_standings(mentions: Iterable[Mention]) -> list[tuple[str, int]]:
    """How many mentions of each standing there are, affirmed ones first."""
    counts = Counter(word_for(mention.standing) for mention in mentions)
    return [(word, counts[word]) for word in (AFFIRMED, *STANDINGS) if counts[word]]


def counted_masks(suggestion: Suggestion) -> list[tuple[str, int]]:
    """How many identifiers of each kind were masked, most first."""
    return Counter(item.kind for item in suggestion.note.masked).most_common()


def without_code(suggestion: Suggestion) -> list[str]:
    """What the note affirms and no candidate stands on, each once, in the note's words."""
    rested = bytearray(len(suggestion.note.text))
    for start, end in (span for candidate in suggestion.codes for span in candidate.spans):
        rested[start:end] = b"\1" * len(rested[start:end])
    bare = [
        mention.text
        for mention in suggestion.mentions
        if word_for(mention.standing) == AFFIRMED and not any(rested[mention.start : mention.end])
    ]
    return list({" ".join(text.split()).lower(): " ".join(text.split()) for text in bare}.values())


def quoted(text: str, candidate: Candidate, number: int) -> list[tuple[str, str]]:
    """A candidate's places: the id of each on the page and the words that stand there, each wording once."""
    found: dict[str, str] = {}
    for at, (start, end) in enumerate(candidate.spans, 1):
        found.setdefault(" ".join(text[start:end].split()), anchor_of(number, at))
    return [(anchor, words) for words, anchor in found.items() if words]
