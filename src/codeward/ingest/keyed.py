"""Keyed stores: tables inside a packaged LMDB file, read by a worker process because its rows are marshalled.

A marshalled value can crash the interpreter that loads it, so the build never does it in its own process.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from codeward.core.faults import BadFile
from codeward.ingest.files import OfficialFile

KeyedRow = tuple[str, str, str, list[str]]
"""Key, first day, last day, cells."""


def read_table(file: OfficialFile, table: str) -> Iterator[KeyedRow]:
    """Rows of one table; BadFile when the worker cannot read the store."""
    with _unpacked(file) as store:
        worker_module = "drg_worker" if table.startswith("ms-drg-") else "oce_worker"
        command = [sys.executable, "-m", f"codeward.ingest.{worker_module}", str(store), table]
        worker = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=_quiet())
        try:
            assert worker.stdout is not None and worker.stderr is not None
            for key, start, end, *cells in csv.reader(worker.stdout):
                yield key, start, end, cells
            problem = worker.stderr.read().strip().splitlines()
            if worker.wait() != 0:
                raise BadFile(file.name, problem[-1] if problem else "the store cannot be read", table)
        finally:
            worker.kill()
            worker.communicate()


def _quiet() -> dict[str, str]:
    return {**os.environ, "PYTHONWARNINGS": "ignore"}


@contextmanager
def _unpacked(file: OfficialFile) -> Iterator[Path]:
    """The store as a plain file, which LMDB needs."""
    with tempfile.TemporaryDirectory(prefix="codeward-store-") as folder:
        target = Path(folder) / "store.mdb"
        with file.open() as stream, target.open("wb") as out:
            shutil.copyfileobj(stream, out, 1 << 20)
        yield target
