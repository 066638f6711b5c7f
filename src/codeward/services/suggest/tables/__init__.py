"""Tables: which words mean the same thing when a note is read, and which say nothing alone."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any


def read_table(name: str) -> dict[str, Any]:
    """One of our tables for reading notes, by its name without the ending."""
    return tomllib.loads(resources.files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
