"""A citation is verified by reading its line again: one changed byte is noticed, a changed neighbour told apart."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from codeward.core.faults import Fault, NotFound
from codeward.ingest.verify import Verdict, verify
from codeward.services.citations import cited
from codeward.store.library import open_library
from codeward.tools.cli.main import app
from golden import keyed_store, published, small_set
from golden.published import pack, put, workbook
from making import build_library

Check = Callable[[str], Verdict]

CITATIONS = {
    "csv": (
        "mpfs-rvu@2025D:PPRRVU2025_Oct.csv#13",
        "mpfs/PPRRVU2025_Oct.csv",
        b"20.44",
        b"20.45",
    ),
    "csv, a column that is not read": (
        "mpfs-rvu@2025D:PPRRVU2025_Oct.csv#13",
        "mpfs/PPRRVU2025_Oct.csv",
        b"99,0.00,0.00,0.00",
        None,
    ),
    "tab": (
        "ncci-ptp-practitioner@v30.2:ccipra-v302r0-f1.txt#9",
        "ncci/ccipra-v302r0-f1.txt",
        b"17311\t11102",
        b"17311\t11103",
    ),
    "tab, quoted": (
        "opps-addendum-b@2025-10:October_2025_Web_Addendum_B.txt#4",
        "opps/October_2025_Web_Addendum_B.txt",
        b"1,801.10",
        b"1,801.11",
    ),
    "multi-line preamble": (
        "ncci-mue-practitioner@2026Q2:MCR_MUE_PractitionerServices_Eff_04-01-2026.csv#6",
        "ncci/MCR_MUE_PractitionerServices_Eff_04-01-2026.csv",
        b"17311,5",
        b"17311,6",
    ),
    "fixed width": (
        "hcpcs@2025-10:HCPC2025_OCT_ANWEB.txt#9",
        "hcpcs/HCPC2025_OCT_ANWEB.txt",
        b"per 15 mg",
        b"per 16 mg",
    ),
    "fixed width, continuation record": (
        "hcpcs@2025-10:HCPC2025_OCT_ANWEB.txt#6",
        "hcpcs/HCPC2025_OCT_ANWEB.txt",
        b"home use",
        b"home abc",
    ),
    "fixed width, a column that is not read": (
        "hcpcs@2025-10:HCPC2025_OCT_ANWEB.txt#9",
        "hcpcs/HCPC2025_OCT_ANWEB.txt",
        b"J188500100",
        b"J188500110",
    ),
    "xml": (
        "icd-10-cm@2026-04:icd10c-tabular-April-1-2026.xml#/ICD10CM.tabular/chapter[3]/section/diag/diag[1]",
        "icd/icd10c-tabular-April-1-2026.xml",
        b"Actinic keratosis",
        b"Actinic keratosiz",
    ),
    "xml, a note of the code": (
        "icd-10-cm@2026-04:icd10c-tabular-April-1-2026.xml#/ICD10CM.tabular/chapter[3]/section/diag/diag[1]",
        "icd/icd10c-tabular-April-1-2026.xml",
        b"Solar keratosis",
        b"Solar keratosiz",
    ),
    "xml, built code": (
        "icd-10-cm@2026-04:icd10c-tabular-April-1-2026.xml#/ICD10CM.tabular/chapter[4]/section/diag/diag/diag[1]@A",
        "icd/icd10c-tabular-April-1-2026.xml",
        b"Abrasion",
        b"Abrasior",
    ),
    "xml note": (
        "icd-10-cm-notes@2026-04:icd10c-tabular-April-1-2026.xml#/ICD10CM.tabular/chapter[1]/section/diag/includes/note",
        "icd/icd10c-tabular-April-1-2026.xml",
        b"sweat glands",
        b"sweat gland ",
    ),
    "own reader": (
        "cms-hcc@PY2026:ra_dx_to_cc_2026.csv#2",
        "hcc/ra_dx_to_cc_2026.csv",
        b"C441121,12,CMS",
        b"C441121,13,CMS",
    ),
    "quoted csv": (
        "nucc-taxonomy@v25.1:nucc_taxonomy_251.csv#3",
        "nucc/nucc_taxonomy_251.csv",
        b"by stages",
        b"by stagez",
    ),
}


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory, small_files: Path) -> Path:
    """A library whose files may be changed, and a copy of them to go back to."""
    folder = tmp_path_factory.mktemp("verify")
    shutil.copytree(small_files, folder / "files")
    shutil.copytree(small_files, folder / "kept")
    build_library(folder / "home", folder / "files")
    return folder


@pytest.fixture
def bench(pristine: Path) -> Path:
    """The files as they were when the library was built."""
    shutil.rmtree(pristine / "files")
    shutil.copytree(pristine / "kept", pristine / "files")
    return pristine


def read_again(home: Path, citation: str) -> Verdict:
    """Verify as the command does."""
    row = cited(open_library(home), citation)
    return verify(row.source, row.checked, Path(row.path), row.members)


def change(path: Path, was: bytes, now: bytes) -> None:
    """Replace the one place where the bytes stand."""
    content = path.read_bytes()
    assert content.count(was) == 1
    path.write_bytes(content.replace(was, now))


@pytest.mark.parametrize("kind", CITATIONS)
def test_an_untouched_line_is_verified(bench: Path, kind: str) -> None:
    citation, *_ = CITATIONS[kind]
    verdict = read_again(bench / "home", citation)
    assert (verdict.same, verdict.file_same) == (True, True)
    assert "reads as cited" in verdict.words


def change_in_line(path: Path, citation: str, was: bytes) -> None:
    """One byte of the cited line, in a column that no row holds."""
    lines = path.read_bytes().split(b"\n")
    at = int(citation.rsplit("#", 1)[1]) - 1
    assert was in lines[at]
    lines[at] = lines[at].replace(was, was[:-1] + b"1")
    path.write_bytes(b"\n".join(lines))


@pytest.mark.parametrize("kind", CITATIONS)
def test_one_changed_byte_of_the_line_differs(bench: Path, kind: str) -> None:
    citation, name, was, now = CITATIONS[kind]
    path = bench / "files" / name
    if now is None:
        change_in_line(path, citation, was)
    else:
        change(path, was, now)
    verdict = read_again(bench / "home", citation)
    assert (verdict.same, verdict.file_same) == (False, False)


@pytest.mark.parametrize(
    ("citation", "name", "was", "now"),
    [
        ("mpfs-rvu@2025D:PPRRVU2025_Oct.csv#13", "mpfs/PPRRVU2025_Oct.csv", b"1.35,,0.57", b"1.36,,0.57"),
        ("ncci-ptp-practitioner@v30.2:ccipra-v302r0-f1.txt#9", "ncci/ccipra-v302r0-f1.txt", b"88305", b"88304"),
        ("hcpcs@2025-10:HCPC2025_OCT_ANWEB.txt#9", "hcpcs/HCPC2025_OCT_ANWEB.txt", b"box of fifty", b"box of sixty"),
        (
            "icd-10-cm@2026-04:icd10c-tabular-April-1-2026.xml#/ICD10CM.tabular/chapter[3]/section/diag/diag[1]",
            "icd/icd10c-tabular-April-1-2026.xml",
            b"Actinic reticuloid",
            b"Actinic reticulois",
        ),
    ],
)
def test_another_changed_line_leaves_this_one_verified(
    bench: Path, citation: str, name: str, was: bytes, now: bytes
) -> None:
    change(bench / "files" / name, was, now)
    verdict = read_again(bench / "home", citation)
    assert (verdict.same, verdict.file_same) == (True, False)
    assert "elsewhere" in verdict.words


def test_a_preamble_byte_leaves_the_line_verified(bench: Path) -> None:
    change(bench / "files/mpfs/PPRRVU2025_Oct.csv", b"RELEASED", b"RELEASEE")
    verdict = read_again(bench / "home", "mpfs-rvu@2025D:PPRRVU2025_Oct.csv#13")
    assert (verdict.same, verdict.file_same) == (True, False)


def test_a_line_pushed_down_differs(bench: Path) -> None:
    path = bench / "files/mpfs/PPRRVU2025_Oct.csv"
    lines = path.read_bytes().split(b"\r\n")
    path.write_bytes(b"\r\n".join([*lines[:11], lines[11].replace(b"11102", b"11101"), *lines[11:]]))
    assert not read_again(bench / "home", "mpfs-rvu@2025D:PPRRVU2025_Oct.csv#13").same


def test_a_line_cut_off_is_said_to_be_gone(bench: Path) -> None:
    path = bench / "files/mpfs/PPRRVU2025_Oct.csv"
    path.write_bytes(b"\r\n".join(path.read_bytes().split(b"\r\n")[:20]) + b"\r\n")
    verdict = read_again(bench / "home", "mpfs-rvu@2025D:PPRRVU2025_Oct.csv#25")
    assert not verdict.same
    assert "no longer there" in verdict.words


def test_a_file_that_is_gone_is_said_to_be_gone(bench: Path) -> None:
    (bench / "files/mpfs/PPRRVU2025_Oct.csv").unlink()
    with pytest.raises(NotFound, match=r"PPRRVU2025_Oct\.csv is gone"):
        read_again(bench / "home", "mpfs-rvu@2025D:PPRRVU2025_Oct.csv#13")


def test_a_file_that_can_no_longer_be_read_differs(bench: Path) -> None:
    put(bench / "files", "mpfs/PPRRVU2025_Oct.csv", "rubbish\n")
    verdict = read_again(bench / "home", "mpfs-rvu@2025D:PPRRVU2025_Oct.csv#13")
    assert not verdict.same
    assert "can no longer be read" in verdict.words


def test_a_fault_behind_the_cited_line_does_not_hide_it(bench: Path) -> None:
    change(bench / "files/mpfs/PPRRVU2025_Oct.csv", b"1.35,,0.57", b"1.3O,,0.57")
    verdict = read_again(bench / "home", "mpfs-rvu@2025D:PPRRVU2025_Oct.csv#11")
    assert not verdict.file_same


@pytest.mark.parametrize("edition", ["2025A", "2025D"])
def test_every_edition_that_repeats_a_row_verifies_its_own_line(bench: Path, edition: str) -> None:
    """88305 did not change between January and October: one interval, two places."""
    library = open_library(bench / "home")
    release = next(item for item in library.editions("mpfs-rvu") if item.edition == edition)
    for found in library.find("mpfs-rvu", release, release.effective):
        assert read_again(bench / "home", found.source.citation).same


def test_every_citation_of_the_library_verifies(bench: Path) -> None:
    library = open_library(bench / "home")
    for release in library.releases:
        for found in library.find(release.dataset, release, release.known_from)[:3]:
            assert read_again(bench / "home", found.source.citation).same, found.source.citation


def test_a_member_of_a_zip_and_a_workbook(tmp_path: Path) -> None:
    fees = published.rvu(small_set.RVU_2024, "33.2875")
    pack(tmp_path / "in/rvu24c.zip", {"PPRRVU24_JUL.csv": fees})
    heads = (
        "HCPC,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,PRICE1,MULT_PI,STATUTE,XREF1,COV,BETOS,TOS1,ADD DT,ACT EFF DT"
    )
    blank = [None] * 11
    sheet: list[list[object]] = [
        [*heads.split(","), "TERM DT", "ACTION CD", "PROCNOTE"],
        ["LT", "7", "Left side", "Left side", *blank, None],
        ["A9001", "3", "Strip", "Strip", *blank, "0003"],
    ]
    put(tmp_path, "in/HCPC2019_CONTR_ANWEB.xlsx", workbook(sheet))
    build_library(tmp_path / "home", tmp_path / "in")
    zipped, cell = "mpfs-rvu@2024C:rvu24c.zip/PPRRVU24_JUL.csv#12", "hcpcs@2019:HCPC2019_CONTR_ANWEB.xlsx#3"
    assert read_again(tmp_path / "home", zipped).file_same
    assert read_again(tmp_path / "home", cell).file_same
    pack(tmp_path / "in/rvu24c.zip", {"PPRRVU24_JUL.csv": fees.replace("20.45", "20.46")})
    sheet[2][-1] = "0004"
    put(tmp_path, "in/HCPC2019_CONTR_ANWEB.xlsx", workbook(sheet))
    assert not read_again(tmp_path / "home", zipped).same
    assert not read_again(tmp_path / "home", cell).same


def test_a_row_of_a_keyed_store(tmp_path: Path) -> None:
    store = keyed_store.write(tmp_path / "in")
    build_library(tmp_path / "home", store)
    citation = "ncci-ptp-outpatient@2026Q2-oce:pyoce.mdb.xz#map_ncci/17311|1"
    assert read_again(tmp_path / "home", citation).file_same
    keyed_store.write(tmp_path / "in", last_version=82)
    other = "ncci-ptp-outpatient@2026Q2-oce:pyoce.mdb.xz#map_ncci/17311|0"
    verdict = read_again(tmp_path / "home", other)
    assert (verdict.same, verdict.file_same) == (True, False)
    assert not read_again(tmp_path / "home", citation).same


def test_a_zip_without_the_member_and_a_damaged_zip(tmp_path: Path) -> None:
    fees = published.rvu(small_set.RVU_2024, "33.2875")
    archive = pack(tmp_path / "in/rvu24c.zip", {"PPRRVU24_JUL.csv": fees})
    build_library(tmp_path / "home", tmp_path / "in")
    citation = "mpfs-rvu@2024C:rvu24c.zip/PPRRVU24_JUL.csv#12"
    with zipfile.ZipFile(archive, "w") as emptied:
        emptied.writestr("readme.txt", "gone")
    assert not read_again(tmp_path / "home", citation).same
    archive.write_bytes(archive.read_bytes()[:-30])
    assert not read_again(tmp_path / "home", citation).same


@pytest.mark.parametrize("form", ["citation", "json"])
def test_the_command_ends_with_0_when_it_reads_as_cited_and_1_when_it_differs(bench: Path, form: str) -> None:
    citation = "mpfs-rvu@2025D:PPRRVU2025_Oct.csv#13"
    source = cited(open_library(bench / "home"), citation).source
    given = citation if form == "citation" else json.dumps(source.as_dict())
    command = ["library", "verify", given, "--library", str(bench / "home")]
    same = CliRunner().invoke(app, command)
    assert (same.exit_code, same.stdout.startswith("verified")) == (0, True)
    change(bench / "files/mpfs/PPRRVU2025_Oct.csv", b"20.44", b"20.45")
    other = CliRunner().invoke(app, command)
    assert (other.exit_code, other.stdout.startswith("differs")) == (1, True)


def test_a_source_object_of_other_bytes_is_not_verified(bench: Path) -> None:
    """A source that carries another sha256 speaks of another file, whatever its name and line say."""
    source = cited(open_library(bench / "home"), "mpfs-rvu@2025D:PPRRVU2025_Oct.csv#13").source.as_dict()
    try:
        verdict = read_again(bench / "home", json.dumps(source | {"sha256": "0" * 64}))
    except Fault:
        return
    assert not (verdict.same and verdict.file_same)
