"""How a publication is declared: the row with its official headings, and what the dataset is, whose and how often.

From a declaration alone follow reading, typing, checking, the SQLite table and the Parquet schema, as-of and
difference queries, the data dictionary and the golden test.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from typing import IO, Any, Literal

from codeward.core.codes import is_level_two
from codeward.core.days import next_quarter, quarter_start
from codeward.datasets.addresses import Address
from codeward.datasets.kinds import Kind

Layout = Literal["tab", "csv", "fixed", "xlsx", "own", "keyed"]
Cadence = Literal["quarter", "half-year", "year", "fiscal", "icd", "week", "none"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its official headings, its kind, and whether it holds text the AMA or ADA owns."""

    name: str
    kind: Kind
    headings: tuple[str, ...]
    at: tuple[int, int] | None
    required: bool
    optional_heading: bool
    descriptor: bool
    terms: str
    note: str


def column(
    *headings: str,
    kind: Kind,
    at: tuple[int, int] | None = None,
    required: bool = False,
    optional_heading: bool = False,
    descriptor: bool = False,
    terms: str = "",
    note: str = "",
) -> Any:
    """Declare a column: headings as published (regular expressions, case and blanks ignored) or fixed positions.

    `required` refuses an empty cell; `optional_heading` lets an edition lack the column; `descriptor` marks text
    that is dropped on CPT and dental rows whatever the file holds; `terms` names what must be accepted before any
    door shows the column, where that is more than the dataset itself asks.
    """
    traits = {
        "kind": kind,
        "headings": headings,
        "at": at,
        "required": required,
        "optional_heading": optional_heading,
        "descriptor": descriptor,
        "terms": terms,
        "note": note,
    }
    return field(default=None, metadata=traits)


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a publication: its name, first day in force, and what its file name says beyond that."""

    id: str
    effective: date
    constants: tuple[tuple[str, str], ...] = ()
    part: str = ""


UNDATED = Edition("undated", date.min)
"""Of a file whose name does not say its day: the file itself or the archive around it does."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One published shape of a file: which names have it and how it is laid out."""

    names: str
    layout: Layout
    edition: Callable[[re.Match[str]], Edition]
    encoding: str = "utf-8"
    header_rows: int = 1
    role: str = ""
    rank: int = 0
    table: str = ""
    from_package: bool = False
    ragged: bool = False
    lines: Callable[[IO[str]], Iterator[tuple[int, str]]] | None = None
    """How lines of fixed width are found where the file does not hold them as published; ValueError names the line."""
    note: str = ""
    """What is to be known of files of this shape, for the data dictionary."""

    def match(self, path: str) -> re.Match[str] | None:
        """The match on a file's own name, or on its whole path where the pattern begins with a slash."""
        where = "/" + path if self.names.startswith("/") else path.rsplit("/", 1)[-1]
        return re.search(self.names, where, re.IGNORECASE)


Record = tuple[int | str, Sequence[str], int]
"""A line number or path, the cells in declared order as published, and a check over all that stands there."""

