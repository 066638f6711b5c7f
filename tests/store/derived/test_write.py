"""Derived tables stand in both stores of every library, alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from codeward.store.derived.write import TABLES
from codeward.store.library import Library, open_library
from golden import noted_set
from making import build_library


def held(library: Library, name: str) -> tuple[list[Any], list[Any]]:
    """The rows of a table in SQLite and in Parquet."""
    there = duckdb.sql(f"select * from '{library.folder}/parquet/{name}.parquet' order by all").fetchall()
    here = library.db.execute(f"select * from {name}").fetchall()
    return sorted(here, key=repr), sorted([tuple(map(_plain, row)) for row in there], key=repr)


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


def test_both_stores_hold_the_same_rows(tmp_path: Path) -> None:
    """Every table of a library with diagnoses and notes has some."""
    build_library(tmp_path / "home", noted_set.write(tmp_path / "files"))
    library = open_library(tmp_path / "home")
    for table in TABLES:
        here, there = held(library, table.name)
        assert here == there
        assert here, table.name


def test_a_library_without_diagnoses_has_them_empty(tmp_path: Path, small_files: Path) -> None:
    """So that rules need not ask whether a table is there."""
    build_library(tmp_path / "home", small_files / "betos")
    library = open_library(tmp_path / "home")
    assert [held(library, table.name) for table in TABLES] == [([], [])] * len(TABLES)


def test_codes_without_notes_have_facts_alone(tmp_path: Path) -> None:
    """A list of codes tells what is complete; nothing is then known of seventh characters."""
    files = noted_set.write(tmp_path / "files")
    build_library(tmp_path / "home", files / "2024")
    library = open_library(tmp_path / "home")
    facts = library.db.execute("select code, billable, needs_seventh, side, manifestation from icd_code_fact")
    told = {code: rest for code, *rest in facts}
    assert told["M8008"] == [0, 0, "", 0]
    assert told["H2511"] == [1, 0, "right", 0]
    assert told["G63"] == [1, 0, "", 1]
    assert library.db.execute("select count(*) from icd_exclusion").fetchone() == (0,)


def test_facts_of_real_forms(tmp_path: Path) -> None:
    """Sides only where the other side has a code too; headers name what goes on from them."""
    build_library(tmp_path / "home", noted_set.write(tmp_path / "files"))
    library = open_library(tmp_path / "home")
    columns = "side, age_class, sex, body_site, first_only, external_cause, narrower, sevenths"
    rows = library.db.execute(f"select code, {columns} from icd_code_fact order by first_release")
    facts = {code: rest for code, *rest in rows}
    assert facts["H2510"][:2] == ["unspecified", "adult"]
    assert facts["H2513"][0] == "bilateral"
    assert facts["I501"][0] == ""
    assert facts["O0990"][1:3] == ["maternity", "F"]
    assert facts["C61"][2] == "M"
    assert facts["C44319"][3] == "head-neck-hands-feet-genitalia"
    assert facts["C44611"][3] == ""
    assert facts["Z0000"][4] == 1
    assert facts["W19"][5:] == [1, "W19.XXXA, W19.XXXD", "AD"]
