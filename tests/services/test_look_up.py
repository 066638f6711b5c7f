"""A looked-up code gives a true page on its day: title, status, facts with sources, and what is not loaded."""

from __future__ import annotations

from datetime import date

import pytest

from codeward.core.answers import Answer
from codeward.core.faults import BadInput, NotFound, NotLoaded
from codeward.datasets.registry import DATASETS
from codeward.services.look_up import look_up
from codeward.services.page import CodePage, Section, Table
from codeward.store.library import Library

SUMMER, WINTER, SPRING_2026 = date(2024, 8, 15), date(2025, 11, 1), date(2026, 5, 1)


def page(library: Library, code: str, on: date = WINTER, system: str | None = None) -> CodePage:
    """The page of a code."""
    return look_up(library, code, on, system).value


def value(found: CodePage, name: str) -> object:
    """The value of the first fact of that name; None when the page has no such fact."""
    return next((fact.value for fact in found.facts if fact.name == name), None)


def section(found: CodePage, name: str) -> Section:
    """A section that must be there."""
    part = found.section(name)
    assert part is not None
    return part


def table(part: Section, name: str) -> Table:
    """A table that must be there."""
    return next(item for item in part.tables if item.name == name)


def texts(part: Table) -> list[tuple[str, ...]]:
    """The cells of a table."""
    return [tuple(cell.text for cell in line.cells) for line in part.lines]


def words(found: CodePage) -> str:
    """The code in plain words."""
    return " ".join(sentence.text for sentence in found.words)


@pytest.mark.parametrize(
    ("typed", "system", "value"),
    [
        ("c44 1121", "icd-10-cm", "C441121"),
        ("17311 ", "cpt", "17311"),
        ("C44.1121", "icd-10-cm", "C441121"),
        ("j1885", "hcpcs", "J1885"),
        ("j-1885", "hcpcs", "J1885"),
        ("xs", "modifier", "XS"),
        ("59", "modifier", "59"),
        ("207nd0101x", "taxonomy", "207ND0101X"),
        ("s00 03 xa", "icd-10-cm", "S0003XA"),
    ],
)
def test_codes_are_found_however_typed(small_library: Library, typed: str, system: str, value: str) -> None:
    found = page(small_library, typed)
    assert (found.code.system, found.code.value) == (system, value)


def test_add_on_says_what_it_needs(small_library: Library) -> None:
    found = page(small_library, "17314")
    assert found.status == "active"
    assert found.title is None
    assert "add-on" in words(found)
    assert "17313" in words(found)
    assert "never billed alone" in words(found)
    assert texts(table(section(found, "add-ons"), "primaries")) == [("17313", "1", "2013-04-01", "")]


def test_primary_says_what_may_stand_beside_it(small_library: Library) -> None:
    found = page(small_library, "17311")
    rows = texts(table(section(found, "add-ons"), "add-ons"))
    assert [row[0] for row in rows] == ["17312", "17315"]
    assert "17312 and 17315" in words(found)


def test_contractor_decided_add_on_lists_no_primary(small_library: Library) -> None:
    """Type 2 edits name no primary: CCCCC must never be shown as a code."""
    found = page(small_library, "90003")
    assert "contractor" in words(found)
    assert "CCCCC" not in words(found)
    assert value(found, "primary") is None
    assert not any("CCCCC" in row for item in section(found, "add-ons").tables for row in texts(item))


def test_open_list_says_the_contractor_may_allow_others(small_library: Library) -> None:
    found = page(small_library, "90004")
    assert value(found, "add_on_type") == "3"
    assert "99213" in words(found)
    assert "contractor may allow others" in words(found)