Days = tuple[str, str]
"""First and last day a row gives itself, ISO; the last is 9999-12-31 when open."""


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """One publication: how its files look, what its rows are, and what is known about it."""

    id: str
    title: str
    row: type
    shapes: tuple[Shape, ...]
    key: tuple[str, ...]
    cadence: Cadence
    publisher: str
    licence: str
    landing: str
    addresses: tuple[Address, ...] = ()
    links: tuple[str, ...] = ()
    """Regular expressions that find this publication's files among the links of its landing page."""
    looked_up_by: tuple[str, ...] = ()
    looked_up_together: tuple[tuple[str, ...], ...] = ()
    """Columns that are asked for at once, beside the indexes that keep the order of rows."""
    parts: tuple[str, ...] = ()
    days_of: Callable[[list[str]], Days] | None = None
    invariants: tuple[tuple[str, str], ...] = ()
    needs_acceptance: str = ""
    may_be_empty: bool = False
    counts_vary: bool = False
    """Whether an edition may well be far shorter than the one before it: lists of changes are."""
    apart: bool = False
    """Whether `records` reads each file by itself, so that rows cite the file they stand in."""
    records: Callable[[Mapping[str, IO[bytes]]], Iterator[Record]] | None = None
    arrange: Callable[[Iterator[Record]], Iterator[Record]] | None = None
    keep: Callable[[list[str]], bool] | None = None
    dated_by: Callable[[IO[bytes]], date] | None = None
    """The day of an edition out of the file, where its name has none."""

    @property
    def table(self) -> str:
        """The table's name in SQLite, DuckDB and Parquet."""
        return self.id.replace("-", "_")

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The row's columns in declared order."""
        return tuple(Column(name=item.name, **item.metadata) for item in fields(self.row) if "kind" in item.metadata)

    @cached_property
    def index(self) -> dict[str, int]:
        """Where each column stands in a row."""
        return {item.name: place for place, item in enumerate(self.columns)}

    def shape_of(self, path: str) -> tuple[Shape, Edition] | None:
        """The shape and edition a file of this name has, or None when it is not of this dataset."""
        for shape in self.shapes:
            match = shape.match(path)
            with suppress(ValueError):  # a name with a thirteenth month is no edition's
                if match:
                    return shape, shape.edition(match)
        return None

    def expected_start(self, day: date) -> date | None:
        """First day of the edition that the publisher's rhythm puts in force on `day`; None without a rhythm."""
        return _RHYTHMS[self.cadence](day)

    def name_of(self, start: date) -> str:
        """What the edition that takes effect on `start` is called; empty where the day alone does not tell."""
        return _icd_name(start) if self.cadence == "icd" else ""

    def current_until(self, effective: date) -> date | None:
        """First day on which an edition that took effect on `effective` should have been replaced."""
        return _NEXT[self.cadence](effective)


_ICD_OUT_OF_TURN = (date(2020, 4, 1), date(2021, 1, 1))
"""Editions that COVID-19 called for between the yearly ones (CMS, ICD-10 announcements of those days)."""


def _icd_starts(*years: int) -> list[date]:
    """ICD-10-CM changes on October 1 and, since 2022, on April 1 (CMS ICD-10 release notes)."""
    springs = [date(year, 4, 1) for year in years if year >= 2022]
    return [*(date(year, 10, 1) for year in years), *springs, *_ICD_OUT_OF_TURN]


def _icd_start(day: date) -> date:
    return max(start for start in _icd_starts(day.year - 1, day.year) if start <= day)


def _icd_next(effective: date) -> date:
    return min(start for start in _icd_starts(effective.year, effective.year + 1) if start > effective)


def _icd_name(start: date) -> str:
    return f"FY{start.year + 1}" if start.month == 10 else f"{start:%Y-%m}"


_RHYTHMS: dict[str, Callable[[date], date | None]] = {
    "quarter": quarter_start,
    "half-year": lambda day: date(day.year, 1 if day.month < 7 else 7, 1),
    "year": lambda day: date(day.year, 1, 1),
    "fiscal": lambda day: date(day.year - (day.month < 10), 10, 1),
    "icd": _icd_start,
    "week": lambda day: None,  # an export holds all that went before it, so none is missed between two
    "none": lambda day: None,
}
_NEXT: dict[str, Callable[[date], date | None]] = {
    "quarter": next_quarter,
    "half-year": lambda day: date(day.year, 7, 1) if day.month < 7 else date(day.year + 1, 1, 1),
    "year": lambda day: date(day.year + 1, 1, 1),
    "fiscal": lambda day: date(day.year + (day.month >= 10), 10, 1),
    "icd": _icd_next,
    "week": lambda day: None,
    "none": lambda day: None,
}


def may_show_descriptor(code: str) -> bool:
    """Whether text published beside this procedure code is free to keep: HCPCS Level II less D codes."""
    return is_level_two(code)
