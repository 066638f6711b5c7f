"""Five real ICD-10-CM editions answer as of their days, and the real index and tables hold what their files hold."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from codeward.datasets.registry import DATASETS
from codeward.ingest.files import OfficialFile, walk
from codeward.ingest.plan import make_plan
from codeward.ingest.rows import Part, Row, read_part
from codeward.ingest.verify import verify
from codeward.services.citations import cited
from codeward.services.diagnosis_index import DRUGS, EXTERNAL, INDEX, NEOPLASMS, with_words
from codeward.services.look_up import look_up
from codeward.services.view import View
from codeward.store.library import Library

pytestmark = pytest.mark.official

APRIL_2025, APRIL_2026 = "icd10cm/icd10cm-tabular-april-2025.zip", "icd10cm/icd10cm-table-index-april-2026.zip"
FILES = [
    (INDEX, "icd10cm/icd10cm-index-2025-rebuilt.zip", "icd10cm-index-2025.xml", 81_024),
    (EXTERNAL, APRIL_2025, "icd-10-cm-eindex-2025.xml", 8_064),
    (EXTERNAL, APRIL_2026, "icd10cm-eindex-April-1-2026-XML.xml", 8_090),
    (NEOPLASMS, APRIL_2025, "icd-10-cm-neoplasm-2025.xml", 1_939),
    (NEOPLASMS, APRIL_2026, "icd10cm-neoplasm-April-1-2026-XML.xml", 1_940),
    (DRUGS, APRIL_2025, "icd-10-cm-drug-2025.xml", 7_428),
    (DRUGS, APRIL_2026, "icd10cm-drug-April-1-2026-XML.xml", 7_430),
]
EDITIONS = ["FY2019", "2021-01", "FY2024", "2025-04", "2026-04"]


def file_of(folder: Path, archive: str, base: str) -> OfficialFile:
    """One file of an archive."""
    return next(file for file in walk([folder / archive]) if file.base == base)


def rows_of(dataset: str, file: OfficialFile) -> list[Row]:
    """Rows of one file."""
    match = DATASETS[dataset].shape_of(file.name)
    assert match is not None
    return list(read_part(DATASETS[dataset], Part(((*match, file),))))


@pytest.mark.parametrize(("dataset", "archive", "base", "count"), FILES)
def test_every_term_and_code_of_the_file_is_a_row(
    official: Path, dataset: str, archive: str, base: str, count: int
) -> None:
    """Counted by another parser: terms, and the texts of codes, cells and references however often each occurs."""
    file, columns = file_of(official, archive, base), DATASETS[dataset].columns
    rows = rows_of(dataset, file)
    with file.open() as stream:
        root = ElementTree.parse(stream).getroot()
    tags = Counter(element.tag for element in root.iter())
    assert len(rows) == count == tags["mainTerm"] + tags["term"]
    assert len({row[1] for row in rows}) == count
    texts = Counter(
        " ".join((element.text or "").split())
        for element in root.iter()
        if element.tag in ("code", "manif", "see", "seeAlso", "seecat", "subcat", "cell")
    )
    own = [at for at, item in enumerate(columns) if at > DATASETS[dataset].index["nth"]]
    assert Counter(row[0][at] for row in rows for at in own if row[0][at]) == texts


@pytest.mark.parametrize(
    ("dataset", "place", "cells"),
    [
        (INDEX, ("Abasia",), {"code": "F44.4", "modifiers": "(-astasia) (hysterical)"}),
        (EXTERNAL, ("Environmental pollution related condition",), {"see_category": "Z77"}),
        (
            NEOPLASMS,
            ("Neoplasm, neoplastic", "eyelid", "basal cell carcinoma"),
            {"malignant_primary": "C44.11-", "benign": "-"},
        ),
        (DRUGS, ("Fentanyl",), {"accidental": "T40.411", "underdosing": "T40.416"}),
    ],
)
def test_known_rows(official: Path, dataset: str, place: tuple[str, ...], cells: dict[str, str]) -> None:
    _, archive, base, _ = [item for item in FILES if item[0] == dataset][-1]
    index = DATASETS[dataset].index
    row = next(row for row in rows_of(dataset, file_of(official, archive, base)) if row[0][2] == " > ".join(place))
    assert {name: row[0][index[name]] for name in cells} == cells


def test_editions_of_the_archives(official: Path) -> None:
    """Notes and codes of one archive carry one edition name, and so do the tables beside the April list."""
    plan = make_plan([official / "icd10cm"], {key: item for key, item in DATASETS.items() if "icd-10-cm" in key})
    found: dict[str, list[str]] = {}
    for release in plan.releases:
        found.setdefault(release.dataset.id, []).append(release.edition.id)
    assert found["icd-10-cm"] == EDITIONS
    assert found["icd-10-cm-notes"] == ["2021-01", "2025-04", "2026-04"]
    assert found[INDEX] == ["FY2025"]
    assert found[EXTERNAL] == found[NEOPLASMS] == found[DRUGS] == ["2025-04", "2026-04"]
    assert found["icd-10-cm-addenda"] == ["FY2019"]


ANSWERS = [
    # code, day, status, billable, the edition that is not loaded
    ("G35", "2025-09-30", "active", True, ""),
    ("G35", "2025-10-01", "active", True, "FY2026"),
    ("G35", "2026-03-31", "active", True, "FY2026"),
    ("G35", "2026-04-01", "header", False, ""),
    ("G35.A", "2026-04-01", "active", True, ""),
    ("G35.A", "2026-03-31", "future", None, "FY2026"),
    ("G35.A", "2025-09-30", "future", False, ""),
    ("M54.5", "2021-09-30", "active", True, ""),
    ("M54.5", "2021-10-01", "active", True, "FY2022"),
    ("M54.5", "2022-04-01", "active", True, "2022-04"),
    ("M54.5", "2023-10-01", "header", False, ""),
    ("M54.50", "2023-10-01", "active", True, ""),
    ("R05", "2021-09-30", "active", True, ""),
    ("R05", "2021-10-01", "active", True, "FY2022"),
    ("R05", "2023-10-01", "header", False, ""),
    ("R05", "2025-05-01", "header", False, ""),
    ("H81.41", "2019-06-01", "active", True, ""),
    ("H81.41", "2021-01-01", "deleted", False, ""),
    ("H81.4", "2019-06-01", "header", False, ""),
    ("H81.4", "2021-01-01", "active", True, ""),
    ("T40.4X1A", "2019-09-30", "active", True, ""),
    ("T40.4X1A", "2019-10-01", "active", True, "FY2020"),
    ("T40.4X1A", "2021-01-01", "deleted", False, ""),
    ("T40.411A", "2021-01-01", "active", True, ""),
    ("U07.1", "2020-04-01", "future", None, "2020-04"),
    ("U07.1", "2021-01-01", "active", True, ""),
    ("E66.81", "2024-11-01", "future", None, "FY2025"),
    ("E66.81", "2025-04-01", "header", False, ""),
    ("E66.811", "2025-04-01", "active", True, ""),
    ("C83.39", "2024-03-31", "active", True, ""),
    ("C83.39", "2025-04-01", "header", False, ""),
    ("T81.32XA", "2024-03-31", "active", True, ""),
    ("T81.32XA", "2025-04-01", "deleted", False, ""),
    ("S30.1XXA", "2025-09-30", "active", True, ""),
    ("S30.1XXA", "2026-04-01", "deleted", False, ""),
    ("Q51.20", "2019-06-01", "active", True, ""),
    ("Q51.20", "2021-01-01", "deleted", False, ""),
    ("C44.1121", "2019-06-01", "active", True, ""),
    ("C44.1121", "2026-04-01", "active", True, ""),
]


@pytest.mark.parametrize(("code", "on", "status", "billable", "missing"), ANSWERS)
def test_as_of_answers(
    official_library: Library, code: str, on: str, status: str, billable: bool | None, missing: str
) -> None:
    answer = look_up(official_library, code, date.fromisoformat(on), "icd-10-cm")
    assert (answer.value.status, answer.value.billable) == (status, billable)
    told = [item.text for item in answer.warnings if item.dataset == "icd-10-cm"]
    assert len(told) == bool(missing)
    assert all(f"({missing}) took effect on" in text for text in told)
    if missing:
        assert "not known" in answer.value.words[0].text


@pytest.mark.parametrize(
    ("code", "on", "others"),
    [
        ("G35", "2026-04-01", ["G35.A", "G35.B0", "G35.B1", "G35.B2", "G35.C0", "G35.C1", "G35.C2", "G35.D"]),
        ("M54.5", "2023-10-01", ["M54.50", "M54.51", "M54.59"]),
        ("R05", "2023-10-01", ["R05.1", "R05.2", "R05.3", "R05.4", "R05.8", "R05.9"]),
        ("T40.4X1A", "2021-01-01", ["T40.411A", "T40.421A", "T40.491A"]),
        ("S30.1XXA", "2026-04-01", ["S30.11XA", "S30.12XA", "S30.13XA"]),
        ("T81.32XA", "2025-04-01", ["T81.320A", "T81.321A", "T81.328A", "T81.329A"]),
        ("H81.41", "2021-01-01", ["H81.4"]),
    ],
)
def test_successors(official_library: Library, code: str, on: str, others: list[str]) -> None:
    section = look_up(official_library, code, date.fromisoformat(on), "icd-10-cm").value.section("changes")
    assert section is not None
    (table,) = (item for item in section.tables if item.name.startswith("successors"))
    assert [line.cells[0].text for line in table.lines] == others


def billable_in(library: Library, edition: str) -> set[str]:
    """Billable codes of an edition, straight from the database."""
    (release,) = (item for item in library.editions("icd-10-cm") if item.edition == edition)
    rows = library.db.execute(
        "select code from icd_10_cm where billable and first_release <= ? and last_release >= ?",
        (release.id, release.id),
    )
    return {str(code) for (code,) in rows}


@pytest.mark.parametrize(
    ("before", "after", "ended", "began"),
    [
        ("FY2019", "2021-01", 80, 769),
        ("2021-01", "FY2024", 349, 1_772),
        ("FY2024", "2025-04", 36, 252),
        ("2025-04", "2026-04", 28, 487),
    ],
)
def test_codes_that_ended_and_began(official_library: Library, before: str, after: str, ended: int, began: int) -> None:
    was, now = billable_in(official_library, before), billable_in(official_library, after)
    assert (len(was - now), len(now - was)) == (ended, began)


def test_the_addenda_of_2019_are_what_its_list_has(official: Path, official_library: Library) -> None:
    """Every code the addenda add as billable is billable in FY2019, and every one they delete is not."""
    now = billable_in(official_library, "FY2019")
    rows = official_library.db.execute("select code, action, billable from icd_10_cm_addenda").fetchall()
    assert Counter(action for _, action, _ in rows) == {"add": 368, "delete": 51, "revise from": 172, "revise to": 172}
    assert {code for code, action, billable in rows if action == "add" and billable} <= now
    assert not {code for code, action, _ in rows if action == "delete"} & now


@pytest.mark.parametrize("dataset", [INDEX, EXTERNAL, NEOPLASMS, DRUGS])
def test_citations_of_terms_verify(official_library: Library, dataset: str) -> None:
    found = with_words(View(official_library, date(2026, 4, 15)), dataset, "a", (0, 3))
    for term in found.terms:
        row = cited(official_library, term.source.citation)
        verdict = verify(row.source, row.checked, Path(row.path), row.members)
        assert (verdict.same, verdict.file_same) == (True, True), term.source.citation
