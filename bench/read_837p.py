"""837P bench: claims per CPU-second through reader and structure checks, beside pyx12's full validation of the same.

    python bench/read_837p.py [--claims 20000] [--pyx12 300]

The claims have two lines each, under a billing provider and subscriber of their own (23 segments), and differ in
patient, day, codes and charges; they are the same every time. Peak memory is that of a process of its own.
"""

from __future__ import annotations

import argparse
import io
import logging
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from codeward.ingest.claims import read_claims
from making_claims import many_claims, write_837p

TODAY = date(2026, 11, 24)
RUNS = 3


def written(folder: Path, count: int) -> Path:
    path = folder / f"{count}.837"
    if not path.exists():
        path.write_text(write_837p(many_claims(count)), encoding="ascii")
    return path


def read(path: Path) -> tuple[int, int]:
    """Claims and faults in a file."""
    claims = faults = 0
    for item in read_claims(path, today=TODAY):
        claims += item.claim is not None
        faults += len(item.faults)
    return claims, faults


def rate_of_ours(path: Path) -> float:
    best = 0.0
    for _ in range(RUNS):
        start = time.process_time()
        claims, faults = read(path)
        taken = time.process_time() - start
        if faults:
            raise SystemExit(f"the bench's own claims have {faults} faults")
        best = max(best, claims / taken)
    return best


def rate_of_pyx12(path: Path, count: int) -> float:
    """Its validation with an acknowledgement, less what it takes to load its maps, told by a file of one claim."""
    from pyx12.params import ParamsBase
    from pyx12.x12n_document import x12n_document

    logging.disable(logging.CRITICAL)

    def seconds(text: str) -> float:
        start = time.process_time()
        if not x12n_document(ParamsBase(), io.StringIO(text), io.StringIO(), None):
            raise SystemExit("pyx12 does not take the bench's claims")
        return time.process_time() - start

    one = write_837p(many_claims(1))
    seconds(one)
    loading = min(seconds(one) for _ in range(2))
    return (count - 1) / (seconds(path.read_text(encoding="ascii")) - loading)


def own_peak() -> int:
    """Peak memory of this process in KB; `ru_maxrss` would count that of the process it was forked from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


def peak_megabytes(path: Path) -> float:
    """Peak memory of a process that reads the file and does nothing else."""
    done = subprocess.run(
        [sys.executable, __file__, "--only-read", str(path)], check=True, capture_output=True, text=True
    )
    return int(done.stdout) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--pyx12", type=int, default=300)
    parser.add_argument("--only-read", type=Path)
    given = parser.parse_args()
    if given.only_read:
        read(given.only_read)
        print(own_peak())
        return
    with tempfile.TemporaryDirectory(prefix="codeward-bench-") as name:
        folder = Path(name)
        ours = rate_of_ours(written(folder, given.claims))
        theirs = rate_of_pyx12(written(folder, given.pyx12), given.pyx12)
        small, large = (peak_megabytes(written(folder, given.claims * factor)) for factor in (1, 5))
    unit = "claims per CPU-second"
    print(f"codeward, reader and structure checks {ours:9,.0f} {unit} ({given.claims:,} claims, best of {RUNS})")
    print(f"pyx12, full validation                {theirs:9,.0f} {unit} ({given.pyx12:,} of the same claims)")
    print(f"ratio                                 {ours / theirs:9,.1f}")
    print(f"peak memory                           {small:9,.1f} MB for {given.claims:,} claims")
    print(f"                                      {large:9,.1f} MB for {given.claims * 5:,} claims")


if __name__ == "__main__":
    main()
