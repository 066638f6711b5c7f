"""Rules of the notice: grounds, circumstances and modifiers, out of Codeward's own table."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from codeward.core.faults import BadInput

CALLED_FOR, VOLUNTARY, NOT_VALID, UNDECIDED = "called-for", "voluntary", "not-valid", "undecided"
"""What a ground makes of the notice; undecided where none is given or the check speaks against it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule in our own words: what it makes of the notice, and the document it is in.

    `asks` is the choice on a form; `reason` is what blank E says to the patient where nothing closer is known.
    """

    id: str
    asks: str
    stands: str
    words: str
    reason: str
    document: str


@dataclass(frozen=True, slots=True)
class ModifierRule:
    """A modifier, for which standings it is named, and the fact that it states."""

    code: str
    when: tuple[str, ...]
    fact: str


@cache
def grounds() -> dict[str, Rule]:
    """Why Medicare may not pay, by id."""
    return {row["id"]: _rule(row) for row in _table()["ground"]}


@cache
def circumstances() -> dict[str, Rule]:
    """What else bears on a notice, by id."""
    return {row["id"]: _rule(row) for row in _table()["circumstance"]}


@cache
def standing_rules() -> tuple[Rule, ...]:
    """What holds of every notice."""
    return tuple(_rule(row) for row in _table()["always"])


@cache
def modifier_rules() -> tuple[ModifierRule, ...]:
    """The modifiers that tell of notices."""
    return tuple(ModifierRule(row["code"], tuple(row["when"].split()), row["fact"]) for row in _table()["modifier"])


def ground_named(name: str) -> Rule | None:
    """The ground of a name, None for none; BadInput says which there are."""
    if not name:
        return None
    if name not in grounds():
        raise BadInput(f"{name!r} is no reason for a notice: expected {', '.join(grounds())}")
    return grounds()[name]


def circumstances_named(names: tuple[str, ...]) -> tuple[Rule, ...]:
    """The circumstances of these names, each once; BadInput says which there are."""
    for name in names:
        if name not in circumstances():
            raise BadInput(f"{name!r} is no circumstance: expected {', '.join(circumstances())}")
    return tuple(circumstances()[name] for name in dict.fromkeys(names))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("rules.toml").read_text("utf-8"))


def _rule(row: dict[str, str]) -> Rule:
    return Rule(
        row.get("id", ""), row.get("asks", ""), row.get("stands", ""), row["words"], row.get("reason", ""),
        row["document"],
    )  # fmt: skip
