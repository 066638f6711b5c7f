"""Every real file is read by a dataset, or left aside for a reason that is written down."""

from __future__ import annotations

from pathlib import Path

import pytest

from codeward.datasets.refused import UNKNOWN
from codeward.datasets.registry import DATASETS
from codeward.ingest.files import walk
from codeward.ingest.plan import make_plan
from codeward.ingest.rows import files_of

pytestmark = pytest.mark.official


def test_every_file_loads_or_is_left_aside_for_a_reason(official: Path) -> None:
    plan = make_plan([official], DATASETS)
    read = {file.name for release in plan.releases for file in files_of(release.parts)}
    reasons = dict(plan.left_aside)
    unread = {file.name for file in walk([official])} - read
    assert {name for name in unread if reasons.get(name, UNKNOWN) == UNKNOWN} == set()
