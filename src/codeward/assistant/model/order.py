"""Order: in which orders the statements of a reply say the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from codeward.assistant.reply import Statement

VERDICT = "verdict"
_BACK = """it its they them their this that these those such same both either neither other others another former latter
otherwise also too there here above below previous following then so therefore thus however but instead one"""
_POINTS_BACK = frozenset(re.findall("[a-z]+", _BACK))
_WORD = re.compile(r"[A-Za-z]+")
_TOKEN = re.compile(r"[A-Za-z0-9.]+")


@dataclass(frozen=True, slots=True)
class Order:
    """Which statement must follow directly upon the one before it (`glued`), and how many of the first lead the reply.

    A statement that points back ("it", "that edit"), or does not name what it is about, means something else elsewhere.
    Verdicts, with what is glued to them, keep their place and order before all else.
    """

    glued: tuple[bool, ...]
    leading: int

    def may_follow(self, number: int, placed: Sequence[int]) -> bool:
        """Whether a statement may come next after those placed, all by their place in the reply, from 0."""
        if number in placed:
            return False
        if len(placed) < self.leading:
            return number == len(placed)
        last = placed[-1] if placed else -1
        due = last + 1
        if due < len(self.glued) and self.glued[due] and due not in placed:
            return number == due
        return not self.glued[number]


def order_of(statements: Sequence[Statement]) -> Order:
    """The orders that are allowed for the statements of a reply."""
    glued = tuple(place > 0 and not stands_alone(item) for place, item in enumerate(statements))
    leading = max((place + 1 for place, item in enumerate(statements) if item.role == VERDICT), default=1)
    while leading < len(statements) and glued[leading]:
        leading += 1
    return Order(glued, leading)


def stands_alone(statement: Statement) -> bool:
    """Whether a statement names all it is about and points at nothing said before."""
    words = {word.lower() for word in _WORD.findall(statement.text)}
    named = {token.strip(".").lower() for token in _TOKEN.findall(statement.text)}
    about = [token.strip(".").lower() for item in statement.evidence for token in _TOKEN.findall(item.subject)]
    return bool(about) and named.issuperset(about) and not words & _POINTS_BACK
