"""Subjects: which codes a dataset's rows are about, and which datasets speak of a code."""

from __future__ import annotations

from functools import cache

from codeward.core.codes import Code, procedure, readings
from codeward.datasets.declare import Column, Dataset
from codeward.datasets.registry import DATASETS

_SYSTEMS = {
    "icd-10-cm": "icd-10-cm",
    "icd-10-cm-notes": "icd-10-cm",
    "cms-hcc": "icd-10-cm",
    "ccsr": "icd-10-cm",
    "ccir": "icd-10-cm",
    "icd-10-pcs": "icd-10-pcs",
    "hcpcs": "hcpcs",
    "hcpcs-modifiers": "modifier",
    "modifiers": "modifier",
    "pos": "pos",
    "nucc-taxonomy": "taxonomy",
}
"""Datasets whose codes are of one system; five-character codes elsewhere are procedures."""

_ASIDE = ("icd-10-cm-notes",)
"""Datasets whose rows stand under a code and are not about it alone: left out of a code's history."""


def code_of(dataset: str, value: str) -> Code | None:
    """The code that a cell of the dataset's key names, or None when it is none: an APC, a section, a locality."""
    system = _SYSTEMS.get(dataset)
    if system is None:
        held = DATASETS[dataset]
        return procedure(value) if _holds_procedures(held) and readings(value) else None
    return next(iter(readings(value, system)), None)


@cache
def speaking_of(system: str) -> tuple[tuple[str, str], ...]:
    """Dataset and column of every table that has a row for a code of the system, in the order of the registry."""
    named = [item for item in DATASETS.values() if item.id not in _ASIDE and _matches(item, system)]
    return tuple((item.id, name) for item in named for name in _code_columns(item))


def _matches(dataset: Dataset, system: str) -> bool:
    known = _SYSTEMS.get(dataset.id)
    if known is not None:
        return known == system
    return system in ("cpt", "hcpcs") and _holds_procedures(dataset)


def _holds_procedures(dataset: Dataset) -> bool:
    return any(_is_procedure(dataset.columns[dataset.index[name]]) for name in dataset.key)


def _is_procedure(item: Column) -> bool:
    return item.kind.name == "five-character code"


def _code_columns(dataset: Dataset) -> list[str]:
    """Columns of the key that are indexed: a history reads no others."""
    indexed = [name for name in dataset.key if name in dataset.looked_up_by]
    return [name for name in indexed if dataset.id in _SYSTEMS or _is_procedure(dataset.columns[dataset.index[name]])]
