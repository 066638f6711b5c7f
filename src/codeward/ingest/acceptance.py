"""Acceptance: terms a person must accept once before codes that others own are loaded, kept in a ledger."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import resources

from codeward.core.faults import BadInput
from codeward.ingest.plan import Plan
from codeward.store.home import Home

TERMS = ("ama-cpt",)
_LEDGER = "acceptances.jsonl"


def terms_text(name: str) -> str:
    """The terms in our own words, with links to the owner's."""
    return (resources.files("codeward.ingest") / "terms" / f"{name}.md").read_text(encoding="utf-8")


def accepted(home: Home) -> dict[str, str]:
    """Terms accepted in this home and when."""
    try:
        lines = (home.root / _LEDGER).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    return {entry["terms"]: entry["accepted"] for entry in map(json.loads, lines)}


def require(home: Home, plan: Plan, accept: frozenset[str], now: Callable[[], datetime]) -> None:
    """Record what is accepted now; BadInput names the datasets whose terms were never accepted."""
    unknown = accept - set(TERMS)
    if unknown:
        raise BadInput(f"no terms are called {sorted(unknown)[0]!r}: expected {', '.join(TERMS)}")
    have = accepted(home)
    for name in sorted(accept - set(have)):
        _record(home, name, now)
    needed = {item.dataset.needs_acceptance: item.dataset.id for item in plan.releases}
    missing = {terms: dataset for terms, dataset in needed.items() if terms and terms not in have and terms not in accept}
    for terms, dataset in missing.items():
        raise BadInput(
            f"{dataset} and others hold codes under terms not accepted here: read them with "
            f"`codeward library terms {terms}`, then add `--accept {terms}`"
        )


def _record(home: Home, terms: str, now: Callable[[], datetime]) -> None:
    home.root.mkdir(parents=True, exist_ok=True)
    entry = {"terms": terms, "accepted": now().astimezone(UTC).isoformat(timespec="seconds")}
    with (home.root / _LEDGER).open("a", encoding="utf-8") as ledger:
        ledger.write(json.dumps(entry) + "\n")
