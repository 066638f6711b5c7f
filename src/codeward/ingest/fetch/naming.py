"""Naming: which release an address belongs to, and under which name its file is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from codeward.core.days import OPEN_END
from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset

FIRST_YEAR, LAST_YEAR = 2000, 2060
NEWEST = OPEN_END
"""In place of a first day: the address always gives the newest release, and only the file tells which."""
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_YEAR = r"(?<!\d)(?P<year>20\d\d)(?!\d)"
_GUESSES = (
    rf"{_YEAR}[-_ ]?q(?P<quarter>[1-4])(?!\d)",
    rf"(?<![a-z]){_MONTH}[-_ ]*(?:\d{{1,2}}[-_ ]+)?{_YEAR}",
    rf"{_YEAR}[-_ ]*{_MONTH}(?![a-z])",
    rf"(?<!\d)(?P<mm>\d{{1,2}})[-_ ](?P<dd>\d{{1,2}})[-_ ]{_YEAR}",
    _YEAR,
)
_CORRECTION = re.compile(r"[-_ ](?:\d{1,2}$|(?:updated?|revised|corrected|posted|final|v\d|r\d)\b.*)")


@dataclass(frozen=True, slots=True)
class Spot:
    """The first day of a release, and which of its files it is, where it has several."""

    day: date
    part: str = ""


def file_name(url: str) -> str:
    """The name a file from this address is kept under; a day that CMS writes with slashes is part of it."""
    path = unquote(urlsplit(url).path)
    tail = re.split(r"/files/[a-z]+/", path)[-1] if "/files/" in path else path.rsplit("/", 1)[-1]
    return re.sub(r"[^\w.() -]", "-", tail, flags=re.ASCII).lstrip(".- ")[-150:] or "file"


def spot_of(dataset: Dataset, url: str, match: re.Match[str]) -> Spot | None:
    """The release an address of the dataset is for: by the link's own groups, its patterns, else the words in it."""
    groups = {name: text for name, text in match.groupdict().items() if text}
    known = _by_pattern(dataset, url)
    part = groups.get("part", "").lower() or (known.part if known else "")
    day = _day(groups) or (known.day if known else None) or _guess(dataset.cadence == "icd", file_name(url))
    if day is None or day == NEWEST:
        return None if has_rhythm(dataset) else Spot(NEWEST, part)
    return Spot(dataset.expected_start(day) or day, part)


def has_rhythm(dataset: Dataset) -> bool:
    """Whether the publisher's releases have first days that can be told beforehand."""
    return dataset.expected_start(date(LAST_YEAR, 1, 1)) is not None


def is_corrected(url: str) -> bool:
    """Whether the name says that the file replaces one published before."""
    return _CORRECTION.search(_stem(url)) is not None


def places(dataset: Dataset, day: date) -> list[tuple[str, str]]:
    """Part and address of each file that the dataset's patterns give for the release of that day."""
    found = [(part, item.fill(day, part)) for item in _fitting(dataset, day) for part in parts_of(dataset, item)]
    known = _patterns(dataset)
    return [(part, url) for part, url in found if known.get(_stem(url), Spot(day, part)) == Spot(day, part)]


def parts_of(dataset: Dataset, item: Address) -> tuple[str, ...]:
    """The parts a pattern is filled with; plain addresses of one dataset are different files, not alternatives."""
    if "{part}" in item.url:
        return dataset.parts
    several = sum("{" not in other.url for other in dataset.addresses) > 1
    return (item.part or (_stem(item.url) if several and "{" not in item.url else ""),)


def _fitting(dataset: Dataset, day: date) -> list[Address]:
    """Patterns for the release of that day; without a rhythm, the plain addresses whose own day it is."""
    if has_rhythm(dataset):
        return [item for item in dataset.addresses if item.fits(day)]
    return [item for item in dataset.addresses if "{" not in item.url and _own_day(item) == day]


def _own_day(item: Address) -> date:
    if item.since > Address("").since:
        return item.since
    return _guess(False, file_name(item.url)) or NEWEST


def days(dataset: Dataset, until: date) -> Iterator[date]:
    """First days of the releases that the publisher's rhythm gives, oldest first; without a rhythm, the addresses'."""
    if not has_rhythm(dataset):
        own = {_own_day(item) for item in dataset.addresses if "{" not in item.url}
        yield from sorted(day for day in own if day <= until or day == NEWEST)
        return
    day = dataset.expected_start(date(FIRST_YEAR, 12, 31))
    while day is not None and day <= until:
        yield day
        day = dataset.current_until(day)


@lru_cache(maxsize=256)
def _patterns(dataset: Dataset) -> dict[str, Spot]:
    """Every name that the patterns can give, and the first release it was for."""
    filled: dict[str, Spot] = {}
    for day in days(dataset, date(LAST_YEAR, 1, 1)):
        for item in _fitting(dataset, day):
            for part in parts_of(dataset, item):
                filled.setdefault(_stem(item.fill(day, part)), Spot(day, part))
    return filled


def _by_pattern(dataset: Dataset, url: str) -> Spot | None:
    known = _patterns(dataset)
    return known.get(_stem(url)) or known.get(_CORRECTION.sub("", _stem(url)))


def _stem(url: str) -> str:
    return PurePosixPath(file_name(url).lower()).stem


def _guess(fiscal: bool, name: str) -> date | None:
    """The day that words and numbers of a name tell; a day of correction alone counts where nothing else does."""
    stem = PurePosixPath(name.lower()).stem
    for text in (_CORRECTION.sub("", stem), stem):
        for pattern in _GUESSES:
            found = re.search(pattern, text)
            if found:
                groups = found.groupdict()
                return _day({"fiscal": groups["year"]} if fiscal and set(groups) == {"year"} else groups)
    return None


def _day(groups: dict[str, str]) -> date | None:
    """The day that named places of a pattern tell; None when they do not tell a year, or no real day."""
    year = _year(groups)
    if year is None:
        return None
    try:
        if "fiscal" in groups:
            return date(year - 1, 10, 1)
        return date(year, _month(groups), int(groups.get("dd", 1)))
    except ValueError:
        return None


def _year(groups: dict[str, str]) -> int | None:
    if "ncci" in groups:
        return 1994 + int(groups["ncci"][:-1])
    written = groups.get("year") or groups.get("fiscal") or groups.get("yy")
    if written is None:
        return None
    return int(written) + (2000 if len(written) == 2 else 0)


def _month(groups: dict[str, str]) -> int:
    if "mm" in groups:
        return int(groups["mm"])
    for name in ("month", "mon"):
        if name in groups:
            return _MONTHS.index(groups[name][:3].lower()) + 1
    for name, step in (("quarter", 3), ("letter", 3), ("half", 6), ("ncci", 3)):
        if name in groups:
            return _nth(name, groups[name]) * step + 1
    return 1


def _nth(name: str, text: str) -> int:
    """How many periods of the year have gone before it."""
    if name == "letter":
        return "abcd".index(text.lower())
    return int(text[-1]) - (name == "quarter")
