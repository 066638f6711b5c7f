"""Cells: a stored value as people read it, its column's name in words, and columns whose text is not ours to show."""

from __future__ import annotations

import unicodedata

from codeward.datasets.declare import Column, Dataset
from codeward.store.library import Library
from codeward.store.licence import for_pages_alone

_DECIMALS = 2
OURS = {"icd-10-cm": ("expanded",)}
"""Columns that say how Codeward built a row and nothing of what was published."""


def label_of(item: Column) -> str:
    """A column's name in words."""
    return item.name.replace("_", " ")


def withheld(dataset: Dataset, item: Column) -> bool:
    """Whether a column holds text that its owner lets nobody show without terms: that it changed may be said."""
    return item.name in for_pages_alone(dataset)


def shown(library: Library, item: Column, value: object) -> str:
    """A stored value in the file's own terms: phrases spelt, amounts with two decimals or as many as they have."""
    if value is None:
        return ""
    if item.kind.name == "one of few phrases":
        return library.phrase(value)
    if item.kind.parquet == "BOOLEAN":
        return "yes" if value else "no"
    text = str(item.kind.load(value))
    if not item.kind.parquet.startswith("DECIMAL"):
        return text
    whole, _, decimals = text.partition(".")
    kept = decimals.rstrip("0").ljust(_DECIMALS, "0")
    return f"{whole}.{kept}"


def differs(item: Column, before: object, after: object) -> bool:
    """Whether two stored values say different things; the same title without accents or in capitals does not.

    Numbers are stored by value, so 1.0 and 1.00 are one; CMS's order files write titles without the tabular list's
    accents, and the HCPCS texts of October 2024 are in capitals throughout.
    """
    if before == after:
        return False
    if not (isinstance(before, str) and isinstance(after, str) and item.kind.name == "text"):
        return True
    one, other = plain_letters(before), plain_letters(after)
    return one.upper() != other.upper() if one.isupper() or other.isupper() else one != other


def plain_letters(text: str) -> str:
    """The text without accents."""
    if text.isascii():
        return text
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
