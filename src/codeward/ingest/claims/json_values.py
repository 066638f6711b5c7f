"""JSON as a stream: one claim at a time out of a list, an object that holds a list, or line after line."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import BinaryIO, NoReturn

from codeward.core.faults import BadFile

CHUNK = 1 << 16
LONGEST = 1 << 26
"""Characters one value may have; a claim of 50 lines has some 10,000."""
STREAMED = ("claims", "entry")
"""Members of the outermost object whose items are handed out one by one: Codeward's own list, and FHIR's Bundle."""
_BLANKS = " \t\r\n"
_CUT = 16
"""An error this near to the end of what was read may be a value cut in two."""


def values(stream: BinaryIO, name: str) -> Iterator[tuple[str, object]]:
    """Every value of the file with its path (`claims[3]`, empty for the only one); numbers with a point are Decimals.

    Raises BadFile with line and column where the text is not JSON.
    """
    text = _Text(stream, name)
    count = 0
    while first := text.peek():
        if first == "[":
            yield from _items(text, "claims")
        elif first == "{":
            for path, value in _of_object(text):
                yield path if path or (not count and not text.peek()) else f"claims[{count}]", value
        else:
            text.fail("expected a claim, a list of claims, or one claim a line")
        count += 1
    if not count:
        raise BadFile(name, "the file is empty")


def _of_object(text: _Text) -> Iterator[tuple[str, object]]:
    """The items of the list an object holds, else the object itself."""
    members: dict[str, object] = {}
    streamed = False
    text.take("{")
    while text.peek() != "}":
        key = text.value()
        if not isinstance(key, str):
            text.fail("expected a name in quotation marks")
        if key in members:
            text.fail(f"{key!r} is given twice in one object")
        text.take(":")
        if key in STREAMED and text.peek() == "[":
            streamed = True
            yield from _items(text, key)
        else:
            members[key] = text.value()
        if text.peek() != "}":
            text.take(",")
    text.take("}")
    if not streamed:
        yield "", members


def _items(text: _Text, key: str) -> Iterator[tuple[str, object]]:
    text.take("[")
    count = 0
    while text.peek() != "]":
        yield f"{key}[{count}]", text.value()
        count += 1
        if text.peek() != "]":
            text.take(",")
    text.take("]")


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)!r} is given twice in one object")
    return members


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is not a number")


class _Text:
    """The text from where reading stands, grown as needed; knows the line for messages."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name = stream, name
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self._text, self._at, self._lines, self._ended = "", 0, 0, False
        self._scan = json.JSONDecoder(
            parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_without_repeats
        ).raw_decode

    def peek(self) -> str:
        """The next character that is no blank; empty at the end."""
        while True:
            text, at = self._text, self._at
            while at < len(text) and text[at] in _BLANKS:
                at += 1
            self._at = at
            if at < len(text):
                return text[at]
            if not self._grow():
                return ""

    def take(self, mark: str) -> None:
        """Step over a mark that must stand here."""
        if self.peek() != mark:
            self.fail(f"expected {mark!r}")
        self._at += 1

    def value(self) -> object:
        """The value that starts here."""
        self.peek()
        while True:
            try:
                value, self._at = self._scan(self._text, self._at)
            except json.JSONDecodeError as fault:
                if not (self._may_be_cut(fault) and self._grow()):
                    self._at = fault.pos
                    self.fail(fault.msg[0].lower() + fault.msg[1:])
            except (ValueError, ArithmeticError, RecursionError) as fault:
                self.fail(str(fault) if type(fault) is ValueError else "a number or nesting that cannot be read")
            else:
                return value

    def fail(self, problem: str) -> NoReturn:
        """Stop with the line and column where reading stands."""
        line = self._lines + self._text.count("\n", 0, self._at) + 1
        column = self._at - self._text.rfind("\n", 0, self._at)
        raise BadFile(self._name, f"{problem} (the text is not JSON from there on)", line, str(column))

    def _may_be_cut(self, fault: json.JSONDecodeError) -> bool:
        return fault.pos >= len(self._text) - _CUT or fault.msg.startswith("Unterminated")

    def _grow(self) -> bool:
        """More text, as much again as is held; False at the end."""
        if self._ended:
            return False
        self._lines += self._text.count("\n", 0, self._at)
        self._text, self._at = self._text[self._at :], 0
        if len(self._text) > LONGEST:
            self.fail("one value goes on for more than 64 million characters")
        data = self._stream.read(max(CHUNK, len(self._text)))
        self._ended = not data
        try:
            self._text += self._decode.decode(data, final=self._ended)
        except UnicodeDecodeError as fault:
            raise BadFile(self._name, "the text is not UTF-8", self._lines + 1) from fault
        return True