@pytest.mark.parametrize(
    ("on", "work", "office", "facility", "amount", "factor"),
    [
        (SUMMER, "6.20", "20.45", "10.52", "680.73", "33.2875"),
        (WINTER, "6.20", "20.44", "10.60", "661.16", "32.3465"),
    ],
)
def test_fees_of_two_years(
    small_library: Library, on: date, work: str, office: str, facility: str, amount: str, factor: str
) -> None:
    found = page(small_library, "17311", on)
    assert value(found, "work_rvu") == work
    assert value(found, "total_nonfacility_rvu") == office
    assert value(found, "total_facility_rvu") == facility
    assert value(found, "conversion_factor") == factor
    assert value(found, "amount_nonfacility") == amount
    assert f"${amount}" in words(found)


def test_na_place_has_no_amount(small_library: Library) -> None:
    found = page(small_library, "66984")
    assert value(found, "amount_nonfacility") is None
    assert value(found, "amount_facility") == "521.75"
    assert value(found, "na_nonfacility") == "NA"


def test_status_that_is_not_paid_has_no_amount(small_library: Library) -> None:
    found = page(small_library, "J1885")
    assert value(found, "pfs_status") == "E"
    assert value(found, "amount_nonfacility") is None
    assert "excluded" in words(found).lower()


def test_components_have_their_own_amounts(small_library: Library) -> None:
    rows = texts(table(section(page(small_library, "88305"), "physician-fees"), "components"))
    assert {row[0].split()[0]: row[5] for row in rows} == {"whole": "69.54", "26": "34.93", "TC": "34.61"}


def test_a_component_not_paid_in_a_facility_says_na(small_library: Library) -> None:
    rows = texts(table(section(page(small_library, "88305"), "physician-fees"), "components"))
    assert {row[0].split()[0]: row[6] for row in rows} == {"whole": "NA", "26": "34.93", "TC": "NA"}


def test_history_lists_every_change(small_library: Library) -> None:
    rows = texts(table(section(page(small_library, "17311"), "physician-fees"), "fee-history"))
    assert [(row[0], row[2], row[5]) for row in rows] == [
        ("2024-07-01", "20.45", "680.73"),
        ("2025-01-01", "20.44", "661.16"),
    ]


def test_history_pays_nothing_where_the_rate_is_na(small_library: Library) -> None:
    """66984 is NA outside a facility: no edition ever paid an office amount for it."""
    rows = texts(table(section(page(small_library, "66984"), "physician-fees"), "fee-history"))
    assert [row[5] for row in rows] == ["NA", "NA"]


def test_hospital_and_surgical_center(small_library: Library) -> None:
    found = page(small_library, "17311", date(2025, 5, 1))
    assert value(found, "opps_status_indicator") == "T"
    assert value(found, "apc") == "5054"
    assert value(found, "opps_rate") == "1790.02"
    assert value(found, "asc_payment_indicator") == "G2"
    assert value(found, "asc_rate") == "1020.20"


def test_a_rate_change_follows_the_quarter(small_library: Library) -> None:
    assert value(page(small_library, "17311", date(2025, 10, 1)), "opps_rate") == "1801.10"


def test_unit_limits_of_three_tables(small_library: Library) -> None:
    found = page(small_library, "17311")
    rows = texts(table(section(found, "unit-limits"), "unit-limits"))
    assert [(row[0], row[1]) for row in rows] == [
        ("practitioner", "4"),
        ("outpatient hospital", "4"),
        ("DME supplier", "4"),
    ]
    assert value(page(small_library, "17311", SPRING_2026), "mue_practitioner") == 5


def test_a_code_without_a_limit_is_not_called_unlimited(small_library: Library) -> None:
    rows = texts(table(section(page(small_library, "99213"), "unit-limits"), "unit-limits"))
    assert [row[1] for row in rows] == ["not published"] * 3


def test_pair_edits_both_directions_and_no_tombstone(small_library: Library) -> None:
    found = page(small_library, "17311", SUMMER)
    rows = texts(table(section(found, "pair-edits"), "practitioner-column1"))
    assert [row[0] for row in rows] == ["11102", "88305"]
    assert value(found, "pairs_practitioner_column1") == 2
    other = page(small_library, "11102", SUMMER)
    assert value(other, "pairs_practitioner_column2") == 2
    assert value(page(small_library, "99213", SUMMER), "pairs_practitioner_column2") == 0


