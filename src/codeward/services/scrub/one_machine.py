"""On one machine: rows into buckets by patient, bucket after bucket through DuckDB, and the parts joined at the end."""

from __future__ import annotations

import csv
import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from codeward.core.faults import BadInput
from codeward.rules.batch import RAW
from codeward.rules.engines.duckdb import Room
from codeward.rules.engines.duckdb_batch import DuckdbBatch, RowsIn
from codeward.services.scrub.inputs import InputFile, input_files, ready_rows
from codeward.services.scrub.joining import join_parts
from codeward.services.scrub.ledger import Ledger, open_ledger
from codeward.services.scrub.order import Order, Progress
from codeward.services.scrub.staging import REFUSED_COLUMNS, stage
from codeward.store.library import Library

_MOST_BUCKETS = 4000


def scrub(library: Library, order: Order, progress: Progress) -> dict[str, Any]:
    """Judge every claim of the inputs and write findings, what was not checked, rejected rows and a summary.

    A run that was killed goes on where it was; one whose inputs, library or rules changed begins anew and says so in
    the summary's `began_anew`. Raises BadInput or BadFile where an input cannot be used at all.
    """
    wall = time.monotonic()
    inputs = input_files(order.inputs)
    expected = sum(item.estimate for item in inputs)
    buckets = min(-(-expected // order.rows_in_bucket) or 1, _MOST_BUCKETS)
    refuse_out_inside(order)
    order.out.mkdir(parents=True, exist_ok=True)
    ledger = open_ledger(library, order, inputs, buckets)
    spill = ledger.folder / "spill"
    batch = DuckdbBatch(library, order.today, Room(order.memory, order.threads, spill))
    try:
        _lay_out(batch, order, ledger, inputs, progress)
        _judge(batch, ledger, inputs, progress)
    finally:
        batch.close()
    progress("joining the parts", 0.97)
    summary = join_parts(library, order, ledger, inputs, time.monotonic() - wall)
    ledger.clear()
    return summary


def _lay_out(batch: DuckdbBatch, order: Order, ledger: Ledger, inputs: Sequence[InputFile], progress: Progress) -> None:
    for at, item in enumerate(inputs):
        progress(f"reading {item.path.name}", 0.3 * at / len(inputs))
        place = ledger.rows(item)
        if place.is_dir():
            continue
        rows = item.rows or _staged(item, order, ledger)
        draft = ledger.began(place)
        started = time.process_time()
        count = batch.part(rows, draft, ledger.buckets)
        _write_torn(batch, draft / "torn.csv")
        _write_told(draft / "told.json", {"rows": count, "cpu": time.process_time() - started})
        ledger.done(place)


def _staged(item: InputFile, order: Order, ledger: Ledger) -> RowsIn:
    place = ledger.staged(item)
    if not place.is_dir():
        draft = ledger.began(place)
        stage(item.path, draft, order.today)
        ledger.done(place)
    return ready_rows(place / "rows.csv", item.number, item.input, RAW)


def _write_torn(batch: DuckdbBatch, file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as written:
        writer = csv.writer(written)
        writer.writerow(REFUSED_COLUMNS)
        writer.writerows((number, "", "", f"a row of the header's columns: {why}") for number, why in batch.torn())


def _judge(batch: DuckdbBatch, ledger: Ledger, inputs: Sequence[InputFile], progress: Progress) -> None:
    for bucket in range(ledger.buckets):
        progress(f"judging part {bucket + 1} of {ledger.buckets}", 0.3 + 0.65 * bucket / ledger.buckets)
        place = ledger.judged(bucket)
        if place.is_dir():
            continue
        files = list(_files_of(ledger, inputs, bucket))
        if not files:
            continue
        draft = ledger.began(place)
        started = time.process_time()
        judged = batch.judge(files, draft)
        told = {**asdict(judged), "editions": batch.editions(), "cpu": time.process_time() - started}
        _write_told(draft / "told.json", told)
        ledger.done(place)


def _files_of(ledger: Ledger, inputs: Sequence[InputFile], bucket: int) -> Iterator[Path]:
    for item in inputs:
        yield from sorted((ledger.rows(item) / f"bucket={bucket}").glob("*.parquet"))


def _write_told(file: Path, told: dict[str, Any]) -> None:
    with file.open("w", encoding="utf-8") as written:
        json.dump(told, written)
        written.flush()
        os.fsync(written.fileno())


def refuse_out_inside(order: Order) -> None:
    """BadInput where results would land among the inputs."""
    for place in order.inputs:
        if place.is_dir() and order.out.resolve().is_relative_to(place.resolve()):
            raise BadInput(f"--out {order.out} lies inside the input {place}: choose a folder outside it")
