"""Terms: what must be accepted before a file that holds codes of others is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from codeward.core.faults import BadInput
from codeward.datasets.declare import Dataset
from codeward.ingest.acceptance import terms_text
from codeward.store.home import Home


def accepted(home: Home, accept: frozenset[str], now: Callable[[], datetime], *, record: bool = True) -> frozenset[str]:
    """Terms that were accepted here and those accepted now, which enter the ledger; BadInput for unknown ones."""
    for name in sorted(accept):
        _refuse_unknown(name)
    have = set(home.accepted())
    for name in sorted(accept - have if record else ()):
        home.record_acceptance(name, now().astimezone(UTC).isoformat(timespec="seconds"))
    return accept | have


def _refuse_unknown(name: str) -> None:
    try:
        terms_text(name)
    except OSError:
        raise BadInput(f"no terms are called {name!r}: `codeward library terms` shows those there are") from None


def lacking(dataset: Dataset, have: frozenset[str]) -> str:
    """What to read and to type before the dataset may be fetched; empty where nothing is lacking."""
    terms = dataset.needs_acceptance
    if not terms or terms in have:
        return ""
    return (
        f"{dataset.id} holds codes under terms not accepted here: read them with "
        f"`codeward library terms {terms}`, then add `--accept {terms}`"
    )