def test_placeholder_dates_are_said_to_be_unknown(small_library: Library) -> None:
    rows = texts(table(section(page(small_library, "17311"), "pair-edits"), "outpatient-hospital-column1"))
    assert {row[2] for row in rows} == {"not known"}
    known = texts(table(section(page(small_library, "17311"), "pair-edits"), "practitioner-column1"))
    assert known[0][2] == "2000-01-01"


def test_modifiers_follow_the_indicators(small_library: Library) -> None:
    def verdict(code: str, modifier: str) -> str:
        part = section(page(small_library, code), "modifiers")
        return next(row[2] for row in texts(part.tables[0]) if row[0] == modifier)

    assert verdict("88305", "26") == "applies"
    assert verdict("17311", "26") == "does not apply"
    assert verdict("20610", "50") == "applies"
    assert verdict("17311", "50") == "does not apply"


def test_places_pay_one_of_two_rates(small_library: Library) -> None:
    part = section(page(small_library, "17311"), "places")
    rates = {row[0]: (row[2], row[3]) for row in texts(part.tables[0])}
    assert rates["11"] == ("non-facility rate", "661.16")
    assert rates["22"] == ("facility rate", "342.87")


def test_level_two_code_has_its_text(small_library: Library) -> None:
    found = page(small_library, "J1885")
    assert found.title == "Injection, ketorolac tromethamine, per 15 mg"
    assert found.title_source is not None
    assert value(found, "coverage") == "D"


def test_long_text_is_joined_without_a_break_in_a_word(small_library: Library) -> None:
    title = page(small_library, "A9002", date(2025, 8, 1)).title
    assert title is not None
    assert title.endswith("adhesive back, per linear yard, dispensed for home use")


@pytest.mark.parametrize(
    ("on", "status"), [(date(2025, 9, 30), "active"), (date(2025, 10, 1), "deleted"), (SPRING_2026, "deleted")]
)
def test_a_terminated_code_is_deleted_after_its_last_day(small_library: Library, on: date, status: str) -> None:
    assert page(small_library, "A9002", on).status == status


def test_a_code_still_in_one_list_is_active(small_library: Library) -> None:
    found = page(small_library, "90001", date(2025, 1, 1))
    assert found.status == "active"  # the unit limits still list it
    gone = page(small_library, "A9002", SPRING_2026)
    assert value(gone, "terminated") == "2025-09-30"


def test_a_code_of_a_later_edition_is_in_the_future(small_library: Library) -> None:
    assert page(small_library, "90002", SUMMER).status == "future"
    assert page(small_library, "90002", WINTER).status == "active"


def test_cpt_title_is_never_shown(small_library: Library) -> None:
    for code in ("17311", "17314", "99213", "88305"):
        assert page(small_library, code).title is None


@pytest.mark.parametrize("typed", ["D0120", "d9999"])
def test_dental_codes_are_refused_with_the_reason(small_library: Library, typed: str) -> None:
    with pytest.raises(NotLoaded, match="dental"):
        page(small_library, typed)


def test_billable_diagnosis(small_library: Library) -> None:
    found = page(small_library, "C44.1121")
    assert found.title == "Basal cell carcinoma of skin of right upper eyelid, including canthus"
    assert (found.status, found.billable) == ("active", True)
    wider = [fact.value for fact in found.facts if fact.name == "wider"]
    assert wider == ["C44", "C44.1", "C44.11", "C44.112"]


def test_header_is_not_billable_and_says_how_many_narrower(small_library: Library) -> None:
    found = page(small_library, "C44.112")
    assert (found.status, found.billable) == ("header", False)
    assert "not billable" in words(found)
    assert "2 narrower codes" in words(found)


def test_siblings_and_children(small_library: Library) -> None:
    tables = {item.name: texts(item) for item in section(page(small_library, "C44.1121"), "hierarchy").tables}
    assert [row[0] for row in tables["siblings"]] == ["C44.1122"]
    children = table(section(page(small_library, "C44.112"), "hierarchy"), "children")
    assert [row[0] for row in texts(children)] == ["C44.1121", "C44.1122"]


