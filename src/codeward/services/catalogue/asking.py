"""Asking: a tool by its name with arguments as programs send them, answered as a JSON document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from codeward.core.days import read_day
from codeward.core.faults import BadInput, NotFound
from codeward.services.catalogue.tool import Argument, Tool
from codeward.services.catalogue.tools import BY_NAME
from codeward.services.documents.answers import Document
from codeward.store.library import Library

_YES, _NO = ("true", "yes", "1"), ("false", "no", "0", "")
_LONGEST = 20


def tool_named(name: str) -> Tool:
    """The tool; NotFound names those there are."""
    if name not in BY_NAME:
        raise NotFound(f"there is no tool {name!r}: expected one of {', '.join(BY_NAME)}")
    return BY_NAME[name]


def ask_tool(library: Library, name: str, given: Mapping[str, Any], today: date) -> Document:
    """The document of a tool; `on` among the arguments is the date of service, nulls are arguments left out."""
    tool = tool_named(name)
    told = {key: value for key, value in given.items() if value is not None}
    on = told.pop("on", "")
    if not isinstance(on, str):
        raise BadInput(f"{name}: on is {on!r}: expected a date as YYYY-MM-DD")
    return tool.tell(library, _day(on, today), told)


def _day(text: str, today: date) -> date:
    if not text:
        return today
    try:
        return read_day(text)
    except ValueError as error:
        raise BadInput(str(error)) from None


def from_query(name: str, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Arguments out of an address: numbers and yes or no read as declared, lists repeated or parted by commas."""
    known = {item.name: item for item in tool_named(name).declared}
    found: dict[str, Any] = {}
    for key, text in pairs:
        item = known.get(key)
        if item is not None and item.type is list:
            found.setdefault(key, []).extend(part for part in _parts(text) if part)
        elif key in found:
            raise BadInput(f"{name}: {key} is given twice: expected it once")
        else:
            found[key] = text if item is None else _typed(name, item, text)
    return found


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")]


def _typed(name: str, item: Argument, text: str) -> Any:
    """The text as the argument's type, or as it stands where it does not fit: the tool then says what was expected."""
    if item.type is bool and text.lower() in (*_YES, *_NO):
        return text.lower() in _YES
    if item.type is int and text.isascii() and text.lstrip("-").isdigit() and len(text) < _LONGEST:
        return int(text)
    return text
