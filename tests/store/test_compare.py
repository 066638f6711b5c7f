"""Two editions are compared by the rows that began or ended between them, and the answer is that of comparing all."""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from pathlib import Path

import pytest

from codeward.datasets.registry import DATASETS
from codeward.store.compare import Asked, Row, change_of, compare, differences
from codeward.store.library import Library, open_library
from codeward.store.releases import Release
from golden import published
from golden.published import put
from making import build_library


def every_row(library: Library, release: Release) -> dict[tuple[object, ...], list[tuple[object, ...]]]:
    """All rows of an edition by their key: the slow way."""
    dataset = DATASETS[release.dataset]
    found: dict[tuple[object, ...], list[tuple[object, ...]]] = {}
    rows = library.db.execute(
        f"select * from {dataset.table} where first_release <= ? and last_release >= ?", (release.id, release.id)
    )
    for row in rows:
        cells = row[1 : len(dataset.columns) + 1]
        found.setdefault(tuple(cells[dataset.index[name]] for name in dataset.key), []).append(cells)
    return found


def the_slow_way(library: Library, before: Release, after: Release) -> Counter[str]:
    was, now = every_row(library, before), every_row(library, after)
    counts = Counter({"added": len(now.keys() - was.keys()), "removed": len(was.keys() - now.keys())})
    counts["changed"] = sum(was[key] != now[key] for key in was.keys() & now.keys())
    return +counts


@pytest.mark.parametrize("dataset", [name for name in DATASETS if name not in ("ncci-ptp-outpatient",)])
def test_every_pair_of_editions_is_as_if_all_rows_were_compared(small_library: Library, dataset: str) -> None:
    for before, after in permutations(small_library.editions(dataset), 2):
        pairs = differences(small_library, small_library, DATASETS[dataset], (before, after))
        assert Counter(change_of(*pair) for pair in pairs) == the_slow_way(small_library, before, after)


def test_only_rows_that_began_or_ended_are_read(small_library: Library) -> None:
    """The indexes serve: a comparison of a long table must not read it through."""
    (before, after) = small_library.editions("mpfs-rvu")[1:]
    from codeward.store.compare import _span  # the very words that the index must recognise

    dataset = DATASETS["mpfs-rvu"]
    for release, other, index in ((before, after, "ended"), (after, before, "began")):
        words, values = _span(small_library, dataset, release, other)
        plan = small_library.db.execute(f"explain query plan select id from mpfs_rvu where {words}", values).fetchall()
        assert f"COVERING INDEX mpfs_rvu_{index}" in str(plan)


def rvu_library(tmp_path: Path, *rows: str) -> Library:
    """A fee schedule of two quarters, one row each."""
    for quarter, row in zip((("25_JAN", "January"), ("2025_Oct", "October")), rows, strict=True):
        put(tmp_path, f"in/PPRRVU{quarter[0]}.csv", published.rvu([row], "32.3465", 2025, quarter[1]))
    build_library(tmp_path / "home", tmp_path / "in")
    return open_library(tmp_path / "home")


def counts_of(library: Library) -> dict[str, int]:
    before, after = library.editions("mpfs-rvu")
    return compare(library, library, DATASETS["mpfs-rvu"], (before, after), 10).counts


ROW = "G0001,,A,{work},1.30,,0.50,,0.10,2.40,1.60,0,XXX,0.00,0.00,0.00,0,0,0,0,0"


def test_numbers_that_are_equal_are_no_change(tmp_path: Path) -> None:
    library = rvu_library(tmp_path, ROW.format(work="1.0"), ROW.format(work="1.00"))
    assert counts_of(library) == {"added": 0, "removed": 0, "changed": 0}


def test_numbers_that_differ_are(tmp_path: Path) -> None:
    library = rvu_library(tmp_path, ROW.format(work="1.0"), ROW.format(work="1.01"))
    assert counts_of(library) == {"added": 0, "removed": 0, "changed": 1}


def codes_in(library: Library, asked: Asked) -> list[str]:
    editions = library.editions("mpfs-rvu")
    pairs = differences(library, library, DATASETS["mpfs-rvu"], (editions[0], editions[1]), asked)
    rows: list[Row] = [now or was or () for was, now in pairs]
    return [row[1] for row in rows]


def test_codes_can_be_asked_for(small_library: Library) -> None:
    assert set(codes_in(small_library, Asked(begins="173"))) == {"17311", "17312", "17313", "17314", "17315"}
    assert codes_in(small_library, Asked(codes=("17314", "99213", "00000"))) == ["17314", "99213"]


def test_a_walk_that_is_left_early_leaves_nothing_open(small_library: Library) -> None:
    editions = small_library.editions("mpfs-rvu")
    walk = differences(small_library, small_library, DATASETS["mpfs-rvu"], (editions[0], editions[1]))
    assert next(walk)
    walk.close()
