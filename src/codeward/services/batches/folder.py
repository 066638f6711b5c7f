"""Folder: where one batch lies, and what each file in it says.

HOME/batches/<token>/     only its owner may read it; the token is in the batch's address and nowhere else
  job.json                what was given, when, and in which licence mode it is scrubbed
  claims.<form>           the file itself
  progress.json           how far the scrub is, from when its turn came
  failed.json             why it ended without a summary, where that is known
  said.txt                the traceback of a defect
  lock, pid               held by the process that scrubs it, and gone with it
  out/                    findings.parquet and its companions; summary.json comes last
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

_PATIENCE = 3.0
"""Seconds in which a lock that somebody only looks at comes free."""


@dataclass(frozen=True, slots=True)
class Job:
    """What was given: the name to show, form, size, when, and how to scrub it; `closed` datasets were not readable."""

    name: str
    form: str
    size: int
    given: datetime
    today: date
    mode: str
    closed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """One batch as a folder."""

    folder: Path

    @property
    def token(self) -> str:
        """The unguessable word of its address."""
        return self.folder.name

    @property
    def shelf(self) -> Path:
        """The folder of all batches."""
        return self.folder.parent

    @property
    def home(self) -> Path:
        """The library home it is scrubbed against."""
        return self.shelf.parent

    @property
    def lock(self) -> Path:
        """Held as long as a process works on it."""
        return self.folder / "lock"

    @property
    def out(self) -> Path:
        """The folder of results."""
        return self.folder / "out"

    def result(self, name: str) -> Path:
        """One of the files of results, such as `findings.parquet`."""
        return self.out / name

    @property
    def input(self) -> Path:
        """The file that was given, under a name of ours: its own may name a patient."""
        return self.folder / f"claims.{self.job().form}"

    def job(self) -> Job:
        """What was given."""
        held = self.read("job") or {}
        told = {"given": datetime.fromisoformat(held["given"]), "today": date.fromisoformat(held["today"])}
        return Job(**{**held, **told, "closed": tuple(held["closed"])})

    def write_job(self, job: Job) -> None:
        """Write down what was given."""
        self.write("job", asdict(job) | {"given": job.given.isoformat(), "today": job.today.isoformat()})

    def read(self, name: str) -> dict[str, Any] | None:
        """One of the small files, None where it is not there."""
        try:
            found: dict[str, Any] = json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return found

    def write(self, name: str, told: dict[str, Any]) -> None:
        """Put one of the small files in place, whole at once."""
        draft = self.folder / f".{name}-{os.getpid()}"
        draft.write_text(json.dumps(told), encoding="utf-8")
        draft.replace(self.folder / f"{name}.json")

    def is_worked_on(self) -> bool:
        """Whether a process holds its lock."""
        try:
            with self.lock.open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return False


def take(lock: Path, patience: float = _PATIENCE) -> IO[bytes] | None:
    """Hold a lock until the file is closed or the process ends; None where another keeps it."""
    file = lock.open("ab")
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return file
        except OSError:
            if time.monotonic() >= until:
                file.close()
                return None
            time.sleep(0.05)


@contextmanager
def turn(shelf: Path, slots: int) -> Iterator[None]:
    """One of a few places to work in, in the order of asking; waits until one is free."""
    with (shelf / "queue.lock").open("ab") as queue:
        fcntl.flock(queue, fcntl.LOCK_EX)
        while (slot := _free_slot(shelf, slots)) is None:
            time.sleep(0.2)
    with slot:
        yield


def _free_slot(shelf: Path, slots: int) -> IO[bytes] | None:
    return next(filter(None, (take(shelf / f"slot-{number}.lock", 0) for number in range(slots))), None)
