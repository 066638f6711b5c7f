"""On a cluster: Spark reads the inputs, runs the same rules, and its parts are joined here."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codeward.core.faults import BadInput
from codeward.ingest.claims.csv_columns import columns_of, separator_of
from codeward.rules.engines.parts import copied
from codeward.rules.engines.spark import Places, session
from codeward.rules.engines.spark_batch import SparkBatch, SparkInput
from codeward.services.scrub.inputs import InputFile
from codeward.services.scrub.joining import join_parts
from codeward.services.scrub.ledger import Ledger
from codeward.services.scrub.order import Order, Progress
from codeward.services.scrub.staging import REFUSED_COLUMNS
from codeward.store.library import Library


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster by its address, and where it finds the library and may keep what it works out."""

    remote: str = ""
    library: str = ""
    scratch: str = ""
    settings: tuple[tuple[str, str], ...] = ()


def scrub_on_cluster(
    library: Library, order: Order, inputs: Sequence[str], cluster: Cluster, progress: Progress
) -> dict[str, Any]:
    """Judge every claim of the inputs, Parquet or CSV as the cluster sees them.

    Results land in the folder `order.out`, which cluster and this machine must both see under one path. A run that was
    killed begins anew: what a cluster can resume, Spark resumes by itself.
    """
    wall = time.monotonic()
    asked = [_input(number, place) for number, place in enumerate(inputs)]
    order.out.mkdir(parents=True, exist_ok=True)
    ledger = Ledger(order.out.resolve() / ".scrub", 1, order.today)
    ledger.clear()
    place = ledger.began(ledger.judged(0))
    progress("waiting for the cluster", 0.05)
    spark = session(cluster.remote, dict(cluster.settings))
    batch = SparkBatch(library, spark, Places(cluster.library, cluster.scratch), order.today)
    columns = [batch.columns_of(item) for item in asked]
    told = [_places(item, names) for item, names in zip(asked, columns, strict=True)]
    progress("judging", 0.2)
    results = batch.judge(asked, told)
    for name, frame in results.items():
        progress(f"writing {name}", 0.8)
        frame.write.mode("overwrite").parquet((place / f"{name}.parts").as_uri())
        _one_file(place, name, order)
    _tell(ledger, place, batch, asked)
    ledger.done(ledger.judged(0))
    progress("joining the parts", 0.97)
    files = [InputFile(item.number, item.number, Path(item.place), None, 0) for item in asked]
    summary = join_parts(library, order, ledger, files, time.monotonic() - wall)
    ledger.clear()
    return summary


def _input(number: int, place: str) -> SparkInput:
    """What an input is, by the ending of its name; a folder is Parquet unless it holds CSV."""
    if place.endswith((".csv", ".tsv", ".txt")):
        return SparkInput(number, _address(place), "csv", _separator(place))
    local = Path(place)
    if local.is_dir() and any(local.glob("*.csv")):
        return SparkInput(number, _address(place), "csv", _separator(str(next(local.glob("*.csv")))))
    if place.endswith((".json", ".edi", ".837", ".x12")):
        raise BadInput(f"{place}: Spark reads Parquet and CSV; scrub 837 and JSON with --engine duckdb")
    return SparkInput(number, _address(place), "parquet")


def _address(place: str) -> str:
    return place if "://" in place else Path(place).resolve().as_uri()


def _separator(place: str) -> str:
    local = Path(place)
    if not local.is_file():
        return ","
    with local.open(encoding="utf-8-sig", errors="replace") as file:
        return separator_of(file.readline())


def _places(item: SparkInput, names: Sequence[str]) -> dict[str, str]:
    return {column: names[index] for column, index in columns_of(names, item.place.rsplit("/", 1)[-1], 1).items()}


def _one_file(place: Path, name: str, order: Order) -> None:
    parts = place / f"{name}.parts"
    if not any(parts.glob("*.parquet")):
        raise BadInput(f"--out {order.out}: the cluster wrote its results where this machine does not see them")
    copied(f"select * from read_parquet('{parts}/*.parquet')", place / f"{name}.parquet", order.memory)


def _tell(ledger: Ledger, place: Path, batch: SparkBatch, asked: Sequence[SparkInput]) -> None:
    """What one machine writes down as it goes: counts and editions; torn rows are counted among the rest by Spark."""
    rows, claims, lines, findings = batch.counts()
    counted = {"rows": rows, "claims": claims, "lines": lines, "findings": findings, "cpu": 0.0}
    told = {**counted, "editions": batch.engine.calendar.editions_used()}
    (place / "told.json").write_text(json.dumps(told), encoding="utf-8")
    for item in asked:
        folder = ledger.folder / "rows" / f"{item.number:05}"
        folder.mkdir(parents=True)
        (folder / "told.json").write_text(json.dumps({"rows": 0, "cpu": 0.0}), encoding="utf-8")
        (folder / "torn.csv").write_text(",".join(REFUSED_COLUMNS) + "\n", encoding="utf-8")
