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


def record(home: Home, accept: frozenset[str], now: Callable[[], datetime]) -> frozenset[str]:
    """Enter what is accepted now into the ledger and give all that ever was; BadInput for terms nobody wrote."""
    unknown = accept - set(TERMS)
    if unknown:
        raise BadInput(f"no terms are called {sorted(unknown)[0]!r}: expected {', '.join(TERMS)}")
    have = home.accepted()
    for name in sorted(accept - set(have)):
        home.record_acceptance(name, now().astimezone(UTC).isoformat(timespec="seconds"))
    return accept | set(have)


def require(home: Home, plan: Plan, accept: frozenset[str], now: Callable[[], datetime]) -> None:
    """Record what is accepted now; BadInput names the datasets whose terms were never accepted."""
    have = record(home, accept, now)
    needed = {item.dataset.needs_acceptance: item.dataset.id for item in plan.releases}
    missing = {terms: dataset for terms, dataset in needed.items() if terms and terms not in have}
    for terms, dataset in missing.items():
        raise BadInput(not_accepted(f"{dataset} and others hold", terms))


def not_accepted(whose: str, terms: str) -> str:
    """What to read and what to type before codes under these terms may come in."""
    return (
        f"{whose} codes under terms not accepted here: read them with "
        f"`codeward library terms {terms}`, then add `--accept {terms}`"
    )
