"""A file that cannot be trusted is refused with one line that names it, and the library in use stays as it was."""

from __future__ import annotations

import resource
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from codeward.core.faults import BadFile, BadInput, Fault
from codeward.ingest import files
from codeward.store.home import Home
from codeward.store.library import Library, open_library
from golden import published, small_set
from golden.published import put
from making import build_library

FEES = "PPRRVU25_JAN.csv"
TABULAR = "icd10c-tabular-April-1-2026.xml"
XML = small_set.TABULAR.format(year=2026, sclerosis="")
TEXTS = (
    "betpuf20.txt",
    "ra_dx_to_cc_2026.csv",
    "icd10cm-codes-2024.txt",
    TABULAR,
    FEES,
    "nucc_taxonomy_251.csv",
    "HCPC2019_CONTR_ANWEB.txt",
)
GOOD_FEES = published.rvu(small_set.RVU_2024, "32.3465", 2025, "January")


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library in use."""
    folder = tmp_path_factory.mktemp("hostile")
    put(folder, "in/PPRRVU24_JUL.csv", published.rvu(small_set.RVU_2024, "33.2875"))
    build_library(folder / "home", folder / "in")
    return open_library(folder / "home")


@pytest.fixture
def refused(old: Library, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Tries to build, and returns the one line of the fault once it is sure that nothing else has changed."""
    home = Home(old.folder.parent.parent)

    def attempt(*paths: Path, names: str) -> str:
        with pytest.raises(Fault) as caught:
            build_library(home.root, *(paths or (tmp_path,)))
        assert isinstance(caught.value, BadFile | BadInput)
        text = str(caught.value)
        assert len(text.splitlines()) == 1
        assert len(text) < 400
        assert names in text
        assert (home.root / "current").readlink() == Path("libraries") / old.hash
        assert [path.name for path in home.libraries.iterdir()] == [old.hash]
        release = open_library(home.root).editions("mpfs-rvu")[0]
        assert open_library(home.root).find("mpfs-rvu", release, release.effective, code="17311")
        return text

    yield attempt
    home.point_to(old.folder)
    for left in home.libraries.iterdir():
        if left.name != old.hash:
            shutil.rmtree(left)


Refused = Callable[..., str]


def zipped(folder: Path, name: str = "rvu25a.zip", **members: str) -> Path:
    """A zip with the fee schedule in it."""
    return published.pack(folder / name, members or {FEES: GOOD_FEES})


def pair_parts(folder: Path, **changed: str | None) -> None:
    """The four parts of a pair edit table, one changed or (None) left out."""
    for part, rows in small_set.PAIRS.items():
        text = changed.get(part, published.ptp(rows))
        if text is not None:
            put(folder, f"ccipra-v302r0-{part}.txt", text)


def test_truncated_zip(refused: Refused, tmp_path: Path) -> None:
    whole = zipped(tmp_path)
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert "zip" in refused(names="rvu25a.zip")


