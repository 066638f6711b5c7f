"""Kinds: how one published cell becomes one plain text, and how the stores and Python hold it.

A kind reads the cell strictly (ValueError says what was expected) and gives canonical text, empty for
"nothing there"; SQLite and Parquet are filled from that text, and `load` turns what SQLite returns into Python.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d*\.?\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Kind:
    """One way of reading a cell and of storing it."""

    name: str
    read: Callable[[str], str]
    sqlite: str
    parquet: str
    load: Callable[[object], object]


def _as_text(value: object) -> object:
    return value


def _read_text(cell: str) -> str:
    return _SPACES.sub(" ", cell).strip()


def _read_verbatim(cell: str) -> str:
    return cell.replace("\r\n", "\n").strip()


def _read_code(cell: str) -> str:
    code = cell.strip().upper()
    if code.isascii() and code.isdigit() and len(code) < 5:
        code = code.zfill(5)  # spreadsheets lose the leading zeros of anesthesia codes
    if not re.fullmatch(r"[0-9A-Z]{5}", code):
        raise ValueError("expected a five-character code")
    return code


def _read_word(cell: str) -> str:
    word = cell.strip().upper()
    if not re.fullmatch(r"[0-9A-Z.+*]{0,10}", word):
        raise ValueError("expected a code of letters and digits")
    return word


def _read_whole(cell: str) -> str:
    text = cell.strip().replace(",", "")
    if text.endswith(".0"):
        text = text[:-2]
    if not text:
        return ""
    if not (text.isascii() and text.lstrip("-").isdigit()):
        raise ValueError("expected a whole number")
    return str(int(text))


def _read_number(cell: str) -> str:
    text = cell.strip().lstrip("$").strip()
    if text in ("", ".", "NA", "N/A"):
        return ""
    if not _NUMBER.fullmatch(text):
        raise ValueError("expected a number")
    try:
        return format(Decimal(text.replace(",", "")), "f")
    except InvalidOperation:
        raise ValueError("expected a number") from None


def _read_percent(cell: str) -> str:
    return _read_number(cell.strip().removesuffix("%"))


def _read_flag(cell: str) -> str:
    known = {
        "": "0",
        "N": "0",
        "NO": "0",
        "FALSE": "0",
        "0": "0",
        "Y": "1",
        "YES": "1",
        "TRUE": "1",
        "1": "1",
    }
    try:
        return known[cell.strip().upper()]
    except KeyError:
        raise ValueError("expected Y or N") from None


def _compact_day(cell: str) -> str:
    text = cell.strip().removesuffix(".0")
    if text in ("", "*"):
        return ""
    if len(text) != 8 or not text.isdigit():
        raise ValueError("expected a date as YYYYMMDD, or * for none")
    return date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat()


def _ordinal_day(cell: str) -> str:
    text = cell.strip().removesuffix(".0")
    if not text:
        return ""
    if len(text) != 7 or not text.isdigit() or not 1 <= int(text[4:]) <= 366:
        raise ValueError("expected a date as YYYYDDD (year and day of the year)")
    day = date(int(text[:4]), 1, 1) + timedelta(days=int(text[4:]) - 1)
    if day.year != int(text[:4]):
        raise ValueError("expected a date as YYYYDDD; this year has no day 366")
    return day.isoformat()


def _slash_day(cell: str) -> str:
    match = re.fullmatch(r"\s*(?:(\d{1,2})/(\d{1,2})/(\d{4}))?\s*", cell)
    if match is None:
        raise ValueError("expected a date as MM/DD/YYYY")
    month, day, year = match.groups()
    return date(int(year), int(month), int(day)).isoformat() if year else ""


def _iso_day(cell: str) -> str:
    text = cell.strip()
    return date.fromisoformat(text).isoformat() if text else ""


def _load_day(value: object) -> object:
    return date.fromisoformat(str(value)) if value else None


def _load_flag(value: object) -> object:
    return bool(value)


TEXT = Kind("text", _read_text, "TEXT", "VARCHAR", _as_text)
PHRASE = Kind("one of few phrases", _read_text, "INTEGER", "VARCHAR", _as_text)
"""Text repeated over many rows: SQLite holds a number that table `phrase` spells out."""
VERBATIM = Kind("text as published", _read_verbatim, "TEXT", "VARCHAR", _as_text)
CODE = Kind("five-character code", _read_code, "TEXT", "VARCHAR", _as_text)
WORD = Kind("short code", _read_word, "TEXT", "VARCHAR", _as_text)
WHOLE = Kind("whole number", _read_whole, "INTEGER", "BIGINT", _as_text)
FLAG = Kind("yes or no", _read_flag, "INTEGER", "BOOLEAN", _load_flag)
COMPACT_DAY = Kind("date (YYYYMMDD)", _compact_day, "TEXT", "DATE", _load_day)
ORDINAL_DAY = Kind("date (YYYYDDD)", _ordinal_day, "TEXT", "DATE", _load_day)
SLASH_DAY = Kind("date (MM/DD/YYYY)", _slash_day, "TEXT", "DATE", _load_day)
ISO_DAY = Kind("date (YYYY-MM-DD)", _iso_day, "TEXT", "DATE", _load_day)


def decimal(places: int, read: Callable[[str], str] = _read_number) -> Kind:
    """A number with a fixed count of decimals, exact in Python and Parquet, NUMERIC in SQLite."""
    step = Decimal(1).scaleb(-places)

    def load(value: object) -> object:
        return None if value is None else Decimal(str(value)).quantize(step)

    return Kind(f"number, {places} decimals", read, "NUMERIC", f"DECIMAL(18,{places})", load)


MONEY = decimal(3)
PERCENT = decimal(3, _read_percent)
