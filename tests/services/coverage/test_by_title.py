"""Coverage by title: what the list of documents alone can say, and that it never says more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from codeward.core.faults import NotLoaded
from codeward.services.catalogue.tools import BY_NAME
from codeward.services.coverage.check import check_coverage
from codeward.services.coverage.macs import all_macs, lettered, owners_in
from codeward.services.coverage.section import coverage_section
from codeward.services.coverage.subjects import has_words, words_for
from codeward.services.coverage.values import CoverageCheck, CoverageQuestion
from codeward.services.view import View
from codeward.store.library import Library, open_library
from codeward.tools.cli import main
from golden.published import pack
from made_coverage import documents_list
from making import build_library

DAY = date(2024, 6, 1)
BOTH = "\n(MAC - Part A, MAC - Part B)"
FIRST_COAST, NORIDIAN = "First Coast Service Options, Inc.", "Noridian Healthcare Solutions, LLC"
ROWS = [
    ("L90301", "17", "Mohs Micrographic Surgery (MMS)", FIRST_COAST + BOTH, "01/08/2019"),
    ("A90301", "12", "Billing and Coding: Mohs Micrographic Surgery (MMS)", FIRST_COAST + BOTH, "12/11/2023"),
    ("A90302", "1", "Response to Comments: Mohs Micrographic Surgery", FIRST_COAST + BOTH, "12/11/2023"),
    ("L90303", "3", "Benign Lesion Removal (Excludes Mohs)", FIRST_COAST + BOTH, "01/01/2020"),
    ("L90304", "9", "Mohs Micrographic Surgery", NORIDIAN + BOTH, "01/01/2025"),
    ("L90305", "2", "Trigger Point Injections", "National Government Services, Inc." + BOTH, "01/01/2020"),
    ("L90306", "2", "Oxygen", f"CGS Administrators, LLC\n(DME MAC)\n\n{NORIDIAN}\n(DME MAC)", "01/01/2020"),
    ("L90307", "2", "Cataract Extraction", FIRST_COAST + "\n(MAC - Part B)", "01/01/2020"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("titles")
    pack(folder / "documents_latest.zip", {"documents_latest.csv": documents_list(ROWS)})
    build_library(folder / "home", folder / "documents_latest.zip")
    return folder / "home"


@pytest.fixture(scope="module")
def library(home: Path) -> Library:
    return open_library(home)


def asked(library: Library, code: str, **where: str) -> CoverageCheck:
    return check_coverage(library, CoverageQuestion(code, **where), DAY).value


def test_an_owner_with_a_document_on_the_subject_is_text_only(library: Library) -> None:
    check = asked(library, "17311", state="Florida")
    assert check.verdict == "TEXT_ONLY"
    assert [item.id for item in check.documents] == ["L90301", "A90301"]
    assert check.contractors[0].jurisdiction == "JN"
    (partner,) = check.documents[0].related
    assert partner.id == "A90301" and "the authoritative link" in partner.basis
    assert any("not loaded" in text for text in check.unchecked)


def test_an_owner_without_one_has_no_policy_which_is_not_coverage(library: Library) -> None:
    check = asked(library, "17311", state="NY")
    assert (check.verdict, check.documents) == ("NO_POLICY", ())
    assert "National Government Services" in check.words
    assert "That is not coverage" in check.words


@pytest.mark.parametrize(
    ("code", "where", "verdict"),
    [
        ("17311", {}, "NOT_CHECKED"),
        ("99213", {"state": "FL"}, "NOT_CHECKED"),
        ("62323", {"state": "FL"}, "NOT_CHECKED"),
        ("66984", {"state": "FL"}, "TEXT_ONLY"),
        ("66984", {"state": "FL", "setting": "outpatient-hospital"}, "NO_POLICY"),
        ("E1390", {"state": "TX", "setting": "dme"}, "TEXT_ONLY"),
        ("", {"state": "FL", "words": "mohs surgery"}, "TEXT_ONLY"),
        ("", {"state": "FL", "words": "100%_"}, "NOT_CHECKED"),
    ],
)
def test_verdicts_by_title(library: Library, code: str, where: dict[str, str], verdict: str) -> None:
    assert asked(library, code, **where).verdict == verdict


def test_a_later_version_is_named_as_such(library: Library) -> None:
    check = asked(library, "17311", state="CA")
    assert check.verdict == "TEXT_ONLY"
    assert "Of L90304 only a later version is loaded" in check.words


def test_before_a_contractor_is_known_to_serve_nothing_is_said(library: Library) -> None:
    check = check_coverage(library, CoverageQuestion("17311", state="GA"), date(2017, 1, 1)).value
    assert check.verdict == "NOT_CHECKED"


def test_every_state_has_one_contractor_of_each_kind() -> None:
    for kind in ("A/B MAC", "DME MAC"):
        states = [state for mac in all_macs() if mac.kind == kind for state in mac.states]
        assert len(states) == len(set(states)) == 59
    assert [lettered(number) for number in ("13202", "01112", "18003", "99", "20002")] == ["JK", "JE", "DME C", "", ""]


def test_owners_are_read_with_their_roles() -> None:
    assert owners_in(ROWS[6][3]) == (("CGS Administrators, LLC", "DME MAC"), (NORIDIAN, "DME MAC"))


def test_titles_are_matched_by_words_and_not_by_what_they_leave_out() -> None:
    assert has_words("Billing and Coding: Mohs Micrographic Surgery", "mohs")
    assert not has_words("Benign Lesion Removal (Excludes Mohs)", "mohs")
    assert words_for("17314") == ("mohs",) and words_for("99213") == ()


def test_the_section_of_a_page_names_documents_and_what_is_missing(library: Library, exports: Library) -> None:
    by_title = coverage_section(View(library, DAY), "17311")
    assert by_title.missing == ("mcd-article-x-hcpc-code",)
    assert [line.cells[0].text for line in by_title.tables[0].lines] == ["L90301", "L90304", "A90301"]
    assert not coverage_section(View(library, DAY), "99213").tables
    by_code = coverage_section(View(exports, date(2025, 3, 1)), "G9114")
    assert not by_code.missing
    assert [(line.cells[0].text, line.cells[3].text) for line in by_code.tables[0].lines] == [
        ("A90114", "Bear Made-up Services, LLC"),
        ("A90115", "Bear Made-up Services, LLC"),
    ]


def test_the_command_and_the_tool_say_the_same(home: Path, library: Library) -> None:
    given = ["coverage", "17311", "--dx", "C44.311", "--state", "NY", "--on", "2024-06-01", "--library", str(home)]
    text = CliRunner().invoke(main.app, given)
    assert text.exit_code == 0 and "NO_POLICY" in text.stdout and "not checked" in text.stdout
    answer = BY_NAME["check_coverage"].ask(library, DAY, {"procedure": "17311", "state": "NY"})
    assert answer.value.verdict == "NO_POLICY"
    assert "mcd-article-x-hcpc-code" in answer.not_loaded


def test_nothing_loaded_is_said_by_exit_status(home: Path) -> None:
    given = ["coverage", "99213", "--state", "NY", "--on", "2024-06-01", "--library", str(home), "--json"]
    run = CliRunner().invoke(main.app, given)
    assert isinstance(run.exception, NotLoaded)
    assert '"verdict": "NOT_CHECKED"' in run.stdout


@pytest.mark.official
def test_mohs_documents_of_the_real_list(official: Path, tmp_path: Path) -> None:
    build_library(tmp_path / "home", official / "mcd/documents_latest.zip")
    real = open_library(tmp_path / "home")
    florida = asked(real, "17311", state="FL")
    assert [(item.id, item.version) for item in florida.documents] == [("L33689", 17), ("A57767", 12)]
    assert asked(real, "17311", state="NY").verdict == "NO_POLICY"
    found = {item.id for item in asked(real, "17311", state="OH").documents}
    assert found == {"L34195", "A56836"}
