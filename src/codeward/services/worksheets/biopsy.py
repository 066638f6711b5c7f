"""Biopsy worksheet: skin biopsies by technique into one primary code and add-ons of their own technique."""

from __future__ import annotations

import re
from collections import Counter

from codeward.core.faults import BadInput
from codeward.services.worksheets.fields import Field, Given
from codeward.services.worksheets.sheet import CPT, Sheet

TECHNIQUES = (
    (("incisional", "incision", "wedge", "incisional biopsy", "incisional wedge"), "11106", "11107"),
    (("punch", "punch biopsy"), "11104", "11105"),
    (
        ("tangential", "shave", "scoop", "saucerization", "saucerize", "curette", "curettage", "tangential biopsy"),
        "11102",
        "11103",
    ),
)
"""By rank: words for the technique, the code of a first biopsy and the add-on of a further one."""
_COUNTED = re.compile(r"(?:(?P<before>\d+)\s*x?\s+)?(?P<word>[a-z ]+?)(?:\s*[x:=]?\s*(?P<after>\d+))?")
"""A technique, and how many of it before or behind: `2 punch`, `punch x2`, `punch: 2`."""
_WORDS = tuple(words for words, _, _ in TECHNIQUES)

TECHNIQUE = Field(
    "technique",
    "Technique of each biopsy",
    "punch, tangential (shave) or incisional for each biopsy, such as punch, tangential",
    "rows",
    aliases=("techniques", "biopsies", "biopsy"),
    columns=(
        Field("technique", "Technique", "punch, tangential (shave) or incisional", "choice", choices=_WORDS),
        Field("count", "Count", "how many", "whole", aliases=("units", "number")),
    ),
    example="punch, tangential",
)
FIELDS = (
    TECHNIQUE,
    *(
        Field(words[0], f"or: how many {words[0]}", "how many", "whole", aliases=(f"{words[0]}_count",))
        for words in _WORDS
    ),
)


def work_out(given: Given, sheet: Sheet) -> None:
    """One primary by rank incisional, punch, tangential; every other biopsy is the add-on of its own technique."""
    counts = _counts(given)
    if not sum(counts.values()):
        raise given.missing("technique")
    primary = ""
    for words, first, further in TECHNIQUES:
        left = counts[words[0]]
        if left and not primary:
            primary, left = first, left - 1
            sheet.because(
                f"One biopsy alone is the primary, by rank incisional, punch, tangential: {words[0]}, {first}.", CPT
            )
            sheet.line(first, 1)
        if left:
            sheet.because(f"Each further {words[0]} biopsy is one unit of {further}: {left}.", CPT)
            sheet.line(further, left)
    sheet.by_manual(
        "A biopsy of a lesion that is removed at the same encounter is inside its removal.",
        "III",
        "E",
        "include the procurement of tissue from the same lesion by biopsy",
    )
    sheet.warn(
        "These are biopsies of skin: lip, eyelid margin, external ear, nail and genitalia have codes of their own"
    )


def _counts(given: Given) -> Counter[str]:
    counts: Counter[str] = Counter()
    for words, _, _ in TECHNIQUES:
        if given.has(words[0]):
            counts[words[0]] += given.whole(words[0])
    for name, count in _told(given):
        counts[name] += count
    return counts


def _told(given: Given) -> list[tuple[str, int]]:
    """Techniques as a list of words, a text, counts by technique, or rows of technique and count."""
    if not given.has("technique"):
        return []
    field, value = given.field("technique"), given.values["technique"]
    if isinstance(value, dict) and not any(column.answers_to(key) for column in field.columns for key in value):
        value = [[key, count] for key, count in value.items()]
    if isinstance(value, (str, dict)):
        value = [value]
    if not isinstance(value, list):
        raise field.wrong(value)
    found = []
    for item in value:
        words = item.replace(";", ",").replace("\n", ",").split(",") if isinstance(item, str) else [item]
        found += [
            _one(field, word) for word in words if word != "" and not (isinstance(word, str) and not word.strip())
        ]
    return found


def _one(field: Field, item: object) -> tuple[str, int]:
    if isinstance(item, str):
        match = _COUNTED.fullmatch(item.strip().lower())
        item = [match["word"], match["before"] or match["after"] or 1] if match else item
    (row,) = Given((field,), {field.name: [item]}).rows(field.name)
    name, count = row.choice("technique"), row.whole("count", 1)
    if count < 1:
        raise BadInput(f"{row.where}count: expected how many, found {count}")
    return name, count
