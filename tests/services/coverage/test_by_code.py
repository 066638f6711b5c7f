"""Coverage by code: every verdict, and the traps between a document and its verdict."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from codeward.core.answers import Answer
from codeward.core.faults import BadInput
from codeward.services.coverage.check import check_coverage
from codeward.services.coverage.values import CoverageCheck, CoverageQuestion
from codeward.store.library import Library, open_library
from made_coverage import made_exports
from making import build_library

DAY = date(2025, 3, 1)


def asked(library: Library, code: str, *diagnoses: str, state: str = "FL", on: date = DAY, setting: str = "practitioner") -> CoverageCheck:  # fmt: skip # noqa: E501
    return answered(library, code, *diagnoses, state=state, on=on, setting=setting).value


def answered(library: Library, code: str, *diagnoses: str, state: str = "FL", on: date = DAY, setting: str = "practitioner") -> Answer[CoverageCheck]:  # fmt: skip # noqa: E501
    return check_coverage(library, CoverageQuestion(code, diagnoses, state, setting=setting), on)


@pytest.mark.parametrize(
    ("code", "diagnoses", "verdict"),
    [
        ("G9101", ["C44.311"], "SUPPORTED_BY_DX"),
        ("G9101", ["c44311"], "SUPPORTED_BY_DX"),
        ("G9101", ["C44.31"], "NOT_SUPPORTED"),
        ("G9101", ["C44.3111"], "NOT_SUPPORTED"),
        ("G9101", ["L57.0"], "NOT_SUPPORTED"),
        ("G9101", ["C44.311", "L57.0"], "NOT_SUPPORTED"),
        ("G9101", [], "NOT_CHECKED"),
        ("G9102", ["E11.42"], "NEEDS_SECONDARY"),
        ("G9102", ["B35.1"], "NEEDS_SECONDARY"),
        ("G9102", ["E11.42", "B35.1"], "SUPPORTED_BY_DX"),
        ("G9103", ["M17.11"], "NEEDS_SECONDARY"),
        ("G9103", ["M17.11", "Z96.651"], "SUPPORTED_BY_DX"),
        ("G9103", ["Z96.651"], "NEEDS_SECONDARY"),
        ("G9103", ["M17.12"], "SUPPORTED_BY_DX"),
        ("G9104", ["C44.311"], "TEXT_ONLY"),
        ("G9105", ["I70.211"], "SUPPORTED_BY_DX"),
        ("G9105", ["L84"], "NOT_SUPPORTED"),
        ("G9107", ["L84"], "SUPPORTED_BY_DX"),
        ("G9107", ["I70.211"], "NOT_SUPPORTED"),
        ("G9108", ["J45.20"], "SUPPORTED_BY_DX"),
        ("G9111", ["S82.51"], "SUPPORTED_BY_DX"),
        ("G9111", ["M80.00"], "NOT_SUPPORTED"),
        ("G9112", ["I10"], "NEEDS_SECONDARY"),
        ("G9112", ["I10", "R73.03"], "SUPPORTED_BY_DX"),
        ("G9113", ["I10"], "NO_POLICY"),
        ("G9116", ["I10"], "TEXT_ONLY"),
        ("G9117", ["I10"], "NO_POLICY"),
        ("G9119", ["I10"], "NOT_SUPPORTED"),
        ("G9119", ["I10", "J44.9"], "SUPPORTED_BY_DX"),
        ("G9999", ["I10"], "NO_POLICY"),
    ],
)
def test_every_verdict(exports: Library, code: str, diagnoses: list[str], verdict: str) -> None:
    assert asked(exports, code, *diagnoses).verdict == verdict


@pytest.mark.parametrize(
    ("on", "diagnosis", "verdict"),
    [
        (date(2022, 5, 1), "N18.4", "SUPPORTED_BY_DX"),
        (date(2023, 12, 31), "N18.4", "SUPPORTED_BY_DX"),
        (date(2024, 1, 1), "N18.4", "NOT_SUPPORTED"),
        (date(2024, 1, 1), "N18.5", "SUPPORTED_BY_DX"),
        (date(2026, 1, 1), "N18.5", "NO_POLICY"),
        (date(2019, 12, 31), "N18.4", "NO_POLICY"),
    ],
)
def test_the_version_of_the_day_answers(exports: Library, on: date, diagnosis: str, verdict: str) -> None:
    assert asked(exports, "G9109", diagnosis, on=on).verdict == verdict


def test_versions_that_bear_the_documents_first_day_follow_one_another(exports: Library) -> None:
    assert asked(exports, "G9121", "I10", on=date(2023, 6, 1)).verdict == "SUPPORTED_BY_DX"
    assert asked(exports, "G9121", "J44.9", on=date(2024, 6, 1)).verdict == "SUPPORTED_BY_DX"


def test_a_document_whose_version_of_the_day_is_not_loaded_is_not_no_policy(exports: Library) -> None:
    check = asked(exports, "G9110", "N18.5", on=date(2023, 1, 1))
    assert check.verdict == "NOT_CHECKED"
    assert "A90108" in check.words
    assert asked(exports, "G9110", "N18.5").verdict == "SUPPORTED_BY_DX"


def test_current_exports_do_not_say_what_held_before_them(current: Library, exports: Library) -> None:
    assert asked(current, "G9999").verdict == "NOT_CHECKED"
    assert asked(current, "G9999", on=date(2026, 10, 8)).verdict == "NO_POLICY"
    assert asked(exports, "G9999").verdict == "NO_POLICY"


def test_a_contract_is_the_whole_key_of_contractor_type_and_version(exports: Library) -> None:
    assert asked(exports, "G9101", "C44.311", state="NY").verdict == "NO_POLICY"
    assert asked(exports, "G9101", "C44.311", state="NY").contractors[0].number == "13202"


def test_a_contract_counts_on_its_days(exports: Library) -> None:
    (elder,) = asked(exports, "G9118", "I10", state="GA", on=date(2018, 2, 25)).contractors
    assert elder.name == "Elder Made-up Services"
    check = asked(exports, "G9118", "I10", state="GA", on=date(2021, 1, 1))
    assert (check.verdict, check.contractors[0].name) == ("NO_POLICY", "Younger Made-up Services")


def test_the_setting_says_which_part_of_a_contract_pays(exports: Library) -> None:
    hospital = asked(exports, "G9101", "C44.311", setting="outpatient-hospital")
    assert hospital.verdict == "SUPPORTED_BY_DX"
    assert [item.number for item in hospital.contractors] == ["09101"]
    assert asked(exports, "G9102", "E11.42", setting="outpatient-hospital").verdict == "NO_POLICY"
    supply = asked(exports, "E9101", "J44.9", setting="dme")
    assert (supply.verdict, supply.contractors[0].jurisdiction) == ("SUPPORTED_BY_DX", "DME C")
    assert asked(exports, "E9101", "J44.9").verdict == "NO_POLICY"
    assert asked(exports, "E9102", "J44.9", setting="dme").verdict == "TEXT_ONLY"


def test_a_document_shows_what_it_rests_on(exports: Library) -> None:
    answer = answered(exports, "G9101", "C44.311", "Z00.00")
    article, ncd, lcd = answer.value.documents
    assert (article.id, ncd.id, lcd.id) == ("A90101", "990.1", "L80101")
    assert (ncd.verdict, lcd.verdict) == ("TEXT_ONLY", "TEXT_ONLY")
    refused, group = article.groups
    assert (refused.covers, refused.matched) == (False, ())
    assert group.paragraph == "Diagnoses that support & so on:"
    assert (group.number, group.listed, group.matched) == (1, 2, ("C44.311",))
    assert [(item.kind, item.code) for item in article.listed] == [
        ("modifier", "GA"),
        ("bill type", "013X"),
        ("revenue code", "0360"),
    ]
    assert article.code_groups == ("Codes 1",)
    cited = {source.dataset for source in article.sources}
    assert {"mcd-article", "mcd-article-x-hcpc-code", "mcd-article-x-icd10-covered", "mcd-contractor"} <= cited
    assert set(article.sources) <= set(answer.sources)


def test_history_tells_every_loaded_version_with_its_days(exports: Library) -> None:
    (article,) = asked(exports, "G9109", "N18.5").documents
    assert [(item.version, item.standing) for item in article.history] == [(3, "coming"), (2, "in force"), (1, "ended")]
    assert article.history[2].last_day == date(2023, 12, 31)


def test_what_is_not_understood_or_loaded_is_said(exports: Library) -> None:
    said = asked(exports, "G9108", "J45.20").unchecked
    assert any("group 1 of A90106" in text for text in said)
    assert any("NCD" in text or "National" in text for text in said)
    assert any("Frequency" in text for text in said)
    assert any("L80999" in text for text in asked(exports, "G9102", "E11.42").unchecked)
    assert any("marked as a range" in text for text in asked(exports, "G9111", "S82.51").unchecked)
    assert any("A90119, A90120" in text for text in asked(exports, "G9119", "I10").unchecked)


def test_no_verdict_offers_a_diagnosis_that_was_not_given(exports: Library) -> None:
    check = asked(exports, "G9101", "Z00.00")
    assert check.verdict == "NOT_SUPPORTED"
    assert "C44" not in repr(check)


def test_no_policy_never_reads_as_covered(exports: Library) -> None:
    words = asked(exports, "G9999").words
    assert "That is not coverage" in words
    assert "Palm Made-up Services" in words


def test_without_a_place_every_contractors_document_stands_and_none_decides(exports: Library) -> None:
    check = asked(exports, "G9114", "I10", state="")
    assert check.verdict == "NOT_CHECKED"
    assert {item.id: item.verdict for item in check.documents} == {
        "A90114": "SUPPORTED_BY_DX",
        "A90115": "NOT_SUPPORTED",
    }


def test_without_the_tables_of_contractors_nothing_is_judged(tmp_path: Path) -> None:
    build_library(tmp_path / "home", *made_exports().write(tmp_path / "f", less=["contractor_jurisdiction"]))
    answer = answered(open_library(tmp_path / "home"), "G9101", "C44.311")
    assert answer.value.verdict == "NOT_CHECKED"
    assert "mcd-contractor-jurisdiction" in answer.not_loaded


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (CoverageQuestion("C44.311"), "is no procedure code"),
        (CoverageQuestion("D0120"), "is no procedure code"),
        (CoverageQuestion(""), "nothing to check"),
        (CoverageQuestion("G9101", ("17311",)), "is no diagnosis code"),
        (CoverageQuestion("G9101", state="Narnia"), "is no state"),
        (CoverageQuestion("G9101", zip="123"), "is no ZIP code"),
        (CoverageQuestion("G9101", setting="hospice"), "is no setting"),
        (CoverageQuestion("G9101", tuple(f"M{n}" for n in range(10, 40))), "at most 25"),
    ],
)
def test_bad_questions_are_told_what_was_expected(exports: Library, question: CoverageQuestion, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        check_coverage(exports, question, DAY)
