"""Claims in a CSV: columns by any of their names, rows in any order, every bad cell named with its place."""

from __future__ import annotations

import contextlib
import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeward.core.claims import Claim, ClaimLine, Patient, ReadClaim
from codeward.core.faults import BadFile, BadInput
from codeward.ingest.claims import csv_claims, read_claims
from making_claims import A_CLAIM

HEADER = (
    "claim_id,patient_id,birth_date,sex,payer,billing_npi,rendering_npi,taxonomy,clia,place_of_service,zip,state,"
    "dx1,dx2,date,code,mod1,mod2,pointers,units,charge"
)
FIRST = "A-1,1EG4TE5MK73,1950-03-14,F,medicare,1234567893,2000000002,207N00000X,05D0000000,11,212011234,MD,Z12.4,M17.11"
ROWS = (f"{FIRST},2024-08-15,G0101,GA,,AB,1,120.00", f"{FIRST},2024-08-15,J3301,JZ,,B,4,80.50")
SOUND = "\n".join((HEADER, *ROWS))


def read(text: str | bytes) -> list[ReadClaim]:
    data = text.encode() if isinstance(text, str) else text
    return list(read_claims(io.BytesIO(data), "x.csv", today=date(2024, 12, 1)))


def claims(text: str | bytes) -> list[Claim]:
    found = read(text)
    assert [fault.message for item in found for fault in item.faults] == []
    return [item.claim for item in found if item.claim]


def table(**columns: str) -> str:
    """A file of one row with these columns besides the three that must be there."""
    cells = {"claim_id": "1", "code": "G0101", "date": "2024-08-15", **columns}
    out = io.StringIO()
    csv.writer(out).writerows((cells.keys(), cells.values()))
    return out.getvalue()


def test_a_sound_file_is_read_whole() -> None:
    assert claims(SOUND) == [A_CLAIM]


@pytest.mark.parametrize(
    "text",
    [
        SOUND.replace(",", "\t"),
        SOUND.replace(",", ";"),
        "\ufeff" + SOUND.replace("\n", "\r\n") + "\r\n\r\n",
        SOUND.replace(",", "\t").encode("utf-16"),
        SOUND.replace("2024-08-15", "08/15/2024").replace("1950-03-14", "3/14/1950"),
        SOUND.replace("2024-08-15", "20240815").replace("1950-03-14", "1950-03-14 00:00:00"),
        SOUND.replace(",AB,", ',"A,B",'),
        SOUND.replace(",AB,", ',"1,2",').replace(",B,4", ",2,4"),
        SOUND.replace("120.00", "$120.00").replace("80.50", "80.5"),
        SOUND.replace("medicare", "Medicare").replace("F,", "Female,").replace("J3301", "j3301"),
        SOUND.replace("dx1,dx2", "dxA,Diagnosis B").replace("claim_id", "Claim ID").replace("place_of_service", "POS"),
        SOUND.replace("date,code", "From Date,CPT/HCPCS").replace("mod1,mod2", "Modifier 1,Modifier 2"),
        SOUND.replace("05D0000000", '"=""05D0000000"""').replace("claim_id", "note,claim_id").replace("A-1", "x,A-1"),
    ],
)
def test_the_forms_a_file_can_have(text: str | bytes) -> None:
    assert claims(text) == [A_CLAIM]


def test_the_header_may_stand_in_any_order() -> None:
    order = [7, 20, 3, 0, 12, 13, 14, 15, 16, 19, 18, 17, 1, 2, 4, 5, 6, 8, 9, 10, 11]
    rows = [row.split(",") for row in SOUND.split("\n")]
    assert claims("\n".join(",".join(row[index] for index in order) for row in rows)) == [A_CLAIM]


def test_rows_of_a_claim_may_stand_apart_in_a_short_file() -> None:
    text = "\n".join((HEADER, ROWS[0], ROWS[0].replace("A-1", "A-2"), ROWS[1]))
    assert [(claim.claim_id, len(claim.lines)) for claim in claims(text)] == [("A-1", 2), ("A-2", 1)]


