"""CSV rows that a spreadsheet opens as text: what could be taken for a formula is set off by an apostrophe."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def csv_line(cells: Sequence[str]) -> str:
    """One line, its end included."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()


def safe_cell(cell: str) -> str:
    """An apostrophe stands before what begins like a formula and is no number (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell
