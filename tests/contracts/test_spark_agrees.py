"""Spark beside the other engines, on a master and two workers started here: the same findings, row for row."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from claims_written import write_csv
from codeward.core.faults import NotLoaded
from codeward.rules.engines import spark as spark_engine
from codeward.rules.engines.duckdb import DuckdbEngine
from codeward.rules.engines.sqlite import SqliteEngine
from codeward.rules.rule import rules
from codeward.services.scrub import Cluster, Order, scrub, scrub_on_cluster
from codeward.store.library import Library
from contracts import engines
from made_claims import made_claims

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.timeout(1500), pytest.mark.xdist_group("spark")]
LOOPBACK = "127.0.0.1"
SETTINGS = (
    ("spark.ui.enabled", "false"),
    ("spark.sql.shuffle.partitions", "2"),
    ("spark.default.parallelism", "2"),
    ("spark.driver.host", LOOPBACK),
    ("spark.driver.bindAddress", LOOPBACK),
    ("spark.executor.memory", "1g"),
)


@dataclass(frozen=True)
class Started:
    """A master's address, and the processes that are its cluster."""

    address: str
    processes: tuple[subprocess.Popen[str], ...]


@pytest.fixture(scope="module")
def cluster() -> Iterator[Started]:
    """A standalone master and two workers of one core each, on the loopback only."""
    pyspark = engines.spark_or_skip()
    if shutil.which("java") is None:
        pytest.skip("Java is not installed: apt-get install openjdk-17-jre-headless")
    home = Path(pyspark.__file__).parent
    with tempfile.TemporaryDirectory() as work:
        master = _spark_class(home, work, "master.Master", "--host", LOOPBACK, "--port", "0", "--webui-port", "0")
        address = _told(Path(work) / "master.Master.log", r"Starting Spark master at (spark://\S+)")
        workers = [
            _spark_class(
                home, work, "worker.Worker", "--host", LOOPBACK, "--webui-port", "0", "--cores", "1", "--memory", "1g",
                "--work-dir", f"{work}/{number}", address, name=f"worker{number}",
            )
            for number in range(2)
        ]  # fmt: skip
        for number in range(2):
            _told(Path(work) / f"worker{number}.log", r"(Successfully registered)")
        yield Started(address, (master, *workers))
        for process in (*workers, master):
            process.terminate()
            process.wait(30)


def _spark_class(home: Path, work: str, what: str, *arguments: str, name: str = "") -> subprocess.Popen[str]:
    log = Path(work) / f"{name or what}.log"
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": LOOPBACK, "SPARK_NO_DAEMONIZE": "1"}
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{what}", *arguments]
    with log.open("w") as written:
        return subprocess.Popen(command, stdout=written, stderr=subprocess.STDOUT, text=True, env=environment)


def _told(log: Path, pattern: str) -> str:
    """What a process writes once it is ready."""
    for _ in range(600):
        found = re.search(pattern, log.read_text(errors="replace")) if log.exists() else None
        if found:
            return found[1]
        time.sleep(0.2)
    pytest.fail(f"a Spark process did not start: {log.read_text(errors='replace')[-500:]}")


@pytest.fixture(scope="module")
def session(cluster: Started) -> Iterator[Any]:
    """One session on the cluster for all tests here."""
    os.environ["SPARK_LOCAL_IP"] = LOOPBACK
    held = spark_engine.session(cluster.address, dict(SETTINGS))
    held.sparkContext.setLogLevel("ERROR")
    yield held
    held.stop()


@pytest.fixture(scope="module")
def spark(session: Any, small_library: Library) -> spark_engine.SparkEngine:
    return spark_engine.SparkEngine(small_library, session)


def test_two_workers_do_the_work(session: Any) -> None:
    assert session.range(0, 1000, 1, 4).selectExpr("sum(id)").first()[0] == 499500
    context = session.sparkContext._jsc.sc()
    for _ in range(100):
        if context.getExecutorMemoryStatus().size() == 3:  # two workers and the driver
            return
        time.sleep(0.2)
    pytest.fail("the cluster has no two workers")


def test_examples_fire_and_stay_silent_on_spark(
    spark: spark_engine.SparkEngine, session: Any, small_library: Library
) -> None:
    sqlite, quick = SqliteEngine(small_library), DuckdbEngine(small_library)
    types = engines.fact_types(quick)
    for grain in sorted({rule.grain for rule in rules()}):
        made = engines.examples(grain, types[grain])
        names = {"VARCHAR": "text", "INTEGER": "bigint", "HUGEINT": "bigint"}
        columns = tuple((name, names.get(kind, kind.lower())) for name, kind in types[grain].items())
        spark.give(grain, columns, [_sent(item.cells, columns) for item in made])
        spark.keep(grain, session.table(grain))
        by_spark = {tuple(row) for row in session.sql(engines.asked(grain)).collect()}
        assert by_spark == engines.said_by_sqlite(sqlite, grain, made, types[grain]), grain
    sqlite.close()
    quick.close()


def _sent(cells: dict[str, object], columns: tuple[tuple[str, str], ...]) -> tuple[object, ...]:
    """The cells of an example as Python values of their column's type."""
    return tuple(
        float(str(cells[name])) if kind == "double" and cells[name] is not None else cells[name]
        for name, kind in columns
    )


def test_made_claims_are_judged_alike_on_spark(spark: spark_engine.SparkEngine, small_library: Library) -> None:
    claims = made_claims(small_library, 250, 21)
    quick = DuckdbEngine(small_library)
    by_duckdb, by_spark = quick.run(claims, engines.TODAY), spark.run(claims, engines.TODAY)
    quick.close()
    assert not set(by_duckdb.findings) ^ set(by_spark.findings)
    assert by_spark == by_duckdb


def test_a_batch_on_the_cluster_finds_what_one_machine_finds(
    session: Any, small_library: Library, tmp_path: Path, cluster: Started
) -> None:
    file = write_csv(made_claims(small_library, 300, 22), tmp_path / "claims.csv")
    order = Order((file,), tmp_path / "here", date(2026, 11, 24), memory="1GB")
    here = scrub(small_library, order, lambda text, share: None)
    there = scrub_on_cluster(
        small_library, Order((), tmp_path / "there", order.today), [str(file)],
        Cluster(cluster.address, scratch=(tmp_path / "scratch").as_uri(), settings=SETTINGS), lambda text, share: None,
    )  # fmt: skip
    for name in ("findings", "not_checked", "rejected", "risk"):
        ours, theirs = (f"'{tmp_path}/{place}/{name}.parquet'" for place in ("here", "there"))
        query = f"(from {ours} except all from {theirs}) union all (from {theirs} except all from {ours})"
        with duckdb.connect() as db:
            assert not db.execute(query).fetchmany(3), name
    for key in ("claims", "lines", "findings", "by_rule", "at_risk", "not_checked", "editions", "rejected_rows"):
        assert there[key] == here[key], key


def test_without_spark_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(NotLoaded, match="extra `spark`"):
        spark_engine.session("local[1]")