def test_rows_that_stand_apart_in_a_long_file_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_claims, "TOGETHER", 3)
    several = [row.replace("A-1", f"A-{number}") for number in range(1, 6) for row in ROWS]
    found = read("\n".join((HEADER, *several, ROWS[0])))
    assert [item.claim.claim_id for item in found if item.claim] == ["A-1", "A-2", "A-3", "A-4", "A-5", "A-1"]
    assert [[fault.rule for fault in item.faults] for item in found] == [[], [], [], [], [], ["CSV.APART"]]


def test_lines_differ_from_the_claim_where_they_say_so() -> None:
    rows = (ROWS[0], ROWS[1].replace(",11,", ",22,").replace("2000000002", "1234567893"))
    (claim,) = claims("\n".join((HEADER, *rows)))
    assert (claim.place_of_service, claim.rendering_npi) == ("11", "2000000002")
    assert [(line.place_of_service, line.rendering_npi) for line in claim.lines] == [("", ""), ("22", "1234567893")]


def test_columns_of_institutional_and_odd_lines() -> None:
    text = table(
        setting="outpatient-hospital", revenue_code="0510", to_date="8/16/2024", measure="mj", units="1,020.5",
        line="7", modifiers="59 xs", diagnoses="I10; E11.9", locality="12302-01", payer="Aetna",
    )  # fmt: skip
    (claim,) = claims(text)
    assert claim == Claim(
        "1",
        (
            ClaimLine(
                7,
                "G0101",
                ("59", "XS"),
                Decimal("1020.5"),
                date(2024, 8, 15),
                last_day=date(2024, 8, 16),
                measure="MJ",
                revenue_code="0510",
            ),
        ),
        ("I10", "E119"),
        Patient(),
        payer="Aetna",
        setting="outpatient-hospital",
        locality="12302-01",
    )


@pytest.mark.parametrize(
    ("column", "cell", "expected"),
    [
        ("units", "two", "found 'two', expected a number such as 1 or 120.50"),
        ("units", "1,2", "expected a number"),
        ("charge", "=1+1", "found '=1+1', expected a number"),
        ("charge", '=HYPERLINK("http://x")', "expected a number"),
        ("date", "15.08.2024", "expected a day such as 2024-08-15 or 08/15/2024"),
        ("date", "45519", "expected a day"),
        ("date", "08/15/24", "expected a day"),
        ("date", "2024-02-30", "expected a day"),
        ("date", "", "expected a day"),
        ("to_date", "2024-08-14", "expected a day from 2024-08-15 on"),
        ("birth_date", "unknown", "expected a day"),
        ("code", "", "expected a procedure code"),
        ("sex", "Q", "expected F, M or U"),
        ("setting", "office", "expected one of practitioner"),
        ("billing_npi", "12345", "expected ten digits"),
        ("place_of_service", "3", "expected two digits"),
        ("zip", "1234", "expected five or nine digits"),
        ("state", "Maryland", "expected two letters"),
        ("pointers", "AZ", "expected letters A to L"),
        ("pointers", "0", "expected letters A to L"),
        ("line", "²", "expected a line number"),
        ("claim_id", "", "expected an id that its rows share"),
    ],
)
def test_a_bad_cell_names_its_place_and_what_was_expected(column: str, cell: str, expected: str) -> None:
    (item,) = read(table(**{column: cell}))
    (fault,) = item.faults
    assert (item.claim, fault.rule, fault.severity) == (None, "CSV.CELL", "deny")
    assert fault.message.startswith(f"x.csv:2, column {column!r}: found ")
    assert expected in fault.message


