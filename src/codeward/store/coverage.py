"""Coverage: every version of the coverage documents that an edition lists, and who owns them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from codeward.core.sources import Source
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


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a document as last exported: its row, number, days and status; texts stay in the library."""

    row: int
    document: int
    version: int
    status: str
    first_day: date
    last_day: date
    release: Release
    source: Source
    title: str = ""


_NUMBERS = {"article": ("article_id", "article_version"), "lcd": ("lcd_id", "lcd_version"),
            "ncd-trkg": ("ncd_id", "ncd_vrsn_num")}  # fmt: skip


def versions_of(library: Library, kind: str, documents: set[int]) -> list[Version]:
    """Every version of the documents that any edition holds, without texts; `kind` is article, lcd or ncd-trkg."""
    dataset, (number, version) = f"mcd-{kind}", _NUMBERS[kind]
    if not (documents and library.editions(dataset)):
        return []
    status, title = ("null", "ncd_mnl_sect_title") if kind == "ncd-trkg" else ("status", "title")
    marks = ", ".join("?" for _ in documents)
    rows = library.db.execute(
        f"select id, {number}, {version}, {status}, first_day, last_day, last_release, file, line, {title} "
        f"from {DATASETS[dataset].table} where {number} in ({marks}) order by {number}, {version}, last_release",
        tuple(sorted(documents)),
    ).fetchall()
    newest = {(row[1], row[2]): row for row in rows}
    return [_version(library, dataset, row) for row in newest.values()]


def _version(library: Library, dataset: str, row: tuple[Any, ...]) -> Version:
    key, number, version, status, first, last, last_release, file, line, title = row
    release = library.release(last_release)
    source = library.source_of(dataset, key, release, file, line)
    days = (date.fromisoformat(first), date.fromisoformat(last))
    return Version(key, number, version, str(status or ""), *days, release, source, str(title or ""))


def documents_listing(library: Library, kind: str, code: str) -> set[tuple[int, int]]:
    """Documents and versions that list a procedure code in any edition; `kind` is article or lcd."""
    dataset = f"mcd-{kind}-x-hcpc-code"
    if not library.editions(dataset):
        return set()
    rows = library.db.execute(
        f"select distinct {kind}_id, {kind}_version from {DATASETS[dataset].table} where hcpc_code_id = ?", (code,)
    )
    return {(int(document), int(version)) for document, version in rows}


def document_row(library: Library, kind: str, version: Version) -> Found[Any]:
    """The whole row of a version, texts and all."""
    dataset = DATASETS[f"mcd-{kind}"]
    return library.found(dataset, library.stored_row(dataset.id, version.row), version.release)


def group_sizes(library: Library, release: Release, column: str, article: int, version: int) -> dict[int, int]:
    """How many diagnoses each group of an article's version lists; `column` holds the group's number."""
    rows = library.db.execute(
        f"select {column}, count(distinct icd10_code_id) from {DATASETS[release.dataset].table} "
        "where article_id = ? and article_version = ? and first_release <= ? and last_release >= ? "
        "and icd10_code_id <> 'XX000' group by 1 order by 1",
        (article, version, release.id, release.id),
    )
    return {int(group): int(size) for group, size in rows}


def ranged(library: Library, release: Release, article: int, version: int) -> list[Found[Any]]:
    """Diagnosis rows of an article's version that say they stand for a range."""
    dataset = DATASETS[release.dataset]
    rows = library.db.execute(
        f"select * from {dataset.table} where article_id = ? and article_version = ? and first_release <= ? "
        'and last_release >= ? and "range" is not null order by id',
        (article, version, release.id, release.id),
    )
    return [library.found(dataset, row, release) for row in rows]
