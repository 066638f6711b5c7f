"""Amounts: doses with their measure, and the dosage that one unit of a drug code stands for in the loaded files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from codeward.core.faults import BadInput
from codeward.core.sources import Source
from codeward.services.view import View
from codeward.services.worksheets.fields import MOST, Given
from codeward.services.worksheets.sizes import plain

_MEASURES = {
    "mg": (("mg", "milligram", "milligrams", "mgs"), "mg", Decimal(1)),
    "g": (("g", "gm", "gram", "grams", "gms"), "mg", Decimal(1000)),
    "mcg": (("mcg", "microgram", "micrograms", "µg", "ug"), "mg", Decimal("0.001")),
    "units": (("unit", "units", "u", "iu", "i.u.", "usp units", "international units"), "units", Decimal(1)),
    "ml": (("ml", "cc", "milliliter", "milliliters"), "ml", Decimal(1)),
    "l": (("l", "liter", "liters"), "ml", Decimal(1000)),
    "meq": (("meq", "milliequivalent", "milliequivalents"), "meq", Decimal(1)),
    "sq cm": (("sq cm", "square centimeter", "square centimeters", "sq. cm", "cm2"), "sq cm", Decimal(1)),
    "dose": (("dose", "doses"), "doses", Decimal(1)),
}
_KEYS = re.compile(
    r"(?P<name>administered|given|dose|unit|per_unit|vial|vial_size|package|discarded|wasted|waste)"
    r"_(?P<measure>mg|mcg|g|gm|units?|iu|ml|cc|meq|sq_cm)"
)
_AMOUNT = re.compile(r"(?P<number>[0-9][0-9,]*\.?[0-9]*|\.[0-9]+)\s*(?P<measure>[A-Za-zµ.][A-Za-zµ. ²2]*)?")
_DOSAGE = re.compile(
    r"(?:per|up to|each)?\s*(?P<amount>(?:[0-9][0-9,]*\.?[0-9]*|\.[0-9]+)\s*[A-Za-zµ. ]+)", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity in the base of its measure (mg, units, ml, ...); `measure` is empty where none was written."""

    quantity: Decimal
    measure: str = ""

    @property
    def shown(self) -> str:
        """As a sentence has it."""
        return f"{plain(self.quantity)} {self.measure}".strip()

    def like(self, other: Amount, name: str) -> Decimal:
        """The quantity in the measure of another amount; BadInput where the two cannot be compared."""
        if self.measure and other.measure and self.measure != other.measure:
            raise BadInput(f"{name}: expected an amount in {other.measure}, found {self.shown}")
        return self.quantity


@dataclass(frozen=True, slots=True)
class Dosage:
    """What one unit of a drug code stands for, and the rows that say so."""

    amount: Amount
    sources: tuple[Source, ...]


def with_measures(values: Mapping[str, Any]) -> dict[str, Any]:
    """Answers whose names carry the measure (`unit_mg: 10`) as amounts that do (`unit: 10 mg`)."""
    found: dict[str, Any] = {}
    for key, value in values.items():
        match = _KEYS.fullmatch(key.strip().lower().replace("-", "_"))
        name = match["name"] if match else key
        if name in found:
            raise BadInput(f"{name} is given twice, as {key} too: expected it once")
        found[name] = _measured(value, match["measure"].replace("_", " ")) if match else value
    return found


def _measured(value: Any, measure: str) -> Any:
    if isinstance(value, list):
        return [_measured(item, measure) for item in value]
    bare = isinstance(value, (int, float, Decimal, str)) and not isinstance(value, bool)
    return f"{value} {measure}" if bare and re.fullmatch(r"\s*[0-9.,]+\s*", str(value)) else value


def amount(given: Given, name: str) -> Amount:
    """One amount above zero of a field."""
    (found,) = amounts(given, name, at_most=1)
    return found


def amounts(given: Given, name: str, at_most: int = 100) -> tuple[Amount, ...]:
    """Amounts above zero of a field: one, or a list."""
    if not given.has(name):
        raise given.missing(name)
    value, field = given.values[name], given.field(name)
    items = value if isinstance(value, list) else re.split(r"[+;]", str(value))
    found = [None if isinstance(item, bool) else read_amount(str(item)) for item in items]
    kept = tuple(item for item in found if item is not None and item.quantity > 0)
    if len(kept) != len(items) or not 1 <= len(kept) <= at_most:
        raise field.wrong(value)
    return kept


def read_amount(text: str) -> Amount | None:
    """An amount as written, None when it is none."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        return None
    number = Decimal(match["number"].replace(",", ""))
    if number > MOST * 1000:
        return None
    word = (match["measure"] or "").strip().lower()
    if not word:
        return Amount(number)
    if word.startswith("million "):
        number, word = number * 1_000_000, word.removeprefix("million ")
    return next((Amount(number * scale, base) for words, base, scale in _MEASURES.values() if word in words), None)


def read_dosage(text: str) -> Amount | None:
    """The dosage at the end of a drug's published text, None where it cannot be read with certainty."""
    last = _IN_BRACKETS.sub("", text).rsplit(", ", maxsplit=1)[-1].strip()
    match = _DOSAGE.fullmatch(last)
    found = read_amount(match["amount"]) if match else None
    return found if found is not None and found.measure else None


def published_dosage(view: View, code: str) -> Dosage | None:
    """The dosage of one unit by the HCPCS file and the drug file of the day; None where neither can be read.

    BadInput where the two differ: then only the person with the label can say.
    """
    held = [
        (found, read_dosage(text))
        for dataset, column in (("hcpcs", "long_text"), ("asp", "dosage"))
        if (found := view.first(dataset, code=code)) is not None and (text := getattr(found.row, column))
    ]
    read = [(found.source, dosage) for found, dosage in held if dosage is not None]
    if not read:
        return None
    if len({dosage for _, dosage in read}) > 1:
        told = " and ".join(f"{dosage.shown} ({source.dataset} {source.edition})" for source, dosage in read)
        raise BadInput(f"unit: the loaded files give {code} two dosages, {told}: expected the dosage of one unit")
    return Dosage(read[0][1], tuple(source for source, _ in read))
