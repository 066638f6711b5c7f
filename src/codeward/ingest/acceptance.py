"""Acceptance: terms a person must accept once before codes that others own are loaded, kept in a ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from importlib import resources

from codeward.core.faults import BadInput
from codeward.datasets.licences import TERMS
from codeward.ingest.plan import Plan
from codeward.store.home import Home

COUNTED = "ama-licensed"
"""The terms whose licence counts users."""


def terms_text(name: str) -> str:
    """The terms in our own words, with links to the owner's."""
    return (resources.files("codeward.ingest") / "terms" / f"{name}.md").read_text(encoding="utf-8")


def require(
    home: Home, plan: Plan, accept: frozenset[str], now: Callable[[], datetime], users: int | None = None
) -> None:
    """Record what is accepted now; BadInput names the datasets whose terms were never accepted.

    `users` is how many people the operator's AMA licence covers; a new count is a new line in the ledger.
    """
    have = home.acceptances()
    accept_terms(home, accept, now, users)
    needed = {item.dataset.needs_acceptance: item.dataset.id for item in plan.releases}
    missing = {
        terms: dataset for terms, dataset in needed.items() if terms and terms not in have and terms not in accept
    }
    for terms, dataset in missing.items():
        raise BadInput(
            f"{dataset} and others hold codes under terms not accepted here: read them with "
            f"`codeward library terms {terms}`, then add `--accept {terms}`"
        )


def accept_terms(home: Home, names: frozenset[str], now: Callable[[], datetime], users: int | None = None) -> None:
    """Record what was not accepted before, or for another count of users; BadInput for terms that do not exist."""
    for name in sorted(names):
        known_terms(name)
    if users is not None and (COUNTED not in names or users < 1):
        raise BadInput(f"--users counts the users of the AMA licence: give it with --accept {COUNTED}, 1 or more")
    have = home.acceptances()
    for name in sorted(names):
        counted = users if name == COUNTED else None
        if name not in have or (counted is not None and counted != have[name].users):
            home.record_acceptance(name, _stamp(now), counted)


def withdraw_terms(home: Home, name: str, now: Callable[[], datetime]) -> None:
    """From now on nothing under these terms is shown; BadInput when they were not accepted."""
    if known_terms(name) not in home.accepted():
        raise BadInput(f"{name} is not accepted here, so there is nothing to withdraw")
    home.record_withdrawal(name, _stamp(now))


def known_terms(name: str) -> str:
    """The name as it is; BadInput lists the names that exist."""
    if name not in TERMS:
        raise BadInput(f"no terms are called {name!r}: expected {', '.join(TERMS)}")
    return name


def _stamp(now: Callable[[], datetime]) -> str:
    return now().astimezone(UTC).isoformat(timespec="seconds")
