"""The real ICD-10-PCS files say what they are known to say; counts are taken from the bytes, not by our reader."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from codeward.datasets.icd_10_pcs_tables import expand, published_tables
from codeward.datasets.registry import DATASETS
from codeward.ingest.files import walk
from codeward.ingest.plan import make_plan
from codeward.ingest.rows import Row, read_part
from codeward.ingest.verify import verify
from codeward.services.citations import cited
from codeward.services.look_up import look_up
from codeward.services.pcs_tables import build, code_table
from codeward.services.search import search
from codeward.services.view import View
from codeward.store.library import Library

pytestmark = pytest.mark.official

FY2019, FY2021, FY2024 = date(2019, 3, 1), date(2021, 3, 1), date(2023, 11, 1)
ORDER, XML = "icd10pcs/2019-ICD-10-PCS-Order-File.zip", "icd10pcs/icd10pcs-2021.zip"
LISTS = "icd10cm/icd10cm-codes-2024.zip"


def content(folder: Path, archive: str, name: str) -> bytes:
    with zipfile.ZipFile(folder / archive) as opened:
        return opened.read(name)


def rows(folder: Path, dataset: str, archive: str) -> list[Row]:
    plan = make_plan([folder / archive], {dataset: DATASETS[dataset]})
    return [row for release in plan.releases for part in release.parts for row in read_part(release.dataset, part)]


def test_the_order_file_has_the_codes_and_headers_that_its_own_addenda_count(official: Path) -> None:
    lines = content(official, ORDER, "icd10pcs_order_2019.txt").split(b"\r\n")
    addenda = content(official, ORDER, "order_addenda_2019.txt").decode()
    told = [int(number) for number in re.findall(r"(\d+) (?:headers|codes) in icd10pcs_order_2019", addenda)]
    assert told == [877, 78_881]
    assert [sum(line[14:15] == flag for line in lines) for flag in (b"0", b"1")] == told
    found = rows(official, "icd-10-pcs", ORDER)
    assert [sum(row[0][3] == flag for row in found) for flag in "01"] == told
    knee = next(row for row in found if row[0][0] == "0SRC0J9")
    assert knee[0][1:3] == [
        "Replacement of Right Knee Joint with Synthetic Substitute, Cemented, Open Approach",
        "Replace of R Knee Jt with Synth Sub, Cement, Open Approach",
    ]


def test_the_plain_list_has_a_row_for_every_line(official: Path) -> None:
    listed = content(official, LISTS, "icd10pcs-codes-2024.txt").split(b"\n")
    found = rows(official, "icd-10-pcs", LISTS)
    assert len(found) == 78_603 == len([line for line in listed if line.strip()])
    assert {row[0][0] for row in found} == {line[:7].decode() for line in listed if line.strip()}


def test_every_value_of_the_tables_is_a_row(official: Path) -> None:
    xml = content(official, XML, "icd10pcs_tables_2021.xml")
    found = rows(official, "icd-10-pcs-tables", XML)
    assert len(found) == xml.count(b"<label code=") == 31_794
    assert len({row[0][0] for row in found}) == xml.count(b"<pcsTable>") == 890
    assert len({(row[0][0], row[0][1]) for row in found if row[0][1] != "0"}) == xml.count(b"<pcsRow codes=") == 2_428


def test_expanding_the_tables_gives_the_codes_they_count(official: Path) -> None:
    xml = content(official, XML, "icd10pcs_tables_2021.xml")
    counted = sum(int(number) for number in re.findall(rb'<pcsRow codes="(\d+)"', xml))
    codes = [row[0][0] for row in rows(official, "icd-10-pcs", XML) if row[0][3] == "1"]
    assert len(codes) == len(set(codes)) == counted == 78_136


def test_expanding_a_table_gives_the_codes_that_lists_before_and_after_have_of_it(official: Path) -> None:
    """Of tables that did not change between FY2019 and FY2024, the FY2021 expansion must be the lists' own codes."""
    before = {row[0][0] for row in rows(official, "icd-10-pcs", ORDER) if row[0][3] == "1"}
    after = {row[0][0] for row in rows(official, "icd-10-pcs", LISTS)}
    (file,) = (file for file in walk([official / XML]) if file.base == "icd10pcs_tables_2021.xml")
    with file.open() as stream:
        between = {table.code: {code for code, _, _ in expand(table)} for table in published_tables(stream)}
    same = 0
    for table, codes in between.items():
        earlier, later = ({code for code in listed if code[:3] == table} for listed in (before, after))
        assert earlier & later <= codes
        same += earlier == later == codes
    assert same == 750


