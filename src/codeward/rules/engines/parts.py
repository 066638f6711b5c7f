"""Parts: files that a batch left behind, scanned, summed and joined into one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb


def listed(texts: Iterable[str]) -> str:
    """Texts as SQL writes them, one after the other."""
    return ", ".join("'" + text.replace("'", "''") + "'" for text in texts)


def parquet_scan(files: Iterable[Path]) -> str:
    """Parquet files as one table."""
    return f"read_parquet([{listed(map(str, files))}])"


def csv_scan(file: Path, columns: Sequence[str]) -> str:
    """A text file with a header as a table of texts."""
    types = ", ".join(f"'{name}': 'varchar'" for name in columns)
    cells = ", ".join(f"coalesce({name}, '') as {name}" for name in columns)
    return (
        f"(select {cells} from read_csv({listed([str(file)])}, "
        f"columns = {{{types}}}, header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"'))"
    )


def copied(text: str, file: Path, memory: str) -> None:
    """Write what a SELECT gives into one Parquet file."""
    with duckdb.connect(config={"memory_limit": memory, "preserve_insertion_order": False}) as db:
        db.execute(f"copy ({text}) to {listed([str(file)])} (format parquet, compression zstd)")


def asked(text: str, memory: str) -> list[tuple[Any, ...]]:
    """The rows of a SELECT."""
    with duckdb.connect(config={"memory_limit": memory}) as db:
        return db.execute(text).fetchall()
