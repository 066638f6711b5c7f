"""Renew: the library in use built anew with the files that were fetched."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from codeward.core.faults import BadFile
from codeward.datasets.registry import DATASETS
from codeward.ingest.build import Built, build
from codeward.ingest.downloads import Download, Ledger
from codeward.ingest.inputs import inputs_in_use
from codeward.ingest.staging import Progress
from codeward.store.home import Home

Refusals = list[tuple[Path, str]]


def complete(ledger: Ledger) -> list[Download]:
    """The newest files of every release that is here with all its parts."""
    latest = [entry for entry in ledger.latest().values() if entry.is_there()]
    have: dict[tuple[str, str], set[str]] = {}
    for entry in latest:
        have.setdefault((entry.dataset, entry.edition), set()).add(entry.part)
    return [entry for entry in latest if set(_parts(entry)) <= have[entry.dataset, entry.edition]]


def _parts(entry: Download) -> tuple[str, ...]:
    dataset = DATASETS.get(entry.dataset)
    return dataset.parts if dataset else ()


def built_from(home: Home) -> set[Path]:
    """Every file that a library of this home was ever built from."""
    manifests = home.libraries.glob("*/manifest.json")
    read = (json.loads(path.read_text(encoding="utf-8"))["files"].values() for path in manifests)
    return {Path(file["path"]) for files in read for file in files}


def renew(
    home: Home, ledger: Ledger, fresh: Iterable[Path], *, now: Callable[[], datetime], progress: Progress
) -> tuple[Built | None, Refusals]:
    """Add these files to what the library in use was built from, and put the new one in use.

    What a later download replaces is left out. A file that cannot be read is refused by name, and the others are
    built without it and without the other parts of its release; what it was to replace stays. None where nothing is
    left to add.
    """
    refused: Refusals = []
    new = list(dict.fromkeys(fresh))
    kept = inputs_in_use(home) if new else []
    new = [path for path in new if path not in kept]
    while new:
        inputs = [*kept, *new]
        replaced = ledger.replaced(inputs)
        try:
            built = build(home, [path for path in inputs if path not in replaced], now=now, progress=progress)
        except BadFile as fault:
            guilty = _guilty(ledger, new, fault)
            if not guilty:
                raise
            refused += [(path, str(fault)) for path in guilty]
            new = [path for path in new if path not in guilty]
        else:
            return built, refused
    return None, refused


def _guilty(ledger: Ledger, new: list[Path], fault: BadFile) -> list[Path]:
    """The fresh file the fault is in, and those that would be of no use without it."""
    archive = fault.file.split("/", maxsplit=1)[0]
    named = [path for path in new if path.name == archive]
    releases = {(entry.dataset, entry.edition) for entry in ledger.entries if entry.path in named and _parts(entry)}
    fellows = {entry.path for entry in ledger.entries if (entry.dataset, entry.edition) in releases}
    return [path for path in new if path in named or path in fellows]
