"""Worker process: prints one table of the outpatient code editor store (pyoce) as CSV rows of key, days and cells.

Rows carry editor versions; the store's own version table turns them into days. Run as
`python -m codeward.ingest.oce_worker STORE TABLE`.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from codeward.core.codes import is_dental, is_level_two
from codeward.ingest.confined import print_rows

Row = tuple[str, int, int, list[str]]
"""Key, first and last editor version, cells."""

OPEN = "9999-12-31"


class Store:
    """The LMDB file with its named tables."""

    def __init__(self, path: str) -> None:
        import lmdb

        self._env = lmdb.open(path, subdir=False, readonly=True, lock=False, max_dbs=500)
        self.days = {int(k): (v["date_started"], v["date_ended"]) for k, v in self.rows("version_range")}

    def rows(self, table: str) -> Iterator[tuple[str, Any]]:
        """Key and unmarshalled value of every row."""
        handle = self._env.open_db(table.encode(), create=False)
        with self._env.begin(db=handle) as transaction:
            for key, value in transaction.cursor():
                yield key.decode(), marshal.loads(value)  # noqa: S302 - pinned package, own process

    def span(self, low: int, high: int) -> tuple[str, str]:
        """First and last day of a run of versions; the last version of all is open."""
        last = OPEN if high >= max(self.days) else _iso(self.days[high][1])
        return _iso(self.days[max(low, min(self.days))][0]), last


def _iso(day: int) -> str:
    text = str(day)
    return f"{text[:4]}-{text[4:6]}-{text[6:]}"


def procedures(store: Store) -> Iterator[Row]:
    """HCPCS and CPT numbers with status indicator, APC and, for Level II only, the short text."""
    for key, row in store.rows("data_hcpcs"):
        code = key.split("|")[0]
        if is_dental(code):
            continue
        apc = row["apc"][1:] if row["apc"] not in ("00000", "") else ""
        text = row["description"] if is_level_two(code) else ""
        yield (
            f"data_hcpcs/{key}",
            row["lo_version"],
            row["hi_version"],
            [code, text, "", row["status_indicator"], apc, "", "", "", ""],
        )


def groups(store: Store) -> Iterator[Row]:
    """APCs with status indicator and payment rate; amounts are held in cents."""
    for key, row in store.rows("data_apc"):
        cents = int(row["apc_payment"] or 0)
        rate = f"{cents // 100}.{cents % 100:02d}" if cents else ""
        cells = [key.split("|")[0][1:], "", row["status_indicator"] or "", "", rate, "", ""]
        yield f"data_apc/{key}", row["lo_version"], row["hi_version"], cells


def pairs(store: Store) -> Iterator[Row]:
    """NCCI procedure pairs of the outpatient hospital table."""
    for column1, entries in store.rows("map_ncci"):
        for place, (column2, packed) in enumerate(entries):
            row = marshal.loads(packed)  # noqa: S302 - as above
            start, end = store.span(row["lo_version"], row["hi_version"])
            indicator = "1" if row["mod_indicator"] else "0"
            cells = [column1, column2.decode(), "", _compact(start), _compact(end), indicator, ""]
            yield f"map_ncci/{column1}|{place}", row["lo_version"], row["hi_version"], cells


def add_ons(store: Store) -> Iterator[Row]:
    """Add-on codes of the three types with their primaries; type 2 has none listed (CCCCC).

    The editor keeps the drug administration add-ons, which have a closed list too, in a table of their own.
    """
    for kind, name in (("1", "type1"), ("1", "drug_admin"), ("2", "type2"), ("3", "type3")):
        table = f"map_addon_{name}"
        for key, row in store.rows(table):
            start, end = store.span(row["lo_version"], row["hi_version"])
            primary = row.get("addon_primary") or "CCCCC"
            cells = [key.split("|")[0], kind, "", primary, "", _ordinal(start), _ordinal(end), ""]
            yield f"{table}/{key}", row["lo_version"], row["hi_version"], cells


def _compact(day: str) -> str:
    return "" if day == OPEN else day.replace("-", "")


def _ordinal(day: str) -> str:
    return "" if day == OPEN else date.fromisoformat(day).strftime("%Y%j")


TABLES: dict[str, Callable[[Store], Iterator[Row]]] = {
    "procedures": procedures,
    "groups": groups,
    "pairs": pairs,
    "add-ons": add_ons,
}


def rows_of(path: str, table: str) -> Iterator[list[str]]:
    """The table's rows: key, first and last day, cells."""
    store = Store(path)
    for key, low, high, cells in TABLES[table](store):
        yield [key, *store.span(low, high), *cells]


if __name__ == "__main__":
    sys.exit(print_rows(rows_of(*sys.argv[1:3])))
