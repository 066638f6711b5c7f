"""One JSON object read strictly: each member by name and kind, a fault naming its path, what was found and expected."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from codeward.core.faults import BadInput

MOST = Decimal("999999999999.99")
"""No charge or quantity is larger: X12 allows 10 digits for money and 15 for quantities, most payers fewer."""


@dataclass(frozen=True, slots=True)
class Members:
    """An object and where it stands: `claims[3].lines[0]`; every reading takes a missing member and null alike."""

    values: dict[str, object]
    path: str

    @classmethod
    def of(cls, value: object, path: str) -> Members:
        """The value as an object; raises BadInput where it is none."""
        if not isinstance(value, dict):
            refuse(path, value, "an object {...}")
        return cls(value, path)

    def at(self, key: str) -> str:
        """The path of one member."""
        return f"{self.path}.{key}" if self.path else key

    def only(self, known: frozenset[str], aliases: dict[str, str]) -> None:
        """Refuse a member that is nearly one we know: ignoring it would lose what was meant; others do no harm."""
        for key in self.values.keys() - known:
            near = _meant(key, known, aliases)
            if near:
                raise BadInput(f"{self.at(key)}: no such member; {near!r} is expected")

    def text(self, key: str) -> str:
        """Text without blanks around it; empty where there is none."""
        value = self.values.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            refuse(self.at(key), value, "text in quotation marks")
        return value.strip()

    def name(self, key: str) -> str:
        """An identifier: text, or a whole number, which loses nothing."""
        value = self.values.get(key)
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else self.text(key)

    def truth(self, key: str) -> bool:
        """True or false; false where it is missing."""
        value = self.values.get(key)
        if not isinstance(value, bool | None):
            refuse(self.at(key), value, "true or false")
        return bool(value)

    def number(self, key: str) -> Decimal | None:
        """A number, or text that is one; None where there is none."""
        value = self.values.get(key)
        if value is None or value == "":
            return None
        number = _decimal(value)
        if number is None:
            refuse(self.at(key), value, 'a number such as 1 or "1.50"')
        return number

    def whole(self, key: str) -> int | None:
        """A whole number from 1, or text that is one; None where there is none."""
        value = self.values.get(key)
        if value is None:
            return None
        return whole_number(value, self.at(key))

    def day(self, key: str) -> date | None:
        """A day in ISO form; None where there is none."""
        written = self.text(key)
        if not written:
            return None
        try:
            return date.fromisoformat(written)
        except ValueError:
            refuse(self.at(key), written, "a day such as 2024-08-15")

    def items(self, key: str) -> list[object]:
        """The items of a list; none where it is missing."""
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            refuse(self.at(key), value, "a list [...]")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts without the empty ones."""
        found = []
        for index, value in enumerate(self.items(key)):
            if not isinstance(value, str | None):
                refuse(f"{self.at(key)}[{index}]", value, "text in quotation marks")
            found.append((value or "").strip())
        return tuple(item for item in found if item)


def whole_number(value: object, path: str) -> int:
    """A whole number from 1 to 9999, or text that is one."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value) < 9:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 9999:
        refuse(path, value, "a whole number from 1")
    return value


def refuse(path: str, found: object, expected: str) -> NoReturn:
    """Raise BadInput that names the place, what was found there and what was expected."""
    shown = json.dumps(found, default=str, ensure_ascii=False)
    shown = shown if len(shown) <= 40 else shown[:37] + "..."
    raise BadInput(f"{path or 'claim'}: found {shown}, expected {expected}")


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    try:
        number = Decimal(value.strip() if isinstance(value, str) else value)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) <= MOST and number.as_tuple().exponent >= -9 else None  # type: ignore[operator]


def _meant(key: str, known: frozenset[str], aliases: dict[str, str]) -> str:
    squeezed = key.lower().replace("_", "").replace("-", "")
    for name in known:
        if name.replace("_", "") == squeezed:
            return name
    if key.lower() in aliases:
        return aliases[key.lower()]
    return next(iter(difflib.get_close_matches(key.lower(), sorted(known), 1, 0.8)), "")
