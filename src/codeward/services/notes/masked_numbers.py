"""Masked numbers: telephone and record numbers, addresses on networks, and whatever else points at one person."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from codeward.core.notes import Masked

_NUMBER_OF = (
    r"(?:[ ]{0,2}(?:no|nos|number|numbers|num|nbr|id|ids|code)\.?(?!\w))?[ ]{0,2}[:#=.]{0,3}[ ]{0,4}#?[ ]{0,2}"
    r"(?:(?:is|was)[ ])?"
)
_PLAIN_NUMBER = (
    r"(?P<x>(?!\d{5}-\d{5}(?!\d))(?=[\w-]{0,24}\d)(?:[A-Za-z]{1,4}[ ]?)?[A-Za-z0-9][A-Za-z0-9-]{2,24})(?!\w)"
)
_MBI_LETTER = "[AC-HJKMNP-RT-Yac-hjkmnp-rt-y]"
_MBI_EITHER = "[0-9AC-HJKMNP-RT-Yac-hjkmnp-rt-y]"


def _labelled(labels: list[str], token: str) -> re.Pattern[str]:
    """A label, "number of" in one of its spellings, and what stands behind."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(labels)})(?!\w){_NUMBER_OF}{token}", re.IGNORECASE)


def _form(pattern: str) -> str:
    return pattern.replace("{letter}", _MBI_LETTER).replace("{either}", _MBI_EITHER)


_KINDS: dict[str, list[dict[str, Any]]] = tomllib.loads(
    files(__package__).joinpath("identifiers.toml").read_text("utf-8")
)
_PATTERNS = tuple(
    [(entry["kind"], _labelled(entry["labels"], entry.get("token", _PLAIN_NUMBER))) for entry in _KINDS["labelled"]]
    + [(form["kind"], re.compile(_form(form["pattern"]))) for form in _KINDS["form"]]
)
_DIGITS = re.compile(r"(?<![\w.,/-])\d{8,20}(?![\w/-]|[.,]\d)")
_KEPT_AFTER = re.compile(
    r"(?:NDC|SNOMED(?:[ -]?CT)?|RxNorm|RXCUI|RxCUI|LOINC|GTIN|UPC|CPT|HCPCS|ICD(?:-?\d{1,2})?(?:-?CM|-?PCS)?|CVX|CCI"
    r"|SCTID|DOI|PMID|NCT|taxonomy|load|count|titer|concept|code)s?(?:[ ](?:code|id|ID|no|number|of|was|is"
    r"|equals))?[ :#=(]{0,4}$",
    re.IGNORECASE,
)
_UNIT_AFTER = re.compile(r"[ ]?(?:copies|IU|units?|cells?|/|mg|mcg|ng|mL|CFU|particles|vg)(?!\w)", re.IGNORECASE)
_NDC_11 = 11


def numbers_in(text: str) -> Iterator[Masked]:
    """Identifiers (D) to (R) of 45 CFR 164.514(b)(2)(i): by their form, or by the label before them."""
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            yield Masked(kind, *found.span("x"))
    yield from _long_numbers(text)
    yield from _dea_numbers(text)


def _long_numbers(text: str) -> Iterator[Masked]:
    """Eight digits and more that are no code, drug or measure."""
    drugs = "NDC" in text or "ndc" in text
    for found in _DIGITS.finditer(text):
        before = text[max(0, found.start() - 30) : found.start()]
        if _KEPT_AFTER.search(before) or _UNIT_AFTER.match(text, found.end()):
            continue
        if drugs and len(found[0]) == _NDC_11:
            continue
        yield Masked("licence number" if is_npi(found[0]) else "other number", *found.span())


_DEA = re.compile(r"(?<![\w-])[A-HJ-MPRSTUXa-hj-mprstux][A-Za-z9]\d{7}(?![\w-])")


def _dea_numbers(text: str) -> Iterator[Masked]:
    for found in _DEA.finditer(text):
        digits = [int(digit) for digit in found[0][2:]]
        if (sum(digits[0:6:2]) + 2 * sum(digits[1:6:2])) % 10 == digits[6]:
            yield Masked("licence number", *found.span())


def is_npi(digits: str) -> bool:
    """Ten digits that begin with 1 or 2 and hold the check digit of 45 CFR 162.406 (Luhn over 80840 and the number)."""
    if len(digits) != 10 or digits[0] not in "12":
        return False
    total = 0
    for place, digit in enumerate(reversed("80840" + digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 * (doubled > 9)
    return total % 10 == 0
