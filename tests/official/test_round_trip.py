"""Round trip of every dataset: the Parquet rows of each edition equal the rows of its real files."""

from __future__ import annotations

from pathlib import Path

import pytest

from codeward.datasets.registry import DATASETS
from codeward.ingest.build import own_tables
from codeward.ingest.plan import Plan, make_plan
from codeward.store.library import Library
from published_files import official_paths
from round_trip import differing_rows

pytestmark = pytest.mark.official


@pytest.fixture(scope="session")
def plan(official: Path) -> Plan:
    """What a build of the real files reads."""
    return make_plan([own_tables(), *official_paths(official)], DATASETS)


@pytest.mark.parametrize("name", sorted(DATASETS))
def test_parquet_rows_equal_file_rows(name: str, plan: Plan, official_library: Library, tmp_path: Path) -> None:
    releases = [release for release in plan.releases if release.dataset.id == name]
    if not releases:
        pytest.skip(f"no real file of {name} is here")
    for release in releases:
        assert differing_rows(release, official_library, tmp_path) == 0, f"{release.name}: file and library differ"
