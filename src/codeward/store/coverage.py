"""Coverage: every version of the coverage documents that an edition lists, and who owns them."""

from __future__ import annotations

import re
from typing import Any

from codeward.datasets.registry import DATASETS
from codeward.store.library import Found, Library
from codeward.store.releases import Release


def documents_of(library: Library, dataset: str, release: Release, column: str, wanted: str) -> list[Found[Any]]:
    """All rows of a document table, or those whose `column` holds `wanted`, whatever day they are in force."""
    table = DATASETS[dataset].table
    narrowed = f' and "{column}" = ?' if wanted else ""
    rows = library.db.execute(
        f"select * from {table} where first_release <= ? and last_release >= ?{narrowed} order by id",
        (release.id, release.id, *([wanted] if wanted else [])),
    )
    return [library.found(DATASETS[dataset], row, release) for row in rows]


def owners(library: Library, kind: str) -> dict[tuple[int, int], tuple[str, ...]]:
    """Names of the contractors of each document and version; empty where the tables are not loaded."""
    if not (library.editions(f"mcd-{kind}-x-contractor") and library.editions("mcd-contractor")):
        return {}
    rows = library.db.execute(
        f"select distinct x.{kind}_id, x.{kind}_version, c.contractor_bus_name from mcd_{kind}_x_contractor x "
        "join mcd_contractor c on c.contractor_id = x.contractor_id and c.contractor_type_id = x.contractor_type_id "
        "and c.contractor_version = x.contractor_version order by 1, 2, 3"
    )
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for document, version, name in rows:
        found[document, version] = (*found.get((document, version), ()), str(name))
    return found


def documents_titled(
    library: Library, dataset: str, release: Release, column: str, words: list[str]
) -> list[Found[Any]]:
    """Rows of a document table, whatever day they are in force, whose title has every word somewhere."""
    table = DATASETS[dataset].table
    likes = "".join(f" and \"{column}\" like ? escape '\\'" for _ in words)
    escaped = ["%" + re.sub(r"([\\%_])", r"\\\1", word) + "%" for word in words]
    rows = library.db.execute(
        f"select * from {table} where first_release <= ? and last_release >= ?{likes} order by id",
        (release.id, release.id, *escaped),
    )
    return [library.found(DATASETS[dataset], row, release) for row in rows]
