"""ICD-10-PCS out of the real files: counts taken otherwise than by our reader, and what tables allow."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from codeward.services.look_up import look_up
from codeward.store.library import Library

pytestmark = pytest.mark.official


def _text(official: Path, archive: str, member: str) -> str:
    with zipfile.ZipFile(official / archive) as opened:
        return opened.read(member).decode("utf-8-sig")


def _held(library: Library, edition: str) -> dict[str, bool]:
    """Codes and headers of an edition, and which of them is a whole code."""
    release = next(item for item in library.editions("icd-10-pcs") if item.edition == edition)
    return {item.row.code: item.row.billable for item in library.find("icd-10-pcs", release, release.effective)}


def test_fy2019_is_the_order_file(official: Path, official_library: Library) -> None:
    text = _text(official, "icd10pcs/2019-ICD-10-PCS-Order-File.zip", "icd10pcs_order_2019.txt")
    listed = {line[6:13].strip(): line[14] == "1" for line in text.splitlines()}
    assert _held(official_library, "FY2019") == listed
    assert sum(listed.values()) == 78_881


def test_fy2021_is_every_code_the_tables_count(official: Path, official_library: Library) -> None:
    text = _text(official, "icd10pcs/icd10pcs-2021.zip", "icd10pcs_tables_2021.xml")
    counted = sum(int(count) for count in re.findall(r'<pcsRow codes="(\d+)">', text))
    held = _held(official_library, "FY2021")
    assert sum(held.values()) == counted == 78_136
    assert len(held) - counted == text.count("<pcsTable>")


def test_most_codes_pass_through_tables_and_lists_unchanged(official_library: Library) -> None:
    lists = {
        edition: {code for code, whole in _held(official_library, edition).items() if whole}
        for edition in ("FY2019", "FY2021", "FY2024")
    }
    kept = lists["FY2019"] & lists["FY2024"]
    assert kept - lists["FY2021"] == set()
    assert len(kept) > 76_000


def test_fy2024_is_the_list_of_codes(official: Path, official_library: Library) -> None:
    text = _text(official, "icd10cm/icd10cm-codes-2024.zip", "icd10pcs-codes-2024.txt")
    assert set(_held(official_library, "FY2024")) == {line.split(" ", 1)[0] for line in text.splitlines() if line}


def test_the_addenda_are_the_difference_they_name(official_library: Library) -> None:
    release = official_library.editions("icd-10-pcs-addenda")[0]
    rows = [item.row for item in official_library.find("icd-10-pcs-addenda", release, release.effective)]
    held = _held(official_library, "FY2019")
    assert {row.code for row in rows if row.action == "add"} <= set(held)
    assert not {row.code for row in rows if row.action == "delete"} & set(held)


@pytest.mark.parametrize(
    ("code", "on", "status"),
    [
        ("0SRC0J9", date(2019, 1, 1), "active"),
        ("0SRC0J9", date(2024, 1, 1), "active"),
        ("XW043H4", date(2019, 1, 1), "active"),
        ("XW043H4", date(2024, 1, 1), "deleted"),
    ],
)
def test_codes_on_their_days(code: str, on: date, status: str, official_library: Library) -> None:
    assert look_up(official_library, code, on).value.status == status
