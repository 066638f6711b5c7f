"""Order: what to scrub, where to put what is found, and with what."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from codeward.core.faults import BadInput

Progress = Callable[[str, float], None]
_MEMORY = re.compile(r"(\d+(?:\.\d+)?)\s*(MB|GB)", re.IGNORECASE)
ROWS_IN_GIGABYTE = 350_000
"""Service lines of one bucket that DuckDB judges in a gigabyte without spilling, measured with every rule."""


@dataclass(frozen=True, slots=True)
class Order:
    """Inputs (files or folders), the folder for results, and the room the machine gives; `today` is the present day."""

    inputs: tuple[Path, ...]
    out: Path
    today: date
    memory: str = "3GB"
    threads: int = 0
    restart: bool = False

    @property
    def rows_in_bucket(self) -> int:
        """How many rows a bucket may hold in the memory given; BadInput where that is no size."""
        found = _MEMORY.fullmatch(self.memory.strip())
        if found is None:
            raise BadInput(f"--memory {self.memory!r}: expected a size such as 3GB or 800MB")
        size = float(found[1]) * (1 if found[2].upper() == "GB" else 0.001)
        if size < 0.5:
            raise BadInput(f"--memory {self.memory}: expected at least 500MB, which the tables of the library need")
        return int(ROWS_IN_GIGABYTE * size)
