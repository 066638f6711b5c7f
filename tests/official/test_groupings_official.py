"""The real grouping files say what they are known to say; counts are taken from the bytes, not by our reader."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from codeward.datasets.registry import DATASETS
from codeward.ingest.plan import Plan, make_plan
from codeward.ingest.rows import Row, read_part

pytestmark = pytest.mark.official

GEMS, HCC, CCIR = "gems/2018-icd-10-gems.zip", "hcc/cms-hcc.zip", "icd10cm/ccir-v2023-1.zip"
V24, V28 = "CMS-HCC Model V24", "CMS-HCC Model V28"


def text(folder: Path, archive: str, name: str) -> str:
    with zipfile.ZipFile(folder / archive) as opened:
        return opened.read(name).decode("latin-1")


def plan(folder: Path, archive: str, *datasets: str) -> Plan:
    return make_plan([folder / archive], {name: DATASETS[name] for name in datasets})


def rows(folder: Path, dataset: str, archive: str) -> dict[str, list[Row]]:
    """Rows of each edition."""
    return {
        release.edition.id: [row for part in release.parts for row in read_part(release.dataset, part)]
        for release in plan(folder, archive, dataset).releases
    }


def test_the_mappings_have_every_line_and_flag(official: Path) -> None:
    lines = {name: text(official, GEMS, f"2018_{name}.txt").splitlines() for name in ("I9gem", "I10gem")}
    assert {name: len(found) for name, found in lines.items()} == {"I9gem": 24_860, "I10gem": 81_593}
    (found,) = rows(official, "gems", GEMS).values()
    cells = [row[0] for row in found]
    by_way = Counter(item[1] for item in cells)
    assert (by_way["9-to-10"], by_way["10-to-9"]) == (24_860, 81_593)
    flags = [line.split()[2] for name in lines for line in lines[name]]
    for place, name in enumerate(("approximate", "no_map", "combination")):
        at = DATASETS["gems"].index[name]
        assert sum(item[at] == "1" for item in cells) == sum(each[place] == "1" for each in flags), name
    assert ["cm", "9-to-10", "25000", "E119", "1", "0", "0", "0", "0"] in [list(item) for item in cells]
    combined = [tuple(item[3:]) for item in cells if item[1] == "10-to-9" and item[2] == "A021"]
    assert combined == [("0031", "1", "0", "1", "1", "1"), ("99591", "1", "0", "1", "1", "2")]


def test_the_mappings_to_categories_are_those_of_their_payment_years(official: Path) -> None:
    counts = {
        name: sum(bool(line.strip()) for line in text(official, HCC, name).splitlines())
        for name in ("F2419P1M.TXT", "F2422P1M.TXT", "F2823T2N_FY22FY23.TXT")
    }
    found = rows(official, "cms-hcc", HCC)
    assert {name: len(items) for name, items in found.items()} == {
        "PY2020": counts["F2419P1M.TXT"],
        "PY2022": counts["F2422P1M.TXT"],
        "PY2024": counts["F2823T2N_FY22FY23.TXT"],
    }
    category = {(row[0][1], row[0][0]): row[0][2] for items in found.values() for row in items}
    assert (category[V24, "E1122"], category[V24, "E119"]) == ("18", "19")
    assert (category[V28, "E1122"], category[V28, "E119"]) == ("37", "38")


def test_labels_are_all_there(official: Path) -> None:
    told = {
        model: len(re.findall(r"^ H?CC\d+ *=", text(official, HCC, name), re.MULTILINE))
        for model, name in ((V24, "V24H86L1.TXT"), (V28, "V28115L3.TXT"))
    }
    (found,) = rows(official, "cms-hcc-labels", HCC).values()
    assert Counter(row[0][0] for row in found) == told == {V24: 86, V28: 230}
    labels = {(row[0][0], row[0][1]): row[0][2] for row in found}
    assert labels[V28, "HCC37"] == "Diabetes with Chronic Complications"


def test_hierarchies_are_all_there(official: Path) -> None:
    """86 categories of V24 and 115 of V28 pay; what each drops stands in the calls of a macro."""
    told = {}
    for model, name in ((V24, "V24H86H1.TXT"), (V28, "V28115H1.TXT")):
        calls = re.findall(r"%SET0\(\s*CC=[^,]*,\s*HIER\s*=\s*%STR\(([^)]*)\)", text(official, HCC, name))
        told[model] = sum(len(re.findall(r"\d+", call)) for call in calls)
    (found,) = rows(official, "cms-hcc-hierarchies", HCC).values()
    assert Counter(row[0][0] for row in found) == told == {V24: 72, V28: 149}
    assert {row[0][2] for row in found if tuple(row[0][:2]) == (V28, "36")} == {"37", "38"}


def test_relative_factors_are_all_there(official: Path) -> None:
    names, values = csv.reader(io.StringIO(text(official, HCC, "V28hcccoefn.csv")))
    (found,) = rows(official, "cms-hcc-coefficients", HCC).values()
    assert len(found) == len(names) == 1_271
    mine = {f"{row[0][1]}_{row[0][2]}".upper(): float(row[0][3]) for row in found}
    assert mine == {name.strip().upper(): float(value) for name, value in zip(names, values, strict=True)}
    assert mine["CNA_HCC37"] == mine["CNA_HCC38"] == 0.166


def test_programs_and_short_names_of_the_software_are_left_aside_for_their_reasons(official: Path) -> None:
    datasets = [name for name in DATASETS if name.startswith("cms-hcc")]
    aside = {name.rpartition("/")[2]: why for name, why in plan(official, HCC, *datasets).left_aside}
    assert set(aside) == {"V2823T2M.TXT", "V28I0ED1.TXT", "V24_label_short.json", "F2823T2N_FY20FY21.TXT"}
    assert "a SAS program" in aside["V2823T2M.TXT"] and "a SAS program" in aside["V28I0ED1.TXT"]
    assert "not CMS's" in aside["V24_label_short.json"]
    assert "same edition as" in aside["F2823T2N_FY20FY21.TXT"]


def test_chronic_conditions_are_all_there(official: Path) -> None:
    lines = list(csv.reader(io.StringIO(text(official, CCIR, "CCIR_v2023-1.csv"))))[3:]
    told = Counter(line[2] for line in lines)
    (found,) = rows(official, "ccir", CCIR).values()
    assert Counter(row[0][2] for row in found) == told == {"0": 51_685, "1": 12_504, "9": 10_360}
    indicator = {row[0][0]: row[0][2] for row in found}
    assert (indicator["E119"], indicator["A000"]) == ("1", "0")