def test_every_bad_cell_is_told_and_other_claims_are_delivered() -> None:
    bad = ROWS[0].replace("A-1", "A-2").replace("1950-03-14", "x").replace(",AB,1,", ",AB,y,")
    found = read("\n".join((HEADER, *ROWS, bad, ROWS[0].replace("A-1", "A-3"))))
    assert [item.claim and item.claim.claim_id for item in found] == ["A-1", None, "A-3"]
    assert [fault.message.partition(": ")[0] for fault in found[1].faults] == [
        "x.csv:4, column 'units'",
        "x.csv:4, column 'birth_date'",
    ]


def test_rows_that_contradict_each_other_are_a_fault() -> None:
    (item,) = read("\n".join((HEADER, ROWS[0], ROWS[1].replace("M17.11", "M17.12"))))
    assert "x.csv:3, column 'dx2': found 'M17.12', expected 'M17.11' as in the rows" in item.faults[0].message


def test_a_gap_among_the_diagnoses_is_a_fault() -> None:
    (item,) = read(table(dx1="", dx2="I10"))
    assert "column 'dx1': found '', expected a diagnosis" in item.faults[0].message


@pytest.mark.parametrize("tail", ["", ",,,,,,,,,,,,,,,,,,,,,x"])
def test_a_row_of_another_width_is_a_fault(tail: str) -> None:
    row = ROWS[1] + tail if tail else ROWS[1].rpartition(",")[0]
    (item,) = read("\n".join((HEADER, ROWS[0], row)))
    assert "x.csv:3" in item.faults[0].message
    assert "expected 21 cells as in the header" in item.faults[0].message


def test_structural_faults_come_with_the_claim() -> None:
    (item,) = read(table(dx1="I10", pointers="B", units="0", place_of_service="98", mod1="5", birth_date="2024-08-16"))
    assert item.claim is not None
    assert {fault.rule for fault in item.faults} == {"X12.POINTER", "X12.UNITS", "X12.POS", "X12.MODIFIER", "X12.DATE"}
    assert {fault.rule for item in read(table(date="2024-12-02")) for fault in item.faults} == {"X12.DATE"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("claim_id,code\n1,G0101", "x.csv:1: there is no column date (also called from_date, dos"),
        ("claim_id,code,date,dos\n1,G0101,2024-08-15,2024-08-15", "two columns hold date: 'date' and 'dos'"),
        ("claim_id,code,date,chrage\n1,G0101,2024-08-15,1", "'charge' is expected"),
        ("name,address\nx,y", "expected claims as JSON, CSV with a header"),
        ('claim_id,code,date\n1,"G0101,2024-08-15', "the text is no CSV"),
    ],
)
def test_a_file_that_is_no_table_of_claims_ends_in_one_line(text: str, problem: str) -> None:
    with pytest.raises(BadFile) as fault:
        read(text)
    assert problem in str(fault.value)


def test_text_of_old_windows_programs_is_read() -> None:
    assert claims(table(payer="Santé").encode("cp1252"))[0].payer == "Santé"
    assert claims(table(billing_provider_name="x", note="y", patient_name="z"))
    assert claims(table(payer="Santé").encode())[0].payer == "Santé"


def test_a_long_file_gives_the_claims_of_a_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    several = [row.replace("A-1", f"A-{number}") for number in range(50) for row in ROWS]
    text = "\n".join((HEADER, *several))
    short = claims(text)
    monkeypatch.setattr(csv_claims, "TOGETHER", 5)
    assert claims(text) == short == [replace(A_CLAIM, claim_id=f"A-{number}") for number in range(50)]


@given(st.binary(max_size=300) | st.text(',";\t\n=A1-/$é', max_size=200).map(str.encode))
def test_any_bytes_end_in_a_fault_or_claims(tail: bytes) -> None:
    for data in (HEADER.encode() + tail, SOUND.encode() + tail, b"claim_id,code,date,units,dx1\n" + tail):
        with contextlib.suppress(BadFile, BadInput):
            read(data)
