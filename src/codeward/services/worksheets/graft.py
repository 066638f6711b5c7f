"""Graft worksheet: recipient area by kind of graft and site group into a first code and an add-on."""

from __future__ import annotations

from decimal import Decimal

from codeward.services.worksheets.fields import Field, Given
from codeward.services.worksheets.sheet import CPT, Sheet
from codeward.services.worksheets.sites import Place, read_place
from codeward.services.worksheets.sizes import Family, family_of, further_units, plain

LARGE = Decimal(100)
"""Sq cm of wounds from which skin substitutes are counted by the hundred."""
CHILD_BELOW = 10
BY_BODY_AREA = ("split", "epidermal", "dermal", "large substitute")
"""Kinds whose hundred sq cm is one percent of body area in children under ten."""

FIELDS = (
    Field(
        "graft",
        "Graft",
        "split, full, substitute, epidermal or dermal",
        "choice",
        aliases=("type", "kind", "thickness", "graft_type"),
        choices=(
            ("split", "split thickness", "stsg", "split thickness autograft"),
            ("full", "full thickness", "ftsg"),
            ("substitute", "skin substitute", "allograft", "xenograft", "skin substitute graft"),
            ("epidermal", "epidermal autograft"),
            ("dermal", "dermal autograft"),
        ),
        example="split",
    ),
    Field(
        "site",
        "Recipient site",
        "a body site such as leg, trunk, cheek or hand",
        aliases=("recipient_site", "group", "location", "site_group", "recipient", "body_site"),
        example="leg",
    ),
    Field(
        "area_sq_cm",
        "Recipient area, sq cm",
        "an area above zero in sq cm, or several that are added",
        "numbers",
        aliases=("area", "areas_sq_cm", "areas", "recipient_sq_cm", "area_cm2"),
        unit="sq cm",
        example="150",
    ),
    Field(
        "age_years",
        "Age, years",
        "the age in whole years; under ten, body area counts",
        "whole",
        aliases=("age",),
    ),
    Field(
        "body_percent",
        "Body area, % (under ten years)",
        "the percent of body area grafted",
        "number",
        aliases=("percent", "body_area_percent", "percent_body_area"),
        unit="%",
    ),
)


def work_out(given: Given, sheet: Sheet) -> None:
    """The first area and each further one, by sq cm or in young children by percent of body area."""
    graft, place = given.choice("graft"), read_place(given.text("site"), "site")
    child = given.has("age_years") and given.whole("age_years") < CHILD_BELOW
    if child and graft != "full" and (given.has("body_percent") or graft != "substitute"):
        _by_percent(given, sheet, graft, place)
    else:
        _by_area(given, sheet, graft, place)
    sheet.by_manual(
        "Surgical preparation of the recipient site is reported beside some kinds of graft only where it was done.",
        "III",
        "I",
        "recipient site requires excision",
    )


def _by_area(given: Given, sheet: Sheet, graft: str, place: Place) -> None:
    areas = given.numbers("area_sq_cm")
    area = sum(areas, Decimal(0))
    if graft == "full" and len(areas) > 1:
        raise sheet.refuse("area_sq_cm: expected one area for a full-thickness graft; give each graft by itself")
    if len(areas) > 1:
        sheet.because(f"Areas of one site group are added: {' + '.join(map(plain, areas))} = {plain(area)} sq cm.", CPT)
    kind = graft
    if graft == "substitute":
        kind = "large substitute" if area >= LARGE else graft
        side = "100 sq cm or more" if area >= LARGE else "less than 100 sq cm"
        sheet.because(
            f"Wounds of {plain(area)} sq cm are {side} in all, which chooses between two pairs of codes.", CPT
        )
        sheet.warn("Skin substitute products are reported apart from their application")
    family = _family(sheet, kind, place)
    if kind in BY_BODY_AREA and not given.has("age_years"):
        sheet.warn("Taken for a patient of ten years or more: under ten, each 1 % of body area counts for 100 sq cm")
    _lines(sheet, family, area, family.covered, family.per, "sq cm")


def _by_percent(given: Given, sheet: Sheet, graft: str, place: Place) -> None:
    percent = given.number("body_percent")
    kind = graft
    if graft == "substitute":
        if percent < 1:
            raise sheet.refuse("body_percent: expected 1 or more for skin substitutes; below it give area_sq_cm alone")
        kind = "large substitute"
    sheet.because("Under ten years each 1 % of body area or part of it stands for 100 sq cm.", CPT)
    _lines(sheet, _family(sheet, kind, place), percent, Decimal(1), Decimal(1), "%")


def _family(sheet: Sheet, kind: str, place: Place) -> Family:
    family = family_of("graft", kind, place, "site")
    if kind == "full" and "face" in place.sites:
        sheet.warn("Face was read as cheek, chin or forehead; eyelids, nose, ears and lips have codes of their own")
    sheet.because(f"{place.typed} counts with {family.group}.", CPT)
    return family


def _lines(sheet: Sheet, family: Family, size: Decimal, covered: Decimal, per: Decimal, unit: str) -> None:
    first, more = family.steps[0].code, further_units(size, covered, per)
    sheet.because(f"The first {plain(covered)} {unit} or less is one unit of {first}.", CPT)
    sheet.line(first, 1)
    if more:
        left = plain(size - covered)
        text = f"{left} {unit} more; each {plain(per)} {unit} or part of it is one unit of {family.add_on}: {more}."
        sheet.because(text, CPT)
        sheet.line(family.add_on, more)
