"""Code sets: named lists of modifiers, places and codes as SQL writes them after `in`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def members(name: str) -> tuple[str, ...]:
    """The members of a set, in the order of `code_sets.toml`."""
    return tuple(_read()[name]["codes"].split())


@cache
def code_sets() -> dict[str, str]:
    """Every set as a list of SQL texts."""
    return {name: ", ".join(f"'{code}'" for code in members(name)) for name in _read()}


@cache
def _read() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("code_sets.toml").read_text(encoding="utf-8"))
