"""Sites: words for a place on the body read into the plain sites that code families are grouped by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from codeward.core.faults import BadInput
from codeward.services.worksheets.tables import table

_LEFT_OUT = re.compile(r"\(?\b(?:excluding|except|without|not)\b.*$")


@dataclass(frozen=True, slots=True)
class Place:
    """A place as typed, and the plain sites it means."""

    typed: str
    sites: frozenset[str]


@cache
def _phrases() -> dict[str, frozenset[str]]:
    held: dict[str, Any] = table("sites")
    phrases = {**held["phrases"], **held["words"]}
    return {words: frozenset(sites) for words, sites in sorted(phrases.items(), key=lambda item: -len(item[0].split()))}


@cache
def _passed_over() -> frozenset[str]:
    return frozenset(table("sites")["passed_over"]["words"])


def read_place(text: str, field: str) -> Place:
    """The sites that a text names; BadInput for words that no site is known by."""
    left = " " + " ".join(re.sub(r"[^a-z]+", " ", _LEFT_OUT.sub("", text.lower())).split()) + " "
    found: set[str] = set()
    for words, sites in _phrases().items():
        for form in (words, words + "s"):
            if f" {form} " in left:
                left = left.replace(f" {form} ", " ")
                found |= sites
    unknown = [word for word in left.split() if word not in _passed_over()]
    if unknown or not found:
        said = f"{unknown[0]!r} is not a site known here" if unknown else f"{text!r} names no site"
        raise BadInput(f"{field}: expected a body site such as nose, left upper eyelid, scalp or trunk; {said}")
    return Place(text.strip(), frozenset(found))


def group_of(place: Place, groups: Iterable[tuple[str, frozenset[str]]], field: str) -> str:
    """The one group that holds every site of a place; BadInput names the groups when none or several would."""
    listed = list(groups)
    fitting = [name for name, sites in listed if place.sites <= sites]
    if len(fitting) == 1:
        return fitting[0]
    names = "; ".join(name for name, _ in listed)
    raise BadInput(f"{field}: {place.typed!r} lies in no single site group here: expected a site of one of: {names}")
