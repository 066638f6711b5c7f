"""Licence: the one place that decides what of a library may be read, below every door.

A library is opened with the terms that hold. Datasets and columns under other terms are not there for whoever asks,
be it a page, a command, a feed or an export.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeward.core.faults import BadInput
from codeward.datasets.declare import Dataset
from codeward.datasets.licences import MODES, TERMS, granted
from codeward.datasets.registry import DATASETS
from codeward.store.home import Home


@dataclass(frozen=True, slots=True)
class Licence:
    """The terms that hold for everybody who reads through this library, the mode, and what was accepted at all."""

    terms: frozenset[str]
    mode: str = MODES[-1]
    accepted: frozenset[str] = frozenset()

    def opens(self, dataset: str) -> bool:
        """Whether rows of the dataset may be read at all."""
        needed = DATASETS[dataset].needs_acceptance if dataset in DATASETS else ""
        return not needed or needed in self.terms

    def withheld(self, dataset: Dataset) -> tuple[int, ...]:
        """Places of the columns that may not be read."""
        return tuple(at for at, item in enumerate(dataset.columns) if item.terms and item.terms not in self.terms)

    def why_closed(self, dataset: str) -> str:
        """Why a loaded dataset is not shown, and what would open it."""
        needed = TERMS[DATASETS[dataset].needs_acceptance]
        if needed.name in self.accepted:
            return f"shown in licence mode {needed.mode} only, and this installation runs in mode {self.mode}"
        return f"its terms ({needed.name}) are not accepted here: read `codeward library terms {needed.name}`"

    @property
    def closed(self) -> tuple[str, ...]:
        """Datasets that may not be read."""
        return tuple(name for name in DATASETS if not self.opens(name))


def licence_of(home: Home, mode: str = MODES[-1]) -> Licence:
    """What was accepted in the home, narrowed by the mode; BadInput for a mode that does not exist."""
    if mode not in MODES:
        raise BadInput(f"{mode!r} is no licence mode: expected {', '.join(MODES)}")
    accepted = frozenset(home.accepted())
    return Licence(granted(mode, accepted), mode, accepted)


def for_pages_alone(dataset: Dataset) -> frozenset[str]:
    """Columns whose text is licensed for showing on code pages alone: no comparison, feed or export spells it."""
    return frozenset(item.name for item in dataset.columns if item.terms)
