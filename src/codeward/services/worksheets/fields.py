"""Fields: what a worksheet asks for, and reading an answer from JSON, a flag or a form into a value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from codeward.core.days import read_day
from codeward.core.faults import BadInput

MOST = Decimal(1_000_000)
"""No length, dose or count of minutes on a claim is larger; a bigger number is a slip of the keyboard."""
ROWS_AT_MOST = 200
_NUMBER = re.compile(r"\s*([0-9][0-9,]*\.?[0-9]*|\.[0-9]+)\s*([^\s0-9.,].*?)?\s*")
_SCALES: dict[str, dict[str, Decimal]] = {
    "cm": {"cm": Decimal(1), "mm": Decimal("0.1")},
    "sq cm": {name: Decimal(1) for name in ("sq cm", "sqcm", "cm2", "cm²", "sq. cm")},
    "minutes": {name: Decimal(1) for name in ("minutes", "minute", "min", "mins", "m")},
    "%": {"%": Decimal(1), "percent": Decimal(1)},
}
_YES, _NO = ("true", "yes", "y", "1", "on"), ("false", "no", "n", "0", "off", "")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing asked for: its JSON name, its label on a form, and what is expected in it.

    `shape` is text, number, whole, numbers, choice, flag, day or rows. `choices` are groups of words of one meaning,
    the first of which is the value, and `usual` the one taken when empty. `unit` lets a number be written with it.
    Rows have `columns`.
    """

    name: str
    label: str
    expects: str
    shape: str = "text"
    aliases: tuple[str, ...] = ()
    choices: tuple[tuple[str, ...], ...] = ()
    columns: tuple[Field, ...] = ()
    unit: str = ""
    example: str = ""
    usual: str = ""

    @property
    def yes_or_no(self) -> bool:
        """Whether naming it alone says yes."""
        return self.shape == "flag" or (self.shape == "choice" and self.choices[0][0] == "yes")

    def answers_to(self, name: str) -> bool:
        """Whether a JSON key or a flag means this field."""
        return keyed(name) in (self.name, *self.aliases)

    def wrong(self, value: object, where: str = "") -> BadInput:
        """The one line said of a value that cannot be used."""
        shown = repr(value) if isinstance(value, str) else str(value)
        return BadInput(f"{where}{self.name}: expected {self.expects}, found {shown[:80]}")


def keyed(name: str) -> str:
    """A name as keys are written: lower case, one underscore between words."""
    return re.sub(r"[\s_-]+", "_", name.strip().lower()).strip("_")


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered, by field; `where` names the row in messages, `unused` the answers no field took."""

    fields: tuple[Field, ...]
    values: Mapping[str, Any]
    where: str = ""
    unused: tuple[str, ...] = ()

    def has(self, name: str) -> bool:
        """Whether the field was answered at all."""
        return self.values.get(name) not in (None, "", [], {})

    def field(self, name: str) -> Field:
        """The field of that name."""
        return next(item for item in self.fields if item.name == name)

    def missing(self, name: str) -> BadInput:
        """The one line said of a field that is needed and was not answered."""
        return BadInput(f"{self.where}{name} is needed: expected {self.field(name).expects}")

    def _need(self, name: str) -> Any:
        if not self.has(name):
            raise self.missing(name)
        return self.values[name]

    def text(self, name: str, default: str | None = None) -> str:
        """Words; a list of words is one text."""
        if default is not None and not self.has(name):
            return default
        value = self._need(name)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            value = ", ".join(value)
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            raise self.field(name).wrong(value, self.where)
        return str(value).strip()

    def words(self, name: str) -> tuple[str, ...]:
        """A list of words, or one text cut at commas."""
        value = self._need(name)
        parts = value if isinstance(value, list) else re.split(r"[,;\n]+", str(value))
        if not all(isinstance(item, str) for item in parts):
            raise self.field(name).wrong(value, self.where)
        return tuple(item.strip() for item in parts if item.strip())

    def number(self, name: str, default: Decimal | None = None) -> Decimal:
        """A number above zero."""
        if default is not None and not self.has(name):
            return default
        return self._above_zero(name, self._need(name))

    def number_or_zero(self, name: str) -> Decimal:
        """A number, zero where it was not answered."""
        return read_number(self.field(name), self.values[name], self.where) if self.has(name) else Decimal(0)

    def whole(self, name: str, default: int | None = None) -> int:
        """A whole number, zero included."""
        if default is not None and not self.has(name):
            return default
        return self._whole(name, self._need(name))

    def numbers(self, name: str) -> tuple[Decimal, ...]:
        """One number above zero or several: a list, or a text cut at commas, blanks or plus signs."""
        parts = _parts(self._need(name))
        found = tuple(self._above_zero(name, item) for item in parts)
        if not found:
            raise self.field(name).wrong(self.values[name], self.where)
        return found

    def wholes(self, name: str) -> tuple[int, ...]:
        """One whole number above zero or several."""
        return tuple(self._whole(name, item) for item in self.numbers(name))

    def choice(self, name: str, default: str | None = None) -> str:
        """The value that the word stands for."""
        if default is not None and not self.has(name):
            return default
        field, value = self.field(name), self._need(name)
        found = chosen(field, value)
        if found is None:
            raise field.wrong(value, self.where)
        return found

    def flag(self, name: str) -> bool:
        """Yes or no; no where it was not answered."""
        value = self.values.get(name)
        word = str(value).strip().lower() if value is not None else ""
        if word not in (*_YES, *_NO) or isinstance(value, (list, dict)):
            raise self.field(name).wrong(value, self.where)
        return word in _YES

    def day(self, name: str) -> date | None:
        """A day, None where it was not answered."""
        if not self.has(name):
            return None
        try:
            return read_day(str(self.values[name]))
        except ValueError:
            raise self.field(name).wrong(self.values[name], self.where) from None

    def rows(self, name: str) -> tuple[Given, ...]:
        """Rows of a field that has columns; none where it was not answered."""
        if not self.has(name):
            return ()
        field = self.field(name)
        found = _rows(field, self.values[name])
        if len(found) > ROWS_AT_MOST:
            raise BadInput(f"{field.name}: expected at most {ROWS_AT_MOST} rows, found {len(found)}")
        return tuple(_row(field, item, at) for at, item in enumerate(found, start=1))

    def _above_zero(self, name: str, value: object) -> Decimal:
        found = read_number(self.field(name), value, self.where)
        if found <= 0:
            raise self.field(name).wrong(value, self.where)
        return found

    def _whole(self, name: str, value: object) -> int:
        found = read_number(self.field(name), value, self.where)
        if found != found.to_integral_value():
            raise self.field(name).wrong(value, self.where)
        return int(found)


def given(fields: tuple[Field, ...], values: Mapping[str, Any], where: str = "") -> Given:
    """Answers put to their fields; BadInput when one field is answered twice."""
    placed: dict[str, Any] = {}
    unused = []
    for key, value in values.items():
        field = next((item for item in fields if item.answers_to(key)), None)
        if field is None:
            unused.append(key)
        elif field.name in placed:
            raise BadInput(f"{where}{field.name} is given twice, as {key} too: expected it once")
        else:
            placed[field.name] = value
    return Given(fields, placed, where, tuple(unused))


def read_number(field: Field, value: object, where: str = "") -> Decimal:
    """A number as JSON or people write it, with its unit or without; never below zero."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, str)):
        raise field.wrong(value, where)
    match = _NUMBER.fullmatch(str(value))
    scale = _scale(field.unit, (match[2] or "").lower()) if match else None
    if match is None or scale is None:
        raise field.wrong(value, where)
    try:
        found = Decimal(match[1].replace(",", "")) * scale
    except InvalidOperation:
        raise field.wrong(value, where) from None
    if found > MOST:
        raise field.wrong(value, where)
    return found


