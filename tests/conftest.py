"""Libraries that tests share: a small one written for them, and one of the real published files where those are."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

import coverage_set
from codeward.store.library import Library, open_library
from golden import diagnosis_set, group_set, note_set, pcs_set, small_set
from making import build_library
from published_files import claim_paths, official_paths

settings.register_profile("house", database=None, deadline=None, derandomize=True)
settings.load_profile("house")


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all test processes of this run."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _built_once(folder: Path, make: Callable[[], object]) -> Path:
    """The folder, made by the first test process that asks for it."""
    with _alone(folder):
        if not (folder / "current").is_symlink():
            make()
    return folder


@pytest.fixture(scope="session")
def small_files(shared_folder: Path) -> Path:
    """The small set as its publishers would send it."""
    folder = shared_folder / "small-files"
    with _alone(folder):
        if not folder.is_dir():
            small_set.write(folder)
    return folder


@pytest.fixture(scope="session")
def small_library_home(shared_folder: Path, small_files: Path) -> Path:
    """Home of a library of three fee schedule quarters with a gap, two ICD editions, pair edits and all the lists."""
    home = shared_folder / "small-home"
    return _built_once(home, lambda: build_library(home, small_files))


@pytest.fixture(scope="session")
def small_library(small_library_home: Path) -> Library:
    """The small library, open."""
    return open_library(small_library_home)


@pytest.fixture(scope="session")
def diagnosis_library_home(shared_folder: Path) -> Path:
    """Home of a library of five ICD-10-CM editions of different make, with index, tables and addenda."""
    home, files = shared_folder / "diagnosis-home", shared_folder / "diagnosis-files"
    return _built_once(home, lambda: build_library(home, diagnosis_set.write(files)))


@pytest.fixture(scope="session")
def diagnosis_library(diagnosis_library_home: Path) -> Library:
    """The library of diagnoses, open."""
    return open_library(diagnosis_library_home)


@pytest.fixture(scope="session")
def note_home(shared_folder: Path) -> Path:
    """Home of a library of the few diagnoses that notes are read against."""
    home = shared_folder / "note-home"
    return _built_once(home, lambda: build_library(home, note_set.write(shared_folder / "note-files")))


@pytest.fixture(scope="session")
def pcs_home(shared_folder: Path) -> Path:
    """Home of a library of ICD-10-PCS alone: three editions, and the editor's dates."""
    return _built_once(shared_folder / "pcs-home", lambda: _build_pcs(shared_folder, "pcs", dates=True))


@pytest.fixture(scope="session")
def undated_pcs_home(shared_folder: Path) -> Path:
    """The same without the editor's dates."""
    return _built_once(shared_folder / "undated-home", lambda: _build_pcs(shared_folder, "undated", dates=False))


@pytest.fixture(scope="session")
def groups_home(shared_folder: Path) -> Path:
    """Home of a library of groupings and crosswalks, and the diagnoses of fiscal year 2024."""
    home = shared_folder / "groups-home"
    return _built_once(home, lambda: build_library(home, group_set.write(shared_folder / "groups-files")))


@pytest.fixture(scope="session")
def coverage_home(shared_folder: Path, small_files: Path) -> Path:
    """Home of a library of made-up coverage exports and the small set's Level II codes."""
    home, exports = shared_folder / "coverage-home", shared_folder / "coverage-files"
    return _built_once(home, lambda: build_library(home, small_files / "hcpcs", *coverage_set.write(exports)))


def _build_pcs(folder: Path, name: str, *, dates: bool) -> None:
    pcs_set.write(folder / f"{name}-files", dates=dates)
    build_library(folder / f"{name}-home", folder / f"{name}-files")


@pytest.fixture(scope="session")
def official() -> Path:
    """The real published files; the test is skipped where they are not."""
    given = os.environ.get("CODEWARD_OFFICIAL")
    folder = Path(given) if given else Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real published files are not here: name their folder in CODEWARD_OFFICIAL")
    return folder


@pytest.fixture(scope="session")
def official_library_home(shared_folder: Path, official: Path) -> Path:
    """Home of a library of the real files, the pair edits left out for their size."""
    home = shared_folder / "official-home"
    return _built_once(home, lambda: build_library(home, *official_paths(official)))


@pytest.fixture(scope="session")
def official_library(official_library_home: Path) -> Library:
    """The library of the real files, open."""
    return open_library(official_library_home)


@pytest.fixture(scope="session")
def claim_library_home(shared_folder: Path, official: Path) -> Path:
    """Home of a library of the real files that claims are checked against, the pair edits too."""
    home = shared_folder / "claim-home"
    return _built_once(home, lambda: build_library(home, *claim_paths(official)))


@pytest.fixture(scope="session")
def claim_library(claim_library_home: Path) -> Library:
    """The library that claims are checked against, open."""
    return open_library(claim_library_home)
