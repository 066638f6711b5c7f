"""Any one publication makes a library by itself, and a look-up in it says what else is not loaded."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from codeward.core.faults import NotLoaded
from codeward.datasets.registry import DATASETS
from codeward.ingest.plan import make_plan
from codeward.services.look_up import look_up
from codeward.services.search import search
from codeward.store.library import open_library
from golden import keyed_store, published, small_set
from golden.published import put
from making import build_library
from round_trip import differing_rows

GOLDEN = Path(__file__).parents[1] / "golden"
CHOLERA = "A000    Cholera due to Vibrio cholerae 01, biovar cholerae\nA009    Cholera, unspecified\n"
OWN = ("pos", "modifiers", "indicators", "practice-notes", "taxonomy-specialty", "revenue-codes")
CASES = [path.parent for path in sorted(GOLDEN.glob("*/*/expected.json")) if path.parent.parent.name not in OWN]


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_golden_excerpt_makes_a_library(case: Path, tmp_path: Path) -> None:
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    folder = GOLDEN / expected.get("files", case)
    shutil.copytree(folder, tmp_path / "in", ignore=shutil.ignore_patterns("expected.json"))
    archive = expected.get("archive", "")
    if archive or case.name == "2025-07":
        shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path / "in")
        shutil.rmtree(tmp_path / "in")
        (tmp_path / "in").mkdir()
        (tmp_path / "packed.zip").rename(tmp_path / "in" / (archive or "myelin.zip"))
    build_library(tmp_path / "home", tmp_path / "in")
    library = open_library(tmp_path / "home")
    (release,) = library.editions(case.parent.name)[:1]
    assert release.rows > 0
    plan = make_plan([tmp_path / "in"], {case.parent.name: DATASETS[case.parent.name]})
    assert [differing_rows(item, library, tmp_path) for item in plan.releases] == [0] * len(plan.releases)
    assert search(library, "a", release.effective).value.facets is not None


def test_a_keyed_store_makes_a_library(tmp_path: Path) -> None:
    build_library(tmp_path / "home", keyed_store.write(tmp_path / "in"))
    library = open_library(tmp_path / "home")
    page = look_up(library, "17314", date(2024, 8, 15)).value
    assert page.status == "active"
    assert "17313" in " ".join(sentence.text for sentence in page.words)
    with pytest.raises(NotLoaded, match="2024-01-01"):
        look_up(library, "17314", date(2023, 12, 31))


def test_a_code_list_of_diagnoses_is_enough_to_look_one_up(tmp_path: Path) -> None:
    put(tmp_path, "icd10cm-codes-2024.txt", CHOLERA)
    build_library(tmp_path / "home", tmp_path)
    answer = look_up(open_library(tmp_path / "home"), "A00.0", date(2024, 3, 1))
    assert answer.value.title == "Cholera due to Vibrio cholerae 01, biovar cholerae"
    assert "icd-10-cm-notes" in answer.not_loaded


def test_two_names_for_the_same_edition_are_one_edition(tmp_path: Path) -> None:
    """The same quarter downloaded twice under two names: the later file counts, the other is left aside."""
    put(tmp_path, "in/PPRRVU24_JUL.csv", published.rvu(small_set.RVU_2024, "33.2875"))
    put(tmp_path, "in/PPRRVU2024_Jul.csv", published.rvu(small_set.RVU_2024, "33.2875"))
    built = build_library(tmp_path / "home", tmp_path / "in")
    assert len(open_library(tmp_path / "home").editions("mpfs-rvu")) == 1
    assert any("PPRRVU24_JUL.csv" in name for name, _ in built.left_aside)


def test_the_same_file_given_twice_counts_once(tmp_path: Path) -> None:
    fees = put(tmp_path, "in/PPRRVU24_JUL.csv", published.rvu(small_set.RVU_2024, "33.2875"))
    build_library(tmp_path / "home", fees, tmp_path / "in", fees)
    (release,) = open_library(tmp_path / "home").editions("mpfs-rvu")
    assert release.rows == len(small_set.RVU_2024)


def test_two_files_of_one_name_keep_their_own_rows(tmp_path: Path) -> None:
    """Two archives of two quarters, both called data.zip: each citation must lead to its own."""
    for folder, name, factor in (("a", "PPRRVU24_JUL.csv", "33.2875"), ("b", "PPRRVU25_JAN.csv", "32.3465")):
        published.pack(tmp_path / folder / "data.zip", {name: published.rvu(small_set.RVU_2024, factor)})
    build_library(tmp_path / "home", tmp_path / "a", tmp_path / "b")
    library = open_library(tmp_path / "home")
    for release, folder in zip(library.editions("mpfs-rvu"), ("a", "b"), strict=True):
        place = library.cited_place(release, library.files_of(release)[0][0], "12")
        assert place is not None
        assert Path(place.path).parent.name == folder


def test_two_different_files_of_one_whole_name_are_not_mixed_up(tmp_path: Path) -> None:
    """Mine and a colleague's copy of the same name differ: one is used, and its hash is the one that is cited."""
    for folder, factor in (("a", "33.2875"), ("b", "32.7442")):
        put(tmp_path, f"{folder}/PPRRVU24_JUL.csv", published.rvu(small_set.RVU_2024, factor))
    build_library(tmp_path / "home", tmp_path / "a", tmp_path / "b")
    library = open_library(tmp_path / "home")
    (release,) = library.editions("mpfs-rvu")
    found = library.find("mpfs-rvu", release, release.effective, code="17311")[0]
    place = library.cited_place(release, found.source.file, str(found.source.line))
    assert place is not None
    assert str(found.row.conversion_factor) in Path(place.path).read_text(encoding="utf-8")
