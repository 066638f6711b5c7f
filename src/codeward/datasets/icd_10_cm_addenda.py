"""ICD-10-CM addenda: what an edition added, deleted and retitled, as its publisher lists it.

The order addenda have headers and both titles; the code addenda have billable codes and long titles alone, and are
read where the order addenda are not given. Both end in their own counts, which the rows must meet. Layout as in the
order file, moved right by the action: 1-12 action, 14 billable, 16-22 code, 24-83 short title, from 85 long title.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import IO
from zlib import crc32

from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Record, Shape, column
from codeward.datasets.editions import fiscal_year
from codeward.datasets.icd_10_cm import LANDING, LICENCE, numbered_lines
from codeward.datasets.kinds import FLAG, TEXT, WORD


@dataclass(frozen=True, slots=True)
class AddendumRow:
    """One line: a code added or deleted, or its title before or after a revision."""

    code: str = column(kind=WORD, required=True, note="without dot")
    action: str = column(kind=TEXT, required=True, note="add, delete, revise from or revise to")
    billable: bool = column(kind=FLAG, note="no for a header")
    title: str = column(kind=TEXT, required=True)
    short_title: str = column(kind=TEXT, note="order addenda alone have it")


_ORDER, _CODES = "order", "codes"
_ACTION = re.compile(r"(Add|Delete|Revise from|Revise to):")
_COUNT = re.compile(r"\s+(\d+) (additions|deletions|revisions)$")
_REST = re.compile(r"Headers$|Codes$|\s*of which$|\s+\d+ (?:headers|codes|revisions) (?:in|to) ")
_COUNTED = {"add": "additions", "delete": "deletions", "revise from": "revisions", "revise to": "revisions"}


def _records(files: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    role = _ORDER if _ORDER in files else _CODES
    yield from addenda(files[role], partial(_cells, role))


def addenda(stream: IO[bytes], read: Callable[[str, str, int], list[str]]) -> Iterator[Record]:
    """The lines that name a code, read from action, text and line number; the counts at the end must be met."""
    told, found = Counter[str](), Counter[str]()
    for line, text in numbered_lines(stream):
        action, count = _ACTION.match(text), _COUNT.match(text)
        if action:
            cells = read(action[1].lower(), text, line)
            found[cells[1]] += 1
            yield line, cells, crc32(text.encode())
        elif count:
            told[count[2]] += int(count[1])
        elif not _REST.match(text):
            raise ValueError(f"line {line}: expected Add, Delete, Revise from, Revise to or the closing counts")
    for action_name, name in _COUNTED.items():
        if told[name] != found[action_name]:
            raise ValueError(f"holds {found[action_name]} lines of {action_name!r}, its end counts {told[name]} {name}")


def _cells(role: str, action: str, text: str, line: int) -> list[str]:
    if role == _CODES:
        code, title = text[13:20].strip(), text[21:].strip()
        flag, short = "1", ""
    else:
        flag, code, short, title = text[13:14], text[15:22].strip(), text[23:83].strip(), text[84:].strip()
    if not code or flag not in ("0", "1"):
        raise ValueError(f"line {line}: expected a code behind the action, and in order addenda 0 or 1 before it")
    return [code, action, flag, title or short, short]


_CMS = "https://www.cms.gov/files/zip/"

ICD_10_CM_ADDENDA = Dataset(
    id="icd-10-cm-addenda",
    title="ICD-10-CM addenda",
    row=AddendumRow,
    shapes=(
        Shape(r"^icd10cm[-_]order[-_]addenda[-_](?P<year>\d{4})\.txt$", "own", fiscal_year, role=_ORDER),
        Shape(r"^icd10cm[-_]codes[-_]addenda[-_](?P<year>\d{4})\.txt$", "own", fiscal_year, role=_CODES, rank=1),
    ),
    key=("code", "action", "billable"),
    looked_up_by=("code",),
    records=_records,
    cadence="icd",
    counts_vary=True,
    publisher="NCHS and CMS",
    licence=LICENCE,
    landing=LANDING,
    addresses=(Address(f"{_CMS}{{fiscal}}-code-descriptions-tabular-order.zip", date(2020, 10, 1)),),
    links=(r"/files/zip/\d{4}-code-descriptions-tabular-order[^/]*\.zip$",),
    invariants=(("length(code) between 3 and 7", "a code does not have three to seven characters"),),
)
