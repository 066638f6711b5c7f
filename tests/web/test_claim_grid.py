"""The claim grid: cells become a claim, what does not fit names its cell, and a link says nothing of persons."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from codeward.core.claims import Claim, ClaimLine, Patient
from codeward.core.faults import BadInput
from codeward.web.pages.claim_grid import claim_of, grid_of_claim, grid_of_form
from codeward.web.pages.claim_link import LONGEST, age_on, grid_of_link, link_of

CLAIM = Claim(
    "ACC-17",
    (
        ClaimLine(
            1, "A4550", ("59", "XS"), Decimal(2), date(2024, 8, 15), (2, 1), Decimal("10.50"), "1234567893", "22"
        ),
        ClaimLine(2, "J1885", (), Decimal("1.5"), date(2024, 8, 15), (1,), None, "", "", date(2024, 8, 17)),
        ClaimLine(3, "A4550", (), Decimal(75), date(2024, 8, 16), measure="MJ", revenue_code="0360"),
    ),
    ("C44.311", "L57.0"),
    Patient("", date(1956, 2, 1), "F"),
    billing_npi="1234567893",
    rendering_npi="1234567893",
    taxonomy="207N00000X",
    place_of_service="11",
    zip="35958",
    clia="05D0000000",
    history=(ClaimLine(1, "G0463", day=date(2024, 8, 1), rendering_npi="1234567893", claim_id="ACC-3"),),
)


def read(**cells):
    return claim_of(grid_of_form({name.replace("_", "-"): value for name, value in cells.items()}))


def test_a_claim_laid_out_reads_back_as_it_was():
    assert claim_of(grid_of_claim(CLAIM)) == (CLAIM, ())


def test_letters_point_at_the_diagnoses_that_are_filled_in():
    claim, _ = read(dx1="C44.311", dx3="L57.0", l1_date="2024-08-15", l1_code="a4550", l1_ptr="CA")
    assert claim.diagnoses == ("C44.311", "L57.0")
    assert claim.lines[0].diagnosis_pointers == (2, 1)
    assert claim.lines[0].code == "A4550"


@pytest.mark.parametrize("day", ["2024-08-15", "08/15/2024", "8/15/24", "20240815", "08152024"])
def test_days_as_people_write_them(day):
    assert read(l1_date=day, l1_code="A4550")[0].lines[0].day == date(2024, 8, 15)


def test_a_blank_day_is_the_day_above_and_rows_keep_their_numbers():
    claim, _ = read(l1_date="2024-08-15", l1_code="A4550", l3_code="J1885", l3_units="20")
    assert [(line.number, line.day, line.units) for line in claim.lines] == [
        (1, date(2024, 8, 15), 1),
        (3, date(2024, 8, 15), 20),
    ]


def test_an_age_is_that_age_on_the_first_day():
    claim, _ = read(birth="68", l1_date="2024-08-15", l1_code="A4550")
    assert age_on(claim.patient.birth_date, date(2024, 8, 15)) == 68


def test_a_place_is_a_zip_or_a_locality():
    assert read(where="35958-1234", l1_date="2024-08-15", l1_code="A4550")[0].zip == "359581234"
    assert read(where="13202-01", l1_date="2024-08-15", l1_code="A4550")[0].locality == "13202-01"


@pytest.mark.parametrize(
    ("cells", "cell"),
    [
        ({"l1_date": "2024-13-01", "l1_code": "A4550"}, "l1-date"),
        ({"l1_date": "0012-01-01", "l1_code": "A4550"}, "l1-date"),
        ({"l1_code": "A4550"}, "l1-date"),
        ({"l1_date": "2024-08-15"}, "l1-code"),
        ({"l1_date": "2024-08-15", "l1_code": "A4550", "l1_units": "many"}, "l1-units"),
        ({"l1_date": "2024-08-15", "l1_code": "A4550", "l1_units": "-1"}, "l1-units"),
        ({"l1_date": "2024-08-15", "l1_code": "A4550", "l1_charge": "free"}, "l1-charge"),
        ({"l1_date": "2024-08-15", "l1_code": "A4550", "l1_charge": "NaN"}, "l1-charge"),
        ({"l1_date": "2024-08-15", "l1_code": "A4550", "l1_ptr": "A"}, "l1-ptr"),
        ({"l1_date": "2024-08-15", "l1_code": "A4550", "l1_ptr": "?"}, "l1-ptr"),
        ({"l1_date": "2024-08-15", "l1_code": "A4550", "l1_to": "2024-08-01"}, "l1-to"),
        ({"l1_date": "2024-08-15", "l1_code": "A4550", "where": "Albany"}, "where"),
        ({"l1_date": "2024-08-15", "l1_code": "A4550", "birth": "yesterday"}, "birth"),
        ({"l1_date": "2024-08-15", "l1_code": "A4550", "setting": "clinic"}, "setting"),
        ({}, "l1-code"),
    ],
)
def test_a_cell_that_does_not_fit_is_named(cells, cell):
    claim, faults = read(**cells)
    assert claim is None
    assert [fault.cell for fault in faults] == [cell]


def test_more_lines_than_a_claim_has_are_refused_not_dropped():
    with pytest.raises(BadInput, match="51 lines"):
        grid_of_form({"l51-code": "A4550"})


def opened(address):
    return grid_of_link(QueryDict(address.partition("?")[2]))


def test_a_link_opens_the_claim_without_saying_who():
    address = link_of(CLAIM).address
    for secret in ("1234567893", "1956", "ACC", "05D0000000"):
        assert secret not in address
    claim, faults = claim_of(opened(address))
    assert faults == ()
    assert [(line.code, line.modifiers, line.units, line.measure) for line in claim.lines] == [
        (line.code, line.modifiers, line.units, line.measure) for line in CLAIM.lines
    ]
    assert [line.last_day for line in claim.lines] == [None, date(2024, 8, 17), None]
    assert (claim.diagnoses, claim.zip, claim.place_of_service) == (CLAIM.diagnoses, "35958", "11")
    assert age_on(claim.patient.birth_date, date(2024, 8, 15)) == 68
    assert [line.code for line in claim.history] == ["G0463"]


def test_a_link_leaves_out_what_another_practitioner_did():
    other = ClaimLine(4, "G0463", day=date(2024, 8, 15), rendering_npi="1003000126")
    link = link_of(Claim("", (*CLAIM.lines, other), billing_npi="1234567893"))
    assert link.left_out == 1
    assert "G0463" not in link.address


def test_great_age_is_told_as_90():
    patient = Patient("", date(1920, 1, 1), "M")
    assert "age=90" in link_of(Claim("", CLAIM.lines, patient=patient)).address


def test_fifty_lines_fit_a_link():
    lines = tuple(ClaimLine(at, "A4550", ("59",), Decimal(1), date(2024, 8, 15), (1,)) for at in range(1, 51))
    assert len(link_of(Claim("", lines, ("C44.311",))).address) < LONGEST


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A4550", "J1885", "G0168"]),
            st.lists(st.sampled_from(["59", "XS", "LT"]), max_size=4),
            st.integers(1, 999),
            st.dates(date(2000, 1, 1), date(2030, 1, 1)),
        ),
        min_size=1,
        max_size=50,
    )
)
def test_any_lines_come_through_a_link(rows):
    lines = tuple(
        ClaimLine(at, code, tuple(modifiers), Decimal(units), day)
        for at, (code, modifiers, units, day) in enumerate(rows, 1)
    )
    assert claim_of(opened(link_of(Claim("", lines)).address))[0].lines == lines


@pytest.mark.parametrize(
    "query", ["line=a~b~c~d~e~f~g~h~i~j", "line=2024-08-15~A4550~1.2.3.4.5", "dx=" * 1 + "&dx=x" * 12]
)
def test_an_address_that_is_no_claim_is_refused(query):
    with pytest.raises(BadInput):
        grid_of_link(QueryDict(query))
