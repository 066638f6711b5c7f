"""`codeward scrub`: a batch of claims, in Parquet, CSV, 837 or JSON, against every rule."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from codeward.core.faults import BadInput
from codeward.tools.cli import output
from codeward.tools.cli.options import AsJson, LibraryHome, OnDay, day, opened

ENGINES = ("duckdb", "spark")


def scrub(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT ...", help="Parquet, CSV, 837 or JSON files, or folders.")
    ],
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="Folder for findings.parquet and summary.json.")],
    engine: Annotated[str, typer.Option(help="duckdb: this machine; spark: a cluster.")] = "duckdb",
    spark_remote: Annotated[
        str, typer.Option(metavar="URL", help="sc://HOST:PORT (Spark Connect) or a master such as spark://HOST:7077.")
    ] = "",
    spark_library: Annotated[
        str, typer.Option(metavar="URL", help="The library's parquet folder as the cluster sees it.")
    ] = "",
    spark_scratch: Annotated[
        str, typer.Option(metavar="URL", help="Where the cluster keeps what it works out on the way.")
    ] = "",
    memory: Annotated[str, typer.Option(help="The most memory that DuckDB may take.")] = "3GB",
    threads: Annotated[int, typer.Option(min=0, help="Threads; 0 takes all.")] = 0,
    restart: Annotated[
        bool, typer.Option("--restart", help="Begin anew, even where a killed run could go on.")
    ] = False,
    on: OnDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """Claims in bulk: findings, what was not checked, rejected rows and a summary; a killed run goes on where it was.

    Every line is judged as of its own date of service; --on tells the present day, past which no service can lie.
    """
    from codeward.services.scrub import Order
    from codeward.services.scrub import scrub as judge

    if engine not in ENGINES:
        raise BadInput(f"--engine {engine!r}: expected {' or '.join(ENGINES)}")
    order = Order(tuple(map(Path, inputs)), Path(out), day(on), memory, threads, restart)
    held = opened(library)
    with output.progress_bar() as progress:
        summary = judge(held, order, progress)
    output.say_json(summary) if as_json else _say(summary, out)


def _say(summary: dict[str, Any], out: str) -> None:
    if summary["began_anew"]:
        output.err.print(f"begun anew: {summary['began_anew']}")
    say = output.out.print
    say(f"{summary['lines']:,} lines of {summary['claims']:,} claims; {summary['findings']:,} findings")
    say("  " + ", ".join(f"{severity} {count:,}" for severity, count in summary["by_severity"].items()))
    risk = summary["at_risk"]
    say(f"  at risk: {risk['lines']:,} lines, ${risk['charge']} of ${risk['charged']} charged")
    if summary["rejected_rows"]:
        say(
            f"  rejected: {summary['rejected_rows']:,} rows of {summary['rejected_claims']:,} claims (rejected.parquet)"
        )
    for item in summary["by_rule"][:20]:
        say(f"  {item['rule']:<16} {item['severity']:<5} {item['findings']:>12,}")
    if summary["not_checked"]:
        say(f"  not checked: {len(summary['not_checked'])} reasons (summary.json, not_checked.parquet)")
    say(f"{summary['seconds']} s, {summary['lines_per_cpu_second']:,} lines per CPU second; results in {out}")