def test_zip_with_a_flipped_byte_in_its_data(refused: Refused, tmp_path: Path) -> None:
    whole = zipped(tmp_path)
    content = bytearray(whole.read_bytes())
    content[len(content) // 3] ^= 0xFF
    whole.write_bytes(bytes(content))
    refused(names="rvu25a.zip")


def test_encrypted_zip(refused: Refused, tmp_path: Path) -> None:
    whole = zipped(tmp_path)
    content = bytearray(whole.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    whole.write_bytes(bytes(content))
    assert "encrypted" in refused(names="rvu25a.zip")


def test_not_a_zip(refused: Refused, tmp_path: Path) -> None:
    put(tmp_path, "rvu25a.zip", "not a zip at all")
    assert "not a readable zip" in refused(names="rvu25a.zip")


def test_web_page_saved_as_a_zip(refused: Refused, tmp_path: Path) -> None:
    put(tmp_path, "rvu25a.zip", "<!DOCTYPE html><html><head><title>404 Not Found</title></head></html>")
    assert "not a readable zip" in refused(names="rvu25a.zip")


def test_web_page_saved_as_csv(refused: Refused, tmp_path: Path) -> None:
    put(tmp_path, FEES, "<!DOCTYPE html>\n<html><head><title>404 Not Found</title></head>\n<body>Gone</body></html>\n")
    assert "HCPCS" in refused(names=FEES)


def test_wrong_file_under_a_published_name(refused: Refused, tmp_path: Path) -> None:
    put(tmp_path, FEES, published.NUCC_HEADER + "".join(row + "\n" for row in small_set.TAXONOMY))
    text = refused(names=FEES)
    assert "HCPCS" in text or "heading" in text


def test_unknown_files_alone(refused: Refused, tmp_path: Path) -> None:
    put(tmp_path, "holiday.jpg", b"\xff\xd8\xff\xe0")
    assert "none of the given files belongs to a dataset" in refused(names="holiday.jpg")


def test_a_path_that_is_not_there(refused: Refused, tmp_path: Path) -> None:
    assert "no such file or folder" in refused(tmp_path / "gone.zip", names="gone.zip")


@pytest.mark.parametrize("part", ["f1", "f3", "f4"])
def test_a_missing_part(refused: Refused, tmp_path: Path, part: str) -> None:
    pair_parts(tmp_path, **{part: None})
    assert f"lacks part {part}" in refused(names="ccipra-v302r0")


def test_a_truncated_part(refused: Refused, tmp_path: Path) -> None:
    rows = [f"17311 {code} 20200101 * 1" for code in range(20000, 20040)]
    pair_parts(tmp_path, f1=published.ptp(rows), f2=published.ptp(rows[:3]), f3=published.ptp(rows[5:30]))
    assert "truncated" in refused(names="ccipra-v302r0-f2.txt")


def test_a_part_cut_in_the_middle_of_a_line(refused: Refused, tmp_path: Path) -> None:
    pair_parts(tmp_path, f2=published.ptp(small_set.PAIRS["f2"])[:-70])
    assert "expected at least 7 columns" in refused(names="ccipra-v302r0-f2.txt:9")


def test_a_renamed_column_names_line_column_and_nearest_heading(refused: Refused, tmp_path: Path) -> None:
    put(tmp_path, FEES, GOOD_FEES.replace("CONV,DIAGNOSTIC", "KONV,DIAGNOSTIC"))
    text = refused(names=f"{FEES}:10")
    assert "CONV FACTOR" in text
    assert "nearest is 'KONV FACTOR'" in text


def test_a_renamed_column_of_a_one_line_header(refused: Refused, tmp_path: Path) -> None:
    good = published.NUCC_HEADER + "".join(row + "\n" for row in small_set.TAXONOMY)
    put(tmp_path, "nucc_taxonomy_251.csv", good.replace("Classification", "Klassification", 1))
    text = refused(names="nucc_taxonomy_251.csv:1")
    assert "'Classification'" in text
    assert "nearest is 'KLASSIFICATION'" in text


def test_columns_may_be_moved(old: Library, tmp_path: Path) -> None:
    """Headings decide, never positions."""
    rows = [["Grouping", "Code", "Specialization", "Classification", "Notes", "Definition"],
            ["Group", "193200000X", "", "Multi-Specialty", "", ""]]  # fmt: skip
    put(tmp_path, "in/nucc_taxonomy_201.csv", "".join(",".join(row) + "\n" for row in rows))
    build_library(tmp_path / "home", tmp_path / "in")
    library = open_library(tmp_path / "home")
    release = library.editions("nucc-taxonomy")[0]
    (found,) = library.find("nucc-taxonomy", release, release.effective)
    assert (found.row.code, found.row.classification) == ("193200000X", "Multi-Specialty")


def bomb(target: Path, name: str, size: int) -> Path:
    """A zip of zeros, written in a stream."""
    block = b"\0" * (1 << 20)
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(name, "w", force_zip64=True) as stream,
    ):
        for _ in range(size >> 20):
            stream.write(block)
    return target


def test_two_gigabyte_bomb(refused: Refused, tmp_path: Path) -> None:
    bomb(tmp_path / "rvu25a.zip", FEES, 2 << 30)
    assert "too large" in refused(names=f"rvu25a.zip/{FEES}")


def test_bomb_below_the_size_limit(refused: Refused, tmp_path: Path) -> None:
    bomb(tmp_path / "rvu25a.zip", FEES, 64 << 20)
    assert "not opened" in refused(names=f"rvu25a.zip/{FEES}")


def test_bomb_that_lies_about_its_size(refused: Refused, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The directory says 1,000 bytes; what comes out is what counts."""
    monkeypatch.setattr(files, "MAX_BYTES", 8 << 20)
    target = bomb(tmp_path / "rvu25a.zip", FEES, 16 << 20)
    content = bytearray(target.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    target.write_bytes(bytes(content))
    refused(names="rvu25a.zip")


def test_bomb_in_an_inner_zip(refused: Refused, tmp_path: Path) -> None:
    inner = bomb(tmp_path / "inner.zip", FEES, 64 << 20)
    published.pack(tmp_path / "rvu25a.zip", {"inner.zip": inner.read_bytes()})
    inner.unlink()
    assert "not opened" in refused(names="rvu25a.zip/inner.zip")


def test_zips_three_deep(refused: Refused, tmp_path: Path) -> None:
    inmost = published.pack(tmp_path / "work/c.zip", {FEES: GOOD_FEES})
    middle = published.pack(tmp_path / "work/b.zip", {"c.zip": inmost.read_bytes()})
    outer = published.pack(tmp_path / "a.zip", {"b.zip": middle.read_bytes()})
    assert "zip inside a zip" in refused(outer, names="a.zip/b.zip/c.zip")


def test_zips_two_deep_are_read(tmp_path: Path) -> None:
    inner = published.pack(tmp_path / "work/rvu25a.zip", {FEES: GOOD_FEES})
    outer = published.pack(tmp_path / "all.zip", {"rvu25a.zip": inner.read_bytes()})
    build_library(tmp_path / "home", outer)
    library = open_library(tmp_path / "home")
    release = library.editions("mpfs-rvu")[0]
    found = library.find("mpfs-rvu", release, release.effective, code="17311")[0]
    assert found.source.file == f"all.zip/rvu25a.zip/{FEES}"


@pytest.mark.parametrize("member", [f"../{FEES}", f"/etc/{FEES}", f"a/../../{FEES}", f"..\\{FEES}"])
def test_member_that_climbs_out(refused: Refused, tmp_path: Path, member: str) -> None:
    zipped(tmp_path, **{member: GOOD_FEES})
    assert "outside the archive" in refused(names="rvu25a.zip")


def test_member_that_is_a_link(refused: Refused, tmp_path: Path) -> None:
    info = zipfile.ZipInfo(FEES)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "rvu25a.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert "outside the archive" in refused(names="rvu25a.zip")


def test_more_than_two_thousand_members(refused: Refused, tmp_path: Path) -> None:
    zipped(tmp_path, **{f"{number}.txt": "" for number in range(2001)})
    assert "2,001 members" in refused(names="rvu25a.zip")


BILLION = """<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;">]>
<ICD10CM.tabular><chapter><name>&e;&e;&e;</name></chapter></ICD10CM.tabular>
"""
EXTERNAL = """<?xml version="1.0"?>
<!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<ICD10CM.tabular><chapter><name>1</name><desc>&x;</desc></chapter></ICD10CM.tabular>
"""
EXTERNAL_DTD = '<?xml version="1.0"?>\n<!DOCTYPE t SYSTEM "file:///etc/passwd">\n<ICD10CM.tabular/>\n'


@pytest.mark.parametrize(
    "text", [BILLION, EXTERNAL, EXTERNAL_DTD], ids=["billion laughs", "external entity", "external DTD"]
)
def test_xml_that_defines_entities(refused: Refused, tmp_path: Path, text: str) -> None:
    put(tmp_path, TABULAR, text)
    assert "root:" not in refused(names=TABULAR)


def test_malformed_xml(refused: Refused, tmp_path: Path) -> None:
    put(tmp_path, TABULAR, XML[: len(XML) // 2])
    assert "not well-formed" in refused(names=TABULAR)


def test_deeply_nested_xml(refused: Refused, tmp_path: Path) -> None:
    put(tmp_path, TABULAR, "<ICD10CM.tabular>" + "<chapter>" * 100_000 + "</chapter>" * 100_000 + "</ICD10CM.tabular>")
    refused(names=TABULAR)


def test_deep_codes_within_what_the_parser_allows(tmp_path: Path) -> None:
    """200 diag elements inside each other are read, not a stack overflow."""
    deep = "".join(f"<diag><name>A{at}</name><desc>x</desc>" for at in range(100, 300)) + "</diag>" * 200
    section = f"<section id='A'><desc>x</desc>{deep}</section>"
    put(
        tmp_path,
        TABULAR,
        f"<ICD10CM.tabular><chapter><name>1</name><desc>x</desc>{section}</chapter></ICD10CM.tabular>",
    )
    build_library(tmp_path / "home", tmp_path / TABULAR)
    assert open_library(tmp_path / "home").editions("icd-10-cm")[0].rows == 200


def test_other_xml(refused: Refused, tmp_path: Path) -> None:
    put(tmp_path, TABULAR, "<ICD10CM.index><title/></ICD10CM.index>")
    assert "expected 'ICD10CM.tabular'" in refused(names=TABULAR)


def test_tabular_without_codes(refused: Refused, tmp_path: Path) -> None:
    put(tmp_path, TABULAR, "<ICD10CM.tabular><version>2026</version></ICD10CM.tabular>")
    assert "no rows" in refused(names=TABULAR)


def test_code_without_a_title(refused: Refused, tmp_path: Path) -> None:
    put(tmp_path, TABULAR, XML.replace("<desc>Actinic keratosis</desc>", "<desc/>"))
    assert "title" in refused(names=f"{TABULAR}:/ICD10CM.tabular/chapter[3]")


def test_bytes_that_are_not_utf8(refused: Refused, tmp_path: Path) -> None:
    put(tmp_path, FEES, GOOD_FEES.encode().replace(b"17312,,", b"17312,,caf\xe9", 1))
    text = refused(names=f"{FEES}:13")
    assert "0xe9" in text
    assert "UTF-8" in text


def test_bytes_that_are_not_utf8_in_an_order_file(refused: Refused, tmp_path: Path) -> None:
    line = b"00001 A00     0 Cholera                                                      Chol\xe9ra\r\n"
    put(tmp_path, "icd10cm-order-Jan-2021.txt", line)
    assert "not UTF-8" in refused(names="icd10cm-order-Jan-2021.txt")


@pytest.mark.parametrize("name", [*TEXTS, "ccipra-v302r0-f1.txt"])
def test_utf16(refused: Refused, tmp_path: Path, name: str) -> None:
    if name.startswith("ccipra"):
        pair_parts(tmp_path)
    put(tmp_path, name, GOOD_FEES.encode("utf-16"))
    refused(names=name)


@pytest.mark.parametrize("name", [*TEXTS, "icd10cm_order_2019.txt", "HCPC2019_CONTR_ANWEB.xlsx", "AOC_V2024Q3-MCR.txt"])
@pytest.mark.parametrize("content", [b"", b"\n\n\n", b"\0" * 4096], ids=["empty", "blank", "zeros"])
def test_nothing_in_the_file(refused: Refused, tmp_path: Path, name: str, content: bytes) -> None:
    put(tmp_path, name, content)
    refused(names=name)


@pytest.mark.parametrize("name", ["betpuf20.txt", "ra_dx_to_cc_2026.csv", "icd10cm-codes-2024.txt", FEES])
def test_random_bytes(refused: Refused, tmp_path: Path, name: str) -> None:
    put(tmp_path, name, bytes(range(256)) * 40)
    refused(names=name)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (FEES, published.rvu((), "32.3465")),
        ("nucc_taxonomy_251.csv", published.NUCC_HEADER),
        ("AOC_V2024Q3-MCR.txt", published.aoc(())),
        ("ra_dx_to_cc_2026.csv", "diagnosis_code,cc,model_name\n"),
        ("HCPC2019_CONTR_ANWEB.txt", "***Disclaimers\r\n\r\n"),
    ],
    ids=["csv", "quoted csv", "tab", "own reader", "fixed width"],
)
def test_a_header_without_rows(refused: Refused, tmp_path: Path, name: str, text: str) -> None:
    put(tmp_path, name, text)
    assert "no rows" in refused(names=name)


@pytest.mark.parametrize(
    ("old_cell", "new_cell", "column"),
    [
        ("6.20,13.61", "6.2O,13.61", "WORK RVU"),
        ("6.20,13.61", "6.20,thirteen", "NON-FAC PE RVU"),
        ("17311,,,A", "173111,,,A", "HCPCS"),
        ("17311,,,A", "17311,,,", "status"),
        (",000,0.00,0.00,0.00,2,0,1,0,0,,32.3465", ",000,0.00,0.00,0.00,2,0,1,0,0,,", "conversion_factor"),
    ],
)
def test_a_bad_cell_names_line_and_column(
    refused: Refused, tmp_path: Path, old_cell: str, new_cell: str, column: str
) -> None:
    lines = GOOD_FEES.split("\r\n")
    lines[11] = lines[11].replace(old_cell, new_cell)
    put(tmp_path, FEES, "\r\n".join(lines))
    assert f"column '{column}'" in refused(names=f"{FEES}:12")


@pytest.mark.parametrize(
    ("written", "column"),
    [("20241301", "Effective Date"), ("2024-01-01", "Effective Date"), ("20230230", "Effective Date")],
)
def test_a_bad_date_names_line_and_column(refused: Refused, tmp_path: Path, written: str, column: str) -> None:
    pair_parts(tmp_path, f2=published.ptp(small_set.PAIRS["f2"]).replace("20070101", written, 1))
    assert f"column '{column}'" in refused(names="ccipra-v302r0-f2.txt:7")


def test_a_short_row_names_its_line(refused: Refused, tmp_path: Path) -> None:
    lines = GOOD_FEES.split("\r\n")
    lines[13] = "17313,,,A"
    put(tmp_path, FEES, "\r\n".join(lines))
    assert "columns" in refused(names=f"{FEES}:14")


def test_a_row_cut_off_at_the_end_of_the_file(refused: Refused, tmp_path: Path) -> None:
    put(tmp_path, FEES, GOOD_FEES[:-60])
    refused(names=FEES)


def test_an_open_quote_that_swallows_the_file(refused: Refused, tmp_path: Path) -> None:
    lines = GOOD_FEES.split("\r\n")
    lines[13] = lines[13].replace("17313,,", '17313,,"', 1)
    put(tmp_path, FEES, "\r\n".join(lines))
    refused(names=FEES)


def test_the_same_key_with_different_values(refused: Refused, tmp_path: Path) -> None:
    rows = (*small_set.RVU_2024, small_set.RVU_2024[1].replace("20.45", "21.45"))
    put(tmp_path, FEES, published.rvu(rows, "32.3465"))
    text = refused(names=FEES)
    assert "twice" in text
    assert "12" in text
    assert str(10 + len(rows)) in text


def test_a_row_published_twice_word_for_word_counts_once(tmp_path: Path) -> None:
    rows = (*small_set.RVU_2024, small_set.RVU_2024[1])
    put(tmp_path, f"in/{FEES}", published.rvu(rows, "32.3465"))
    build_library(tmp_path / "home", tmp_path / "in")
    library = open_library(tmp_path / "home")
    release = library.editions("mpfs-rvu")[0]
    (found,) = library.find("mpfs-rvu", release, release.effective, code="17311")
    assert found.source.line == 12
    assert release.rows == len(small_set.RVU_2024)


@pytest.mark.parametrize("repeat", range(5))
def test_which_of_two_equal_rows_is_cited_does_not_depend_on_luck(tmp_path: Path, repeat: int) -> None:
    rows = (*small_set.RVU_2024[:9], small_set.RVU_2024[8], *small_set.RVU_2024[9:])
    put(tmp_path, f"in/{FEES}", published.rvu(rows, "32.3465"))
    build_library(tmp_path / "home", tmp_path / "in")
    library = open_library(tmp_path / "home")
    release = library.editions("mpfs-rvu")[0]
    found = [
        item for item in library.find("mpfs-rvu", release, release.effective, code="88305") if not item.row.modifier
    ]
    assert [item.source.line for item in found] == [19]


def test_an_edition_of_under_half_the_rows(refused: Refused, tmp_path: Path) -> None:
    put(tmp_path, "PPRRVU24_JUL.csv", published.rvu(small_set.RVU_2024, "33.2875"))
    put(tmp_path, FEES, published.rvu(small_set.RVU_2024[:7], "32.3465"))
    assert "truncated" in refused(names=FEES)


def test_an_edition_of_just_half_the_rows_is_read(tmp_path: Path) -> None:
    put(tmp_path, "in/PPRRVU24_JUL.csv", published.rvu(small_set.RVU_2024[:16], "33.2875"))
    put(tmp_path, f"in/{FEES}", published.rvu(small_set.RVU_2024[:8], "32.3465"))
    assert build_library(tmp_path / "home", tmp_path / "in").fresh


@pytest.mark.parametrize(
    ("old_cell", "new_cell", "says"),
    [(",32.3465,", ",3.23465,", "conversion factor"), ("20.45,10.52", "-20.45,10.52", "negative")],
)
def test_a_broken_invariant_names_the_line(
    refused: Refused, tmp_path: Path, old_cell: str, new_cell: str, says: str
) -> None:
    lines = GOOD_FEES.split("\r\n")
    lines[11] = lines[11].replace(old_cell, new_cell)
    put(tmp_path, FEES, "\r\n".join(lines))
    assert says in refused(names=f"{FEES}:12")


def test_a_pair_that_ends_before_it_begins(refused: Refused, tmp_path: Path) -> None:
    pair_parts(tmp_path, f3=published.ptp(("66984 67005 20200101 20190101 0", *small_set.PAIRS["f3"][1:])))
    assert "before the effective date" in refused(names="ccipra-v302r0-f3.txt:7")


def test_an_indicator_nobody_knows(refused: Refused, tmp_path: Path) -> None:
    pair_parts(tmp_path, f3=published.ptp(("66984 67005 20200101 * 7", *small_set.PAIRS["f3"][1:])))
    assert "indicator" in refused(names="ccipra-v302r0-f3.txt:7")


def test_a_workbook_that_is_none(refused: Refused, tmp_path: Path) -> None:
    put(tmp_path, "HCPC2019_CONTR_ANWEB.xlsx", "not a workbook")
    assert "not a readable workbook" in refused(names="HCPC2019_CONTR_ANWEB.xlsx")


def test_a_workbook_cut_in_half(refused: Refused, tmp_path: Path) -> None:
    whole = published.workbook([("HCPC", "RECID")] * 50)
    put(tmp_path, "HCPC2019_CONTR_ANWEB.xlsx", whole[: len(whole) // 2])
    refused(names="HCPC2019_CONTR_ANWEB.xlsx")


def test_a_workbook_bomb(refused: Refused, tmp_path: Path) -> None:
    """An xlsx is a zip: a sheet of 256 MB of blanks packed into 256 kB must not be unpacked in memory."""
    good = tmp_path / "work" / "good.xlsx"
    put(tmp_path, "work/good.xlsx", published.workbook([("HCPC", "RECID")]))
    target = tmp_path / "in" / "HCPC2019_CONTR_ANWEB.xlsx"
    target.parent.mkdir()
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for name in source.namelist():
            if name != "xl/worksheets/sheet1.xml":
                out.writestr(name, source.read(name))
        with out.open("xl/worksheets/sheet1.xml", "w") as stream:
            stream.write(b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>")
            for _ in range(256):
                stream.write(b" " * (1 << 20))
            stream.write(b"</sheetData></worksheet>")
    text = refused(tmp_path / "in", names="HCPC2019_CONTR_ANWEB.xlsx")
    assert "not opened" in text or "too large" in text


def test_a_workbook_whose_one_cell_is_far_out(tmp_path: Path) -> None:
    """One cell at XFD1048576 makes a sheet of 17 billion cells: refused by the command, which must not be aborted."""
    put(tmp_path, "work/good.xlsx", published.workbook([("HCPC", "RECID")]))
    target = tmp_path / "in" / "HCPC2019_CONTR_ANWEB.xlsx"
    target.parent.mkdir()
    sheet = (
        "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
        "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
        "</sheetData></worksheet>"
    )
    with zipfile.ZipFile(tmp_path / "work" / "good.xlsx") as source, zipfile.ZipFile(target, "w") as out:
        for name in source.namelist():
            out.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else source.read(name))
    command = [sys.executable, "-c", "from codeward.tools.cli.main import run; run()", "library", "build", str(target)]
    run = subprocess.run(
        [*command, "--library", str(tmp_path / "home"), "--accept", "ama-cpt"],
        capture_output=True, text=True, timeout=120, check=False, preexec_fn=_little_memory,
    )  # fmt: skip
    assert (run.returncode, len(run.stderr.splitlines())) == (2, 1)
    assert target.name in run.stderr


def _little_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@pytest.mark.parametrize("content", [b"", b"\xfd7zXZ\x00garbage", b"not lzma"], ids=["empty", "damaged", "text"])
def test_a_keyed_store_that_is_none(refused: Refused, tmp_path: Path, content: bytes) -> None:
    put(tmp_path, "pyoce.mdb.xz", content)
    refused(names="pyoce.mdb.xz")


def test_a_keyed_store_of_rubbish(refused: Refused, tmp_path: Path) -> None:
    import lzma

    put(tmp_path, "pyoce.mdb.xz", lzma.compress(b"\0" * 10_000))
    refused(names="pyoce.mdb.xz")


def test_a_name_with_an_impossible_date(refused: Refused, tmp_path: Path) -> None:
    put(tmp_path, "MCR_MUE_DMESupplierServices_Eff_13-45-2025.csv", published.mue("DME", small_set.LIMITS_2024))
    refused(names="MCR_MUE_DMESupplierServices_Eff_13-45-2025.csv")


def test_links_in_a_folder_are_not_followed(refused: Refused, tmp_path: Path) -> None:
    real = put(tmp_path, f"elsewhere/{FEES}", GOOD_FEES)
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / FEES).symlink_to(real)
    assert "none of the given files" in refused(tmp_path / "given", names="nothing was found")
