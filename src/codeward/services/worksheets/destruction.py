"""Destruction worksheet: lesions destroyed, counted, or measured where they are malignant."""

from __future__ import annotations

from codeward.services.worksheets.fields import Field, Given
from codeward.services.worksheets.sheet import CPT, Sheet
from codeward.services.worksheets.sites import read_place
from codeward.services.worksheets.sizes import band, family_of, plain, step_of, to_tenth

FLAT_FROM = 15
"""Lesions from which one code holds them all."""

NATURE = Field(
    "nature",
    "Nature",
    "premalignant, benign or malignant",
    "choice",
    aliases=("type", "lesion_type", "class"),
    choices=(
        ("premalignant", "actinic keratosis", "actinic keratoses", "ak"),
        ("benign", "wart", "warts", "molluscum", "seborrheic keratosis"),
        ("malignant", "cancer", "carcinoma in situ"),
    ),
    example="premalignant",
)
SITE = Field(
    "site", "Site (malignant)", "a body site such as cheek or back", aliases=("location", "group"), example="back"
)
DIAMETER = Field(
    "diameter_cm",
    "Diameter (malignant), cm",
    "the lesion's diameter in cm",
    "number",
    aliases=("diameter", "size_cm", "lesion_cm"),
    unit="cm",
)
FIELDS = (
    NATURE,
    Field("count", "Lesions", "how many lesions", "whole", aliases=("lesions", "number"), example="4"),
    SITE,
    DIAMETER,
)


def work_out(given: Given, sheet: Sheet) -> None:
    """Premalignant lesions by the first and each further, benign ones by up to fourteen or more, malignant by size."""
    nature = given.choice("nature")
    if nature == "malignant":
        _malignant(given, sheet)
        return
    count = given.whole("count")
    if not count:
        raise given.missing("count")
    (_premalignant if nature == "premalignant" else _benign)(sheet, count)


def _premalignant(sheet: Sheet, count: int) -> None:
    if count >= FLAT_FROM:
        sheet.because(
            f"{count} lesions: from {FLAT_FROM} on one unit of 17004 holds them all, and the others fall away.", CPT
        )
        sheet.line("17004", 1)
        return
    sheet.because("The first lesion is one unit of 17000.", CPT)
    sheet.line("17000", 1)
    if count > 1:
        sheet.because(f"The second to the fourteenth are one unit of 17003 each: {count - 1}.", CPT)
        sheet.line("17003", count - 1)


def _benign(sheet: Sheet, count: int) -> None:
    code = "17111" if count >= FLAT_FROM else "17110"
    side = f"{FLAT_FROM} or more" if count >= FLAT_FROM else f"up to {FLAT_FROM - 1}"
    sheet.because(f"{count} benign lesions are {side}: one unit of {code}, however many.", CPT)
    sheet.line(code, 1)
    sheet.warn("Skin tags and vascular lesions have codes of their own")


def _malignant(given: Given, sheet: Sheet) -> None:
    if given.has("count") and given.whole("count") != 1:
        raise sheet.refuse("count: expected 1 for a malignant lesion, which is measured by itself")
    place, size = read_place(given.text("site"), "site"), to_tenth(sheet, given.number("diameter_cm"), "cm")
    family = family_of("destruction", "malignant", place, "site")
    step = step_of(family, size)
    text = f"{place.typed} counts with {family.group}; {plain(size)} cm is {band(family, step, 'cm')}: {step.code}."
    sheet.because(text, CPT)
    sheet.line(step.code, 1)
