"""Sources: the rows that a finding of a batch cites, in the edition that answers for its day."""

from __future__ import annotations

from datetime import date

from codeward.core.sources import Source
from codeward.rules.engines.sqlite import SqliteEngine
from codeward.store.library import Library


def sources_of(library: Library, cited: str, day: date) -> tuple[Source, ...]:
    """Where the cited rows stand; `cited` holds `dataset:row` of this very library, blank between."""
    engine = library.kept_by_thread(SqliteEngine)
    found = [item.partition(":") for item in cited.split()]
    return tuple(dict.fromkeys(engine.source_of(dataset, int(row), day) for dataset, _, row in found))
