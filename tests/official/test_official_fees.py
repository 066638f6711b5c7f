"""The real fee and locality files, counted and read here with the standard library alone, say what the library says."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from codeward.datasets.registry import DATASETS
from codeward.ingest.plan import make_plan
from codeward.ingest.rows import Row, read_part
from codeward.services.localities import place_of_zip, places_of_county
from codeward.services.look_up import look_up
from codeward.services.view import View
from codeward.store.library import Library, open_library
from making import build_library

pytestmark = pytest.mark.official

OCTOBER = date(2025, 10, 15)
FILES = {
    "mpfs-anesthesia": ("mpfs/rvu25d.zip", "ANES2025.csv", "cp1252"),
    "zip-locality": ("mpfs/zip5_oct2025.zip", "ZIP5_OCT2025.txt", "ascii"),
    "county-locality": ("mpfs/rvu25d.zip", "25LOCCO.csv", "cp1252"),
    "opps-cap": ("mpfs/rvu25d.zip", "OPPSCAP_Oct.csv", "ascii"),
    "opps-addendum-d1": ("opps/2025_nfrm_opps_addenda.zip", "2025 NFRM Addendum D1.10242024.txt", "cp437"),
    "asc-ee": ("asc/january-2025-asc-addenda.zip", "508-Version-Jan-2025-ASC-EE.csv", "cp437"),
    "asc-ff": ("asc/january-2025-asc-addenda.zip", "508-Version-Jan-2025-ASC-FF.csv", "cp437"),
    "clfs": ("clfs/25CLABQ2.zip", "CLFS 2025 Q2V1.csv", "cp1252"),
    "asp": (
        "asp/january-2025-asp-pricing-file.zip",
        "section 508 version of Jan 2025 ASP Pricing File updated 030725.csv",
        "cp1252",
    ),
    "dmepos": ("dmepos/dme25-a.zip", "DMEPOS_JAN.csv", "ascii"),
    "dmepos-rural-zip": ("dmepos/dme25-a.zip", "DME Rural ZIP Code Quarter 1, 2025.csv", "ascii"),
}
COUNTS = {
    "mpfs-anesthesia": 109,
    "zip-locality": 42_956,
    "county-locality": 110,
    "opps-cap": 16_100,
    "opps-addendum-d1": 56,
    "asc-ee": 2_108,
    "asc-ff": 4_183,
    "clfs": 2_105,
    "asp": 877,
    "dmepos": 3_487,
    "dmepos-rural-zip": 15_913,
}


def published(official: Path, dataset: str) -> list[list[str]]:
    """Every line of the file that has more than one filled cell, with the csv module alone."""
    archive, name, encoding = FILES[dataset]
    text = zipfile.ZipFile(official / archive).read(name).decode(encoding)
    if dataset == "zip-locality":
        return [[line] for line in text.splitlines() if line.strip()]
    mark = "\t" if name.endswith(".txt") else ","
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    return [[cell.strip() for cell in line] for line in lines if any(cell.strip() for cell in line)]


def read(official: Path, dataset: str) -> Iterator[Row]:
    plan = make_plan([official / FILES[dataset][0]], {dataset: DATASETS[dataset]})
    for release in plan.releases:
        for part in release.parts:
            yield from read_part(release.dataset, part)


@pytest.fixture(scope="module")
def library(official: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The real fee files, built."""
    home = tmp_path_factory.mktemp("official-fees")
    build_library(home, *(official / name for name in ("asc", "asp", "clfs", "dmepos", "mpfs", "opps")))
    return open_library(home)


@pytest.mark.parametrize("dataset", COUNTS)
def test_every_row_of_the_file_is_read(official: Path, dataset: str) -> None:
    assert sum(1 for _ in read(official, dataset)) == COUNTS[dataset]


@pytest.mark.parametrize(
    ("dataset", "above", "below"),
    [
        ("mpfs-anesthesia", 1, 0),
        ("zip-locality", 0, 0),
        ("county-locality", 2, 1),
        ("opps-cap", 1, 0),
        ("opps-addendum-d1", 2, 0),
        ("asc-ee", 3, 0),
        ("asc-ff", 3, 4),
        ("clfs", 4, 0),
        ("asp", 5, 0),
        ("dmepos", 5, 0),
        ("dmepos-rural-zip", 1, 0),
    ],
)
def test_the_count_is_the_file_s_own(official: Path, dataset: str, above: int, below: int) -> None:
    """Lines of the file less its title and heading lines above and its notes below."""
    assert len(published(official, dataset)) - above - below == COUNTS[dataset]


