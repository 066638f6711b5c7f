"""Run: the process that scrubs one batch, by itself: `python -m codeward.services.batches.run FOLDER`.

It takes the lock of the batch, goes on in a process of its own so that no restart of the site ends it, waits for its
turn, and writes how far it is and what became of it into the folder.
"""

from __future__ import annotations

import os
import sys
import traceback
from dataclasses import dataclass, replace
from pathlib import Path

from codeward.core.faults import BadFile, BadInput, Fault
from codeward.services.batches.folder import Batch, take, turn

SLOTS = 2
"""Batches scrubbed at a time."""
MEMORY = "1GB"
"""What each may take: claims of a patient are judged together, and a part holds 350,000 lines in that."""


def main() -> None:
    """Scrub the batch named on the command line."""
    os.umask(0o077)
    batch = Batch(Path(sys.argv[1]))
    lock = take(batch.lock)
    if lock is None:
        return
    batch.lock.touch()
    if os.fork():
        os._exit(0)
    os.setsid()
    os.nice(10)
    (batch.folder / "pid").write_text(str(os.getpid()), encoding="ascii")
    with lock, turn(batch.shelf, SLOTS):
        scrub_batch(batch)


def scrub_batch(batch: Batch) -> None:
    """Scrub, and write down why where that ends without a summary."""
    try:
        _scrub(batch)
    except Fault as fault:
        _fail(batch, str(fault), unusable=isinstance(fault, BadInput | BadFile))
    except OSError as fault:
        _fail(batch, f"{fault.strerror or fault}: the disk may be full", unusable=False)
    except BaseException as fault:
        if batch.folder.is_dir():
            (batch.folder / "said.txt").write_text(traceback.format_exc(), encoding="utf-8")
        _fail(batch, f"{type(fault).__name__}: {str(fault).splitlines()[0] if str(fault) else ''}", unusable=False)


def _scrub(batch: Batch) -> None:
    from codeward.services.scrub import Order, scrub
    from codeward.store.library import open_library

    job = batch.job()
    library = open_library(batch.home, job.mode)
    batch.write_job(replace(job, closed=library.licence.closed))
    threads = max((os.cpu_count() or 1) // SLOTS, 1)
    teller = Teller(batch)
    teller("reading", 0.0)
    scrub(library, Order((batch.input,), batch.out, job.today, MEMORY, threads), teller)


@dataclass(frozen=True, slots=True)
class Teller:
    """Writes down how far a scrub is; ends the process where the batch was removed."""

    batch: Batch

    def __call__(self, text: str, share: float) -> None:
        """Tell a step and how much of the whole lies behind it."""
        if not (self.batch.folder / "job.json").is_file():
            os._exit(0)
        said = text.replace(self.batch.input.name, "the file")
        self.batch.write("progress", {"share": round(share, 4), "text": said})


def _fail(batch: Batch, why: str, *, unusable: bool) -> None:
    if not (batch.folder / "job.json").is_file():
        return
    job = batch.job()
    said = " ".join(why.replace(str(batch.input), job.name).replace(batch.input.name, job.name).split())
    said = said.partition(" LINE 1:")[0]  # DuckDB quotes the statement behind it, which is ours and not the reader's
    batch.write("failed", {"why": said[:400], "unusable": unusable})


if __name__ == "__main__":
    main()
