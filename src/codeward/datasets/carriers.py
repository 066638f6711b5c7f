"""Carriers: contractor, locality and ZIP numbers as kinds that give spreadsheets' lost zeros back."""

from __future__ import annotations

from functools import partial

from codeward.datasets.kinds import Kind


def _read_digits(width: int, what: str, cell: str) -> str:
    """A number of fixed width: spaces around it go, zeros that a spreadsheet dropped come back."""
    text = cell.strip()
    if text and not (text.isascii() and text.isdigit() and len(text) <= width):
        raise ValueError(f"expected a {what} of {width} digits")
    return text and text.zfill(width)


def _digits(width: int, what: str) -> Kind:
    return Kind(f"{what} ({width} digits)", partial(_read_digits, width, what), "TEXT", "VARCHAR", lambda value: value)


CONTRACTOR = _digits(5, "contractor number")
LOCALITY = _digits(2, "locality number")
ZIP = _digits(5, "ZIP code")
PLUS_FOUR = _digits(4, "ZIP+4 extension")
