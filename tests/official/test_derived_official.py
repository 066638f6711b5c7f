"""The real notes: every conflict that is known to hold, in the editions that have it, and exactly what is not read."""

from __future__ import annotations

from collections import Counter

import pytest

from codeward.store.library import Library

pytestmark = pytest.mark.official

OLD, NEW = "2021-01", "2026-04"
IN_BOTH = [
    ("E109", "E119"), ("J209", "J40"), ("R109", "N23"), ("K810", "K8000"), ("F329", "F339"), ("B20", "Z21"),
    ("M7918", "M797"), ("R7301", "E119"), ("Z3400", "O0990"), ("C44319", "C4339"), ("C44311", "C4A31"),
    ("R062", "J45909"), ("J449", "J42"), ("I10", "O109"), ("D485", "D492"),
]  # fmt: skip
IN_NEITHER = [
    ("J45909", "J4550"), ("E119", "C50911"), ("I10", "I110"), ("E1165", "E1122"), ("C44311", "D0439"),
    ("J45909", "J60"), ("K562", "K315"),
]  # fmt: skip


def notes_release(library: Library, edition: str) -> int:
    """The number of an edition of the notes."""
    return next(item.id for item in library.editions("icd-10-cm-notes") if item.edition == edition)


def set_apart(library: Library, edition: str, one: str, other: str) -> bool:
    """Whether a note of either code sets the two apart."""
    release = notes_release(library, edition)
    found = library.db.execute(
        "select 1 from icd_exclusion where first_release <= ? and last_release >= ? and ("
        "(substr(?, 1, length(owner)) = owner and substr(?, 1, length(target)) = target) or "
        "(substr(?, 1, length(owner)) = owner and substr(?, 1, length(target)) = target)) limit 1",
        (release, release, one, other, other, one),
    )
    return found.fetchone() is not None


@pytest.mark.parametrize("edition", [OLD, NEW])
def test_conflicts_that_hold_from_2021_to_2026(official_library: Library, edition: str) -> None:
    """Read from both ends; what only an Excludes2 note names, or takes back, is none."""
    assert [pair for pair in IN_BOTH if not set_apart(official_library, edition, *pair)] == []
    assert [pair for pair in IN_NEITHER if set_apart(official_library, edition, *pair)] == []


def test_what_changed_between_the_editions(official_library: Library) -> None:
    """J44 no longer lists J42, though J42 still lists J44; E11.A is new."""
    release = notes_release(official_library, NEW)
    query = "select count(*) from icd_exclusion where owner = ? and target = ? and last_release >= ?"
    assert official_library.db.execute(query, ("J44", "J42", release)).fetchone() == (0,)
    assert official_library.db.execute(query, ("J42", "J44", release)).fetchone() == (1,)
    assert not set_apart(official_library, OLD, "E119", "E11A")
    assert set_apart(official_library, NEW, "E119", "E11A")


def test_every_line_that_is_not_read_is_counted(official_library: Library) -> None:
    """A change here means that the grammar reads more or less of a real file than before."""
    rows = official_library.db.execute(
        "select r.edition, n.kind, u.reason from icd_note_unread u join icd_10_cm_notes n on n.id = u.note_row "
        "join release r on r.dataset = 'icd-10-cm-notes' and r.id between u.first_release and u.last_release"
    )
    assert Counter(rows) == {
        (OLD, "excludes1", "elsewhere"): 70,
        (OLD, "excludes1", "words"): 10,
        (OLD, "excludes1", "no-code"): 3,
        ("2025-04", "excludes1", "elsewhere"): 64,
        ("2025-04", "excludes1", "words"): 10,
        (NEW, "excludes1", "elsewhere"): 64,
        (NEW, "excludes1", "words"): 10,
        (OLD, "code-first", "elsewhere"): 1,
        (OLD, "code-first", "words"): 26,
        ("2025-04", "code-first", "elsewhere"): 1,
        ("2025-04", "code-first", "words"): 30,
        ("2025-04", "code-first", "no-code"): 1,
        (NEW, "code-first", "elsewhere"): 1,
        (NEW, "code-first", "words"): 30,
        (NEW, "code-first", "no-code"): 1,
    }


def test_skin_families_are_built_by_site_as_the_facts_take_them(official_library: Library) -> None:
    """The titles of all editions bear out what the fourth character is taken for."""
    rows = official_library.db.execute(
        "select c.title, f.body_site from icd_10_cm c join icd_code_fact f on f.code = c.code "
        "and f.first_release <= c.first_release and f.last_release >= c.first_release where f.body_site <> ''"
    ).fetchall()
    trunk = [title for title, site in rows if site == "trunk-arms-legs"]
    head = [title for title, site in rows if site != "trunk-arms-legs"]
    assert len(trunk) > 100
    assert len(head) > 500
    words = ("trunk", "breast", "anal", "anus", "back")
    assert [title for title in trunk if not any(word in title.lower() for word in words)] == []
    assert [title for title in head if "trunk" in title.lower()] == []


def test_right_and_left_are_as_many(official_library: Library) -> None:
    """Sides come in pairs, but for a misspelt title of the right thigh (`high level`, three codes) until 2025."""
    rows = official_library.db.execute(
        "select r.edition, sum(f.side = 'right'), sum(f.side = 'left') from icd_code_fact f join release r "
        "on r.dataset = 'icd-10-cm' and r.id between f.first_release and f.last_release where f.billable group by 1"
    ).fetchall()
    assert {edition: left - right for edition, right, left in rows} == {
        "FY2019": 3, "2021-01": 3, "FY2024": 3, "2025-04": 3, "2026-04": 0,
    }  # fmt: skip
    assert all(right > 10_000 for _, right, _ in rows)
