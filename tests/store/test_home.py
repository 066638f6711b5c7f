"""Libraries are built aside, swapped in by a pointer, rolled back by the same, and cleared up after a killed build."""

from __future__ import annotations

import fcntl
import threading
from datetime import date
from pathlib import Path

import pytest

from codeward.core.faults import BadInput, NotFound, NotLoaded
from codeward.ingest.build import build
from codeward.store.home import Home
from codeward.store.library import Library, Shelf, open_library
from golden import published, small_set
from golden.published import put
from making import ACCEPTED, BUILT, build_library

DAY = date(2024, 8, 15)


def write_fees(folder: Path, factor: str) -> Path:
    """One quarter of the fee schedule."""
    return put(folder, "PPRRVU24_JUL.csv", published.rvu(small_set.RVU_2024, factor))


def factor(library: Library) -> str:
    """The conversion factor that the library answers with."""
    release = library.in_force("mpfs-rvu", DAY)
    assert release is not None
    return str(library.find("mpfs-rvu", release, DAY, code="17311")[0].row.conversion_factor)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Home, str, str]:
    """A home with two libraries, the second in use."""
    home = tmp_path / "home"
    first = build_library(home, write_fees(tmp_path / "a", "33.2875"))
    second = build_library(home, write_fees(tmp_path / "b", "32.7442"))
    return Home(home), first.hash, second.hash


def test_same_files_same_hash_and_nothing_built_twice(tmp_path: Path) -> None:
    first = build_library(tmp_path / "one", write_fees(tmp_path / "a", "33.2875"))
    again = build_library(tmp_path / "one", tmp_path / "a")
    elsewhere = build_library(tmp_path / "two", tmp_path / "a")
    assert first.hash == again.hash == elsewhere.hash
    assert (first.fresh, again.fresh, elsewhere.fresh) == (True, False, True)


def test_one_changed_byte_changes_the_hash(two: tuple[Home, str, str]) -> None:
    assert two[1] != two[2]


def test_shelf_notices_the_pointer_and_old_readers_keep_theirs(two: tuple[Home, str, str]) -> None:
    home, first, second = two
    shelf = Shelf(home)
    newer = shelf.library()
    assert (newer.hash, factor(newer)) == (second, "32.7442")
    home.point_to(home.find(first))
    older = shelf.library()
    assert (older.hash, factor(older)) == (first, "33.2875")
    assert factor(newer) == "32.7442"
    assert shelf.library() is older


def test_shelf_answers_in_many_threads(two: tuple[Home, str, str]) -> None:
    shelf, found = Shelf(two[0]), []
    threads = [threading.Thread(target=lambda: found.append(factor(shelf.library()))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["32.7442"] * 8


def test_a_library_is_found_by_the_beginning_of_its_hash(two: tuple[Home, str, str]) -> None:
    home, first, _ = two
    assert home.find(first[:6].upper()).name == first


@pytest.mark.parametrize("start", ["", "zzzz"])
def test_a_hash_that_fits_none_or_all_is_refused(two: tuple[Home, str, str], start: str) -> None:
    with pytest.raises(NotFound if start else BadInput):
        two[0].find(start)


def test_a_climbing_hash_finds_nothing(two: tuple[Home, str, str]) -> None:
    with pytest.raises(NotFound):
        two[0].find("../")


def test_no_library_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(NotLoaded, match="codeward library build"):
        open_library(tmp_path)
    with pytest.raises(NotLoaded):
        Shelf(Home(tmp_path)).library()


def test_a_pointer_to_nothing_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "current").symlink_to("libraries/gone")
    with pytest.raises(NotLoaded):
        open_library(tmp_path)
    with pytest.raises(NotLoaded):
        Shelf(Home(tmp_path)).library()


def test_a_library_of_another_version_is_to_be_built_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    build_library(home, write_fees(tmp_path, "33.2875"))
    assert open_library(home)
    manifest = Home(home).current() / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace('"format": ', '"format": 1'), "utf-8")
    with pytest.raises(NotLoaded, match="another version of Codeward: build it again"):
        open_library(home)


def test_what_a_killed_build_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    home = tmp_path / "home"
    stale = home / "libraries" / "building-99999"
    (stale / "rows").mkdir(parents=True)
    (stale / "reference.db").write_bytes(b"half")
    (home / ".current-99999").symlink_to("libraries/nowhere")
    build_library(home, write_fees(tmp_path, "33.2875"))
    assert [path.name for path in (home / "libraries").iterdir()] == [(home / "current").readlink().name]
    assert not list(home.glob(".current-*"))


def test_a_second_build_is_refused_while_one_runs(tmp_path: Path) -> None:
    home = tmp_path / "home"
    built = build_library(home, write_fees(tmp_path / "a", "33.2875"))
    with (home / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BadInput, match="another build is running"):
            build_library(home, write_fees(tmp_path / "b", "32.7442"))
    assert open_library(home).hash == built.hash


def test_a_finished_library_without_its_manifest_is_built_again(tmp_path: Path) -> None:
    """The manifest is written last: a folder without one is half a library."""
    home = tmp_path / "home"
    built = build_library(home, write_fees(tmp_path / "a", "33.2875"))
    (built.folder / "manifest.json").unlink()
    again = build_library(home, tmp_path / "a")
    assert again.fresh
    assert factor(open_library(home)) == "33.2875"


def test_terms_are_asked_for_once(tmp_path: Path) -> None:
    home, fees = Home(tmp_path / "home"), write_fees(tmp_path / "a", "33.2875")
    with pytest.raises(BadInput, match="ama-cpt"):
        build(home, [fees], now=lambda: BUILT, progress=lambda text, share: None)
    assert home.accepted() == {}
    build(home, [fees], accept=ACCEPTED, now=lambda: BUILT, progress=lambda text, share: None)
    assert home.accepted() == {"ama-cpt": "2026-11-02T08:30:00+00:00"}
    build(home, [write_fees(tmp_path / "b", "32.7442")], now=lambda: BUILT, progress=lambda text, share: None)
    assert len((home.root / "acceptances.jsonl").read_text().splitlines()) == 1


def test_unknown_terms_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no terms are called 'everything'"):
        build(
            Home(tmp_path / "home"),
            [write_fees(tmp_path, "33.2875")],
            accept=frozenset({"everything"}),
            now=lambda: BUILT,
            progress=lambda text, share: None,
        )


def test_progress_never_runs_backwards(tmp_path: Path, small_files: Path) -> None:
    seen: list[float] = []
    build(
        Home(tmp_path / "home"), [small_files], accept=ACCEPTED, now=lambda: BUILT,
        progress=lambda text, share: seen.append(share),
    )  # fmt: skip
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


@pytest.mark.parametrize("name", ["my library", "year 100%", "home #1", "what?", "ünïcode"])
def test_any_folder_name_will_do(tmp_path: Path, name: str) -> None:
    build_library(tmp_path / name, write_fees(tmp_path / "a", "33.2875"))
    assert factor(open_library(tmp_path / name)) == "33.2875"