def test_headers_of_the_tables_are_titled_as_in_the_order_file(official: Path) -> None:
    ordered = {row[0][0]: row[0][1] for row in rows(official, "icd-10-pcs", ORDER) if row[0][3] == "0"}
    built = {row[0][0]: row[0][1] for row in rows(official, "icd-10-pcs", XML) if row[0][3] == "0"}
    differ = {code for code in ordered.keys() & built.keys() if ordered[code] != built[code]}
    assert len(ordered.keys() & built.keys()) > 850
    assert len(differ) < 20, sorted(differ)


def test_every_term_of_the_index_is_a_row_and_its_codes_are_in_the_tables(official: Path) -> None:
    xml = content(official, XML, "icd10pcs_index_2021.xml")
    found = rows(official, "icd-10-pcs-index", XML)
    assert len(found) == xml.count(b"<mainTerm>") + xml.count(b"<term level=") == 23_866
    pointers = sum(xml.count(tag) for tag in (b"<code>", b"<codes>", b"<tab>"))
    assert sum(bool(row[0][7]) for row in found) == pointers
    assert sum(bool(row[0][6]) for row in found) == xml.count(b"<use>")
    codes = {row[0][0] for row in rows(official, "icd-10-pcs", XML)}
    beginnings = {code[:end] for code in codes for end in range(3, 8)}
    assert sum(bool(row[0][7]) and row[0][7] not in beginnings for row in found) == 0


def test_every_title_of_a_definition_and_every_body_system_of_a_device_is_a_row(official: Path) -> None:
    xml = content(official, XML, "icd10pcs_definitions_2021.xml").decode()
    titles = sum(block.count("<title>") for block in re.findall(r"<terms>.*?</terms>", xml, re.DOTALL))
    assert len(rows(official, "icd-10-pcs-definitions", XML)) == titles == 972
    assert len(rows(official, "icd-10-pcs-devices", XML)) == xml.count("<bodySys>") == 97


def test_the_addenda_are_the_difference_they_say(official: Path) -> None:
    found = rows(official, "icd-10-pcs-addenda", ORDER)
    kinds = [row[0][0] for row in found]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "add": 396,
        "delete": 216,
        "revise-from": 9,
        "revise-to": 9,
    }
    listed = {row[0][0]: row[0][1] for row in rows(official, "icd-10-pcs", ORDER)}
    for cells, *_ in found:
        change, code, title = cells[:3]
        assert (code in listed) is (change != "delete")
        if change in ("add", "revise-to"):
            assert listed[code] == title


@pytest.mark.parametrize(
    ("code", "standing"),
    [
        ("0SRC0J9", ("active", "active", "active")),
        ("X2A5312", ("active", "active", "active")),
        ("XW033H6", ("future", "active", "active")),
        ("021009C", ("active", "active", "active")),
        ("0016074", ("active", "active", "active")),
        ("XY0YX37", ("future", "future", "active")),
        ("XW03331", ("active", "active", "deleted")),
    ],
)
def test_codes_stand_as_their_edition_says(official_library: Library, code: str, standing: tuple[str, ...]) -> None:
    days = (FY2019, FY2021, FY2024)
    listed = tuple(
        bool(official_library.find("icd-10-pcs", official_library.in_force("icd-10-pcs", day), day, code=code))
        for day in days
    )
    assert listed == tuple(status == "active" for status in standing)
    for day, status in zip(days, standing, strict=True):
        assert look_up(official_library, code, day, "icd-10-pcs").value.status == status


def test_a_code_of_the_table_is_built_value_by_value(official_library: Library) -> None:
    view = View(official_library, FY2021)
    table = code_table(view, "0SR")
    assert table is not None
    making = build(table, {4: "C", 5: "0", 6: "J", 7: "9"})
    assert making.code is not None
    assert making.code.value == "0SRC0J9"
    assert build(table, {4: "C", 6: "7"}).beginning == "0SRC07Z"
    assert "9" not in {option.value.character for option in build(table, {6: "7"}).choices[3].options}


def test_search_finds_procedures_among_everything_else(official_library: Library) -> None:
    hits = search(official_library, "right knee joint replacement cemented", FY2024).value.hits
    assert hits[0].code.path == "/icd-10-pcs/0SRC0J9"
    eyelid = search(official_library, "basal cell eyelid", FY2024).value.hits
    assert {hit.code.system for hit in eyelid} == {"icd-10-cm"}
    assert search(official_library, "right knee", FY2024, "icd-10-cm").value.hits


def test_cited_values_and_codes_verify(official_library: Library) -> None:
    answer = look_up(official_library, "0SRC0J9", FY2021)
    places = {source.dataset: source for source in answer.sources}
    assert {"icd-10-pcs", "icd-10-pcs-tables", "icd-10-pcs-definitions", "icd-10-pcs-index"} <= set(places)
    for source in places.values():
        row = cited(official_library, source.citation)
        assert verify(source, row.checked, Path(row.path), row.members).same
