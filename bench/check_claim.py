"""One claim through every rule and its pricing, warm: median and 99th percentile, beside bare reads of its rows.

Run: `.venv/bin/python bench/check_claim.py [--library HOME] [--on YYYY-MM-DD]` on a library that is already built.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from codeward.core.claims import Claim, ClaimLine, Patient
from codeward.core.faults import NotLoaded
from codeward.services.check_claim import check_claims
from codeward.store.library import Library, open_library
from codeward.tools.cli.options import home_folder

WARM, CLAIMS, LINES = 200, 3000, 4
TODAY = date(2026, 11, 24)


def codes_of(library: Library, dataset: str, condition: str) -> list[str]:
    """Codes of a table, in order."""
    rows = library.db.execute(f"select distinct code from {dataset} where {condition} order by code").fetchall()
    return [str(code) for (code,) in rows]


def claims(library: Library, on: date, dice: random.Random) -> list[Claim]:
    """Office claims of four lines and two diagnoses, every code drawn at random: few rows are met twice."""
    procedures = codes_of(library, "mpfs_rvu", "status in ('A', 'R') and modifier is null")
    diagnoses = codes_of(library, "icd_10_cm", "billable")
    if not procedures or not diagnoses:
        raise NotLoaded("the library holds no fee schedule or no diagnoses: build it first")
    return [_claim(number, procedures, diagnoses, on, dice) for number in range(WARM + CLAIMS)]


def _claim(number: int, procedures: Sequence[str], diagnoses: Sequence[str], on: date, dice: random.Random) -> Claim:
    lines = tuple(
        ClaimLine(at, code, ("59",) if dice.random() < 0.2 else (), Decimal(1), on, (1, 2))
        for at, code in enumerate(dice.sample(procedures, LINES), 1)
    )
    patient = Patient(f"P{number}", date(1956, 2, 1), "F")
    return Claim(str(number), lines, tuple(dice.sample(diagnoses, 2)), patient, billing_npi="1234567893",
                 rendering_npi="1234567893", place_of_service="11", locality="national", clia="05D0000000")  # fmt: skip


def spent(ask: Callable[[Claim], object], asked: Sequence[Claim]) -> list[float]:
    """Milliseconds of each claim, sorted."""
    times = []
    for claim in asked:
        start = time.perf_counter()
        ask(claim)
        times.append((time.perf_counter() - start) * 1e3)
    return sorted(times)


def bare(library: Library, claim: Claim) -> None:
    """The rows a claim needs at the least, read with nothing around them: fees, limits and the six pairs."""
    codes = sorted(line.code for line in claim.lines)
    for code in codes:
        library.db.execute("select * from mpfs_rvu where code = ?", (code,)).fetchall()
        library.db.execute("select * from ncci_mue_practitioner where code = ?", (code,)).fetchall()
    for one in codes:
        for two in codes:
            if one != two:
                pair = "select * from ncci_ptp_practitioner where column1 = ? and column2 = ?"
                library.db.execute(pair, (one, two)).fetchall()


def main() -> None:
    """Print both, and how many times the bare reads checking takes."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--library", default="")
    options.add_argument("--on", type=date.fromisoformat, default=date(2024, 8, 15))
    given = options.parse_args()
    try:
        library = open_library(home_folder(given.library))
        asked = claims(library, given.on, random.Random(1))
    except NotLoaded as fault:
        print(f"skipped: {fault}")
        return
    spent(lambda claim: check_claims(library, [claim], TODAY), asked[:WARM])
    checked = spent(lambda claim: check_claims(library, [claim], TODAY), asked[WARM:])
    read = spent(lambda claim: bare(library, claim), asked[WARM:])
    print(f"claims of {LINES} lines: {len(checked)}, each of codes drawn anew")
    for name, times in (("every rule and prices", checked), ("bare reads (baseline)", read)):
        print(f"{name:22} median {statistics.median(times):6.3f} ms   p99 {times[len(times) * 99 // 100]:6.3f} ms")
    print(f"ratio of medians       {statistics.median(checked) / statistics.median(read):6.1f}")


if __name__ == "__main__":
    main()
