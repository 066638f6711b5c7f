"""The worksheets of the shared cases come out as expected on the real files; skipped where they are not."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from codeward.services.worksheets.kinds import kind_named
from codeward.services.worksheets.work_out import work_out
from codeward.store.library import Library

pytestmark = pytest.mark.official
DAY = date(2024, 8, 15)


@pytest.fixture(scope="module")
def cases(official: Path) -> list[dict]:
    path = official.parent / "cases" / "worksheets.json"
    if not path.is_file():
        pytest.skip("the shared cases are not beside the published files")
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def test_every_worksheet_case(cases: list[dict], official_library: Library) -> None:
    for case in cases:
        sheet = work_out(official_library, kind_named(case["kind"]), case["input"], DAY).value
        found = sorted((line.shown, line.units) for line in sheet.lines)
        assert found == sorted((line["code"], line["units"]) for line in case["expect"]), case["id"]
        assert sheet.because, case["id"]


def test_size_codes_of_the_tables_are_codes_of_the_day(official_library: Library) -> None:
    """A slip in our own table would name a code that the fee schedule does not have."""
    from codeward.services.view import View
    from codeward.services.worksheets.em_level import visits
    from codeward.services.worksheets.sizes import families

    view = View(official_library, DAY)
    codes = [step.code for name in ("flap", "repair", "excision", "graft", "destruction") for family in families(name)
             for step in family.steps]  # fmt: skip
    codes += [family.add_on for name in ("flap", "repair", "graft") for family in families(name) if family.add_on]
    codes += [level.code for visit in visits() for level in visit.levels]
    assert not [code for code in codes if view.first("mpfs-rvu", code=code) is None]


def test_add_ons_of_the_tables_have_the_first_codes_as_primaries(official_library: Library) -> None:
    from codeward.services.view import View
    from codeward.services.worksheets.sizes import families

    view = View(official_library, DAY)
    for family in (item for name in ("flap", "repair", "graft") for item in families(name) if item.add_on):
        primaries = {found.row.primary for found in view.find("ncci-aoc", add_on=family.add_on)}
        assert family.steps[-1].code in primaries, family.add_on
