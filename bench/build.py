"""Build bench: a whole library, and the pair edits alone, as ratios to a bare sqlite3 import in the same run.

    python bench/build.py --data FOLDER        (or CODEWARD_OFFICIAL)

Each case runs in a process of its own. CPU counts the case's child processes; the peak is the largest sum of
resident memory over its whole process tree, sampled, so shared pages count once for each process.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from codeward.ingest.build import build
from codeward.store.home import Home

TABLES = ("ccipra", "ccioph")
PREAMBLE = 6
COLUMNS = "column1, column2, before_1996, effective, deleted, indicator, rationale"
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Measured:
    """What one case took: seconds, seconds of processor, and what it wrote, in rows and bytes."""

    wall: float
    cpu: float
    rows: int
    size: int


def pair_files(data: Path, table: str = "cci") -> list[Path]:
    return sorted(data.rglob(f"{table}*.zip"))


def pair_rows(path: Path) -> Iterator[list[str]]:
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".txt"))
        with archive.open(name) as stream:
            rows = csv.reader(io.TextIOWrapper(stream, encoding="latin-1", newline=""), delimiter="\t")
            for _ in range(PREAMBLE):
                next(rows)
            yield from rows


def import_bare(data: Path, folder: Path) -> tuple[int, int]:
    """What anyone would write first: the cells as they stand, no checks, no types, no sources, two indexes."""
    target = folder / "bare.db"
    db = sqlite3.connect(target, isolation_level=None)
    db.executescript("pragma journal_mode=off; pragma synchronous=off")
    rows = 0
    for table in TABLES:
        db.execute(f"create table {table} ({COLUMNS})")
    db.execute("begin")
    for table in TABLES:
        for path in pair_files(data, table):
            rows += db.executemany(f"insert into {table} values (?, ?, ?, ?, ?, ?, ?)", pair_rows(path)).rowcount
    db.execute("commit")
    for table in TABLES:
        for name in ("column1", "column2"):
            db.execute(f"create index {table}_{name} on {table} ({name})")
    db.close()
    return rows, target.stat().st_size


def build_from(paths: list[Path], folder: Path) -> tuple[int, int]:
    built = build(
        Home(folder),
        paths,
        accept=frozenset({"ama-cpt"}),
        now=lambda: datetime.now(UTC),
        progress=lambda text, share: None,
    )
    return built.rows, sum(path.stat().st_size for path in built.folder.rglob("*") if path.is_file())


CASES: dict[str, tuple[str, Callable[[Path, Path], tuple[int, int]]]] = {
    "bare": ("bare sqlite3 import of the pair edits", import_bare),
    "pairs": ("library of the pair edits alone", lambda data, folder: build_from(pair_files(data), folder)),
    "all": ("library of everything", lambda data, folder: build_from([data], folder)),
}


def run_case(name: str, data: Path) -> Measured:
    with tempfile.TemporaryDirectory(prefix="codeward-bench-") as folder:
        start = time.perf_counter()
        rows, size = CASES[name][1](data, Path(folder))
        wall = time.perf_counter() - start
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return Measured(wall, sum(usage.ru_utime + usage.ru_stime for usage in usages), rows, size)


def tree_memory(root: int) -> int:
    """Resident bytes of a process and all below it, as they are now."""
    parents: dict[int, int] = {}
    pages: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            after_name = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(folder.name)], pages[int(folder.name)] = int(after_name[1]), int(after_name[21])
    tree = {root}
    while more := {pid for pid, parent in parents.items() if parent in tree} - tree:
        tree |= more
    return PAGE * sum(pages.get(pid, 0) for pid in tree)


def measure(name: str, data: Path) -> tuple[Measured, int]:
    command = [sys.executable, __file__, "--data", str(data), "--case", name]
    case = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak, done = 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.05):
            peak = max(peak, tree_memory(case.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    told, _ = case.communicate()
    done.set()
    watcher.join()
    if case.returncode:
        raise SystemExit(f"{name} failed")
    return Measured(**json.loads(told)), peak


def report(data: Path) -> None:
    print(f"{'':42}{'rows':>10}{'wall s':>9}{'CPU s':>8}{'peak MB':>9}{'size MB':>9}{'wall':>7}{'CPU':>6}")
    bare: Measured | None = None
    for name, (title, _) in CASES.items():
        found, peak = measure(name, data)
        bare = bare or found
        print(
            f"{title:42}{found.rows:10,}{found.wall:9.1f}{found.cpu:8.1f}{peak / 1e6:9.0f}{found.size / 1e6:9.0f}"
            f"{found.wall / bare.wall:6.1f}x{found.cpu / bare.cpu:5.1f}x",
            flush=True,
        )


def main() -> None:
    default = os.environ.get("CODEWARD_OFFICIAL") or Path(__file__).parents[2] / "shared" / "data"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=Path(default), help="folder of official files")
    parser.add_argument("--case", choices=sorted(CASES), help="run one case and print it as JSON")
    chosen = parser.parse_args()
    if chosen.case:
        print(json.dumps(asdict(run_case(chosen.case, chosen.data))))
    elif not any(chosen.data.glob("**/ccipra-*")):
        print(f"skipped: no pair edit files under {chosen.data} (name their folder in CODEWARD_OFFICIAL)")
    else:
        report(chosen.data)


if __name__ == "__main__":
    main()
