"""Tables: the library's Parquet files as the tables that facts join, for engines that read Parquet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from codeward.rules.engines.plan import narrowed, words_in
from codeward.rules.facts import BEFORE_DENIALS, ON_DENIALS, fact_text
from codeward.rules.library_tables import LibraryTable, TableColumn
from codeward.store.library import Library


def parquet_of(library: Library, table: LibraryTable) -> Path | None:
    """The table's file; None where it is not loaded or the terms that hold shut it."""
    file = library.folder / "parquet" / f"{table.name}.parquet"
    opens = not table.dataset or library.licence.opens(table.dataset)
    return file if opens and file.is_file() else None


def columns_asked(table: LibraryTable) -> tuple[TableColumn, ...]:
    """The columns that any fact over the table names; the first where none does."""
    texts = [text for name in (*BEFORE_DENIALS, *ON_DENIALS) if table.name in words_in(text := fact_text(name))]
    words = frozenset().union(*(words_in(text) for text in texts)) if texts else frozenset()
    names = set(narrowed((item.name for item in table.columns), words)) or {table.columns[0].name}
    return tuple(item for item in table.columns if item.name in names)


def selected(columns: tuple[TableColumn, ...], types: Mapping[str, str], quote: str) -> str:
    """The columns of a file under the names and types that facts know."""
    return ", ".join(
        f"cast({quote}{item.stored}{quote} as {types.get(item.type, item.type)}) as {item.name}" for item in columns
    )


def empty(columns: tuple[TableColumn, ...], types: Mapping[str, str]) -> str:
    """A table without rows that stands in for one that is not loaded."""
    nothing = ", ".join(f"cast(null as {types.get(item.type, item.type)}) as {item.name}" for item in columns)
    return f"select {nothing} where 1 = 0"
