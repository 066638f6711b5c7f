"""Staging: every part read by a worker process into a checked file of rows, ready for the store."""

from __future__ import annotations

import csv
import gc
import io
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import repeat
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import cast

from codeward.core.faults import BadFile
from codeward.datasets.kinds import PHRASE
from codeward.datasets.registry import DATASETS
from codeward.ingest.plan import Plan
from codeward.ingest.rows import Part, Typed, read_batches
from codeward.store.compile import MARK

SMALL = 3_000_000
"""Bytes below which starting worker processes costs more than it saves."""


Progress = Callable[[str, float], None]
"""Told what was done and how much of the whole that makes."""


@dataclass(frozen=True, slots=True)
class Job:
    """A part to read: the release's number, its dataset and where the rows go."""

    release: int
    dataset: str
    part: Part
    target: Path
    size: int


@dataclass(frozen=True, slots=True)
class Staged:
    """The checked rows of one part, and the phrases that occur in them."""

    release: int
    part: Part
    path: Path
    rows: int
    phrases: frozenset[str] = frozenset()


Outcome = tuple[int, frozenset[str]]
"""Rows and phrases of a part."""


def stage(plan: Plan, folder: Path, progress: Progress) -> Generator[list[Staged], None, None]:
    """Read all parts on as many processes as there are cores, and give them dataset by dataset, the largest first.

    Datasets are given in an order that depends on the files alone. Reading runs ahead while the caller works on
    what it was given; the first fault stops all.
    """
    chains = _chains(_jobs(plan, folder))
    work = [job for chain in chains for job in chain]
    total, done, read = sum(job.size for job in work) or 1, 0, dict[Path, Staged]()
    with closing(in_this_process(work) if total < SMALL else in_workers(work)) as reading:
        for chain in chains:
            while any(job.target not in read for job in chain):
                job, (rows, phrases) = next(reading)
                read[job.target] = Staged(job.release, job.part, job.target, rows, phrases)
                done += job.size
                progress(f"read {plan.releases[job.release].name}", done / total)
            staged = [read[job.target] for job in chain]
            _refuse_short_parts(plan, staged)
            yield staged


def _jobs(plan: Plan, folder: Path) -> list[Job]:
    parts = [(at, release, part) for at, release in enumerate(plan.releases) for part in release.parts]
    return [
        Job(at, release.dataset.id, part, folder / f"rows-{number}", sum(file.size for _, _, file in part.files))
        for number, (at, release, part) in enumerate(parts)
    ]


def _chains(jobs: list[Job]) -> list[list[Job]]:
    """Jobs by dataset, the largest dataset first and in it the largest part."""
    chains: dict[str, list[Job]] = {}
    for job in sorted(jobs, key=lambda job: -job.size):
        chains.setdefault(job.dataset, []).append(job)
    return sorted(chains.values(), key=lambda chain: -sum(job.size for job in chain))


def in_this_process(work: list[Job]) -> Generator[tuple[Job, Outcome], None, None]:
    """Read jobs one by one, each when its outcome is asked for."""
    for job in work:
        yield job, stage_part(job)


def in_workers(work: list[Job]) -> Generator[tuple[Job, Outcome], None, None]:
    """Share jobs among one process a core; a fault, or a worker that dies, ends all of them and is raised here."""
    spawn = multiprocessing.get_context("spawn")
    busy, workers = dict[Connection, deque[Job]](), []
    try:
        for share in _shares(work):
            ours, theirs = spawn.Pipe()
            worker = spawn.Process(target=_serve, args=(theirs, share), daemon=True)
            worker.start()
            theirs.close()
            workers.append(worker)
            busy[ours] = deque(share)
        while busy:
            for ready in cast(list[Connection], wait(list(busy))):
                outcome = _outcome(ready, busy[ready][0])
                yield busy[ready].popleft(), outcome
                if not busy[ready]:
                    del busy[ready]
                    ready.close()
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()


def _shares(work: list[Job]) -> list[list[Job]]:
    """Each job, in order, to the process that has the fewest bytes to read so far."""
    shares: list[list[Job]] = [[] for _ in range(min(os.cpu_count() or 1, len(work)))]
    loads = [0] * len(shares)
    for job in work:
        least = loads.index(min(loads))
        shares[least].append(job)
        loads[least] += job.size
    return shares


def _outcome(connection: Connection, job: Job) -> Outcome:
    try:
        outcome = connection.recv()
    except (EOFError, ConnectionError):
        raise BadFile(job.part.main[2].name, "the process reading it died (out of memory?)") from None
    if isinstance(outcome, BaseException):
        raise outcome
    return cast(Outcome, outcome)


def _serve(connection: Connection, share: list[Job]) -> None:
    """A worker: reads its share until done, or until the build closes the pipe or kills it."""
    gc.disable()  # rows by the thousand and no cycles: looking for some took a third of the time
    with suppress(BrokenPipeError, KeyboardInterrupt):
        for job in share:
            try:
                outcome: object = stage_part(job)
            except Exception as error:  # every fault goes to the build, which raises it
                outcome = error
            connection.send(outcome)


def stage_part(job: Job) -> Outcome:
    """Write the part's typed rows: cells, first and last day, line, check; returns how many, and the phrases."""
    dataset, rows, phrases = DATASETS[job.dataset], 0, set[str]()
    numbered = [at for at, item in enumerate(dataset.columns) if item.kind is PHRASE]
    with job.target.open("w", newline="", encoding="utf-8") as out:
        for typed in read_batches(dataset, job.part):
            out.write(_text(typed))
            rows += len(typed.lines)
            phrases.update(*(typed.columns[at] for at in numbered))
    return rows, frozenset(phrases - {""})


def _text(typed: Typed) -> str:
    """The rows as text, in quotes only where a cell holds a mark, quote or line end."""
    days = zip(*typed.days, strict=True) if typed.days else (repeat(""), repeat(""))
    firsts, lasts = cast(tuple[Sequence[str], Sequence[str]], tuple(days))
    width, height = len(typed.columns) + 4, len(typed.lines)
    rows = list(zip(*typed.columns, firsts, lasts, map(str, typed.lines), map(str, typed.checks), strict=False))
    text = "\n".join(map(MARK.join, rows))
    as_is = not any(odd in text for odd in '"\r')
    if as_is and text.count(MARK) == height * (width - 1) and text.count("\n") == height - 1:
        return text + "\n"
    quoted = io.StringIO()
    csv.writer(quoted, delimiter=MARK, lineterminator="\n").writerows(rows)
    return quoted.getvalue()


def _refuse_short_parts(plan: Plan, staged: list[Staged]) -> None:
    """CMS splits the pair edits into parts of about equal size; a short one before the last was cut off."""
    for at in sorted({item.release for item in staged}):
        release = plan.releases[at]
        counts = {item.part.main[1].part: item for item in staged if item.release == at}
        largest = max(item.rows for item in counts.values())
        for name in release.dataset.parts[:-1]:
            item = counts.get(name)
            if item is not None and item.rows * 2 < largest:
                problem = f"holds {item.rows:,} rows where another part holds {largest:,}: it looks truncated"
                raise BadFile(item.part.main[2].name, problem)
    for item in staged:
        if item.rows == 0 and not plan.releases[item.release].dataset.may_be_empty:
            raise BadFile(item.part.main[2].name, f"holds no rows of {plan.releases[item.release].dataset.id}")
