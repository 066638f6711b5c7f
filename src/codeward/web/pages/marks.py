"""Source marks: the small link beside every fact that opens the row it was read from."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlencode

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from codeward.core.sources import Source

MOST = 3
"""Marks after one sentence; the section it points to marks every row."""


def source_words(source: Source) -> str:
    """The source in a few words, as a screen reader should say it."""
    line = str(source.line)
    place = f"line {line}" if line.isdigit() else f"at {line.rsplit('/', 1)[-1]}"
    return f"Source: {source.dataset} {source.edition}, {place}"


def source_path(source: Source) -> str:
    """The page that shows the cited row."""
    return f"/source?{urlencode({'c': source.citation})}"


@lru_cache(maxsize=16_384)
def mark(source: Source) -> SafeString:
    """The link of one source."""
    words = source_words(source)
    return format_html('<a class="src" href="{}" title="{}" aria-label="{}">§</a>', source_path(source), words, words)


def marks(sources: Iterable[Source]) -> SafeString:
    """The links of a sentence's sources, each once, the first few."""
    return mark_safe("".join(mark(source) for source in list(dict.fromkeys(sources))[:MOST]))  # noqa: S308 - joined from escaped parts