def test_amounts_add_up_to_the_file_s(official: Path) -> None:
    lines = [line for line in published(official, "clfs") if line[0] == "2025" and len(line) > 5]
    assert sum(Decimal(row[0][5]) for row in read(official, "clfs")) == sum(Decimal(line[5]) for line in lines)
    fees = [line for line in published(official, "dmepos") if len(line) == 114 and line[5].replace(".", "").isdigit()]
    ours = sum(Decimal(cell) for row in read(official, "dmepos") for cell in row[0][5:113])
    assert ours == sum(Decimal(cell) for line in fees for cell in line[5:113])
    factors = [line for line in published(official, "mpfs-anesthesia") if line[0].isdigit()]
    assert sum(Decimal(row[0][3]) for row in read(official, "mpfs-anesthesia")) == sum(
        Decimal(line[3]) for line in factors
    )


def test_no_zip_stands_twice(official: Path) -> None:
    assert len({row[0][1] for row in read(official, "zip-locality")}) == COUNTS["zip-locality"]
    flagged = [line for (line,) in published(official, "zip-locality") if line[20] == "1"]
    assert sum(row[0][7] == "1" for row in read(official, "zip-locality")) == len(flagged) == 580


def test_every_locality_has_indices_factor_and_counties(library: Library) -> None:
    view = View(library, OCTOBER)
    names = ("mpfs-gpci", "mpfs-anesthesia", "county-locality", "zip-locality")
    keys = [{(found.row.contractor, found.row.locality) for found in view.find(name)} for name in names]
    assert all(found == keys[0] for found in keys)
    assert len(keys[0]) == 109


@pytest.mark.parametrize("dataset", ["asp", "clfs", "asc-ee", "asc-ff", "dmepos"])
def test_no_text_stands_beside_a_code_of_the_ama_or_the_ada(library: Library, dataset: str) -> None:
    texts = [item.name for item in DATASETS[dataset].columns if item.descriptor]
    assert texts
    shown = " or ".join(f"{name} is not null" for name in texts)
    query = f"select count(*) from {DATASETS[dataset].table} where (code glob '[0-9D]*') and ({shown})"
    assert library.db.execute(query).fetchone() == (0,)


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("80053", "laboratory_rate", "10.56"),
        ("36415", "laboratory_rate", "9.09"),
        ("J1885", "drug_limit", "0.751"),
        ("J9325", "drug_dosage", "1 million PFU"),
        ("E0601", "equipment_category", "CR"),
        ("00100", "anesthesia_factor", "20.3178"),
        ("00100", "anesthesia_factor_highest", "27.86"),
        ("93990", "cap_lowest_tc", "90.59"),
        ("G0412", "asc_excluded", True),
    ],
)
def test_known_facts(library: Library, code: str, name: str, expected: object) -> None:
    facts = {fact.name: fact for fact in look_up(library, code, OCTOBER).value.facts}
    assert facts[name].value == expected
    assert facts[name].source is not None


def test_known_places(library: Library) -> None:
    view = View(library, OCTOBER)
    queens = place_of_zip(view, "11101")
    assert queens is not None
    assert (queens.locality.contractor, queens.locality.number, queens.locality.name) == ("13292", "04", "QUEENS")
    assert place_of_zip(view, "00000") is None
    (austin,) = places_of_county(view, "TX", "Travis")
    assert (austin.locality.contractor, austin.locality.number, austin.certain) == ("04412", "31", True)


def test_the_second_file_of_the_asp_zip_is_left_aside_as_the_same_edition(official: Path) -> None:
    plan = make_plan([official / "asp"], {"asp": DATASETS["asp"]})
    (aside,) = plan.left_aside
    assert aside[0].endswith("Jan 2025 ASP Pricing File updated 030725.xls")
    assert "same edition as" in aside[1] and "section 508 version" in aside[1]
