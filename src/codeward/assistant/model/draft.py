"""Draft: a model's text as it comes, let through slot by slot only as long as nothing but connects."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codeward.assistant.model.order import order_of
from codeward.assistant.model.phrases import CLOSING, MOST_LETTERS, fault_in
from codeward.assistant.reply import Reply, cited

_SLOT = re.compile(r"\{\{ ?S([1-9][0-9]{0,2}) ?\}\}")
_LONGEST_SLOT = 10
_BULLET = re.compile(r"^[ \t]*-[ \t]+", re.MULTILINE)


class Refused(Exception):
    """Why the text is not used, all of it."""


class Draft:
    """Takes a model's text in pieces and gives back what may be shown: statements verbatim, connected by phrases."""

    def __init__(self, reply: Reply) -> None:
        numbers = {source: number for number, source in enumerate(reply.sources, start=1)}
        self._roles = [statement.role for statement in reply.statements]
        self._texts = [cited(statement, numbers) for statement in reply.statements]
        self._order = order_of(reply.statements)
        self._placed: list[int] = []
        self._rest = ""
        self._shown: list[str] = []

    def add(self, piece: str) -> Iterator[str]:
        """What may be shown after another piece; Refused once anything is wrong."""
        self._rest += piece
        while slot := _SLOT.search(self._rest):
            before, self._rest = self._rest[: slot.start()], self._rest[slot.end() :]
            yield self._show(self._before(before, int(slot[1]) - 1))
        if len(self._rest) > MOST_LETTERS + _LONGEST_SLOT:
            raise Refused("too much text of its own")

    def end(self) -> str:
        """The whole text, once nothing more comes; Refused unless each statement stands in it, once."""
        if len(self._placed) < len(self._texts):
            raise Refused("a statement is missing")
        self._check(self._rest.strip(), CLOSING)
        self._show(_gap(self._rest.rstrip(), first=not self._shown))
        return "".join(self._shown).strip()

    def _before(self, text: str, number: int) -> str:
        if not 0 <= number < len(self._texts):
            raise Refused("a slot that is not there")
        if not self._order.may_follow(number, self._placed):
            raise Refused("statements in an order that could change what they say")
        self._check(text, self._roles[number])
        first = not self._placed
        self._placed.append(number)
        return _gap(text, first=first) + self._texts[number]

    def _check(self, text: str, role: str) -> None:
        if fault := fault_in(text, role):
            raise Refused(fault)

    def _show(self, text: str) -> str:
        self._shown.append(text)
        return text


def _gap(text: str, *, first: bool) -> str:
    """A connecting text as it is shown: its words, and one blank or line end where it had any."""
    lines = [" ".join(_BULLET.sub("", line).split()) for line in text.split("\n")]
    inner = "\n".join(line for line in (part.lstrip(",.;:!-\u2013\u2014 ") for part in lines) if line)
    if first:
        return f"{inner}{_join(text)}" if inner else ""
    ahead = "\n" if "\n" in text[: len(text) - len(text.lstrip())] else " "
    return f"{ahead}{inner}{_join(text)}" if inner else _join(text)


def _join(text: str) -> str:
    return "\n" if "\n" in text[len(text.rstrip()) :] else " "
