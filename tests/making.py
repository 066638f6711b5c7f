"""Making libraries in tests: terms accepted, at a fixed hour, in silence."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from codeward.ingest.build import Built, build
from codeward.store.home import Home

BUILT = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
ACCEPTED = frozenset({"ama-cpt"})
LICENSED = ACCEPTED | {"ama-licensed", "x12"}


def build_library(home: Path, *paths: Path) -> Built:
    """Build and put in use, terms accepted, at a fixed hour and in silence."""
    return build(Home(home), list(paths), accept=LICENSED, now=lambda: BUILT, progress=lambda text, share: None)
