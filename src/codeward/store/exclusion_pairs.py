"""Exclusion pairs: codes of a set that an Excludes1 note of the tabular list sets apart on a day."""

from __future__ import annotations

from collections.abc import Sequence

from codeward.store.library import Library
from codeward.store.releases import Release


def set_apart(library: Library, notes: Release, codes: Sequence[str]) -> list[tuple[str, str, int]]:
    """Pairs of the codes that an edition of the notes sets apart, each once, with the row of the note that says so."""
    beginnings = sorted({code[:size] for code in codes for size in range(3, len(code) + 1)})
    marks = ", ".join("?" * len(beginnings))
    rows = library.db.execute(
        f"select owner, target, note_row from icd_exclusion where owner in ({marks}) and target in ({marks}) "
        "and first_release <= ? and last_release >= ? order by note_row",
        (*beginnings, *beginnings, notes.id, notes.id),
    ).fetchall()
    found: dict[tuple[str, str], int] = {}
    for owner, target, row in rows:
        for one in (code for code in codes if code.startswith(owner)):
            for other in (code for code in codes if code.startswith(target) and code != one):
                found.setdefault((min(one, other), max(one, other)), int(row))
    return [(one, other, row) for (one, other), row in found.items()]
