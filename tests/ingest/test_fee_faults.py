"""Fee files that do not fit are refused with the line, the column and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from codeward.core.faults import BadFile
from codeward.datasets.registry import DATASETS
from codeward.ingest.plan import Plan, make_plan
from codeward.ingest.rows import Row, read_part
from golden.published import pack, put, workbook
from making import build_library

GOLDEN = Path(__file__).parents[1] / "golden"
FACTORS = "Contractor,Locality,Locality Name,National Anes CF of 20.3178\r\n10112 ,00 ,ALABAMA,19.31 \r\n"


def plan_of(dataset: str, path: Path) -> Plan:
    return make_plan([path], {dataset: DATASETS[dataset]})


def rows_of(dataset: str, path: Path) -> list[Row]:
    (release,) = plan_of(dataset, path).releases
    return [row for part in release.parts for row in read_part(release.dataset, part)]


def golden(case: str) -> tuple[str, bytes]:
    """Name and bytes of a case's one file."""
    (path,) = (path for path in (GOLDEN / case).iterdir() if path.name != "expected.json")
    return path.name, path.read_bytes()


@pytest.mark.parametrize(
    ("case", "old", "new", "told"),
    [
        (
            "zip-locality/2025-10",
            b"99501",
            b"9950X",
            "1, column 'Zip Code': expected a ZIP code of 5 digits, found '9950X'",
        ),
        ("county-locality/2025", b"10112,0,", b"1O112,0,", "expected a contractor number of 5 digits, found '1O112'"),
        ("clfs/2025Q1", b"00720.00", b"free", "6, column 'RATE': expected a number, found 'free'"),
        ("asp/2025-01", b",0.751,", b",0.75I,", "10, column 'Payment Limit': expected a number"),
        ("asc-ff/2025-01", b"35.62%", b"35.62 pct", "7, column 'offset': expected a number"),
        ("asc-ee/2025-01", b"HCPCS Code", b"Code", "heading 'HCPCS Code' not found"),
        ("dmepos-rural-zip/2025Q1", b"MA,01223", b"MA,", "2, column 'zip': is empty"),
    ],
)
def test_a_cell_that_does_not_fit_is_named(tmp_path: Path, case: str, old: bytes, new: bytes, told: str) -> None:
    name, content = golden(case)
    assert old in content
    target = put(tmp_path, name, content.replace(old, new, 1))
    with pytest.raises(BadFile) as fault:
        rows_of(case.split("/", maxsplit=1)[0], target)
    assert told in str(fault.value)


def test_a_state_s_column_that_is_gone_is_named(tmp_path: Path) -> None:
    name, content = golden("dmepos/2025-01")
    archive = pack(tmp_path / "dme25-a.zip", {name: content.replace(b"WY (R)", b"WY")})
    with pytest.raises(BadFile, match=r"heading .*WY .*R.* not found"):
        rows_of("dmepos", archive)


def test_factors_in_cents_are_out_of_bounds(tmp_path: Path) -> None:
    put(tmp_path / "files", "ANES2025.csv", FACTORS.replace("19.31", "1931"))
    with pytest.raises(BadFile, match="an anesthesia conversion factor is out of bounds"):
        build_library(tmp_path / "home", tmp_path / "files")


def test_two_factors_are_told_apart_by_their_headings(tmp_path: Path) -> None:
    head = (
        "Contractor,Locality,Locality Name,Qualifying APM Anes CF of 20.5998,Non-Qualifying APM Anes CF of 20.4976\r\n"
    )
    (row,) = rows_of("mpfs-anesthesia", put(tmp_path, "ANES2026.csv", head + "10112,00,ALABAMA,19.60,19.50\r\n"))
    assert row[0] == ["10112", "00", "ALABAMA", "19.50", "20.4976", "19.60", "20.5998"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (FACTORS.replace("Contractor", "Carrier"), "no header row with 'Contractor'"),
        (FACTORS.replace("National Anes CF", "Rate"), "expected one column of factors"),
        (FACTORS + "02102,01,ALASKA\r\n", "line 3: expected 4 columns, found 3"),
    ],
)
def test_a_factor_file_of_another_make_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(BadFile, match=told):
        rows_of("mpfs-anesthesia", put(tmp_path, "ANES2025.csv", text))


