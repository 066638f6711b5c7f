"""Canonical JSON: one spelling for equal values, so that a signature and a hash hold wherever the file has been."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any, NoReturn

from codeward.core.faults import BadInput

LARGEST = 4_000_000
"""Bytes of a file that is read; a bundle has some ten thousand."""
DEEPEST = 24
"""Levels of values within values; a bundle has eight."""


def canonical(value: Any) -> bytes:
    """UTF-8 without blanks, names in order; texts, whole numbers, true, false, null, lists and objects only.

    This is RFC 8785 for values without fractions whose names are ASCII.
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def hash_of(value: Any) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return sha256(canonical(value)).hexdigest()


def read_canonical(data: bytes) -> Any:
    """Values of a file, laid out in any way; BadInput for what has no canonical form: fractions, names given twice."""
    if len(data) > LARGEST:
        raise BadInput(f"it is larger than {LARGEST:,} bytes")
    try:
        text = data.decode("utf-8-sig")
        found = json.loads(text, object_pairs_hook=_object, parse_float=_no_number, parse_constant=_no_number)
        _measure(found, DEEPEST)
        canonical(found)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"it is not JSON as bundles are written: {error}") from None
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError("a name stands twice in one object")
    return dict(pairs)


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text[:20]} is not a whole number")


def _measure(value: Any, left: int) -> None:
    if left == 0:
        raise ValueError(f"values lie more than {DEEPEST} deep")
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _measure(inner, left - 1)
