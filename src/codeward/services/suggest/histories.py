"""Histories: the code that reports a condition which lies behind, or which a relative has."""

from __future__ import annotations

from functools import cache

from codeward.services.suggest.tables import read_table


def history_of(whose: str, code: str) -> str:
    """The history code ("personal" or "family") for a condition's code; empty where the table has none."""
    held = _table()[whose]
    return next((held[code[:size]] for size in range(len(code), 2, -1) if code[:size] in held), "")


@cache
def _table() -> dict[str, dict[str, str]]:
    return read_table("history")