def _scale(unit: str, word: str) -> Decimal | None:
    return Decimal(1) if not word else _SCALES.get(unit, {}).get(word.rstrip("."))


def chosen(field: Field, value: object) -> str | None:
    """The first word of the group that holds the value, None when no group does."""
    word = re.sub(r"[\s_-]+", " ", str(value).strip().lower())
    return next((group[0] for group in field.choices if word in group or word == group[0].replace("-", " ")), None)


def _parts(value: object) -> list[object]:
    if isinstance(value, list):
        return [item.get("blocks") if isinstance(item, dict) and len(item) == 1 else item for item in value]
    if isinstance(value, str):
        return [item for item in re.split(r"[;+/\n]|,(?!\d{3}\b)|(?<=\d)\s+(?=[\d.])|,\s", value) if item.strip()]
    return [value]


def _rows(field: Field, value: object) -> list[Any]:
    if isinstance(value, dict):
        return _from_mapping(field, value)
    if isinstance(value, str):
        return [line for line in re.split(r"[;\n]+", value) if line.strip()]
    if isinstance(value, list):
        return [line for item in value for line in (_rows(field, item) if isinstance(item, str) else [item])]
    raise field.wrong(value)


def _from_mapping(field: Field, value: dict[str, Any]) -> list[Any]:
    """One row as an object, or an object of first column to second: `{"97110": 20}`."""
    if any(column.answers_to(key) for key in value for column in field.columns):
        return [value]
    return [[key, item] for key, item in value.items()]


def _row(field: Field, item: object, at: int) -> Given:
    where = f"{field.name}, row {at}: "
    if isinstance(item, dict):
        return given(field.columns, item, where)
    cells = [cell.strip() for cell in item.split(",")] if isinstance(item, str) else item
    if not isinstance(cells, list):
        raise field.wrong(item)
    return given(field.columns, _by_place(field, cells, where), where)


def _by_place(field: Field, cells: Iterable[Any], where: str) -> dict[str, Any]:
    """Cells in the order of the columns; `name=value` goes to the column it names."""
    placed: dict[str, Any] = {}
    columns = iter(field.columns)
    for cell in cells:
        name, equals, rest = cell.partition("=") if isinstance(cell, str) else ("", "", "")
        column = next((c for c in field.columns if c.answers_to(name)), None) if equals else next(columns, None)
        if column is None:
            raise BadInput(f"{where}expected {field.expects}, found {str(cell)[:60]!r} beyond the last column")
        placed[column.name] = rest.strip() if equals else cell
    return placed
