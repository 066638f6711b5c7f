"""The library of made-up fees that pricing tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from codeward.store.library import Library, open_library
from golden import price_set
from making import build_library


@pytest.fixture(scope="module")
def fees_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Home of a library of made-up fees for 2024, 2025 and 2026."""
    folder = tmp_path_factory.mktemp("prices")
    build_library(folder / "home", price_set.write(folder / "files"))
    return folder / "home"


@pytest.fixture(scope="module")
def fees(fees_home: Path) -> Library:
    """The made-up fees, open."""
    return open_library(fees_home)
