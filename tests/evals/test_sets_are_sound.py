"""Our own evaluation sets: well formed, evidence in the notes, every code in force in the real files on the day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from codeward.core.codes import SYSTEMS, Code, plain, readings
from codeward.services.view import View
from codeward.store.library import Library

HERE = Path(__file__).parent
NOTES = HERE / "notes"
ON = date(2026, 11, 24)
LISTS = {
    "icd-10-cm": "icd-10-cm",
    "hcpcs": "hcpcs",
    "cpt": "mpfs-rvu",
    "modifier": "modifiers",
    "pos": "pos",
    "taxonomy": "nucc-taxonomy",
}
"""The list that says whether a code of the system exists."""
SIZES = {"visit_phrases.tsv": 400, "coder_searches.tsv": 150, "notes/gold.tsv": 160}
COLUMNS = {"visit_phrases.tsv": (2,), "coder_searches.tsv": (3,), "notes/gold.tsv": (3, 4)}


def lines(name: str) -> list[list[str]]:
    """The columns of every line of a set."""
    return [line.split("\t") for line in (HERE / name).read_text("utf-8").splitlines()]


def codes(cell: str, system: str) -> list[Code]:
    """The equally right codes of one cell."""
    return [Code(system, plain(item)) for item in cell.split("|")]


def faults(library: Library, wanted: set[Code], *, billable: bool) -> list[str]:
    """Codes that are not in force on the day or, where asked, not billable."""
    view, found = View(library, ON), []
    for code in sorted(wanted):
        row = view.first(LISTS[code.system], code=code.value)
        if row is None:
            found.append(f"{code.system} {code.shown}: not in force on {ON}")
        elif code.system == "hcpcs" and row.row.terminated is not None:
            found.append(f"{code.shown}: ended {row.row.terminated}")
        elif billable and not row.row.billable:
            found.append(f"{code.shown}: a header, not billable")
    return found


@pytest.mark.parametrize("name", SIZES)
def test_every_line_has_its_columns(name: str) -> None:
    found = lines(name)
    assert len(found) >= SIZES[name]
    assert [line for line in found if len(line) not in COLUMNS[name] or "" in map(str.strip, line)] == []


@pytest.mark.parametrize("name", ["visit_phrases.tsv", "coder_searches.tsv"])
def test_no_phrase_stands_twice(name: str) -> None:
    counted = Counter(line[0].casefold() for line in lines(name))
    assert [phrase for phrase, often in counted.items() if often > 1] == []


def test_searches_name_known_systems_and_codes_of_their_shape() -> None:
    wrong = [
        (phrase, system, cell)
        for phrase, system, cell in lines("coder_searches.tsv")
        if system not in SYSTEMS or not all(readings(item, system) for item in cell.split("|"))
    ]
    assert wrong == []


@pytest.mark.parametrize("folder", ["notes", "unseen_notes"])
def test_every_note_is_coded_and_every_evidence_stands_in_its_note(folder: str) -> None:
    gold = lines(f"{folder}/gold.tsv")
    assert {line[0] for line in gold} == {path.name for path in (HERE / folder).glob("*.txt")}
    assert [line for line in gold if line[2] not in (HERE / folder / line[0]).read_text("utf-8")] == []
    assert {line[3] for line in gold if len(line) == 4} == {"optional"}


def test_no_note_asks_for_a_code_twice() -> None:
    counted = Counter((line[0], code) for line in lines("notes/gold.tsv") for code in codes(line[1], "icd-10-cm"))
    assert [item for item, often in counted.items() if often > 1] == []


def test_notes_are_as_long_as_visit_notes() -> None:
    lengths = {path.name: len(path.read_text("utf-8").split()) for path in NOTES.glob("*.txt")}
    assert len(lengths) >= 40
    assert [(name, words) for name, words in lengths.items() if not 120 <= words <= 500] == []


@pytest.mark.official
@pytest.mark.parametrize(
    ("name", "column"), [("visit_phrases.tsv", 1), ("notes/gold.tsv", 1), ("unseen_notes/gold.tsv", 1)]
)
def test_every_diagnosis_is_billable_on_the_day(official_library: Library, name: str, column: int) -> None:
    wanted = {code for line in lines(name) for code in codes(line[column], "icd-10-cm")}
    assert faults(official_library, wanted, billable=True) == []


@pytest.mark.official
def test_every_code_searched_for_is_in_force_on_the_day(official_library: Library) -> None:
    wanted = {code for _, system, cell in lines("coder_searches.tsv") for code in codes(cell, system)}
    assert faults(official_library, wanted, billable=False) == []


@pytest.mark.official
def test_a_deleted_code_a_header_and_an_ended_item_would_be_told(official_library: Library) -> None:
    """G35 became a header in April 2026, S30.1XXA was deleted in October 2025, J2505 ended in 2021."""
    planted = {Code("icd-10-cm", "G35"), Code("icd-10-cm", "S301XXA")}
    assert len(faults(official_library, planted, billable=True)) == 2
    assert faults(official_library, {Code("hcpcs", "J2505")}, billable=False) == ["J2505: ended 2021-12-31"]
