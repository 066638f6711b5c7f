"""Search over the real files: what coders type finds the code they mean, and nothing that is not in force."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from codeward.services.search import Hit, search
from codeward.store.library import Library

pytestmark = pytest.mark.official

ON = date(2026, 5, 1)
EVALS = Path(__file__).parents[1] / "evals"


def hits(library: Library, text: str, on: date = ON, **limits: object) -> list[Hit]:
    """The first ten."""
    return list(search(library, text, on, **limits).value.hits)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("bcc r upper lid", "C44.1121"),
        ("bcc left lower eyelid", "C44.1192"),
        ("heart attack", "I21.9"),
        ("htn w ckd 3", "I12.9"),
        ("J0585 botox", "J0585"),
        ("knee pain", "M25.569"),
        ("rt knee pain", "M25.561"),
        ("bilat knee OA", "M17.0"),
        ("dm2 w neuropathy", "E11.40"),
        ("copd exacerbation", "J44.1"),
        ("uti", "N39.0"),
        ("afib", "I48.91"),
        ("type ii diabetes", "E11.9"),
        ("ckd stage iiib", "N18.32"),
        ("s/p left hip replacement", "Z96.642"),
        ("fx upper humerus, open", "S42.209B"),
        ("sinusitis", "J32.9"),
        ("pneumonai", "J18.9"),
        ("right rotator cuff tear", "M75.101"),
        ("telehealth at home", "10"),
        ("drug wastage", "JW"),
        ("cardiologist", "207RC0000X"),
        ("PAD left leg", "I73.9"),
        ("patient with ALL", "C91.00"),
    ],
)
def test_what_is_typed_finds_what_is_meant(official_library: Library, text: str, first: str) -> None:
    assert hits(official_library, text)[0].code.shown == first


def test_the_reason_names_the_entry_of_the_index(official_library: Library) -> None:
    found = hits(official_library, "pathological dislocation of knee")[0]
    assert found.why.startswith("matched index: Dislocation > pathological NEC > knee")


def test_what_was_read_for_what_is_said(official_library: Library) -> None:
    assert "abbreviation: bcc = basal cell carcinoma" in hits(official_library, "bcc r upper lid")[0].why


def test_open_axes_are_chips_that_lead_to_codes(official_library: Library) -> None:
    chips = {chip.axis: dict(chip.choices) for chip in hits(official_library, "fracture of shaft of ulna")[0].chips}
    assert {"side", "encounter"} <= set(chips)
    assert chips["side"]["right"].shown.startswith("S52.201")
    assert all(len(code.value) == 7 for code in chips["encounter"].values())
    assert "side" not in {chip.axis for chip in hits(official_library, "fracture of shaft of right ulna")[0].chips}


def test_an_axis_that_was_asked_is_no_chip(official_library: Library) -> None:
    assert [chip.axis for chip in hits(official_library, "knee pain")[0].chips] == ["side"]
    assert hits(official_library, "right knee pain")[0].chips == ()


@pytest.mark.parametrize(
    ("text", "on", "there", "absent"),
    [
        ("low back pain", date(2021, 3, 1), "M54.5", "M54.50"),
        ("low back pain", ON, "M54.50", ""),
        ("pembrolizumab", ON, "J9271", "C9027"),
        ("multiple sclerosis", date(2025, 5, 1), "G35", "G35.D"),
    ],
)
def test_only_codes_of_the_day_are_found(
    official_library: Library, text: str, on: date, there: str, absent: str
) -> None:
    found = [hit.code.shown for hit in hits(official_library, text, on, most=50)]
    assert there in found
    assert absent not in found


def test_a_chapter_limits_the_diagnoses(official_library: Library) -> None:
    found = hits(official_library, "skin", chapter="2")
    assert found
    assert {hit.code.shown[0] for hit in found} <= {"C", "D"}


def recall(library: Library, name: str, most: int) -> float:
    """The share of a set of ours whose code is among the first `most`."""
    lines = [line.split("\t") for line in (EVALS / name).read_text("utf-8").splitlines()]
    found = 0
    for phrase, *_, right in lines:
        shown = [hit.code.shown for hit in hits(library, phrase, date(2026, 9, 1), most=most)]
        found += not set(right.split("|")).isdisjoint(shown)
    return found / len(lines)


@pytest.mark.parametrize(
    ("name", "most", "floor"),
    [
        ("visit_phrases.tsv", 1, 0.75),
        ("visit_phrases.tsv", 10, 0.90),
        ("coder_searches.tsv", 1, 0.70),
        ("coder_searches.tsv", 10, 0.85),
    ],
)
def test_recall_does_not_fall(official_library: Library, name: str, most: int, floor: float) -> None:
    """Floors a few points under what was measured: `make eval-search` has the figures."""
    assert recall(official_library, name, most) >= floor
