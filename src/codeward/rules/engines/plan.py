"""Plan: the statements every engine runs, in order, from the facts and the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from codeward.rules.compose import union
from codeward.rules.facts import BEFORE_DENIALS, ON_DENIALS, fact_text
from codeward.rules.rule import Rule, rules

CASCADES = 2
"""How often the rules that follow denials are asked again: an add-on may hang on an add-on."""
ROUNDS_ON_DENIALS = (1, *(2,) * CASCADES)
"""The rounds after the first, in order; each sees what the rounds before it denied."""
HAS_ADD_ON = "select 1 from line_fact where history = 0 and (aoc_type <> '' or global_days = 'ZZZ') limit 1"
"""Whether any line turns on denials; without one the later rounds find nothing."""
_WORD = re.compile(r"[a-z_][a-z0-9_]*")


@cache
def round_texts(number: int) -> tuple[str, ...]:
    """The rules of a round as statements, one for each fact they judge."""
    return tuple(union(chosen) for chosen in rules_of_round(number).values())


@cache
def rules_of_round(number: int) -> dict[str, tuple[Rule, ...]]:
    """The rules of a round by the fact they judge."""
    grains: dict[str, list[Rule]] = {}
    for rule in rules():
        if rule.round == number:
            grains.setdefault(rule.grain, []).append(rule)
    return {grain: tuple(chosen) for grain, chosen in grains.items()}


@cache
def denying() -> frozenset[int]:
    """The numbers of the rules whose findings deny a line."""
    return frozenset(rule.number for rule in rules() if rule.severity == "deny")


def statement_of(fact: str, today: date) -> str:
    """A fact's SELECT, ready to run."""
    return fact_text(fact).replace("$today", str(today.toordinal()))


@cache
def facts_asked(before: bool) -> tuple[str, ...]:
    """Facts that a rule or a later fact reads, in order: those before denials, or those that follow them."""
    asked = words_of_rules() | {"line_fact", "denied"}
    kept = []
    for name in reversed((*BEFORE_DENIALS, *ON_DENIALS)):
        if name in asked:
            kept.append(name)
            asked |= words_in(fact_text(name))
    chosen = BEFORE_DENIALS if before else ON_DENIALS
    return tuple(name for name in chosen if name in kept)


@cache
def columns_read(fact: str) -> frozenset[str]:
    """Every word by which a rule, a later fact or the engines may read a column of the fact; more than enough."""
    readers = [text for name in (*BEFORE_DENIALS, *ON_DENIALS) if fact in words_in(text := fact_text(name))]
    readers += [union([rule]) for rule in rules() if rule.grain == fact]
    return frozenset().union(*(words_in(text) for text in (*readers, HAS_ADD_ON)))


def words_of_rules() -> frozenset[str]:
    """The words in the statements of all rules."""
    return words_in("\n".join(union([rule]) for rule in rules()))


def words_in(text: str) -> frozenset[str]:
    """The lower-case words of a statement, comments left out."""
    return frozenset(_WORD.findall(re.sub(r"--.*", "", text)))


def narrowed(columns: Iterable[str], words: frozenset[str]) -> Iterator[str]:
    """The columns that any of the words names."""
    return (name for name in columns if name in words)
