"""Anesthesia: conversion factor of each locality (ANES, yearly, in the RVU zip) and base units of each code, yearly.

The heading of the factor's column holds the national factor, so the header is read as data. Since 2026 there are two
factors by law, for practitioners who qualify as APM participants and for others; how CMS heads two columns was not
seen, so each is known by `non` or `qualifying` in its heading. Files of old years give cents (2260): refused by bounds.
Base units come in a workbook of their own, which was never at hand: two columns under `Code` and `Base Units`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import IO
from zlib import crc32

from codeward.datasets.addresses import Address
from codeward.datasets.carriers import CONTRACTOR, LOCALITY
from codeward.datasets.declare import Dataset, Record, Shape, column
from codeward.datasets.editions import calendar_year
from codeward.datasets.kinds import CODE, TEXT, WHOLE, decimal

_HEADS = ("CONTRACTOR", "LOCALITY", "LOCALITY NAME")
_NATIONAL = re.compile(r"\b\d+\.\d+")


@dataclass(frozen=True, slots=True)
class AnesthesiaRow:
    """The factor of one locality beside the national one it was adjusted from."""

    contractor: str = column("Contractor", kind=CONTRACTOR, required=True)
    locality: str = column("Locality", kind=LOCALITY, required=True)
    name: str = column("Locality Name", kind=TEXT, required=True)
    factor: Decimal = column(r"National Anes CF of .*", kind=decimal(2), required=True)
    national: Decimal = column(kind=decimal(4), note="out of the factor's own heading")
    qualifying_factor: Decimal = column(kind=decimal(2), note="qualifying APM participants, from 2026")
    qualifying_national: Decimal = column(kind=decimal(4), note="likewise out of the heading")


def _records(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    reader = csv.reader(io.StringIO(files[""].read().decode("cp1252"), newline=""))
    rows = ((reader.line_num, cells) for cells in reader)
    heads = _header(rows)
    usual, qualifying = _factors(heads)
    constants = [_national(heads, usual), _national(heads, qualifying)]
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) < len(heads):
            raise ValueError(f"line {line}: expected {len(heads)} columns, found {len(cells)}")
        second = "" if qualifying is None else cells[qualifying]
        yield line, [*cells[:3], cells[usual], constants[0], second, constants[1]], crc32("\x1f".join(cells).encode())


def _header(rows: Iterator[tuple[int, list[str]]]) -> list[str]:
    for line, cells in rows:
        heads = [" ".join(cell.split()).upper() for cell in cells]
        if tuple(heads[:3]) == _HEADS:
            return heads
        if line > 10:
            break
    raise ValueError("no header row with 'Contractor', 'Locality', 'Locality Name' in the first 10 lines")


def _factors(heads: list[str]) -> tuple[int, int | None]:
    """Where the usual factor stands, and the one of qualifying participants where there is one."""
    places = [at for at, head in enumerate(heads) if at >= len(_HEADS) and re.search(r"\bCF\b|CONVERSION FACTOR", head)]
    if len(places) == 1:
        return places[0], None
    others = [at for at in places if "NON" in heads[at]]
    if len(places) != 2 or len(others) != 1:
        raise ValueError(f"line 1: expected one column of factors, or two of which one says `non`: found {heads[3:]}")
    return others[0], next(at for at in places if at not in others)


def _national(heads: list[str], place: int | None) -> str:
    found = _NATIONAL.search(heads[place]) if place is not None else None
    return found[0] if found else ""


MPFS_ANESTHESIA = Dataset(
    id="mpfs-anesthesia",
    title="Anesthesia conversion factors by locality",
    row=AnesthesiaRow,
    shapes=(Shape(r"^ANES(?P<year>\d{4})\.csv$", "own", calendar_year),),
    key=("contractor", "locality"),
    looked_up_by=("contractor",),
    records=_records,
    cadence="year",
    publisher="CMS",
    licence="Public domain (US government work).",
    landing="https://www.cms.gov/medicare/payment/fee-schedules/physician/pfs-relative-value-files",
    addresses=(Address("https://www.cms.gov/files/zip/rvu{yy}{letter}.zip"),),
    links=(
        r"/pfs-relative-value-files/rvu(?P<yy>\d\d)(?P<letter>a)(?:-\d+)?$",
        r"/files/zip/rvu(?P<yy>\d\d)(?P<letter>a)(?:-[^?]*)?\.zip$",
    ),
    invariants=(
        ("factor between 10 and 60", "an anesthesia conversion factor is out of bounds ($10 to $60)"),
        ("national is null or national between 10 and 60", "the national factor is out of bounds ($10 to $60)"),
    ),
)


@dataclass(frozen=True, slots=True)
class BaseUnitsRow:
    """Base units of one anesthesia code."""

    code: str = column(r"(?:(?:CPT|HCPCS)\s*)?(?:CODE|CPT|HCPCS)s?", kind=CODE, required=True)
    units: int = column(r"(?:\d{4}\s*)?(?:ANESTHESIA\s*)?BASE\s*UNITS?", kind=WHOLE, required=True)


_BASE_NAME = r"^(?:CY[ _-]*)?(?P<year>20\d\d)[ _-]*anesthesia[ _-]*base[ _-]*units.*\."

MPFS_ANESTHESIA_BASE = Dataset(
    id="mpfs-anesthesia-base",
    title="Anesthesia base units",
    row=BaseUnitsRow,
    shapes=(
        Shape(_BASE_NAME + "csv$", "csv", calendar_year, encoding="cp1252"),
        Shape(_BASE_NAME + "xlsx$", "xlsx", calendar_year, rank=1),
    ),
    key=("code",),
    looked_up_by=("code",),
    cadence="year",
    publisher="CMS",
    licence="Base units are CMS's; the codes are CPT, the AMA's: accept its terms to load it.",
    needs_acceptance="ama-cpt",
    landing="https://www.cms.gov/medicare/payment/fee-schedules/physician/anesthesiologists-center",
    addresses=(Address("https://www.cms.gov/files/zip/{year}-anesthesia-base-units-cpt-code.zip"),),
    links=(r"/files/zip/[^\"'\s]*anesthesia-base-?units[^\"'\s]*\.zip",),
    invariants=(("units between 0 and 60", "base units are out of bounds (0 to 60)"),),
)
