"""The same batch through DuckDB and through Spark on this machine: findings counted rule by rule, and the time of each.

Run: `.venv/bin/python bench/spark_against_duckdb.py [--library HOME] [--lines 20000]` on a built library; needs the
`spark` extra and Java 17.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from codeward.core.faults import NotLoaded
from codeward.services.scrub import Order, scrub
from codeward.store.library import open_library
from codeward.tools.cli.options import home_folder
from scrub_lines import TODAY, made


def counted(name: str, run: Callable[[], dict[str, Any]]) -> dict[tuple[str, str], int]:
    """Findings by rule and severity, and the seconds they took, printed."""
    start = time.monotonic()
    summary = run()
    found = {(item["rule"], item["severity"]): item["findings"] for item in summary["by_rule"]}
    print(
        f"{name:<8} {time.monotonic() - start:8.1f} s   {summary['lines']:,} lines   {sum(found.values()):,} findings"
    )
    return found


def main() -> None:
    """Print both counts, and every rule in which they differ; there should be none."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--library", default="")
    options.add_argument("--lines", type=int, default=20_000)
    given = options.parse_args()
    if find_spec("pyspark") is None:
        print("Spark is not installed: uv sync --extra spark")
        return
    from codeward.services.scrub.cluster import Cluster, scrub_on_cluster

    try:
        library = open_library(home_folder(given.library))
    except NotLoaded as fault:
        print(f"skipped: {fault}")
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        made(library.folder / "parquet", given.lines, folder / "lines.parquet")
        one = Order((folder / "lines.parquet",), folder / "duckdb", TODAY)
        other = Order((), folder / "spark", TODAY)
        here = counted("duckdb", lambda: scrub(library, one, lambda *_: None))
        there = counted(
            "spark",
            lambda: scrub_on_cluster(
                library, other, [str(folder / "lines.parquet")], Cluster("local[2]"), lambda *_: None
            ),
        )
    differing = sorted(key for key in here.keys() | there.keys() if here.get(key) != there.get(key))
    for rule, severity in differing:
        print(f"  {rule} {severity}: {here.get((rule, severity))} and {there.get((rule, severity))}")
    print("equal, rule by rule" if not differing else f"{len(differing)} rules differ")


if __name__ == "__main__":
    main()
