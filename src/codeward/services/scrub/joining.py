"""Joining: the parts of a run become one file each of findings, of what was not checked and of rejects; a summary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from codeward.rules.engines.parts import asked, copied, csv_scan, listed, parquet_scan
from codeward.services.scrub.inputs import InputFile
from codeward.services.scrub.ledger import Ledger, code_version
from codeward.services.scrub.order import Order
from codeward.services.scrub.staging import FAULT_COLUMNS, REFUSED_COLUMNS
from codeward.store.library import Library

PROVIDERS = 100
"""Providers named in the summary, those with most at risk first; `risk.parquet` has them all."""
_FAULT = (
    "claim_id, try_cast(line as bigint) as line, rule, severity, code, with_code, message, carc, rarc, "
    "try_cast(charge as double) as charge, try_cast(other_line as bigint) as other_line, cited, "
    "try_cast(day as date) as day, provider, payer, setting"
)


def join_parts(
    library: Library, order: Order, ledger: Ledger, inputs: Sequence[InputFile], seconds: float
) -> dict[str, Any]:
    """Write the results and their summary; every file takes its name when it is whole."""
    judged = sorted((ledger.folder / "judged").glob("[0-9]" * 5))
    told = [json.loads((place / "told.json").read_text(encoding="utf-8")) for place in judged]
    laid = [json.loads((ledger.rows(item) / "told.json").read_text(encoding="utf-8")) for item in inputs]
    _findings(order, ledger, inputs, judged)
    _not_checked(order, judged)
    _rejected(order, ledger, inputs, judged)
    _risk(order, judged)
    summary = {
        **_counts(told, order),
        **_found(order),
        "not_checked": _unmet(order),
        "seconds": round(seconds, 2),
        **_speed(told, laid),
        "library": library.hash,
        "code": code_version(),
        "editions": _editions(told),
        "inputs": [str(item.path) for item in inputs],
        "began_anew": ledger.note,
    }
    draft = order.out / "summary.json.part"
    draft.write_text(json.dumps(summary, indent=1), encoding="utf-8")
    draft.replace(order.out / "summary.json")
    return summary


def _findings(order: Order, ledger: Ledger, inputs: Sequence[InputFile], judged: Sequence[Path]) -> None:
    faults = [ledger.staged(item) / "faults.csv" for item in inputs if item.rows is None]
    parts = [f"select * from {parquet_scan(place / 'findings.parquet' for place in judged)}"] if judged else []
    parts += [f"select {_FAULT} from {csv_scan(file, FAULT_COLUMNS)}" for file in faults]
    _write(order, "findings", " union all ".join(parts) or _nothing(FAULT_COLUMNS))


def _not_checked(order: Order, judged: Sequence[Path]) -> None:
    if not judged:
        _write(order, "not_checked", _nothing(("claim_id", "line", "rule", "code", "reason", "lines")))
        return
    scan = parquet_scan(place / "not_checked.parquet" for place in judged)
    _write(
        order,
        "not_checked",
        f"select * from {scan} where claim_id is not null union all "
        "select null, null, rule, code, reason, payer, setting, min(first_day), max(last_day), "
        f"cast(sum(lines) as bigint) from {scan} where claim_id is null group by rule, code, reason, payer, setting",
    )


def _rejected(order: Order, ledger: Ledger, inputs: Sequence[InputFile], judged: Sequence[Path]) -> None:
    """Rows set aside when judging, rows that are none, and what a reader of claims could make nothing of.

    Rows are counted before torn ones are taken out: their number is put right here.
    """
    parts = []
    for item in inputs:
        file, torn = _quoted(item.path.name), csv_scan(ledger.rows(item) / "torn.csv", REFUSED_COLUMNS)
        parts.append(
            f"select {file} as file, cast(place as varchar) as row, claim_id, problem_column, expected from {torn}"
        )
        if item.rows is None:
            refused = csv_scan(ledger.staged(item) / "refused.csv", REFUSED_COLUMNS)
            parts.append(f"select {file}, place, claim_id, problem_column, expected from {refused}")
        if judged:
            scan = parquet_scan(place / "rejected.parquet" for place in judged)
            shift = (
                f"(select count(*) from (select cast(place as bigint) - row_number() over (order by cast(place as bigint)) + 1 "
                f"as reached from {torn}) t where r.place >= t.reached)"
            )
            parts.append(
                f"select {file}, cast(r.place + {shift} as varchar), r.claim_id, r.problem_column, r.expected "
                f"from {scan} r where r.file = {item.number}"
            )
    _write(order, "rejected", " union all ".join(parts))


def _risk(order: Order, judged: Sequence[Path]) -> None:
    columns = ("provider", "month", "lines", "charged", "lines_at_risk", "at_risk")
    if not judged:
        _write(order, "risk", _nothing(columns))
        return
    scan = parquet_scan(place / "risk.parquet" for place in judged)
    sums = ", ".join(f"sum({name}) as {name}" for name in columns[2:])
    _write(order, "risk", f"select provider, cast(month as date) as month, {sums} from {scan} group by provider, month")


def _counts(told: Iterable[dict[str, Any]], order: Order) -> dict[str, Any]:
    told = list(told)
    rejected = asked(
        f"select count(*), count(distinct nullif(claim_id, '')) from {_result(order, 'rejected')}", order.memory
    )
    return {
        "claims": sum(item["claims"] for item in told),
        "lines": sum(item["lines"] for item in told),
        "rejected_rows": rejected[0][0],
        "rejected_claims": rejected[0][1],
    }


def _found(order: Order) -> dict[str, Any]:
    findings, risk = _result(order, "findings"), _result(order, "risk")
    by_severity = asked(f"select severity, count(*) from {findings} group by severity order by severity", order.memory)
    by_rule = asked(
        "select rule, severity, count(*) as n, count(distinct claim_id), sum(charge) "
        f"from {findings} group by rule, severity order by n desc, rule, severity",
        order.memory,
    )
    whole = asked(f"select sum(lines_at_risk), sum(at_risk), sum(charged) from {risk}", order.memory)[0]
    by_provider = asked(
        _by("provider", risk) + f" order by sum(at_risk) desc, provider limit {PROVIDERS}", order.memory
    )
    by_month = asked(_by("month", risk) + " order by month", order.memory)
    return {
        "findings": sum(count for _, count in by_severity),
        "by_severity": {severity: count for severity, count in by_severity},
        "by_rule": [
            {"rule": rule, "severity": severity, "findings": count, "claims": claims, "charge": _money(charge)}
            for rule, severity, count, claims, charge in by_rule
        ],
        "at_risk": {"lines": int(whole[0] or 0), "charge": _money(whole[1]), "charged": _money(whole[2])},
        "by_provider": [_share("provider", row) for row in by_provider],
        "by_month": [_share("month", row) for row in by_month],
    }


def _by(name: str, risk: str) -> str:
    return f"select {name}, sum(lines), sum(lines_at_risk), sum(at_risk) from {risk} group by {name}"


def _share(name: str, row: tuple[Any, ...]) -> dict[str, Any]:
    shown = f"{row[0]:%Y-%m}" if name == "month" else row[0]
    return {name: shown, "lines": int(row[1]), "lines_at_risk": int(row[2]), "at_risk": _money(row[3])}


def _unmet(order: Order) -> list[dict[str, Any]]:
    rows = asked(
        "select rule, case when claim_id is null then reason else '' end as reason, sum(lines), count(distinct claim_id) "
        f"from {_result(order, 'not_checked')} group by 1, 2 order by 1, 2",
        order.memory,
    )
    return [
        {"rule": rule, "reason": reason or "told line by line in not_checked.parquet", "lines": int(lines)}
        for rule, reason, lines, _ in rows
    ]


def _speed(told: Iterable[dict[str, Any]], laid: Iterable[dict[str, Any]]) -> dict[str, Any]:
    told = list(told)
    spent = sum(item["cpu"] for item in told) + sum(item["cpu"] for item in laid)
    lines = sum(item["lines"] for item in told)
    return {"cpu_seconds": round(spent, 2), "lines_per_cpu_second": int(lines / spent) if spent else 0}


def _editions(told: Iterable[dict[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, set[str]] = {}
    for item in told:
        for dataset, names in item["editions"].items():
            found.setdefault(dataset, set()).update(names)
    return {dataset: sorted(names) for dataset, names in sorted(found.items())}


def _money(value: float | None) -> str:
    return str(Decimal(str(value or 0)).quantize(Decimal("0.01")))


def _result(order: Order, name: str) -> str:
    return parquet_scan([order.out / f"{name}.parquet"])


def _write(order: Order, name: str, text: str) -> None:
    draft = order.out / f"{name}.parquet.part"
    copied(text, draft, order.memory)
    draft.replace(order.out / f"{name}.parquet")


def _nothing(columns: Sequence[str]) -> str:
    return f"select {', '.join(f'cast(null as varchar) as {name}' for name in columns)} where false"


def _quoted(text: str) -> str:
    return listed([text])
