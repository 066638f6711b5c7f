"""Every dataset reads its golden excerpt, in the published layout, into exactly the rows written beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from codeward.datasets.declare import Dataset
from codeward.datasets.registry import DATASETS
from codeward.ingest.plan import ReleasePlan, make_plan
from codeward.ingest.rows import read_part
from golden import keyed_store
from golden.published import pack, put, workbook

GOLDEN = Path(__file__).parents[1] / "golden"
EXPECTED = "expected.json"
CASES = sorted(path.parent for path in GOLDEN.glob(f"*/*/{EXPECTED}"))
Row = dict[str, Any]


def files_in(folder: Path) -> Iterator[Path]:
    """The published files of a case."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != EXPECTED)


def plan_of(dataset: Dataset, folder: Path, archive: Path) -> list[ReleasePlan]:
    """What the files of a folder make, packed as published where the archive's name is given."""
    paths = list(files_in(folder))
    if archive.suffix:
        paths = [pack(archive, {str(path.relative_to(folder)): path.read_bytes() for path in paths})]
    return make_plan(paths, {dataset.id: dataset}).releases


def rows_of(release: ReleasePlan) -> list[Row]:
    """Rows as `expected.json` has them: blank cells left out, days and file only where they say something."""
    found = []
    for part in release.parts:
        for cells, line, _, days in read_part(release.dataset, part):
            named = zip(release.dataset.columns, cells, strict=True)
            row: Row = {"line": line, "cells": {item.name: cell for item, cell in named if cell}}
            if days is not None:
                row["days"] = list(days)
            if len(release.parts) > 1:
                row["file"] = part.main[2].base
            found.append(row)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_golden_excerpt_reads_as_written(case: Path, tmp_path: Path) -> None:
    expected = json.loads((case / EXPECTED).read_text(encoding="utf-8"))
    dataset = DATASETS[case.parent.name]
    folder = GOLDEN / expected["files"] if "files" in expected else case
    (release,) = plan_of(dataset, folder, tmp_path / expected.get("archive", ""))
    assert release.edition.id == case.name
    assert release.edition.effective.isoformat() == expected["effective"]
    assert release.from_package is expected.get("package", False)
    assert rows_of(release) == expected["rows"]


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_dataset_has_a_golden_excerpt(dataset: str) -> None:
    assert any(case.parent.name == dataset for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_golden_excerpts_stay_excerpts(case: Path) -> None:
    rows = json.loads((case / EXPECTED).read_text(encoding="utf-8"))["rows"]
    assert len(rows) <= 18
    assert all(path.stat().st_size < 5_000 for path in files_in(case))


def test_hcpcs_workbook_reads_as_the_fixed_width_file(tmp_path: Path) -> None:
    heads = (
        "HCPC",
        "SEQNUM",
        "RECID",
        "LONG DESCRIPTION",
        "SHORT DESCRIPTION",
        "PRICE1",
        "MULT_PI",
        "STATUTE",
        "XREF1",
        "COV",
        "BETOS",
        "TOS1",
        "ADD DT",
        "ACT EFF DT",
        "TERM DT",
        "ACTION CD",
    )
    long = "Compression bandage, elastic, knitted or woven, any width, with adhesive or rein"
    sheet = [
        ("***Disclaimers",),
        heads,
        (
            "   LT",
            "0010",
            "7",
            "Left side",
            "Left side",
            None,
            None,
            None,
            None,
            "C",
            None,
            None,
            "19840101",
            "19970101",
            None,
            "N",
        ),
        (
            "A9002",
            "0010",
            "3",
            long,
            "Compression bandage",
            "00",
            None,
            None,
            None,
            "C",
            None,
            None,
            "20000101",
            "20000101",
            20181231,
            "D",
        ),
        ("A9002", "0020", "4", "forced back, per yard"),
        (
            "D9999",
            "0010",
            "3",
            "Text the ADA owns",
            "Dental",
            "00",
            None,
            None,
            None,
            "C",
            None,
            None,
            "20000101",
            "20000101",
            None,
            "N",
        ),
    ]
    put(tmp_path, "HCPC2019_CONTR_ANWEB.xlsx", workbook([(*row, *[None] * (len(heads) - len(row))) for row in sheet]))
    (release,) = plan_of(DATASETS["hcpcs"], tmp_path, Path())
    (row,) = rows_of(release)
    (fixed,) = plan_of(DATASETS["hcpcs"], GOLDEN / "hcpcs/2019", Path())
    assert row["cells"] == next(item["cells"] for item in rows_of(fixed) if item["cells"]["code"] == "A9002")
    assert row["line"] == 4


KEYED = {
    "opps-addendum-b": [
        {
            "line": "data_hcpcs/17314|0",
            "cells": {"code": "17314", "status_indicator": "N"},
            "days": ["2024-01-01", "9999-12-31"],
        },
        {
            "line": "data_hcpcs/A9001|0",
            "cells": {"code": "A9001", "short_text": "Skin test strip", "status_indicator": "T", "apc": "5054"},
            "days": ["2024-04-01", "2024-06-30"],
        },
    ],
    "opps-addendum-a": [
        {
            "line": "data_apc/05054|0",
            "cells": {"apc": "5054", "status_indicator": "T", "rate": "1790.02"},
            "days": ["2024-07-01", "9999-12-31"],
        },
    ],
    "ncci-ptp-outpatient": [
        {
            "line": "map_ncci/17311|0",
            "cells": {"column1": "17311", "column2": "11102", "effective": "2024-01-01", "indicator": "1"},
            "days": ["2024-01-01", "9999-12-31"],
        },
        {
            "line": "map_ncci/17311|1",
            "cells": {
                "column1": "17311",
                "column2": "64400",
                "effective": "2024-04-01",
                "deleted": "2024-06-30",
                "indicator": "0",
            },
            "days": ["2024-04-01", "2024-06-30"],
        },
    ],
    "ncci-aoc": [
        {
            "line": "map_addon_type1/17314|17313",
            "cells": {"add_on": "17314", "edit_type": "1", "primary": "17313", "effective": "2024-01-01"},
            "days": ["2024-01-01", "9999-12-31"],
        },
        {
            "line": "map_addon_type2/90003|",
            "cells": {
                "add_on": "90003",
                "edit_type": "2",
                "primary": "CCCCC",
                "effective": "2024-01-01",
                "deleted": "2024-06-30",
            },
            "days": ["2024-01-01", "2024-06-30"],
        },
    ],
}


@pytest.mark.parametrize("dataset", KEYED)
def test_keyed_store_gives_dated_rows_without_descriptors(dataset: str, tmp_path: Path) -> None:
    plan = make_plan([keyed_store.write(tmp_path)], {dataset: DATASETS[dataset]})
    (release,) = plan.releases
    assert release.from_package
    assert rows_of(release) == KEYED[dataset]
