"""Library tables: what facts may join, under names and types that every engine understands.

Columns whose names are words of SQL are renamed, truths come as 0 and 1, and a table that is not loaded, or may not be
read under the terms that hold, stands empty.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeward.datasets.kinds import PHRASE
from codeward.datasets.registry import DATASETS
from codeward.rules.calendar import ANSWERING
from codeward.store.derived.write import TABLES as DERIVED_TABLES

COVERAGE = (
    "mcd-article",
    "mcd-article-x-contractor",
    "mcd-article-x-hcpc-code",
    "mcd-article-x-icd10-covered",
    "mcd-article-x-icd10-noncovered",
    "mcd-contractor-jurisdiction",
    "mcd-contractor-type-lookup",
    "mcd-state-lookup",
)
"""Tables of the coverage database's exports that facts join by their own days, whatever the edition."""
RENAMED = {"range": "range_text", "limit": "unit_limit", "primary": "primary_code"}
BOOKKEEPING = (("first_day", "date"), ("last_day", "date"), ("first_release", "bigint"), ("last_release", "bigint"))


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column as stored, the name facts know it by, its type, and whether it needs a phrase looked up or a cast."""

    stored: str
    name: str
    type: str
    phrase: bool = False
    truth: bool = False


@dataclass(frozen=True, slots=True)
class LibraryTable:
    """A table of the library: its name, its columns, and the dataset whose terms open it (none for derived tables)."""

    name: str
    columns: tuple[TableColumn, ...]
    dataset: str = ""


_TYPES = {"INTEGER": "bigint", "VARCHAR": "text", "DATE": "date"}
DERIVED = tuple(
    LibraryTable(
        table.name, tuple(TableColumn(name, name, _TYPES[kind]) for name, kind in table.columns), table.dataset
    )
    for table in DERIVED_TABLES
)
"""Tables that the build derives from datasets, under the terms of what they were worked out from."""


def library_tables() -> tuple[LibraryTable, ...]:
    """Every table that facts may join."""
    return (*(_table_of(name) for name in (*ANSWERING, *COVERAGE)), *DERIVED)


def _table_of(dataset_id: str) -> LibraryTable:
    dataset = DATASETS[dataset_id]
    own = tuple(
        TableColumn(
            item.name,
            RENAMED.get(item.name, item.name),
            "text"
            if item.kind.parquet == "VARCHAR"
            else "bigint"
            if item.kind.parquet == "BOOLEAN"
            else item.kind.parquet.lower(),
            item.kind is PHRASE,
            item.kind.parquet == "BOOLEAN",
        )
        for item in dataset.columns
        if not item.descriptor
    )
    kept = tuple(TableColumn(name, name, kind) for name, kind in BOOKKEEPING)
    return LibraryTable(dataset.table, (TableColumn("id", "id", "bigint"), *own, *kept), dataset_id)
