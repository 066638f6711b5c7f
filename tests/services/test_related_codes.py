"""Related codes: every basis by itself, what it does not say, and the maps that there are not."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date

import pytest

from codeward.core.faults import BadInput, NotFound, NotLoaded
from codeward.datasets.mcd import TABLES
from codeward.services.documents.relations import relations_document
from codeward.services.relations.related_codes import related_codes
from codeward.services.relations.values import Basis, Relations
from codeward.store.library import Library, open_library
from golden import small_set
from golden.published import pack
from making import build_library

ON = date(2026, 10, 10)
ROWS: dict[str, tuple[Mapping[str, str], ...]] = {
    "article": (
        {"article_id": "90001", "article_version": "3", "title": "Skin surgery", "article_eff_date": "2025-01-01"},
        {"article_id": "90002", "article_version": "1", "title": "An ended one", "article_eff_date": "2019-01-01",
         "article_end_date": "2020-12-31"},
    ),
    "article_x_hcpc_code": tuple(
        {"article_id": number, "article_version": version, "hcpc_code_id": "17311", "hcpc_code_version": "1",
         "hcpc_code_group": "2"}
        for number, version in (("90001", "3"), ("90002", "1"))
    ),
    "article_x_icd10_covered": tuple(
        {"article_id": number, "article_version": version, "icd10_code_id": code, "icd10_code_version": "1",
         "icd10_covered_group": "1", "description": "In our words"}
        for number, version, code in (("90001", "3", "C44.1121"), ("90002", "1", "L57.0"))
    ),
    "article_x_icd10_noncovered": (
        {"article_id": "90001", "article_version": "3", "icd10_code_id": "L57.0", "icd10_code_version": "1",
         "icd10_noncovered_group": "1", "description": "In our words"},
    ),
}  # fmt: skip


def _csv(name: str, rows: Iterable[Mapping[str, str]]) -> str:
    heads = [text.partition(":")[0] for text in next(item for item in TABLES if item.name == name).columns.split()]
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, heads, restval="", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The small set with an export of two articles, one of them ended."""
    folder = tmp_path_factory.mktemp("related")
    small_set.write(folder / "files")
    tables = {f"{name}.csv": _csv(name, rows).encode("latin-1") for name, rows in ROWS.items()}
    inner = pack(folder / "current_article_csv.zip", tables)
    pack(folder / "files" / "current_article_2026-10-08.zip", {"current_article_csv.zip": inner.read_bytes()})
    build_library(folder / "home", folder / "files")
    return open_library(folder / "home")


def related(library: Library, text: str, to: str = "", on: date = ON) -> Relations:
    return related_codes(library, text, on, to).value


def basis(found: Relations, name: str) -> Basis:
    return next(item for item in found.bases if item.name == name)


def told(found: Basis) -> list[str]:
    return [line.cells[0].text for table in found.tables for line in table.lines]


def test_a_procedure_and_the_diagnoses_of_articles_in_force(library: Library) -> None:
    found = related(library, "17311", "icd-10-cm")
    listed = basis(found, "coverage-articles")
    assert [table.caption.partition(": ")[2] for table in listed.tables] == [
        "diagnoses listed as supporting coverage",
        "diagnoses listed as not supporting coverage",
    ]
    assert told(listed) == ["C44.1121", "L57.0"]
    assert all("A90001, version 3 (Skin surgery" in table.caption for table in listed.tables)
    assert "does not mean that the record supports" in listed.means
    assert all(line.source for table in listed.tables for line in table.lines)
    assert [item.name for item in found.bases] == ["coverage-articles"]
    assert "no official CPT to ICD-10-CM crosswalk" in found.no_maps[0].text


def test_an_article_answers_only_for_the_days_it_was_in_force(library: Library) -> None:
    answer = related_codes(library, "17311", date(2024, 8, 15), "icd-10-cm")
    assert told(basis(answer.value, "coverage-articles")) == []
    assert any("a version that ended before may not be in it" in item.text for item in answer.warnings)


def test_a_diagnosis_and_the_procedures_of_its_articles(library: Library) -> None:
    listed = basis(related(library, "l57.0", "cpt"), "coverage-articles")
    assert told(listed) == ["17311"]
    assert "the diagnosis is listed as not supporting coverage" in listed.tables[0].caption


def test_add_ons_category_and_revenue_stand_apart(library: Library) -> None:
    found = related(library, "17311", on=date(2025, 11, 1))
    assert [item.name for item in found.bases] == [
        "coverage-articles", "add-ons", "category", "crossed-to", "revenue",
    ]  # fmt: skip
    assert set(told(basis(found, "add-ons"))) == {"17312", "17315"}
    assert told(basis(related(library, "88305", on=date(2025, 11, 1)), "revenue")) == ["0310", "0312"]
    assert "charge master decides" in basis(found, "revenue").means
    assert {item.target for item in found.no_maps} >= {"icd-10-cm", "snomed-ct", "loinc", "cdt"}


def test_what_was_not_asked_for_is_neither_answered_nor_warned_of(library: Library) -> None:
    answer = related_codes(library, "17311", date(2025, 11, 1), "revenue")
    assert {source.dataset for source in answer.sources} <= {"revenue-codes"}
    assert not answer.warnings and not answer.not_loaded


def test_a_taxonomy_has_a_specialty_and_says_how_sure(library: Library) -> None:
    dermatology = basis(related(library, "207N00000X"), "specialty").tables[0].lines[0]
    assert [cell.text for cell in dermatology.cells[:3]] == ["07", "Dermatology", "well known"]
    assert dermatology.source is not None


def test_what_is_not_loaded_is_said_and_is_not_nothing(small_library: Library) -> None:
    answer = related_codes(small_library, "17311", date(2025, 11, 1), "icd-10-cm")
    listed = basis(answer.value, "coverage-articles")
    assert not listed.tables and "mcd-article" in listed.missing and "mcd-article" in answer.not_loaded


def test_a_target_that_nothing_leads_to_is_answered_in_words(library: Library) -> None:
    found = related(library, "207N00000X", "icd-9")
    assert not found.bases and "relates Provider taxonomy codes to icd-9" in found.no_maps[0].text


def test_the_document_names_every_basis_with_its_codes(library: Library) -> None:
    document = relations_document(related_codes(library, "17311", ON))
    listed = document["relations"][0]
    assert listed["basis"] == "coverage-articles" and listed["standing"] == "official"
    assert {"system": "icd-10-cm", "code": "C44.1121"} in listed["codes"]
    assert document["no_map"][0]["to"] == "icd-10-cm"


@pytest.mark.parametrize(
    ("text", "to", "fault"),
    [("17311", "elvish", BadInput), ("250.00", "", BadInput), ("??", "", BadInput), ("99999", "", NotFound),
     ("D0120", "", NotLoaded)],
)  # fmt: skip
def test_what_cannot_be_crossed_is_a_fault(library: Library, text: str, to: str, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        related(library, text, to)
