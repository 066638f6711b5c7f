"""Answering: a template rendered with what every page shares: the day, the library and the editions it used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from codeward.core.answers import Answer, Caveat
from codeward.datasets.registry import DATASETS
from codeward.store.library import Library
from codeward.web.pages import shelf
from codeward.web.pages.day import Day


@dataclass(frozen=True, slots=True)
class Caution:
    """What the reader must know before relying on the page."""

    older: tuple[Caveat, ...]
    other: tuple[Caveat, ...]
    absent: int
    used: int


def caution(answer: Answer[Any]) -> Caution:
    """Warnings sorted: editions older than the day calls for, anything else, and how much is not loaded."""
    told_in_place = set(answer.not_loaded)
    caveats = [item for item in answer.warnings if item.dataset not in told_in_place]
    older = tuple(item for item in caveats if item.dataset in DATASETS)
    other = tuple(item for item in caveats if item.dataset not in DATASETS)
    return Caution(older, other, len(told_in_place), len(editions_used(answer)))


def editions_used(answer: Answer[Any]) -> tuple[tuple[str, str], ...]:
    """Dataset and edition of everything on the page."""
    return tuple(sorted({(source.dataset, source.edition) for source in answer.sources}))


def answered(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    day: Day,
    answer: Answer[Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A full page."""
    shared: dict[str, Any] = {"day": day, "library": footer(shelf.library_or_none())}
    if answer is not None:
        shared |= {"caution": caution(answer), "editions": editions_used(answer)}
    return render(request, f"codeward/{template}", shared | context, status=status)


def footer(library: Library | None) -> dict[str, str] | None:
    """Which library answers, for the foot of the page."""
    if library is None:
        return None
    return {"hash": library.hash, "built": str(library.manifest["built"])[:10]}
