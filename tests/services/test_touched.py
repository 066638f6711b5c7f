"""Codes taken out of what people have, and which of them new editions touch."""

from __future__ import annotations

import json
from datetime import date

import pytest

from codeward.core.codes import Code
from codeward.core.faults import BadInput, NotFound
from codeward.services.taken_codes import MOST_CODES, take_codes
from codeward.services.touched import (
    Touched,
    applies_on,
    latest_pairs,
    pairs_named,
    pairs_since,
    touched,
)
from codeward.store.library import Library

HEADER = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *251003*1200*^*00501*000000001*0*T*:~"
CLAIM_837 = HEADER + (
    "GS*HC*S*R*20251003*1200*1*X*005010X222A1~ST*837*0001*005010X222A1~NM1*IL*1*DOE*JOHN****MI*99213~"
    "DMG*D8*19500101*M~CLM*26463774*100***11:B:1*Y*A*Y*I~HI*ABK:E1165*ABF:L570~LX*1~SV1*HC:17311:59*40*UN*1***1~"
    "DTP*472*D8*20251003~LX*2~SV1*HC:17312*15*UN*1***1~DTP*472*RD8*20251004-20251005~SE*42*0001~"
)


def taken(text: str) -> dict[str, list[str]]:
    return {code.shown: [day.isoformat() for day in sorted(days)] for code, days in take_codes(text).codes.items()}


def test_a_pasted_list() -> None:
    assert taken("17311, 99213-25;c44.1121\n(J1885)") == {"17311": [], "99213": [], "C44.1121": [], "J1885": []}


def test_an_837_gives_codes_and_service_days_and_nothing_of_the_patient() -> None:
    every = ["2025-10-03", "2025-10-04"]
    assert taken(CLAIM_837) == {"17311": every[:1], "17312": every, "E11.65": every, "L57.0": every}


def test_a_table_by_its_headings() -> None:
    table = (
        "Patient Name,DOB,Zip,Place of Service,Date of Service,CPT,Modifier,Dx1,Dx2\n"
        "Doe John,1950-01-01,80202,11,10/03/2025,17311,59,E1165,\n"
        "Roe,1960-02-02,90210,11,20251004,99213-25,,L57.0,C44.1121\n"
    )
    assert taken(table) == {
        "17311": ["2025-10-03"],
        "E11.65": ["2025-10-03"],
        "99213": ["2025-10-04"],
        "L57.0": ["2025-10-04"],
        "C44.1121": ["2025-10-04"],
    }
    assert take_codes(table).form == "a table, its columns CPT, Dx1, Dx2"


def test_claims_in_json() -> None:
    claim = {
        "claim_id": "99214",
        "patient": {"id": "99215", "birth_date": "1950-01-01"},
        "zip": "80202",
        "diagnoses": ["E1165"],
        "lines": [{"code": "17311", "modifiers": ["59"], "date": "2025-10-03"}],
        "history": [{"code": "17000", "date": "2020-01-01"}],
    }
    assert taken(json.dumps([claim])) == {"E11.65": ["2025-10-03"], "17311": ["2025-10-03"]}
    assert taken(json.dumps({"claims": [claim]})) == taken(json.dumps(claim))


@pytest.mark.parametrize("text", ["{not json", '["17311"', "[" * 100_000])
def test_what_only_begins_like_json(text: str) -> None:
    with pytest.raises(BadInput, match="JSON"):
        take_codes(text)


def test_words_are_passed_over_and_counted() -> None:
    found = take_codes("Smith, 80-year-old: 17311")
    assert ([code.shown for code in found.codes], found.passed_over) == (["17311"], 2)


def test_too_many_codes() -> None:
    with pytest.raises(BadInput, match="2,000"):
        take_codes(" ".join(f"{number:05d}" for number in range(10_000, 10_001 + MOST_CODES)))


@pytest.fixture
def found(small_library: Library) -> Touched:
    codes = take_codes("17311 88305 G35 20610 90001 00001").codes
    return touched(small_library, codes, latest_pairs(small_library))


def test_what_touches_them(found: Touched) -> None:
    named = {item.known.dataset.id: {code.shown for code in item.codes} for item in found.touches}
    assert named["ncci-mue-practitioner"] == {"17311"}
    assert named["icd-10-cm"] == {"G35"}
    assert named["opps-addendum-b"] == {"17311"}
    assert "mpfs-rvu" not in named


def test_what_nothing_touches_and_what_nobody_lists(found: Touched) -> None:
    assert {code.shown for code in found.untouched} == {"88305", "20610", "90001", "00001"}
    assert [code.shown for code in found.unlisted] == ["00001"]


def test_what_was_not_compared_is_said(found: Touched) -> None:
    assert {"ncci-ptp-practitioner", "ncci-mue-outpatient", "cms-hcc"} <= set(found.not_compared)
    assert "mpfs-rvu" not in found.not_compared
    assert "nucc-taxonomy" not in found.not_compared


def test_rows_that_changed_as_every_row_did_are_counted_apart(small_library: Library) -> None:
    codes = [Code("cpt", "20610"), Code("cpt", "17311")]
    (touch,) = touched(small_library, codes, pairs_named(small_library, ["mpfs-rvu/2024C..2025A"])).touches
    assert (touch.alike, touch.total, [code.value for code in touch.codes]) == (1, 1, ["17311"])


def test_since_a_day_or_an_edition(small_library: Library) -> None:
    def names(since: str) -> set[tuple[str, str, str]]:
        return {(a.dataset, a.edition, b.edition) for a, b in pairs_since(small_library, since)}

    assert ("mpfs-rvu", "2024C", "2025D") in names("2024-08-15")
    assert names("mpfs-rvu@2025A") == {("mpfs-rvu", "2025A", "2025D")}
    assert names("2024c") == {("mpfs-rvu", "2024C", "2025D")}
    assert names("2025D") == set()
    with pytest.raises(BadInput, match="neither a day"):
        names("last year")
    with pytest.raises(NotFound):
        pairs_named(small_library, ["mpfs-rvu/2024C..2025D"])


def test_service_days_under_the_later_edition(small_library: Library) -> None:
    codes = take_codes("code,date\n17311,2025-12-31\n17311,2026-04-01\n").codes
    touches = touched(small_library, codes, latest_pairs(small_library)).touches
    (limits,) = [item for item in touches if item.known.dataset.id == "ncci-mue-practitioner"]
    assert applies_on(limits, codes[Code("cpt", "17311")]) == (date(2026, 4, 1),)
