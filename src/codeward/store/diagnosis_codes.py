"""Diagnosis codes: what an edition has below a beginning, titles and use, without the source of each row."""

from __future__ import annotations

from codeward.store.library import Library
from codeward.store.releases import Release


def codes_below(library: Library, release: Release, beginning: str) -> list[tuple[str, str, bool]]:
    """Code, title and whether it is billable, of every code of the edition that begins so, in order."""
    rows = library.db.execute(
        "select code, title, billable from icd_10_cm where code >= ? and code < ? "
        "and first_release <= ? and last_release >= ? order by code",
        (beginning, beginning + "~", release.id, release.id),
    )
    return [(str(code), str(title), bool(use)) for code, title, use in rows]
