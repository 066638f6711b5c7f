"""A build killed at any moment leaves the old library in use and answering, and the next build clears up after it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from codeward.core.faults import BadFile, Fault
from codeward.ingest import build as module
from codeward.services.look_up import look_up
from codeward.store.home import Home
from codeward.store.library import open_library
from golden import published, small_set
from golden.published import put
from making import build_library

BATCHES, KILLS = 5, 10
SCRIPT = """\
import sys
from datetime import UTC, datetime
from pathlib import Path

from codeward.ingest.build import build
from codeward.store.home import Home

if __name__ == "__main__":
    built = build(
        Home(Path(sys.argv[1])), [Path(sys.argv[2])], accept=frozenset({"ama-cpt"}), now=lambda: datetime.now(UTC),
        progress=lambda text, share: None,
    )
    print(built.hash)
"""


@dataclass(frozen=True)
class Bench:
    """A home with a library in use, and a larger set whose build is killed."""

    home: Home
    old: str
    script: Path
    files: Path

    def start(self) -> subprocess.Popen[str]:
        """A build of the larger set, in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, str(self.script), str(self.home.root), str(self.files)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    folder = tmp_path_factory.mktemp("killed")
    home = folder / "home"
    old = build_library(home, put(folder, "old/PPRRVU24_JUL.csv", published.rvu(small_set.RVU_2024, "33.2875")))
    for number, part in enumerate(("f1", "f2", "f3", "f4")):
        rows = [
            f"{first} {second} 20200101 * 1"
            for first in range(10000 + 30 * number, 10026 + 30 * number)
            for second in range(20000, 20500)
        ]
        put(folder, f"new/ccipra-v302r0-{part}.txt", published.ptp(rows))
    put(folder, "new/PPRRVU25_JAN.csv", published.rvu(small_set.RVU_2025, "32.3465"))
    return Bench(Home(home), old.hash, put(folder, "run.py", SCRIPT), folder / "new")


def is_whole(home: Home) -> str:
    """The hash of the library in use, once it has shown that it is complete and answers."""
    library = open_library(home.root)
    assert (library.folder / "manifest.json").is_file()
    assert library.manifest["hash"] == library.hash
    release = library.editions("mpfs-rvu")[-1]
    assert look_up(library, "17311", release.effective).value.status == "active"
    assert library.db.execute("pragma integrity_check").fetchone() == ("ok",)
    return library.hash


def build_to_the_end(bench: Bench) -> subprocess.CompletedProcess[str]:
    """A build that nobody kills; what a killed one left running may hold the lock for a moment."""
    for _ in range(50):
        process = bench.start()
        out, err = process.communicate(timeout=120)
        if "another build is running" not in err:
            break
        time.sleep(0.2)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_kill_at_random_moments(bench: Bench, batch: int) -> None:
    started = time.monotonic()
    whole = build_to_the_end(bench)
    lasts = time.monotonic() - started
    assert whole.returncode == 0, whole.stderr
    new = whole.stdout.strip()
    moments = random.Random(batch)
    cut_short = 0
    for _ in range(KILLS):
        forget(bench, new)
        process = bench.start()
        try:
            process.wait(moments.uniform(0.02, 1.05) * lasts)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            cut_short += 1
        process.communicate()
        assert is_whole(bench.home) in (bench.old, new)
    assert cut_short > 0
    last = build_to_the_end(bench)
    assert last.returncode == 0, last.stderr
    assert is_whole(bench.home) == new
    assert not list(bench.home.libraries.glob("building-*"))
    assert not list(bench.home.root.glob(".current-*"))


def forget(bench: Bench, new: str) -> None:
    """Back to the old library, so that the next build has everything to do."""
    bench.home.point_to(bench.home.libraries / bench.old)
    shutil.rmtree(bench.home.libraries / new, ignore_errors=True)


def test_no_reading_process_outlives_a_killed_build(bench: Bench) -> None:
    process = bench.start()
    time.sleep(0.6)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and group_lives(process.pid):
        time.sleep(0.1)
    assert not group_lives(process.pid)


def group_lives(group: int) -> bool:
    """Whether any process of the group still runs (one that has ended and was not waited for does not)."""
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rsplit(")", 1)[1].split()
        except (OSError, IndexError):
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            return True
    return False


def test_interrupted_build_clears_up_itself(bench: Bench) -> None:
    """Ctrl-C is not a kill: nothing half done is left."""
    process = bench.start()
    time.sleep(0.8)
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=60)
    assert is_whole(bench.home)
    assert not list(bench.home.libraries.glob("building-*"))


def test_full_disk_is_told_in_one_line(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "write_documents", full)
    before = is_whole(bench.home)
    if before != bench.old:
        forget(bench, before)
    with pytest.raises((Fault, OSError), match="No space left"):
        build_library(bench.home.root, bench.files)
    assert is_whole(bench.home)
    assert not list(bench.home.libraries.glob("building-*"))


def test_lock_is_free_after_a_refused_build(bench: Bench, tmp_path: Path) -> None:
    put(tmp_path, "PPRRVU25_JAN.csv", "nothing\n")
    for _ in range(2):
        with pytest.raises(BadFile, match="PPRRVU25_JAN"):
            build_library(bench.home.root, tmp_path)
