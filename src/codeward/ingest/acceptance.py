"""Acceptance: terms a person must accept once before codes that others own are loaded, kept in a ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from importlib import resources

from codeward.core.faults import BadInput
from codeward.ingest.plan import Plan
from codeward.store.home import Home

TERMS = ("ama-cpt", "ama-licensed")


def terms_text(name: str) -> str:
    """The terms in our own words, with links to the owner's."""
    return (resources.files("codeward.ingest") / "terms" / f"{name}.md").read_text(encoding="utf-8")


def require(home: Home, plan: Plan, accept: frozenset[str], now: Callable[[], datetime]) -> None:
    """Record what is accepted now; BadInput names the datasets whose terms were never accepted."""
    unknown = accept - set(TERMS)
    if unknown:
        raise BadInput(f"no terms are called {sorted(unknown)[0]!r}: expected {', '.join(TERMS)}")
    have = home.accepted()
    for name in sorted(accept - set(have)):
        home.record_acceptance(name, now().astimezone(UTC).isoformat(timespec="seconds"))
    needed = {item.dataset.needs_acceptance: item.dataset.id for item in plan.releases}
    missing = {
        terms: dataset for terms, dataset in needed.items() if terms and terms not in have and terms not in accept
    }
    for terms, dataset in missing.items():
        raise BadInput(
            f"{dataset} and others hold codes under terms not accepted here: read them with "
            f"`codeward library terms {terms}`, then add `--accept {terms}`"
        )