def test_notes_say_where_they_are_inherited_from(small_library: Library) -> None:
    part = section(page(small_library, "C44.1121"), "notes")
    assert ("malignant melanoma of skin (C43.-)", "C44") in texts(table(part, "excludes1"))
    assert ("connective tissue of eyelid (C49.0)", "C44.1") in texts(table(part, "excludes1"))
    assert ("Functional activity", "chapter 2") in texts(table(part, "note"))
    assert texts(table(section(page(small_library, "L57.0"), "notes"), "use-additional"))[0][1] == "L57"


def test_inclusion_terms_are_not_inherited(small_library: Library) -> None:
    assert [row[0] for row in texts(table(section(page(small_library, "L57.0"), "notes"), "inclusion"))] == [
        "Senile keratosis",
        "Solar keratosis",
    ]
    built = section(page(small_library, "S00.03XA"), "notes")
    assert all(item.name != "inclusion" or item.lines[0].cells[1].text == "S00.03XA" for item in built.tables)


def test_seventh_characters_lead_to_codes_with_the_placeholder(small_library: Library) -> None:
    part = section(page(small_library, "S00.01"), "seventh")
    assert texts(part.tables[0]) == [
        ("A", "initial encounter", "S00.01XA"),
        ("D", "subsequent encounter", "S00.01XD"),
        ("S", "sequela", "S00.01XS"),
    ]
    assert page(small_library, "S00.01").billable is False


def test_a_built_code_is_billable_and_says_it_was_built(small_library: Library) -> None:
    found = page(small_library, "S0001XD")
    assert found.title == "Abrasion of scalp, subsequent encounter"
    assert found.billable is True
    assert value(found, "expanded") is True


def test_a_code_without_seventh_characters_has_no_such_table(small_library: Library) -> None:
    assert section(page(small_library, "C44.1121"), "seventh").tables == ()


def test_a_split_diagnosis_is_billable_before_and_a_header_after(small_library: Library) -> None:
    assert page(small_library, "G35", date(2025, 5, 1)).billable is True
    assert page(small_library, "G35", SPRING_2026).billable is False
    new = page(small_library, "G35.A", date(2025, 5, 1))
    assert (new.status, new.billable) == ("future", False)


def test_condition_category(small_library: Library) -> None:
    found = page(small_library, "C44.1121", SPRING_2026)
    hcc = [fact for fact in found.facts if fact.name == "hcc"]
    assert [(fact.value, fact.label) for fact in hcc] == [("12", "CMS-HCC Model V28")]


@pytest.mark.parametrize(
    ("code", "specialty"),
    [
        ("207ND0101X", "MOHS-Micrographic Surgery"),
        ("207ND0900X", "Dermatopathology"),
        ("207NS0135X", "Procedural Dermatology"),
        ("207N00000X", "Dermatology"),
    ],
)
def test_taxonomy_names(small_library: Library, code: str, specialty: str) -> None:
    assert page(small_library, code).title == specialty


def test_own_modifier_table_comes_first_and_published_text_beside_it(small_library: Library) -> None:
    found = page(small_library, "LT")
    assert value(found, "level") == "hcpcs"
    assert "left side of the body" in str(value(found, "published_text"))
    assert page(small_library, "ZZ").title == "A modifier that the table in plain words does not know"


def test_place_of_service_says_its_rate(small_library: Library) -> None:
    found = page(small_library, "11", system="pos")
    assert value(found, "rate") == "nonfacility"
    assert "non-facility rate" in words(found)


def test_an_ambiguous_code_says_what_else_it_is(small_library: Library) -> None:
    answer = look_up(small_library, "24", WINTER)
    assert answer.value.code.system == "modifier"
    assert any("/pos/24" in caveat.text for caveat in answer.warnings)
    assert look_up(small_library, "24", WINTER, "pos").value.code.system == "pos"


def test_an_unambiguous_code_has_no_such_caveat(small_library: Library) -> None:
    assert not any("is also" in caveat.text for caveat in look_up(small_library, "17311", SUMMER).warnings)


def test_gaps_are_told_with_the_answer(small_library: Library) -> None:
    warned = {caveat.dataset for caveat in look_up(small_library, "17311", date(2025, 8, 1)).warnings}
    assert "mpfs-rvu" in warned
    assert "mpfs-rvu" not in {caveat.dataset for caveat in look_up(small_library, "17311", date(2025, 2, 1)).warnings}


def test_what_is_not_loaded_for_the_day_is_named_in_its_place(small_library: Library) -> None:
    answer = look_up(small_library, "17311", SUMMER)
    assert section(answer.value, "outpatient-fees").missing == ("opps-addendum-b",)
    assert "opps-addendum-b" in answer.not_loaded
    assert "mpfs-rvu" not in answer.not_loaded


def test_before_the_first_edition_nothing_is_known(small_library: Library) -> None:
    with pytest.raises(NotLoaded, match="2024-07-01"):
        page(small_library, "17311", date(2024, 6, 30))
    with pytest.raises(NotLoaded, match="2025-04-01"):
        page(small_library, "C44.1121", date(2025, 3, 31))


@pytest.mark.parametrize("code", ["207ND0101X", "ZZ"])
def test_a_short_list_before_its_first_edition_is_not_loaded_rather_than_without_the_code(
    small_library: Library, code: str
) -> None:
    """Saying "no such code" would be false: the code stands in the loaded edition, which does not speak for the day."""
    with pytest.raises(NotLoaded, match="2025-07-01"):
        page(small_library, code, SUMMER)


@pytest.mark.parametrize(("typed", "near"), [("17316", "17315"), ("C44.1123", "C44.1122"), ("J1886", "J1885")])
def test_an_unknown_code_names_its_neighbours(small_library: Library, typed: str, near: str) -> None:
    with pytest.raises(NotFound, match=near):
        page(small_library, typed)


@pytest.mark.parametrize("typed", ["", "hello world", "'; drop table document; --", "17311\x00", "🩺", "9" * 400])
def test_what_cannot_be_a_code_is_bad_input(small_library: Library, typed: str) -> None:
    with pytest.raises(BadInput):
        page(small_library, typed)


def test_an_unknown_system_is_bad_input(small_library: Library) -> None:
    with pytest.raises(BadInput, match="not a code system"):
        page(small_library, "17311", system="snomed")


def test_procedure_classification_is_not_loaded(small_library: Library) -> None:
    with pytest.raises(NotLoaded, match="icd-10-pcs"):
        page(small_library, "0HBMXZX", system="icd-10-pcs")


def _answers(library: Library) -> list[Answer[CodePage]]:
    codes = (
        "17311",
        "17314",
        "88305",
        "66984",
        "J1885",
        "A9002",
        "C44.1121",
        "C44.112",
        "S00.01XA",
        "59",
        "LT",
        "207ND0101X",
    )
    return [look_up(library, code, on) for code in codes for on in (WINTER, SPRING_2026)]


def test_every_fact_has_a_source_or_says_how_it_was_worked_out(small_library: Library) -> None:
    for answer in _answers(small_library):
        for fact in answer.value.facts:
            assert fact.source is not None or fact.meaning, fact


def test_every_sentence_has_a_source(small_library: Library) -> None:
    for answer in _answers(small_library):
        for sentence in answer.value.words:
            assert sentence.sources, sentence.text


def test_no_code_of_a_loaded_table_lacks_its_meaning(small_library: Library) -> None:
    for answer in _answers(small_library):
        assert not [fact for fact in answer.value.facts if fact.meaning.startswith("Not in our table")]


def test_missing_names_are_datasets(small_library: Library) -> None:
    for answer in _answers(small_library):
        assert set(answer.not_loaded) <= set(DATASETS)
