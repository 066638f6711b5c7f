"""A library of made-up coverage exports, and one with the list of documents alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from codeward.store.library import Library, open_library
from made_coverage import made_exports
from making import build_library


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Every made-up document, exported on 2026-10-08 with its earlier versions."""
    folder = tmp_path_factory.mktemp("coverage")
    build_library(folder / "home", *made_exports().write(folder / "files"))
    return open_library(folder / "home")


@pytest.fixture
def current(tmp_path: Path) -> Library:
    """The same documents as `current` exports."""
    build_library(tmp_path / "home", *made_exports().write(tmp_path / "files", stem="current"))
    return open_library(tmp_path / "home")
