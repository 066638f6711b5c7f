"""Files that name their fiscal year alone take the edition of the archive they came in, and of no other."""

from __future__ import annotations

from pathlib import Path

from codeward.datasets.registry import DATASETS
from codeward.ingest.plan import make_plan
from golden.published import pack

ICD = {name: DATASETS[name] for name in ("icd-10-cm", "icd-10-cm-notes", "icd-10-cm-drugs")}
TABULAR, DRUG = "<ICD10CM.tabular/>", "<ICD10CM.index/>"


def editions(*archives: Path) -> dict[str, list[str]]:
    """Editions by dataset, as planned."""
    found: dict[str, list[str]] = {}
    for release in make_plan(archives, ICD).releases:
        found.setdefault(release.dataset.id, []).append(release.edition.id)
    return found


def test_notes_and_codes_of_one_archive_carry_one_edition(tmp_path: Path) -> None:
    archive = pack(tmp_path / "a.zip", {"icd10cm-order-Jan-2021.txt": "x", "icd10cm_tabular_2021.xml": TABULAR})
    assert editions(archive) == {"icd-10-cm": ["2021-01"], "icd-10-cm-notes": ["2021-01"]}


def test_tables_beside_the_april_list_are_aprils(tmp_path: Path) -> None:
    members = {"icd10cm-tabular-April-2025.xml": TABULAR, "icd-10-cm-drug-2025.xml": DRUG}
    october = pack(tmp_path / "october.zip", {"icd-10-cm-drug-2025.xml": DRUG})
    assert editions(pack(tmp_path / "b.zip", members))["icd-10-cm-drugs"] == ["2025-04"]
    assert editions(tmp_path / "b.zip", october)["icd-10-cm-drugs"] == ["FY2025", "2025-04"]


def test_the_archive_itself_may_name_the_month(tmp_path: Path) -> None:
    archive = pack(tmp_path / "april-1-2026-code-tables-tabular-index.zip", {"icd10cm_tabular_2026.xml": TABULAR})
    assert editions(archive)["icd-10-cm"] == ["2026-04"]


def test_other_years_of_one_archive_stay_what_they_are(tmp_path: Path) -> None:
    members = {"icd10cm-codes-2024.txt": "x", "icd10cm-tabular-April-2025.xml": TABULAR}
    assert editions(pack(tmp_path / "all.zip", members))["icd-10-cm"] == ["FY2024", "2025-04"]


def test_two_lists_of_one_kind_are_two_editions(tmp_path: Path) -> None:
    members = {"icd10cm_tabular_2025.xml": TABULAR, "icd10cm-tabular-April-2025.xml": TABULAR}
    assert editions(pack(tmp_path / "two.zip", members))["icd-10-cm"] == ["FY2025", "2025-04"]
