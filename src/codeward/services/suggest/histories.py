"""Histories: the code that reports a condition which lies behind, or which a relative has."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


def history_of(whose: str, code: str) -> str:
    """The history code ("personal" or "family") for a condition's code; empty where the table has none."""
    held = _table()[whose]
    return next((held[code[:size]] for size in range(len(code), 2, -1) if code[:size] in held), "")


@cache
def _table() -> dict[str, dict[str, str]]:
    text = resources.files("codeward.services.suggest.tables").joinpath("history.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
