"""Keeping: batches are taken in, started, found again and removed with everything in them."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import IO

from codeward.core.faults import Fault, NotFound
from codeward.ingest.claims.reading import form_of
from codeward.services.batches.folder import Batch, Job
from codeward.services.batches.standing import unfinished
from codeward.store.library import Library

MOST_UNFINISHED = 12
"""Batches that may wait or run at a time: each that waits is a sleeping process."""
_TOKEN = re.compile(r"[0-9a-f]{32}")
_ARRIVING = ".arriving-"
_FORSAKEN = 3600
"""Seconds after which an upload that never came to its end is cleared away."""
_LONGEST_NAME = 80


class Busy(Fault):
    """Too many batches wait already."""


@dataclass
class Arrival:
    """A file on its way in: written piece by piece into a folder that has no address yet."""

    folder: Path
    size: int = 0
    file: IO[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(mode=0o700)
        new = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        self.file = os.fdopen(os.open(self.folder / "claims", new, 0o600), "wb")

    def write(self, piece: bytes) -> None:
        """Add a piece."""
        self.size += self.file.write(piece)

    def discard(self) -> None:
        """Remove what came so far."""
        self.file.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def form(self, name: str) -> str:
        """parquet, json, x12 or csv, told from what the file begins with; BadFile where it is none of them."""
        self.file.flush()
        with (self.folder / "claims").open("rb") as held:
            return form_of(held, name)


@dataclass(frozen=True, slots=True)
class Batches:
    """All batches of a library home; each is kept for so many hours from when it was given."""

    home: Path
    hours: float

    @property
    def shelf(self) -> Path:
        """The folder they lie in."""
        return self.home / "batches"

    def receive(self) -> Arrival:
        """Make room for a file; Busy where too many wait."""
        self.shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
        waiting = len(unfinished(self.shelf))
        if waiting >= MOST_UNFINISHED:
            raise Busy(f"{waiting} batches wait or run already: come back when some of them are through")
        return Arrival(self.shelf / f"{_ARRIVING}{secrets.token_hex(8)}")

    def start(self, arrival: Arrival, name: str, library: Library, now: datetime, today: date) -> Batch:
        """Give what arrived an address and start its scrub; BadFile where it is no file of claims, and nothing is kept.

        `name` is the file's own, kept to be shown again; `today` the day past which no service can lie.
        """
        shown = name_shown(name)
        try:
            form = arrival.form(shown)
            arrival.file.close()
            (arrival.folder / "claims").rename(arrival.folder / f"claims.{form}")
            job = Job(shown, form, arrival.size, now, today, library.licence.mode, library.licence.closed)
            Batch(arrival.folder).write_job(job)
            batch = Batch(arrival.folder.rename(self.shelf / secrets.token_hex(16)))
        except BaseException:
            arrival.discard()
            raise
        try:
            launch(batch)
        except BaseException:
            self.forget(batch)
            raise
        return batch

    def find(self, token: str, now: datetime) -> Batch:
        """The batch of an address; NotFound where there is none or its time is over."""
        batch = Batch(self.shelf / token)
        held = _TOKEN.fullmatch(token) is not None and (batch.folder / "job.json").is_file()
        if not held or self.ends(batch) <= now:
            raise NotFound("no batch has this address: its time is over, it was deleted, or the address is mistyped")
        return batch

    def ends(self, batch: Batch) -> datetime:
        """When it will be deleted."""
        return batch.job().given + timedelta(hours=self.hours)

    def resume(self, batch: Batch) -> None:
        """Scrub a batch that stopped; what was done is not done again. Nothing happens where it runs or is done."""
        if batch.result("summary.json").is_file() or batch.is_worked_on():
            return
        for name in ("failed.json", "progress.json", "pid"):
            (batch.folder / name).unlink(missing_ok=True)
        launch(batch)

    def forget(self, batch: Batch) -> None:
        """Stop what works on a batch and remove everything of it."""
        (batch.folder / "job.json").unlink(missing_ok=True)
        _stop(batch)
        for _ in range(20):
            shutil.rmtree(batch.folder, ignore_errors=True)
            if not batch.folder.exists():
                return
            time.sleep(0.05)
        shutil.rmtree(batch.folder)

    def sweep(self, now: datetime) -> int:
        """Remove batches whose time is over and uploads that never ended; the number removed."""
        old = [batch for batch in self._every() if not _is_kept(batch) or self.ends(batch) <= now]
        for batch in old:
            self.forget(batch)
        for place in self.shelf.glob(f"{_ARRIVING}*"):
            with suppress(FileNotFoundError):
                if now.timestamp() - (place / "claims").stat().st_mtime > _FORSAKEN:
                    shutil.rmtree(place, ignore_errors=True)
        return len(old)

    def _every(self) -> Iterator[Batch]:
        return (Batch(place) for place in self.shelf.glob("[0-9a-f]*") if _TOKEN.fullmatch(place.name))


def _is_kept(batch: Batch) -> bool:
    return (batch.folder / "job.json").is_file()


def launch(batch: Batch) -> None:
    """Start the process that scrubs a batch, apart from this one: it holds the lock of the batch when this returns."""
    command = [sys.executable, "-P", "-m", "codeward.services.batches.run", str(batch.folder)]
    nothing = subprocess.DEVNULL
    subprocess.run(command, stdin=nothing, stdout=nothing, stderr=nothing, cwd=batch.shelf, timeout=60, check=True)


def _stop(batch: Batch) -> None:
    """End the process that works on a batch; the number it wrote down is its own as long as the lock is held."""
    for _ in range(100):
        if not batch.is_worked_on():
            return
        with suppress(OSError, ValueError):
            os.killpg(int((batch.folder / "pid").read_text(encoding="ascii")), signal.SIGKILL)
        time.sleep(0.05)


def name_shown(name: str) -> str:
    """A file's name without folders, control characters or more than anybody reads; it is shown and never opened."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(letter for letter in last if letter.isprintable()).strip()
    return kept[:_LONGEST_NAME] or "claims"
