"""Staging: every part read by a worker process into a checked file of rows, ready for the store."""

from __future__ import annotations

import csv
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import cast

from codeward.core.faults import BadFile
from codeward.datasets.registry import DATASETS
from codeward.ingest.plan import Plan
from codeward.ingest.rows import Part, read_part

SMALL = 3_000_000
"""Bytes below which starting worker processes costs more than it saves."""

Progress = Callable[[str, float], None]
Job = tuple[int, Part, tuple[str, Part, Path]]
"""Release number, part, and what a worker needs to read it: dataset id, part, target."""


@dataclass(frozen=True, slots=True)
class Staged:
    """The checked rows of one part."""

    release: int
    part: Part
    path: Path
    rows: int


def stage(plan: Plan, folder: Path, progress: Progress) -> list[Staged]:
    """Read all parts, the largest first, on as many processes as there are cores; the first fault stops all."""
    jobs = [(at, part) for at, release in enumerate(plan.releases) for part in release.parts]
    sizes = {id(part): sum(file.size for _, _, file in part.files) for _, part in jobs}
    jobs.sort(key=lambda job: -sizes[id(job[1])])
    total, done, staged = sum(sizes.values()) or 1, 0, []
    for item in _run(plan, jobs, folder, total < SMALL):
        staged.append(item)
        done += sizes[id(item.part)]
        progress(f"read {plan.releases[item.release].name}", done / total)
    _refuse_short_parts(plan, staged)
    return staged


def _run(plan: Plan, jobs: list[tuple[int, Part]], folder: Path, small: bool) -> Iterator[Staged]:
    work = [
        (at, part, (plan.releases[at].dataset.id, part, folder / f"rows-{number}.csv"))
        for number, (at, part) in enumerate(jobs)
    ]
    done = map(_in_this_process, work) if small else in_workers(work)
    for (at, part, arguments), rows in done:
        yield Staged(at, part, arguments[2], rows)


def _in_this_process(job: Job) -> tuple[Job, int]:
    return job, stage_part(*job[2])


def in_workers(work: list[Job]) -> Iterator[tuple[Job, int]]:
    """Hand jobs to one process a core; a fault, or a worker that dies, ends all of them and is raised here."""
    spawn = multiprocessing.get_context("spawn")
    todo, busy, workers = deque(work), dict[Connection, Job](), []
    try:
        for _ in range(min(os.cpu_count() or 1, len(work))):
            ours, theirs = spawn.Pipe()
            worker = spawn.Process(target=_serve, args=(theirs,), daemon=True)
            worker.start()
            theirs.close()
            workers.append(worker)
            busy[ours] = todo.popleft()
            ours.send(busy[ours][2])
        while busy:
            for ready in cast(list[Connection], wait(list(busy))):
                yield busy[ready], _result(ready, busy[ready])
                if todo:
                    busy[ready] = todo.popleft()
                    ready.send(busy[ready][2])
                else:
                    del busy[ready]
                    ready.close()
    finally:
        for worker in workers:
            worker.terminate()


def _result(connection: Connection, job: Job) -> int:
    try:
        outcome = connection.recv()
    except EOFError:
        raise BadFile(job[1].main[2].name, "the process reading it died (out of memory?)") from None
    if isinstance(outcome, BaseException):
        raise outcome
    return int(outcome)


def _serve(connection: Connection) -> None:
    """A worker: reads the parts it is sent until the build closes the pipe, or is killed."""
    with suppress(EOFError, KeyboardInterrupt):
        while True:
            arguments = connection.recv()
            try:
                outcome: object = stage_part(*arguments)
            except Exception as error:  # noqa: BLE001 - every fault goes to the build, which raises it
                outcome = error
            connection.send(outcome)


def stage_part(dataset_id: str, part: Part, target: Path) -> int:
    """Write the part's typed rows as CSV: cells, first and last day, line, check; returns how many."""
    rows = 0
    with target.open("w", newline="", encoding="utf-8") as out:
        write = csv.writer(out, lineterminator="\n").writerow
        for cells, line, check, days in read_part(DATASETS[dataset_id], part):
            write([*cells, *(days or ("", "")), line, check])
            rows += 1
    return rows


def _refuse_short_parts(plan: Plan, staged: list[Staged]) -> None:
    """CMS splits the pair edits into parts of about equal size; a short one before the last is a truncated one."""
    for at, release in enumerate(plan.releases):
        counts = {item.part.main[1].part: item for item in staged if item.release == at}
        largest = max((item.rows for item in counts.values()), default=0)
        for name in release.dataset.parts[:-1]:
            item = counts.get(name)
            if item is not None and item.rows * 2 < largest:
                problem = f"holds {item.rows:,} rows where another part holds {largest:,}: it looks truncated"
                raise BadFile(item.part.main[2].name, problem)
    for item in staged:
        if item.rows == 0 and not plan.releases[item.release].dataset.records:
            raise BadFile(item.part.main[2].name, "holds a header and no rows")
