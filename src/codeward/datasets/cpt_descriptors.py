"""CPT long descriptors out of an operator's licensed AMA data file, yearly; never fetched, never shipped.

The licensed delivery holds `LONGULT.txt`: a copyright preamble, then a code, a tab and the text on each line. The file
does not say its year, so the zip it lies in must: `CPT2026.zip`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO
from zlib import crc32

from codeward.datasets.declare import Dataset, Record, Shape, column
from codeward.datasets.editions import calendar_year
from codeward.datasets.kinds import CODE, TEXT

_LINE = re.compile(r"([0-9]{4}[0-9A-Z])\t(.+)")


@dataclass(frozen=True, slots=True)
class DescriptorRow:
    """One code and its long descriptor, shown only with the AMA's notice."""

    code: str = column(kind=CODE, required=True)
    text: str = column(kind=TEXT, required=True, terms="ama-licensed")


def _records(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    begun = False
    for line, raw in enumerate(files[""].read().decode("cp1252").splitlines(), start=1):
        found = _LINE.fullmatch(raw.rstrip())
        if found:
            begun = True
            yield line, [found[1], found[2]], crc32(raw.encode())
        elif begun and raw.strip():
            raise ValueError(f"line {line}: expected a five-character code, a tab and its text")


CPT_DESCRIPTORS = Dataset(
    id="cpt-descriptors",
    title="CPT long descriptors (licensed)",
    row=DescriptorRow,
    shapes=(Shape(r"/[^/]*(?P<year>20\d\d)[^/]*\.zip/(?:.*/)?LONGULT\.txt$", "own", calendar_year),),
    key=("code",),
    looked_up_by=("code",),
    records=_records,
    cadence="year",
    publisher="AMA",
    licence="Copyright American Medical Association: load it only under a licence of your own, and show the notice.",
    needs_acceptance="ama-licensed",
    landing="https://www.ama-assn.org/practice-management/cpt",
)
