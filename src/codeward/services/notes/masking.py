"""Masking: the eighteen identifiers of 45 CFR 164.514(b)(2) are covered before anything is read."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from codeward.core.notes import Masked
from codeward.services.notes.masked_dates import dates_in
from codeward.services.notes.masked_names import names_in
from codeward.services.notes.masked_numbers import numbers_in
from codeward.services.notes.masked_places import places_in

COVER = "█"
"""Stands for one masked character: no letter or digit, so it can neither be part of a code (X is a placeholder in
ICD-10-CM) nor of a word or number that is read later, and whoever reads sees at once that something was covered."""


def mask_identifiers(text: str) -> tuple[str, tuple[Masked, ...]]:
    """The text with identifiers covered, of the same length, and what was covered where, none overlapping."""
    found = chain(numbers_in(text), dates_in(text), places_in(text), names_in(text))
    masked = _apart(found, len(text))
    parts: list[str] = []
    at = 0
    for item in masked:
        parts += (text[at : item.start], _cover(text[item.start : item.end]))
        at = item.end
    return "".join((*parts, text[at:])), masked


def _cover(text: str) -> str:
    """A cover for every character but line ends, so that lines stay lines."""
    return "".join(mark if mark in "\r\n" else COVER for mark in text)


def _apart(found: Iterable[Masked], length: int) -> tuple[Masked, ...]:
    """What was found, in the order of the text; of two that overlap the earlier and longer one, a known kind first."""
    covered = bytearray(length)
    kept: list[Masked] = []
    for item in sorted(dict.fromkeys(found), key=lambda item: (item.kind == "other number", item.start, -item.end)):
        at = item.start
        while (start := covered.find(0, at, item.end)) >= 0:
            end = covered.find(1, start, item.end)
            at = end if end >= 0 else item.end
            covered[start:at] = b"\1" * (at - start)
            kept.append(Masked(item.kind, start, at))
    return tuple(sorted(kept, key=lambda item: item.start))
