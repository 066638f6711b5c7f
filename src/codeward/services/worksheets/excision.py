"""Excision worksheet: the excised diameter, lesion and narrowest margins together, into a code by site and nature."""

from __future__ import annotations

from decimal import Decimal

from codeward.services.worksheets.fields import Field, Given
from codeward.services.worksheets.sheet import CPT, Sheet
from codeward.services.worksheets.sites import read_place
from codeward.services.worksheets.sizes import band, family_of, plain, step_of, to_tenth

SMALL = Decimal("0.5")

NATURE = Field(
    "nature",
    "Nature by pathology",
    "benign or malignant, as pathology found",
    "choice",
    aliases=("type", "behavior", "behaviour", "lesion", "lesion_type", "class", "pathology"),
    choices=(("benign", "premalignant"), ("malignant", "in situ", "carcinoma in situ", "melanoma", "cancer")),
    example="malignant",
)
SITE = Field(
    "site",
    "Site",
    "a body site such as cheek, back, scalp or hand",
    aliases=("group", "location", "site_group", "body_site"),
    example="cheek",
)
DIAMETER = Field(
    "diameter_cm",
    "Lesion, greatest diameter, cm",
    "the lesion's greatest diameter in cm",
    "number",
    aliases=("lesion_cm", "lesion_diameter_cm", "diameter", "lesion_diameter", "size_cm"),
    unit="cm",
    example="1.2",
)
MARGINS = Field(
    "margins_cm",
    "Margins, cm",
    "the margins in cm; the narrowest counts, such as 0.4, 0.6",
    "numbers",
    aliases=("margin_cm", "margins", "margin", "narrowest_margin_cm"),
    unit="cm",
    example="0.4",
)
EXCISED = Field(
    "excised_cm",
    "or: excised diameter, cm",
    "the excised diameter in cm, margins included",
    "number",
    aliases=("excised_diameter_cm", "excised_diameter", "excised"),
    unit="cm",
)
LESIONS = Field(
    "lesions",
    "Several lesions, one a line",
    "a lesion a row: nature, site, diameter in cm, margin in cm",
    "rows",
    columns=(NATURE, SITE, DIAMETER, MARGINS, EXCISED),
    example="malignant, cheek, 1.2, 0.4",
)
FIELDS = (NATURE, SITE, DIAMETER, MARGINS, EXCISED, LESIONS)


def work_out(given: Given, sheet: Sheet) -> None:
    """One line for each lesion; diameters of lesions are never added."""
    lesions = given.rows("lesions") or (given,)
    for number, lesion in enumerate(lesions, start=1):
        _lesion(lesion, sheet, f"lesion {number}" if len(lesions) > 1 else "")
    if len(lesions) > 1:
        sheet.because("Each lesion excised by itself is a line of its own; diameters are not added.", CPT)
    sheet.by_manual(
        "Simple closure and a biopsy of the same lesion are inside its excision.", "III", "E", "simple closure"
    )


def _lesion(lesion: Given, sheet: Sheet, about: str) -> None:
    nature, place = lesion.choice("nature"), read_place(lesion.text("site"), f"{lesion.where}site")
    size = to_tenth(sheet, _excised(lesion, sheet), "cm")
    family = family_of("excision", nature, place, f"{lesion.where}site")
    step = step_of(family, size)
    head = f"{about.capitalize()}: " if about else ""
    sheet.because(
        f"{head}{nature}, {place.typed} counts with {family.group}; {plain(size)} cm is {band(family, step, 'cm')}: "
        f"{step.code}.",
        CPT,
    )
    sheet.line(step.code, 1, about=about)
    if nature == "benign" and size <= SMALL:
        sheet.by_manual(
            "Excision of a benign lesion of 0.5 cm or less includes closure of every kind.",
            "III",
            "E",
            "includes simple, intermediate, or complex repairs",
        )


def _excised(lesion: Given, sheet: Sheet) -> Decimal:
    if lesion.has("excised_cm"):
        if lesion.has("diameter_cm"):
            raise sheet.refuse(f"{lesion.where}excised_cm: expected either it or diameter_cm with margins, found both")
        return lesion.number("excised_cm")
    diameter = lesion.number("diameter_cm")
    if not lesion.has("margins_cm"):
        sheet.warn("No margin was given, so the lesion's diameter stands for what was excised")
        return diameter
    narrowest = min(lesion.numbers("margins_cm"))
    total = diameter + 2 * narrowest
    text = (
        f"Excised diameter is the lesion's greatest diameter and twice the narrowest margin: "
        f"{plain(diameter)} + 2 x {plain(narrowest)} = {plain(total)} cm."
    )
    sheet.because(text, CPT)
    return total
