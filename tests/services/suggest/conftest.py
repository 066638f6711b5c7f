"""What a note suggests, read against a small library of diagnoses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from codeward.core.notes import Candidate, Suggestion
from codeward.services.suggest.suggest import suggest
from codeward.store.library import Library, open_library

ON = date(2026, 5, 1)


@pytest.fixture(scope="session")
def note_library(note_home: Path) -> Library:
    """The library, open."""
    return open_library(note_home)


@pytest.fixture
def read(note_library: Library) -> Callable[..., Suggestion]:
    """What a note suggests."""

    def suggested(text: str, on: date = ON, setting: str = "outpatient") -> Suggestion:
        return suggest(note_library, text, on, most=100, setting=setting).value

    return suggested


@pytest.fixture
def reported(read: Callable[..., Suggestion]) -> Callable[..., set[str]]:
    """The codes that would be reported."""

    def found(text: str, on: date = ON, setting: str = "outpatient") -> set[str]:
        return {item.code.shown for item in read(text, on, setting).codes if item.accepted}

    return found


@pytest.fixture
def candidate(read: Callable[..., Suggestion]) -> Callable[..., Candidate]:
    """One candidate of a note by its code."""

    def found(text: str, code: str, on: date = ON, setting: str = "outpatient") -> Candidate:
        return next(item for item in read(text, on, setting).codes if item.code.shown == code)

    return found