def test_the_workbook_beside_the_508_version_is_left_aside(tmp_path: Path) -> None:
    name, content = golden("asp/2025-01")
    put(tmp_path, "Jan 2025 ASP Pricing File updated 030725.xls", b"\xd0\xcf\x11\xe0 an old workbook")
    put(tmp_path, name, content)
    plan = plan_of("asp", tmp_path)
    assert [part.main[2].name for part in plan.releases[0].parts] == [name]
    assert plan.left_aside == [("Jan 2025 ASP Pricing File updated 030725.xls", f"same edition as {name}")]


def test_the_old_workbook_alone_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "Jan 2025 ASP Pricing File updated 030725.xls", b"\xd0\xcf\x11\xe0 an old workbook")
    with pytest.raises(BadFile, match="not a readable workbook"):
        rows_of("asp", path)


def test_base_units_out_of_a_workbook_get_their_zeros_back(tmp_path: Path) -> None:
    sheet = [("2025 Anesthesia Base Units by CPT Code",), (), ("CODE", "BASE UNITS"), (199, 5), ("01998", 7)]
    path = put(tmp_path, "2025 Anesthesia Base Units by CPT Code.xlsx", workbook(sheet))
    assert [row[0] for row in rows_of("mpfs-anesthesia-base", path)] == [["00199", "5"], ["01998", "7"]]


NOTICE = "Notice: invented.\r\n\r\n"
LONG = NOTICE + "99998\tInvented service\r\n99997\tAnother one\r\n"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"LONGULT.txt": LONG + "9999\tToo short\r\n"}, "the long text, line 5: expected a five-character code"),
        ({"LONGULT.txt": LONG + "99998\tAgain\r\n"}, "line 5: 99998 stands there twice"),
        ({"LONGULF.txt": NOTICE + "9999801 One\r\n9999803 Three\r\n"}, "line 4: piece 3 of 99998, expected 2"),
        ({"LONGULT.txt": LONG, "MEDU.txt": NOTICE + "99996 STRANGER\r\n"}, "the medium text has 99996"),
        ({"LONGULT.txt": LONG, "SHORTU.txt": NOTICE}, "the short text holds no line"),
    ],
)
def test_a_licensed_delivery_that_does_not_fit_is_refused(tmp_path: Path, files: dict[str, str], told: str) -> None:
    with pytest.raises(BadFile, match=told):
        rows_of("cpt-descriptors", pack(tmp_path / "CPT2026.zip", files))


def test_the_best_of_four_long_files_is_read(tmp_path: Path) -> None:
    files = {
        "LONGUF.txt": NOTICE + "9999801 INVENTED SERVICE\r\n",
        "LONGULT.txt": LONG,
        "MODUL.txt": "99 not read",
        "MEDU.txt": NOTICE + "99998 MEDIUM\r\n",
    }
    path = pack(tmp_path / "CPT2026.zip", files)
    assert [row[0] for row in rows_of("cpt-descriptors", path)] == [
        ["99998", "Invented service", "MEDIUM", ""],
        ["99997", "Another one", "", ""],
    ]
    aside = dict(plan_of("cpt-descriptors", path).left_aside)
    assert aside["CPT2026.zip/LONGUF.txt"] == "same edition as CPT2026.zip/LONGULT.txt"


def test_a_delivery_without_a_long_file_is_read_from_what_it_has(tmp_path: Path) -> None:
    path = pack(tmp_path / "CPT2026.zip", {"SHORTU.txt": NOTICE + "99998 SHORT\r\n"})
    assert [row[:2] for row in rows_of("cpt-descriptors", path)] == [(["99998", "", "", "SHORT"], 3)]
