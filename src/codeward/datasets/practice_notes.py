"""Practice notes: short dated statements in our own words of what no table holds, one small file each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import IO, Any
from zlib import crc32

from codeward.datasets.declare import Dataset, Days, Edition, Record, Shape, column
from codeward.datasets.editions import Name
from codeward.datasets.kinds import ISO_DAY, TEXT
from codeward.datasets.modifiers import OWN_EDITION

BETWEEN = " | "
"""Stands between the items of a list in one cell."""
_REQUIRED = {"name", "title", "statement", "topic", "asks", "document", "sure"}
_LISTS = {"asks", "codes", "modifiers", "terms"}


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One statement: what it says, what it applies to, since and until when, where it stands and how sure we are.

    Lists (`asks`, `codes`, `modifiers`, `terms`) hold their items with ` | ` between them; codes may be ranges.
    """

    name: str = column("name", kind=TEXT, required=True)
    title: str = column("title", kind=TEXT, required=True)
    statement: str = column("statement", kind=TEXT, required=True)
    topic: str = column("topic", kind=TEXT, required=True)
    asks: str = column("asks", kind=TEXT, required=True, note="ways to ask it")
    codes: str = column("codes", kind=TEXT, note="codes, categories and ranges it applies to")
    modifiers: str = column("modifiers", kind=TEXT)
    terms: str = column("terms", kind=TEXT, note="words of which one stands in a question it is meant by")
    payer: str = column("payer", kind=TEXT)
    setting: str = column("setting", kind=TEXT)
    since: date = column("since", kind=ISO_DAY)
    until: date = column("until", kind=ISO_DAY)
    document: str = column("document", kind=TEXT, required=True)
    chapter: str = column("chapter", kind=TEXT)
    section: str = column("section", kind=TEXT)
    url: str = column("url", kind=TEXT)
    sure: str = column("sure", kind=TEXT, required=True, note="checked (read in the document) or known")


FIELDS = tuple(item.name for item in fields(NoteRow))


def _records(streams: Mapping[str, IO[bytes]]) -> Iterator[Record]:
    """The note of one file, placed at the line its statement begins on."""
    content = next(iter(streams.values())).read()
    try:
        written = tomllib.loads(content.decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"not a practice note in TOML: {error}") from None
    _refuse_misfit(written)
    before, _, _ = content.partition(b"\nstatement")
    yield before.count(b"\n") + 2, [_cell(written.get(name, "")) for name in FIELDS], crc32(content)


def _refuse_misfit(written: dict[str, Any]) -> None:
    odd = sorted(set(written) - set(FIELDS))
    if odd:
        raise ValueError(f"{odd[0]!r} is no field of a practice note: expected {', '.join(FIELDS)}")
    lacking = sorted(name for name in _REQUIRED if not written.get(name))
    if lacking:
        raise ValueError(f"the note lacks {', '.join(lacking)}")
    for name, value in written.items():
        fits = isinstance(value, str | date) if name not in _LISTS else _is_list(value)
        if not fits:
            raise ValueError(f"{name} is {value!r}: expected {'a list of texts' if name in _LISTS else 'a text'}")


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and "|" not in item for item in value)


def _cell(value: str | date | list[str]) -> str:
    return BETWEEN.join(value) if isinstance(value, list) else str(value)


def _edition(name: Name) -> Edition:
    edition = OWN_EDITION(name)
    return Edition(edition.id, edition.effective, (), name["name"])


_SINCE, _UNTIL = FIELDS.index("since"), FIELDS.index("until")


def _days(cells: list[str]) -> Days:
    return cells[_SINCE] or "0001-01-01", cells[_UNTIL] or "9999-12-31"


PRACTICE_NOTES = Dataset(
    id="practice-notes",
    title="Practice notes",
    row=NoteRow,
    shapes=(Shape(r"^(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)\.note\.toml$", "own", _edition),),
    key=("name",),
    looked_up_by=("name",),
    records=_records,
    apart=True,
    days_of=_days,
    invariants=(("sure in ('checked', 'known')", "sure says neither checked nor known"),),
    cadence="none",
    publisher="Codeward",
    licence="Codeward's own words (Apache-2.0); each note names the document to check it in.",
    landing="https://www.cms.gov/medicare/regulations-guidance/manuals/internet-only-manuals-ioms",
)
