"""The site over a library, as a browser without scripts sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from re import sub

import pytest
from django.http import HttpResponse
from django.test import Client

from codeward.ingest.build import build
from codeward.store.home import Home

Words = Callable[[HttpResponse], str]


@pytest.fixture
def site(small_library_home: Path, settings) -> Client:
    """The site over the small library."""
    settings.CODEWARD_HOME = small_library_home
    return Client()


@pytest.fixture
def official_site(official_library_home: Path, settings) -> Client:
    """The site over the real files, less the pair edits."""
    settings.CODEWARD_HOME = official_library_home
    return Client()


@pytest.fixture(scope="session")
def sparse_home(tmp_path_factory: pytest.TempPathFactory, small_files: Path) -> Path:
    """A library of fee schedule files alone."""
    home = tmp_path_factory.mktemp("sparse")
    files = sorted((small_files / "mpfs").glob("PPRRVU*"))
    now = datetime(2026, 11, 2, tzinfo=UTC)
    build(Home(home), files, accept=frozenset({"ama-cpt"}), now=lambda: now, progress=lambda text, share: None)
    return home


@pytest.fixture
def sparse_site(sparse_home: Path, settings) -> Client:
    """The site over a library that lacks nearly everything."""
    settings.CODEWARD_HOME = sparse_home
    return Client()


@pytest.fixture
def bare_site(tmp_path: Path, settings) -> Client:
    """The site before any library was built."""
    settings.CODEWARD_HOME = tmp_path / "nothing"
    return Client()


@pytest.fixture
def words() -> Words:
    """A page's text as read: tags gone, blanks folded, source marks dropped."""

    def read(response: HttpResponse) -> str:
        text = sub(r"<[^>]+>", " ", response.content.decode())
        return " ".join(unescape(text).replace("§", " ").split())

    return read
