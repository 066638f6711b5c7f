"""Pricing claims of four lines in process, warm and on rows never read before, beside bare SQLite reads.

Run: `.venv/bin/python bench/price.py [--library HOME] [--on YYYY-MM-DD]` on a library that is already built.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from codeward.core.claims import Claim, ClaimLine
from codeward.core.faults import NotLoaded
from codeward.services.pricing import price_claim
from codeward.store.library import Library, open_library
from codeward.tools.cli.options import home_folder

SEEN, CLAIMS, LINES = 200, 2000, 4


def claims(codes: Sequence[str], on: date, many: int, dice: random.Random) -> list[Claim]:
    """Claims of an office, each of four codes drawn at random."""
    return [
        Claim(
            str(number),
            tuple(ClaimLine(at, code, (), Decimal(1), on) for at, code in enumerate(dice.sample(codes, LINES), 1)),
            place_of_service="11",
            locality="10112-00",
        )
        for number in range(many)
    ]


def spent(library: Library, asked: Sequence[Claim]) -> list[float]:
    """Milliseconds of each claim, sorted."""
    times = []
    for claim in asked:
        start = time.perf_counter()
        price_claim(library, claim, {})
        times.append((time.perf_counter() - start) * 1e3)
    return sorted(times)


def bare(library: Library, asked: Sequence[Claim]) -> float:
    """Median milliseconds of reading the four rows of a claim with nothing around them."""
    times = []
    for claim in asked:
        start = time.perf_counter()
        for line in claim.lines:
            library.db.execute("select * from mpfs_rvu where code = ?", (line.code,)).fetchall()
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times)


def main() -> None:
    """Print medians and 99th percentiles."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--library", default=home_folder(""))
    reader.add_argument("--on", type=date.fromisoformat, default=date(2025, 11, 1))
    given = reader.parse_args()
    try:
        library = open_library(Path(given.library))
    except NotLoaded as fault:
        print(f"skipped: {fault}")
        return
    release = library.in_force("mpfs-rvu", given.on)
    if release is None:
        print(f"skipped: no relative values are loaded for {given.on}")
        return
    query = "select distinct code from mpfs_rvu where status = 'A' and first_release <= ? and last_release >= ?"
    codes = [code for (code,) in library.db.execute(query, (release.id, release.id))]
    dice = random.Random(1)
    seen = dice.sample(codes, SEEN)
    fresh = spent(library, claims(codes, given.on, CLAIMS, dice))
    spent(library, claims(seen, given.on, CLAIMS, dice))
    asked = claims(seen, given.on, CLAIMS, dice)
    print(f"bare SQLite reads of {LINES} rows: {bare(library, asked):.3f} ms")
    for name, times in (("warm", spent(library, asked)), ("any code, few rows read before", fresh)):
        print(f"{name}: median {statistics.median(times):.3f} ms, p99 {times[int(len(times) * 0.99)]:.3f} ms")


if __name__ == "__main__":
    main()
