"""Pair checks of proposed lines: whether an NCCI edit stands between two codes of one worksheet."""

from __future__ import annotations

from codeward.datasets.ncci_ptp import PairRow
from codeward.services.pair_edits import SETTINGS
from codeward.services.worksheets.sheet import Sheet
from codeward.services.worksheets.values import FAILS, HOLDS, UNCHECKED, Check
from codeward.store.library import Found
from codeward.store.pairs import pairs_among

MOST = 20
"""Codes of one worksheet whose pairs are looked up; no kind proposes more but therapy, by hand."""


def pairs_checked(sheet: Sheet, codes: tuple[str, ...]) -> tuple[Check, ...]:
    """Every edit in force between two codes of the sheet; one line says when there is none, or that none is loaded."""
    if len(codes) < 2:
        return ()
    table = SETTINGS[sheet.setting]
    shown = ", ".join(codes)
    release = sheet.view.edition(table)
    if release is None or len(codes) > MOST:
        return (Check(shown, "pair-edits", UNCHECKED, "Pair edits between these codes were not checked"),)
    found = pairs_among(sheet.view.library, table, release, sheet.view.on, codes)
    if not found:
        return (Check(shown, "pair-edits", HOLDS, "No pair edit stands between these codes"),)
    return tuple(_told(item) for item in found)


def _told(item: Found[PairRow]) -> Check:
    row = item.row
    pair = f"A pair edit puts {row.column2} inside {row.column1}"
    if row.indicator == "1":
        text = f"{pair} (indicator 1): it is paid beside it only where the record shows a separate service"
        return Check(row.column2, "pair-edits", UNCHECKED, text, (item.source,))
    text = f"{pair} (indicator {row.indicator}): it is not paid beside it"
    return Check(row.column2, "pair-edits", FAILS, text, (item.source,))
