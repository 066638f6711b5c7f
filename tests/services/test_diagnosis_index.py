"""The index and tables: what leads to a code, a letter's terms, a term with all below it, and where `see` sends."""

from __future__ import annotations

from datetime import date

import pytest

from codeward.core.codes import Code
from codeward.services.diagnosis_index import (
    COMPLETE,
    CONTINUES,
    DRUGS,
    EXTERNAL,
    INDEX,
    NEOPLASMS,
    NOT_LISTED,
    follow_see,
    letter,
    letters_of,
    printed_forms,
    standings,
    whole_term,
    with_words,
)
from codeward.services.look_up import look_up
from codeward.services.view import View
from codeward.store.library import Library

APRIL = date(2026, 4, 15)
ALL = (0, 100)


@pytest.fixture
def view(diagnosis_library: Library) -> View:
    return View(diagnosis_library, APRIL)


def test_forms_a_code_may_be_printed_in() -> None:
    assert printed_forms(Code("icd-10-cm", "C4411")) == [
        "C44.11", "C44.11-", "C44.1", "C44.1-", "C44", "C44-", "C44.-",
    ]  # fmt: skip


def test_terms_that_lead_to_a_code(diagnosis_library: Library) -> None:
    section = look_up(diagnosis_library, "C44.1121", APRIL).value.section("index")
    assert section is not None
    (table,) = section.tables
    (line,) = table.lines
    assert line.cells[0].text == "Neoplasm, neoplastic > abdomen, abdominal > skin > basal cell carcinoma"
    assert (line.cells[1].text, line.cells[1].meaning) == ("C44.112-", "complete it in the tabular list")
    assert line.cells[2].text == "Malignant Primary"
    assert line.source is not None and line.source.dataset == NEOPLASMS


def test_a_code_no_term_leads_to_has_no_entries(diagnosis_library: Library) -> None:
    section = look_up(diagnosis_library, "S00.03XA", APRIL).value.section("index")
    assert section is not None and section.tables == () and section.missing == ()


def test_an_index_that_is_not_loaded_is_said(small_library: Library) -> None:
    answer = look_up(small_library, "C44.1121", APRIL)
    section = answer.value.section("index")
    assert section is not None
    assert section.missing == (INDEX, EXTERNAL, NEOPLASMS, DRUGS)
    assert set(section.missing) <= set(answer.not_loaded)


def test_letters_and_their_main_terms(view: View) -> None:
    assert letters_of(view, INDEX) == [("A", 3), ("C", 2)]
    found = letter(view, INDEX, "A", ALL)
    assert [(term.printed, term.below) for term in found.terms] == [
        ("Abandonment", 0),
        ("Abasia (-astasia) (hysterical)", 0),
        ("Amyloidosis (generalized) (primary) NEC", 3),
    ]


def test_letters_of_the_neoplasm_table_are_of_its_sites(view: View) -> None:
    assert letters_of(view, NEOPLASMS) == [("A", 1), ("B", 2)]
    assert [term.printed for term in letter(view, NEOPLASMS, "B", ALL).terms] == ["book-leaf (mouth)", "bowel"]


def test_a_term_with_all_below_it_in_published_order(view: View) -> None:
    found = whole_term(view, INDEX, "Amyloidosis NEC", ALL)
    assert [(term.level, term.printed) for term in found.terms] == [
        (0, "Amyloidosis (generalized) (primary) NEC"),
        (1, "with lung involvement"),
        (1, "localized"),
        (2, "(cutaneous)"),
    ]
    inner = whole_term(view, INDEX, "Amyloidosis NEC > localized", ALL)
    assert [term.printed for term in inner.terms] == ["localized", "(cutaneous)"]
    lung = found.terms[1]
    assert lung.code is not None and lung.manifestation is not None
    assert (lung.code.text, lung.manifestation.text) == ("E85.4", "J99")


def test_pages_of_a_term(view: View) -> None:
    page = whole_term(view, INDEX, "Amyloidosis NEC", (2, 1))
    assert ([term.printed for term in page.terms], page.start, page.total) == (["localized"], 2, 4)


@pytest.mark.parametrize(
    ("dataset", "text", "paths"),
    [
        (INDEX, "amyloidosis lung", ["Amyloidosis NEC > with lung involvement"]),
        (INDEX, "hysterical", ["Abasia"]),
        (INDEX, "nothing like it", []),
        (INDEX, "100%", []),
        (DRUGS, "sedative", ["Carbamate > sedative"]),
    ],
)
def test_terms_by_their_words(view: View, dataset: str, text: str, paths: list[str]) -> None:
    found = with_words(view, dataset, text, ALL)
    assert [" > ".join(term.path) for term in found.terms] == paths
    assert found.total == len(paths)


def test_six_cells_of_a_substance(view: View) -> None:
    (row,) = with_words(view, DRUGS, "sedative", ALL).terms
    assert [cell.text for cell in row.cells] == ["T42.6X1", "T42.6X2", "T42.6X3", "T42.6X4", "T42.6X5", "T42.6X6"]
    (none,) = with_words(view, DRUGS, "2,4-D", ALL).terms
    assert [cell.text for cell in none.cells][4:] == ["--", "--"]
    assert none.cells[4].code is None


def test_standing_of_a_printed_code(view: View) -> None:
    found = standings(view, {"L57.0", "C44.11", "C44.11-", "C44.1121", "Z99.9", "S00.03"})
    assert found == {
        "L57.0": COMPLETE,
        "C44.11": CONTINUES,
        "C44.11-": CONTINUES,
        "C44.1121": COMPLETE,
        "Z99.9": NOT_LISTED,
        "S00.03": CONTINUES,
    }


@pytest.mark.parametrize(
    ("dataset", "text", "path"),
    [
        (EXTERNAL, "Accident, caused by, due to, lightning", "Accident > caused by, due to > lightning"),
        (EXTERNAL, "Accident, caused by, unheard of", "Accident > caused by, due to"),
        (EXTERNAL, "Accident, by type", "Accident"),
        (INDEX, "amyloidosis NEC, localized", "Amyloidosis NEC > localized"),
        (INDEX, "Maltreatment", None),
        (DRUGS, "carbamate, sedative", "Carbamate > sedative"),
    ],
)
def test_where_see_sends(view: View, dataset: str, text: str, path: str | None) -> None:
    assert follow_see(view, dataset, text) == path
