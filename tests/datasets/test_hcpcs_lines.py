"""HCPCS records out of a CSV that lost their blanks: told apart for sure, or refused with the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from codeward.core.faults import BadFile
from codeward.datasets.registry import DATASETS
from codeward.ingest.plan import ReleasePlan, make_plan
from codeward.ingest.rows import Row, read_part
from golden.published import alphanumeric, put

HEADER = "code,description,last_updated\n"
NAME = "hcpcs_2024.csv"


def first(code: str, text: str, record: str = "3") -> str:
    """A first record as the CSV holds it: 293 columns, less the blanks in front."""
    return (
        f"{code.rjust(5)}00100{record}{text.ljust(80)}{'Short'.ljust(28)}".ljust(268).lstrip()
        + "2020010120200101".ljust(24)
        + "N"
    )


def more(code: str, number: int, text: str, record: str = "4") -> str:
    return f"{code}{number:05d}{record}{text}"


def cell(record: str) -> str:
    return f'"{record}",,2025-11-19 23:10:51\n'


def plan(folder: Path, dataset: str, *records: str, header: str = HEADER) -> ReleasePlan:
    put(folder, NAME, header + "".join(map(cell, records)))
    (release,) = make_plan([folder], {dataset: DATASETS[dataset]}).releases
    return release


def rows(folder: Path, dataset: str, *records: str) -> list[Row]:
    release = plan(folder, dataset, *records)
    return list(read_part(release.dataset, release.parts[0]))


LONG = [first("A9002", "One,"), *(more("A9002", number, str(number)) for number in range(200, 900, 100))]
"""The seventh and eighth pieces, 00700 and 00800, read as modifiers too."""


def test_a_code_line_that_looks_like_a_modifier_continues_its_code(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "hcpcs", *LONG, first("LT", "7 AND 4 LEFT", "7"))
    assert row[0][:3] == ["A9002", "3", "One, 200 300 400 500 600 700 800"]


def test_a_modifier_whose_text_begins_like_a_code_line(tmp_path: Path) -> None:
    """`F1001007123...`: columns 6 to 10 of it are not the 00100 of a first code record."""
    tricky = first("A1", "123 FINGERS", "7")
    assert tricky.startswith("A1001007123")
    (row,) = rows(tmp_path, "hcpcs-modifiers", tricky, more("A1", 200, "34 TOES", "8"))
    assert row[0][:3] == ["A1", "7", "123 FINGERS 34 TOES"]


@pytest.mark.parametrize(
    ("records", "line", "words"),
    [
        ([first("A9002", "One")[:-2]], 2, "no record"),
        ([first("A9002", "One"), more("A9002", 300, "three")], 3, "no record"),
        ([first("A9002", "One"), more("A9003", 200, "two")], 3, "no record"),
        ([first("A9002", "One"), more("A9002", 200, "x" * 81)], 3, "no record"),
        ([first("A9002", "One"), "", first("A9003", "One")], 3, "no record"),
        ([more("A9002", 200, "two")], 2, "no record"),
        ([first("LT", "Left", "7"), more("LT", 200, "side", "4")], 3, "no record"),
    ],
)
def test_a_line_that_cannot_be_told_is_refused(tmp_path: Path, records: list[str], line: int, words: str) -> None:
    with pytest.raises(BadFile, match=rf"{NAME}: line {line}: {words}"):
        rows(tmp_path, "hcpcs", *records)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("HCPC,LONG\n", "line 1: expected the header"),
        (HEADER + first("A9002", "One") + ",Wound,2025-11-19\n", "line 2: expected a record, an empty description"),
        (HEADER + first("A9002", "One") + "\n", "line 2: expected a record"),
        (HEADER + '"' + first("A9002", "One"), "unexpected end of data"),
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, text: str, words: str) -> None:
    put(tmp_path, NAME, text)
    (release,) = make_plan([tmp_path], {"hcpcs": DATASETS["hcpcs"]}).releases
    with pytest.raises(BadFile, match=words):
        list(read_part(release.dataset, release.parts[0]))


def test_the_check_covers_what_stands_beside_the_record(tmp_path: Path) -> None:
    (before,) = rows(tmp_path, "hcpcs", *LONG)
    path = tmp_path / NAME
    path.write_text(path.read_text().replace("23:10:51", "23:10:52"))
    (release,) = make_plan([tmp_path], {"hcpcs": DATASETS["hcpcs"]}).releases
    (after,) = read_part(release.dataset, release.parts[0])
    assert (before[0], before[1]) == (after[0], after[1])
    assert before[2] != after[2]


def test_the_published_file_is_read_where_both_are_given(tmp_path: Path) -> None:
    put(tmp_path, "HCPC2024_OCT_ANWEB.txt", alphanumeric([{"code": "A9001", "long": "As published"}]), "latin-1")
    release = plan(tmp_path, "hcpcs", *LONG)
    assert [part.main[2].base for part in release.parts] == ["HCPC2024_OCT_ANWEB.txt"]


def test_a_record_of_no_known_kind_in_the_published_file_is_one_clear_line(tmp_path: Path) -> None:
    text = alphanumeric([{"code": "A9001", "long": "x" * 90}]).replace("A9001002004", "A9001002005")
    put(tmp_path, "HCPC2024_OCT_ANWEB.txt", text, "latin-1")
    (release,) = make_plan([tmp_path], {"hcpcs": DATASETS["hcpcs"]}).releases
    with pytest.raises(BadFile, match=r"HCPC2024_OCT_ANWEB\.txt: line 6: record code '5'"):
        list(read_part(release.dataset, release.parts[0]))
