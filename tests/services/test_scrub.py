"""Batches: the same findings as claim by claim, nothing dropped in silence, and a killed run that goes on."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from claims_written import write_csv, write_json
from codeward.core.claims import Claim, ClaimLine, Patient
from codeward.core.faults import BadFile, BadInput
from codeward.ingest.claims import read_claims
from codeward.rules.engines.sqlite import SqliteEngine
from codeward.rules.rule import UNCHECKED, rule_numbered
from codeward.services.scrub import Order, scrub
from codeward.store.library import Library
from made_claims import made_claims

TODAY = date(2026, 11, 24)
HEADER = "claim_id,patient_id,code,date,units,charge,billing_npi\n"


def run(library: Library, out: Path, *inputs: Path, **order: Any) -> dict[str, Any]:
    return scrub(library, Order(inputs, out, TODAY, memory="1GB", **order), lambda text, share: None)


def asked(text: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as db:
        return db.execute(text).fetchall()


def found(out: Path) -> list[tuple[Any, ...]]:
    columns = "claim_id, coalesce(line, 0), rule, code, with_code, message, cited, coalesce(other_line, 0)"
    return sorted(asked(f"select {columns} from '{out}/findings.parquet' where rule not like 'X12.%'"))


def found_one_by_one(library: Library, claims: list[Claim]) -> list[tuple[Any, ...]]:
    """What the engine behind `check` says of the same claims, each by itself."""
    engine = SqliteEngine(library)
    rows = []
    for claim in claims:
        for item in engine.run([claim], TODAY).findings:
            rule = rule_numbered(item.rule_number)
            if rule.severity != UNCHECKED:
                told = (item.code, item.with_code, item.message, item.cited, item.other_line or 0)
                rows.append((claim.claim_id, item.line, rule.id, *told))
    engine.close()
    return sorted(rows)


def test_json_claims_are_judged_as_check_judges_them(small_library: Library, tmp_path: Path) -> None:
    file = write_json(made_claims(small_library, 400, 11), tmp_path / "claims.json")
    read = [item.claim for item in read_claims(file, today=TODAY) if item.claim]
    summary = run(small_library, tmp_path / "out", file, bucket_rows=300)
    assert found(tmp_path / "out") == found_one_by_one(small_library, read)
    assert summary["claims"] == len(read) == 400
    assert summary["lines"] == sum(len(claim.lines) for claim in read)
    assert {row["rule"] for row in summary["by_rule"]} >= {"PTP.DENY", "MUE.DOS", "X12.UNITS"}


def test_csv_and_parquet_claims_are_judged_as_check_judges_them(small_library: Library, tmp_path: Path) -> None:
    file = write_csv(made_claims(small_library, 400, 12), tmp_path / "claims.csv")
    reads = list(read_claims(file, today=TODAY))
    read = [item.claim for item in reads if item.claim]
    summary = run(small_library, tmp_path / "csv", file)
    assert found(tmp_path / "csv") == found_one_by_one(small_library, read)
    assert summary["rejected_claims"] == len(reads) - len(read) > 0
    asked(f"copy (select * from read_csv('{file}', all_varchar = true)) to '{tmp_path}/claims.parquet'")
    run(small_library, tmp_path / "parquet", tmp_path / "claims.parquet")
    assert found(tmp_path / "parquet") == found(tmp_path / "csv")


def test_claims_of_one_patient_are_each_others_history(small_library: Library, tmp_path: Path) -> None:
    def claim(claim_id: str, code: str, day: date, payer: str = "medicare") -> Claim:
        line = ClaimLine(1, code, day=day, diagnosis_pointers=(1,))
        npi = "2000000002"
        return Claim(claim_id, (line,), ("H2510",), Patient("P1"), payer, billing_npi=npi, place_of_service="11")

    surgery, visit = claim("A", "66984", date(2024, 8, 1)), claim("B", "99213", date(2024, 8, 20))
    elsewhere = claim("C", "99213", date(2024, 8, 21), "aetna")
    run(small_library, tmp_path / "out", write_csv([surgery, visit, elsewhere], tmp_path / "claims.csv"))
    assert [row[0] for row in found(tmp_path / "out") if row[2] == "GLOB.EM"] == ["B"]


def test_bad_rows_are_counted_and_told(small_library: Library, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    rows = (
        "A,P1,99213,2024-08-01,1,10,2000000002", "A,P1,J1885,August,1,10,2000000002", "B,P2,99213",
        "C,P3,,2024-08-01,1,10,2000000002", "D,P4,99213,2024-08-01,one,10,2000000002",
        "E,P5,99213,2024-08-01,1,ten,2000000002", "F,P6,99213,2024-08-01,1,10,200000", "G,P7,99213,08/01/2024,,,",
    )  # fmt: skip
    file.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    summary = run(small_library, tmp_path / "out", file)
    told = asked(
        f"select cast(row as integer), claim_id, problem_column from '{tmp_path}/out/rejected.parquet' order by 1"
    )
    assert told == [
        (1, "A", ""), (2, "A", "date"), (3, "", ""), (4, "C", "code"), (5, "D", "units"), (6, "E", "charge"),
        (7, "F", "billing_npi"),
    ]  # fmt: skip
    assert (summary["claims"], summary["rejected_rows"], summary["rejected_claims"]) == (1, 7, 5)


def test_rows_that_disagree_about_their_claim_are_rejected(small_library: Library, tmp_path: Path) -> None:
    file = tmp_path / "claims.csv"
    file.write_text(
        "claim_id,patient_id,sex,code,date\nA,P1,F,99213,2024-08-01\nA,P1,M,J1885,2024-08-01\n"
        "B,P2,F,99213,2024-08-01\nB,P2,,J1885,2024-08-01\n",
        encoding="utf-8",
    )
    assert run(small_library, tmp_path / "out", file)["claims"] == 1
    told = asked(f"select claim_id, problem_column from '{tmp_path}/out/rejected.parquet'")
    assert told == [("A", "sex"), ("A", "sex")]


def test_a_claims_rows_may_stand_anywhere(small_library: Library, tmp_path: Path) -> None:
    file = tmp_path / "claims.csv"
    file.write_text(
        HEADER + "A,P1,17311,2024-08-01,1,10,\nB,P1,99213,2024-08-09,1,10,\nA,P1,XX999,2024-08-01,1,10,\n",
        encoding="utf-8",
    )
    run(small_library, tmp_path / "out", file)
    assert [row[:2] for row in found(tmp_path / "out") if row[2] == "CODE.UNKNOWN"] == [("A", 2)]


def test_inputs_that_cannot_be_used_are_refused(small_library: Library, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no such file"):
        run(small_library, tmp_path / "out", tmp_path / "nothing.csv")
    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput, match="the folder is empty"):
        run(small_library, tmp_path / "out", tmp_path / "empty")
    headless = tmp_path / "headless.csv"
    headless.write_text("claim_id,code\nA,99213\n", encoding="utf-8")
    with pytest.raises(BadFile, match="no column date"):
        run(small_library, tmp_path / "out", headless)
    claims = write_csv([], _folder(tmp_path / "in") / "claims.csv")
    with pytest.raises(BadInput, match="inside the input"):
        run(small_library, tmp_path / "in" / "out", tmp_path / "in")
    with pytest.raises(BadInput, match="expected a size"):
        scrub(small_library, Order((claims,), tmp_path / "out", TODAY, memory="lots"), lambda text, share: None)


def _folder(place: Path) -> Path:
    place.mkdir()
    return place


SCRIPT = """
import sys
from datetime import date
from pathlib import Path
from codeward.services.scrub import Order, scrub
from codeward.store.library import open_library
home, file, out = map(Path, sys.argv[1:])
order = Order((file,), out, date(2026, 11, 24), memory="1GB", bucket_rows=60)
scrub(open_library(home), order, lambda text, share: print(text, flush=True))
"""


def test_a_killed_run_goes_on_and_ends_the_same(
    small_library: Library, small_library_home: Path, tmp_path: Path
) -> None:
    file = write_csv(made_claims(small_library, 300, 13), tmp_path / "claims.csv")
    run(small_library, tmp_path / "whole", file, bucket_rows=60)
    out, lot, killed, steps = tmp_path / "killed", random.Random(4), 0, [1, 3, 6, 9, 14]
    for step in steps:
        told = _killed_after(small_library_home, file, out, step, lot.random() * 0.03)
        killed += (out / ".scrub").is_dir()
        if killed > 1:
            assert told[0] != "reading claims.csv" or "looking up codes" in told[1]
    assert killed >= 3
    summary = run(small_library, out, file, bucket_rows=60)
    assert not summary["began_anew"]
    assert found(out) == found(tmp_path / "whole")
    for name in ("not_checked", "rejected", "risk"):
        whole, again = f"'{tmp_path}/whole/{name}.parquet'", f"'{out}/{name}.parquet'"
        assert not asked(f"(from {whole} except all from {again}) union all (from {again} except all from {whole})")
    ours, theirs = (json.loads((place / "summary.json").read_text()) for place in (out, tmp_path / "whole"))
    for passing in ("seconds", "cpu_seconds", "lines_per_cpu_second"):
        del ours[passing], theirs[passing]
    assert ours == theirs
    assert not (out / ".scrub").exists()


def _killed_after(home: Path, file: Path, out: Path, step: int, wait: float) -> list[str]:
    """Start a run and kill it when it has told of so many steps; what it told."""
    command = [sys.executable, "-c", SCRIPT, str(home), str(file), str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = []
        for line in process.stdout:
            told.append(line.strip())
            if len(told) == step:
                time.sleep(wait)
                process.send_signal(signal.SIGKILL)
        process.wait()
    return told


def test_a_changed_input_begins_anew_and_says_so(
    small_library: Library, small_library_home: Path, tmp_path: Path
) -> None:
    file = write_csv(made_claims(small_library, 100, 14), tmp_path / "claims.csv")
    _killed_after(small_library_home, file, tmp_path / "out", 4, 0)
    write_csv(made_claims(small_library, 100, 15), file)
    assert run(small_library, tmp_path / "out", file, bucket_rows=60)["began_anew"] == "the inputs changed"
    run(small_library, tmp_path / "fresh", file, bucket_rows=60)
    assert found(tmp_path / "out") == found(tmp_path / "fresh")


def test_what_is_at_risk_is_each_denied_line_once(small_library: Library, tmp_path: Path) -> None:
    file = write_csv(made_claims(small_library, 200, 16), tmp_path / "claims.csv")
    risk = run(small_library, tmp_path / "out", file)["at_risk"]
    lines = asked(
        "select count(*), sum(cast(charge as decimal(18, 2))) from (select distinct claim_id, line, charge "
        f"from '{tmp_path}/out/findings.parquet' where severity = 'deny' and line is not null)"
    )[0]
    assert (risk["lines"], risk["charge"]) == (lines[0], str(lines[1]))
