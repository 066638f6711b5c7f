"""The real published files that are here: all of them, but for the pair edits, which take minutes."""

from __future__ import annotations

import os
from pathlib import Path

PAIRS = "cci*.zip"
"""Eight zips, left out of the library that tests share for their size."""


def official_paths(folder: Path) -> list[Path]:
    """Every published file that is here; the pair edits only with CODEWARD_PAIRS=1, for they take minutes."""
    pairs_too = os.environ.get("CODEWARD_PAIRS") == "1"
    return sorted(path for path in folder.rglob("*") if path.is_file() and (pairs_too or not path.match(PAIRS)))


FOR_CLAIMS = ("icd10cm", "hcpcs", "mpfs", "ncci", "opps", "asc", "clfs", "asp", "dmepos", "nucc", "gems", "hcc", "mcd")


def claim_paths(folder: Path) -> list[Path]:
    """The published files that rules and prices ask, the pair edits too: they make half a minute of building."""
    found = [path for name in FOR_CLAIMS for path in (folder / name).rglob("*") if path.is_file()]
    return sorted(path for path in found if path.suffix != ".pdf")
