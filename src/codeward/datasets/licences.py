"""Licences: whose the data is, which terms open it, and the modes in which an installation may show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from codeward.datasets.declare import Column, Dataset

MODES = ("none", "cms", "ama-licensed")
"""What an installation may show, each mode more than the one before: only what is free; also CMS files that hold CPT
numbers and other texts under accepted terms; also CPT wording out of the operator's own licensed files."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of one owner: what they cover, and the first mode in which that may be shown."""

    name: str
    owner: str
    covers: str
    mode: str


TERMS = {
    terms.name: terms
    for terms in (
        Terms("ama-cpt", "American Medical Association", "CPT numbers in files that CMS publishes", "cms"),
        Terms("x12", "X12", "the published wording of adjustment and remark codes", "cms"),
        Terms("ama-licensed", "American Medical Association", "CPT wording out of a licensed file", "ama-licensed"),
    )
}


def granted(mode: str, accepted: Iterable[str]) -> frozenset[str]:
    """The accepted terms that hold in a mode: a mode narrows what was accepted and never widens it."""
    rank = MODES.index(mode)
    return frozenset(name for name in accepted if name in TERMS and MODES.index(TERMS[name].mode) <= rank)


def for_programs(mode: str) -> str:
    """The mode in which other programs are answered: never with wording that is licensed for people to read here.

    What a program is told may be sent on, to a language model or to whoever asks it.
    """
    return min(mode, "cms", key=MODES.index)


def owner_of(dataset: Dataset, column: Column) -> str:
    """Whose the text of a column is."""
    if column.terms:
        return TERMS[column.terms].owner
    if column.descriptor:
        return f"{dataset.publisher}; AMA and ADA on CPT and dental rows, where it is dropped"
    return dataset.publisher
