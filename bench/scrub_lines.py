"""Lines per CPU second through `scrub` with every rule, beside the naive three-way join of the pair edits.

Run: `.venv/bin/python bench/scrub_lines.py [--library HOME] [--lines 5000000] [--memory 3GB] [--keep FOLDER]` on a
built library with pair edits. Lines are made by lot in DuckDB, the same for the same number and library: 2.5 a claim,
codes by a skewed law over the codes of the library, 3 % planted faults. Each measurement is a process of its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

from codeward.core.faults import NotLoaded
from codeward.rules.engines.duckdb import Room
from codeward.services.scrub import Order, scrub
from codeward.store.library import open_library
from codeward.tools.cli.options import home_folder

LINES = 5_000_000
PROVIDERS = 3000
TODAY = date(2026, 11, 24)


def npis(count: int) -> list[str]:
    """NPIs beginning with 2, which pass the check digit and are not issued."""
    found = []
    for number in range(200_000_000, 200_000_000 + count):
        total = 24
        for place, digit in enumerate(reversed(str(number))):
            doubled = int(digit) * (2 if place % 2 == 0 else 1)
            total += doubled - 9 if doubled > 9 else doubled
        found.append(f"{number}{-total % 10}")
    return found


def made(parquet: Path, lines: int, file: Path) -> None:
    """Write the lines of a batch."""
    db = duckdb.connect(config={"memory_limit": "3GB"})
    db.execute("set preserve_insertion_order = true")
    db.execute("create macro lot(i, salt) as (hash(i, salt) % 1000003) / 1000003.0")
    db.execute("create table npi (place integer, npi varchar)")
    db.execute(
        f"insert into npi select * from (values {', '.join(f'({i}, {n!r})' for i, n in enumerate(npis(PROVIDERS)))})"
    )
    db.execute(
        f"""create table code as select row_number() over (order by tier, hash(code)) - 1 as place, code from (
        select code, min(case when code between '99202' and '99215' then 0 when code < 'A' then 1 else 2 end) as tier
        from (select code from '{parquet}/mpfs_rvu.parquet' where status in ('A', 'R') and modifier is null
            and na_nonfacility is null and global_days in ('XXX', '000') and pctc <> '5'
            and first_day <= date '2024-07-01' and last_day >= date '2025-06-30'
          union all select code from '{parquet}/clfs.parquet'
          union all select code from '{parquet}/asp.parquet') group by code)"""
    )
    db.execute(
        f"""create table diagnosis as select row_number() over (order by hash(code)) - 1 as place, code
        from (select distinct code from '{parquet}/icd_10_cm.parquet'
        where billable and substr(code, 1, 1) in ('E', 'I', 'J', 'K', 'L'))"""
    )
    db.execute(
        f"""create table pair as select row_number() over (order by hash(id)) - 1 as place, column1, column2
        from (select id, column1, column2 from '{parquet}/ncci_ptp_practitioner.parquet'
          where last_day > date '2025-06-30' and id % 101 = 0)"""
    )
    size = {name: db.execute(f"select count(*) from {name}").fetchone()[0] for name in ("code", "diagnosis", "pair")}
    db.execute(
        f"""create view drawn as
        select i // 10 * 4 + [0, 0, 1, 1, 1, 2, 2, 3, 3, 3][i % 10 + 1] as c, i,
          [1, 2, 1, 2, 3, 1, 2, 1, 2, 3][i % 10 + 1] as n from range({lines}) t(i)"""
    )
    db.execute(
        f"""copy (
        select 'C' || c as claim_id, 'P' || (hash(c, 1) % {max(lines // 10, 1)}) as patient_id,
          date '1930-01-01' + cast(hash(c, 1) % 30000 as integer) as birth_date,
          case when hash(c, 2) % 2 = 0 then 'F' else 'M' end as sex,
          case when lot(c, 3) < 0.85 then 'medicare' when lot(c, 3) < 0.9 then 'medicaid' else 'Aetna' end as payer,
          case when lot(c, 4) < 0.8 then 'practitioner' when lot(c, 4) < 0.95 then 'outpatient-hospital'
            when lot(c, 4) < 0.98 then 'asc' else 'dme' end as setting,
          p.npi as billing_npi, case when lot(c, 14) < 0.004 then '2000000001' else p.npi end as rendering_npi,
          '' as taxonomy, '05D0000000' as clia,
          case when lot(c, 6) < 0.003 then '98' when lot(c, 4) < 0.8 then '11' else '22' end
            as place_of_service,
          case when lot(c, 15) < 0.005 then 'C44.3' else d1.code end as dx1, d2.code as dx2,
          case when lot(c, 7) < 0.5 then d3.code else '' end as dx3,
          case when lot(i, 16) < 0.004 then 'XX999' when lot(c, 8) < 0.03 and n = 1 then q.column1
            when lot(c, 8) < 0.03 and n = 2 then q.column2 else k.code end as code,
          date '2024-07-01' + cast(hash(c, 9) % 365 as integer) as date,
          case when lot(i, 10) < 0.002 then 'RT' when k.place < 30 then '25' when k.code like 'J%' then 'JZ' else '' end
            as mod1,
          case when lot(i, 17) < 0.005 then 999 else 1 end as units,
          '1' as pointers, round(20 + lot(i, 11) * 400, 2) as charge
        from drawn
        join npi p on p.place = hash(c, 1) % {PROVIDERS}
        join code k on k.place = cast(floor(pow(lot(i, 12), 4) * {size["code"]}) as bigint)
        join diagnosis d1 on d1.place = cast(floor(pow(lot(c, 18), 3) * {size["diagnosis"]}) as bigint)
        join diagnosis d2 on d2.place = cast(floor(pow(lot(c, 19), 3) * {size["diagnosis"]}) as bigint)
        join diagnosis d3 on d3.place = cast(floor(pow(lot(c, 20), 3) * {size["diagnosis"]}) as bigint)
        join pair q on q.place = hash(c, 13) % {size["pair"]}
        order by i
        ) to '{file}' (format parquet, compression snappy)"""
    )


def naive(parquet: Path, file: Path) -> int:
    """The pair edits as one three-way join; the number of pairs met."""
    db = duckdb.connect(config={"memory_limit": "3GB", "temp_directory": tempfile.mkdtemp()})
    text = f"""select count(*) from '{file}' a
    join '{file}' b on a.patient_id = b.patient_id and a.date = b.date and a.rendering_npi = b.rendering_npi
    join '{parquet}/ncci_ptp_practitioner.parquet' e on e.column1 = a.code and e.column2 = b.code
      and e.first_day <= a.date and e.last_day >= a.date
    where a.setting = 'practitioner' and b.setting = 'practitioner'"""
    return int(db.execute(text).fetchone()[0])


def spent() -> dict[str, float]:
    """CPU seconds and peak memory of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {"cpu": used.ru_utime + used.ru_stime, "peak_gb": used.ru_maxrss / 1e6}


def alone(what: str, arguments: argparse.Namespace) -> dict[str, float]:
    """One measurement in a process of its own."""
    started = time.monotonic()
    run = subprocess.run(
        [sys.executable, __file__, "--part", what, "--library", arguments.library, "--memory", arguments.memory,
         "--keep", arguments.keep, "--lines", str(arguments.lines), "--threads", str(arguments.threads)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if run.returncode:
        return {"failed": 1.0, "seconds": time.monotonic() - started} | {"why": run.stderr.strip()[-300:]}
    return json.loads(run.stdout.splitlines()[-1]) | {"seconds": time.monotonic() - started}


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--library", default="")
    asked.add_argument("--lines", type=int, default=LINES)
    asked.add_argument("--memory", default="3GB")
    asked.add_argument("--threads", type=int, default=0)
    asked.add_argument("--keep", default="")
    asked.add_argument("--part", default="")
    arguments = asked.parse_args()
    try:
        library = open_library(home_folder(arguments.library))
    except NotLoaded as fault:
        print(f"skipped: {fault}")
        return
    parquet = library.folder / "parquet"
    if arguments.part:
        _part(arguments, parquet)
        return
    with tempfile.TemporaryDirectory() as folder:
        arguments.keep = arguments.keep or folder
        Path(arguments.keep).mkdir(parents=True, exist_ok=True)
        file = Path(arguments.keep) / f"lines-{arguments.lines}.parquet"
        if not file.exists():
            made(parquet, arguments.lines, file)
        print(
            f"{arguments.lines:,} lines, {file.stat().st_size / 1e6:.0f} MB of Parquet; memory limit {arguments.memory}"
        )
        for what in ("nothing", "naive", "scrub"):
            _say(what, alone(what, arguments), arguments.lines)


def _part(arguments: argparse.Namespace, parquet: Path) -> None:
    file = Path(arguments.keep) / f"lines-{arguments.lines}.parquet"
    told: dict[str, object] = {}
    if arguments.part == "naive":
        told["found"] = naive(parquet, file)
    elif arguments.part == "scrub":
        out = Path(tempfile.mkdtemp(dir=arguments.keep))
        order = Order((file,), out, TODAY, arguments.memory, arguments.threads, restart=True)
        summary = scrub(open_library(home_folder(arguments.library)), order, lambda text, share: None)
        told |= {"found": summary["findings"], "rows": summary["lines"], "inside": summary["cpu_seconds"]}
    else:
        Room()
    print(json.dumps(told | spent()))


def _say(what: str, told: dict[str, float], lines: int) -> None:
    if told.get("failed"):
        print(f"{what:<8} failed after {told['seconds']:.0f} s: {told['why']}")
        return
    rate = f"{lines / told['cpu'] / 1e6:.3f} M lines per CPU second" if what != "nothing" else ""
    spent = f"{told['cpu']:8.1f} CPU s {told['seconds']:8.1f} s {told['peak_gb']:6.2f} GB"
    print(f"{what:<8} {spent} {told.get('found', '')} {rate}")


if __name__ == "__main__":
    main()
