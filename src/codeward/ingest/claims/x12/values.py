"""Elements as values: days, amounts, codes; each reading is remembered, since files repeat themselves."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

ICD_10_START = date(2015, 10, 1)
"""From this day diagnoses are ICD-10-CM (45 CFR 162.1002(c))."""
_LONGEST_NUMBER = 18


class Procedure(NamedTuple):
    """A procedure composite (SV101, SV202): its qualifier, code and modifiers as billed, and those of no valid form."""

    qualifier: str
    code: str
    modifiers: tuple[str, ...]
    well_formed: bool
    odd_modifiers: tuple[str, ...]


class Diagnosis(NamedTuple):
    """One composite of HI: its qualifier, the code without a dot, and whether it has the form of its system."""

    qualifier: str
    code: str
    well_formed: bool
    dotted: bool


@lru_cache(8192)
def day(text: str) -> date | None:
    """A day as CCYYMMDD, also as the beginning of a day with its time; None where it is none."""
    if len(text) not in (8, 12) or not (text.isascii() and text.isdigit()):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


@lru_cache(8192)
def number(text: str) -> Decimal | None:
    """A decimal number as X12 writes it (type R): digits, one point, a minus; None where it is none."""
    digits = text.removeprefix("-").replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit()) or len(digits) > _LONGEST_NUMBER:
        return None
    return Decimal(text)


@lru_cache(65536)
def sound_npi(text: str) -> bool:
    """Ten digits from 1 or 2 whose Luhn sum with the prefix 80840 comes out (CMS NPI standard, check digit)."""
    if len(text) != 10 or not (text.isascii() and text.isdigit()) or text[0] not in "12":
        return False
    total = 24
    for index, char in enumerate(text):
        value = int(char) * (2 - index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


@lru_cache(16384)
def procedure(text: str, component: str) -> Procedure:
    """A procedure composite as it is read for a line."""
    qualifier, code, *rest = [*text.upper().split(component), "", ""][:6]
    modifiers = tuple(filter(None, rest))
    odd = tuple(modifier for modifier in modifiers if not _plain(modifier, 2))
    return Procedure(qualifier, code, modifiers, _plain(code, 5), odd)


@lru_cache(16384)
def diagnosis(text: str, component: str) -> Diagnosis:
    """A composite of HI as a diagnosis, whatever else it may be."""
    qualifier, code, *_ = [*text.upper().split(component), "", ""]
    bare = code.replace(".", "")
    return Diagnosis(qualifier, bare, _diagnosis_form(bare, icd_10=qualifier[:1] == "A"), "." in code)


@lru_cache(4096)
def pointers(text: str, component: str) -> tuple[int, ...] | None:
    """Diagnosis pointers (SV107) as numbers; None where one is no number from 1 to 12."""
    found = [part for part in text.split(component) if part]
    if all(part.isascii() and part.isdigit() and len(part) < 3 for part in found):
        return tuple(map(int, found))
    return None


@lru_cache(4096)
def well_formed_zip(text: str) -> bool:
    """Five or nine digits."""
    return len(text) in (5, 9) and text.isascii() and text.isdigit()


@cache
def places_of_service() -> frozenset[str]:
    """The codes of Codeward's own table of places of service."""
    table = resources.files("codeward.datasets") / "tables" / "pos.csv"
    return frozenset(row["Code"] for row in csv.DictReader(io.StringIO(table.read_text(encoding="utf-8"))))


def _plain(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isalnum()


def _diagnosis_form(code: str, *, icd_10: bool) -> bool:
    if not (3 <= len(code) <= 7 and code.isascii() and code.isalnum()):
        return False
    return not icd_10 or (code[0].isalpha() and code[1].isdigit())
