"""Rule: one edit as data, read from the TOML files in `texts/` and checked as it is read."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from codeward.core.claims import SETTINGS, SEVERITIES
from codeward.rules.facts import CITES

UNCHECKED = "unchecked"
"""The severity of a rule that tells what could not be checked; its sentence is the reason."""
NCCI = ("medicare",)
_ID = re.compile(r"[A-Z0-9]+([.-][A-Z0-9-]+)*")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One edit.

    `grain` names the fact whose rows it judges; `when` is a predicate over that fact's columns. `say` is the sentence,
    with columns in braces. `needs` are datasets without which it cannot be applied (a setting may choose among them:
    `setting=dataset`). `round` says after which round of denials it is asked: 0 before any, then 1, 2 and 3.
    `since` and `until` bound the dates of service. `fires` and `silent` are facts that must and must not fire it.
    """

    id: str
    grain: str
    when: str
    say: str
    severity: str
    number: int = 0
    remedy: str = ""
    carc: str = ""
    rarc: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    except_payers: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    source: str = ""
    round: int = 0
    fires: tuple[tuple[str, Any], ...] = ()
    silent: tuple[tuple[str, Any], ...] = ()

    @property
    def slots(self) -> tuple[str, ...]:
        """The facts its sentence names, in order."""
        return tuple(_SLOT.findall(self.say))

    def needed_in(self, setting: str) -> tuple[str, ...]:
        """The datasets it needs for claims of a setting."""
        pairs = (item.split("=") if "=" in item else ("", item) for item in self.needs)
        return tuple(dataset for place, dataset in pairs if place in ("", setting))


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, numbered in the order of its file and place."""
    found: list[Rule] = []
    texts = sorted(files(__package__).joinpath("texts").iterdir(), key=lambda item: item.name)
    for file in texts:
        if file.name.endswith(".toml"):
            entries = tomllib.loads(file.read_text(encoding="utf-8"))["rule"]
            found += [_rule(file.name, entry, len(found) + at) for at, entry in enumerate(entries, start=1)]
    return tuple(found)


@cache
def rule_numbered(number: int) -> Rule:
    """The rule behind the number that engines write."""
    return rules()[number - 1]


def _rule(file: str, entry: dict[str, Any], number: int) -> Rule:
    known = {item.name for item in fields(Rule)}
    place = f"{file}: rule {entry.get('id', number)}"
    unknown = set(entry) - known
    if unknown:
        raise ValueError(f"{place}: unknown keys {', '.join(sorted(unknown))}")
    values = {key: _frozen(value) for key, value in entry.items()}
    rule = Rule(**{**values, "number": number})
    for fault in _faults(rule):
        raise ValueError(f"{place}: {fault}")
    return rule


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, dict):
        return tuple(value.items())
    return " ".join(value.split()) if isinstance(value, str) else value


def _faults(rule: Rule) -> list[str]:
    checks = (
        (_ID.fullmatch(rule.id), "its id is not in the form FAMILY.NAME"),
        (rule.severity in (*SEVERITIES, UNCHECKED), f"severity {rule.severity!r}"),
        (not set(rule.settings) - set(SETTINGS), f"settings {rule.settings}"),
        (not set(rule.cites) - set(CITES), f"cites {rule.cites}"),
        (rule.fires and rule.silent, "it has no firing and silent example"),
        (rule.severity == UNCHECKED or rule.source, "it names no source"),
    )
    return [fault for passed, fault in checks if not passed]
