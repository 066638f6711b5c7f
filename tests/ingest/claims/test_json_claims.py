"""Claims in Codeward's own JSON: one, a list, an object with a list, line after line; faults name their path."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeward.core.claims import Claim, ClaimLine, Patient
from codeward.core.faults import BadFile, BadInput
from codeward.ingest.claims import claim_from_json, read_claims

LINE = {"code": "g0101", "date": "2024-08-15"}
ONE = {"claim_id": "A1", "lines": [LINE]}


def read(text: str | bytes) -> list[Claim]:
    data = text.encode() if isinstance(text, str) else text
    return [item.claim for item in read_claims(io.BytesIO(data), "x.json") if item.claim]


def test_every_member_has_its_place() -> None:
    value = {
        "claim_id": "A1",
        "payer": "Medicaid",
        "setting": "practitioner",
        "patient": {"id": 17, "birth_date": "1956-02-01", "sex": "female"},
        "billing_npi": 1234567893,
        "rendering_npi": None,
        "taxonomy": "207n00000x",
        "place_of_service": "11",
        "state": "md",
        "zip": "21201-1234",
        "clia": "05d0000000",
        "locality": "12302-01",
        "qualifying": True,
        "diagnoses": ["C44.311", "i10"],
        "lines": [
            {
                "number": 3,
                "code": "J3301",
                "modifiers": ["jz"],
                "units": "2.5",
                "date": "2024-08-15",
                "last_date": "2024-08-16",
                "diagnosis_pointers": [2, "1"],
                "charge": "12.50",
                "rendering_npi": "2000000002",
                "place_of_service": "22",
            }
        ],
        "history": [{**LINE, "number": 1, "claim_id": "OLD", "billing_npi": "1234567893", "specialty": "07"}],
    }
    line = ClaimLine(
        3,
        "J3301",
        ("JZ",),
        Decimal("2.5"),
        date(2024, 8, 15),
        (2, 1),
        Decimal("12.50"),
        "2000000002",
        "22",
        date(2024, 8, 16),
    )
    past = ClaimLine(1, "G0101", day=date(2024, 8, 15), claim_id="OLD", billing_npi="1234567893", specialty="07")
    assert claim_from_json(value) == Claim(
        "A1",
        (line,),
        ("C44311", "I10"),
        Patient("17", date(1956, 2, 1), "F"),
        "medicaid",
        "practitioner",
        "1234567893",
        "",
        "207N00000X",
        "11",
        "MD",
        "212011234",
        "12302-01",
        "05D0000000",
        True,
        (past,),
    )


def test_null_and_missing_say_the_same() -> None:
    empty = dict.fromkeys(("payer", "setting", "patient", "diagnoses", "history", "zip", "clia", "billing_npi"))
    assert claim_from_json({**ONE, **empty}) == claim_from_json(ONE)
    (line,) = claim_from_json({**ONE, "lines": [{**LINE, "units": None, "modifiers": None, "charge": None}]}).lines
    assert (line.number, line.units, line.charge) == (1, Decimal(1), None)


@pytest.mark.parametrize(
    "form",
    [
        json.dumps,
        lambda claims: json.dumps({"claims": claims, "note": "kept apart"}, indent=1),
        lambda claims: "\n".join(json.dumps(claim) for claim in claims),
        lambda claims: "\ufeff" + "\r\n\r\n".join(json.dumps(claim) for claim in claims) + "\r\n",
        lambda claims: " ".join(json.dumps(claim) for claim in claims),
    ],
)
def test_the_forms_of_a_list(form) -> None:  # type: ignore[no-untyped-def]
    claims = [{**ONE, "claim_id": str(number)} for number in range(300)]
    assert [claim.claim_id for claim in read(form(claims))] == [str(number) for number in range(300)]


def test_units_keep_their_digits() -> None:
    (claim,) = read(json.dumps({"claim_id": "1", "lines": [{**LINE, "units": 0.1, "charge": 100000.10}]}))
    assert (claim.lines[0].units, claim.lines[0].charge) == (Decimal("0.1"), Decimal("100000.1"))


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ({"lines": [{**LINE, "units": "two"}]}, 'lines[0].units: found "two", expected a number'),
        ({"lines": [{**LINE, "units": True}]}, "lines[0].units: found true, expected a number"),
        ({"lines": [{**LINE, "units": 1e300}]}, "lines[0].units: found"),
        ({"lines": [{**LINE, "date": "08/15/2024"}]}, 'lines[0].date: found "08/15/2024", expected a day such as 2024'),
        ({"lines": [{**LINE, "date": None}]}, "lines[0].date: found null, expected a day"),
        ({"lines": [{"date": "2024-08-15"}]}, "lines[0].code: found null, expected a procedure code"),
        ({"lines": [{**LINE, "code": 17311}]}, "lines[0].code: found 17311, expected text"),
        ({"lines": [{**LINE, "modifiers": "59"}]}, 'lines[0].modifiers: found "59", expected a list'),
        ({"lines": [{**LINE, "diagnosis_pointers": [0]}]}, "lines[0].diagnosis_pointers[0]: found 0, expected a whole"),
        ({"lines": [{**LINE, "modifier": ["59"]}]}, "lines[0].modifier: no such member; 'modifiers' is expected"),
        ({"lines": [{**LINE, "number": 1}, {**LINE, "number": 1}]}, "lines[1].number: line 1 is there twice"),
        ({"lines": [{**LINE, "last_date": "2024-08-14"}]}, "lines[0].last_date"),
        ({"lines": []}, "lines: found [], expected at least one line"),
        ({"lines": [LINE], "setting": "hospital"}, 'setting: found "hospital", expected one of practitioner'),
        ({"lines": [LINE], "patient": "P1"}, 'patient: found "P1", expected an object'),
        ({"lines": [LINE], "patient": {"sex": "Q"}}, 'patient.sex: found "Q", expected F, M or U'),
        ({"lines": [LINE], "dx": ["I10"]}, "dx: no such member; 'diagnoses' is expected"),
        ({"lines": [LINE], "zip": 1234}, "zip: found 1234, expected text"),
    ],
)
def test_what_does_not_fit_names_its_path(claim: dict[str, object], message: str) -> None:
    good = json.dumps(ONE)
    with pytest.raises(BadInput, match=r"x\.json: ") as fault:
        read(f"[{good}, {good}, {good}, {json.dumps(claim)}]")
    assert f"claims[3].{message}" in str(fault.value)
    with pytest.raises(BadInput) as fault:
        claim_from_json(claim)
    assert str(fault.value).startswith(message)


def test_a_strange_member_does_no_harm() -> None:
    assert claim_from_json({**ONE, "submitted_by": "front desk", "lines": [{**LINE, "note": "x"}]}) == claim_from_json(
        ONE
    )


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('[{"claim_id": "1",\n "lines": [}]', "x.json:2, column '12'"),
        ('{"claim_id": "1", "claim_id": "2"}', "'claim_id' is given twice"),
        ("[" + json.dumps(ONE), "expected ','"),
        ("[" * 9000, "nesting"),
        ('{"a": NaN}', "NaN is not a number"),
        ("", "the file is empty"),
        ('{"claims": [' + json.dumps(ONE), "expected ','"),
    ],
)
def test_text_that_is_no_json_names_line_and_column(text: str, where: str) -> None:
    with pytest.raises(BadFile) as fault:
        read(text)
    assert where in str(fault.value)


def test_claims_before_the_break_are_handed_out() -> None:
    good = json.dumps(ONE)
    items = read_claims(io.BytesIO(f"[{good}, {good}, oops".encode()), "x.json")
    assert [next(items).place, next(items).place] == ["claims[0]", "claims[1]"]
    with pytest.raises(BadFile, match="expecting value"):
        next(items)


def test_a_file_is_opened_and_a_missing_one_is_said(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(ONE), encoding="utf-8")
    assert [item.claim for item in read_claims(tmp_path / "one.json")] == [claim_from_json(ONE)]
    with pytest.raises(BadInput, match="No such file"):
        next(read_claims(tmp_path / "two.json"))


def test_all_cases_are_read(official: Path) -> None:
    cases = json.loads((official.parent / "cases" / "claims.json").read_text(encoding="utf-8"))
    claims = [case["claim"] for case in cases]
    assert read(json.dumps(claims)) == [claim_from_json(claim) for claim in claims]
    assert replace(claim_from_json(claims[0]), claim_id="").diagnoses == ("C44311",)


@given(st.binary(max_size=400) | st.text('[]{}:,"\\u01eE-.aclims \n', max_size=200).map(str.encode))
def test_any_bytes_end_in_a_fault_or_claims(data: bytes) -> None:
    with contextlib.suppress(BadFile, BadInput):
        read(data)
