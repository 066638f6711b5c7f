"""Flap worksheet: adjacent tissue transfer by the area of both defects together."""

from __future__ import annotations

from decimal import Decimal

from codeward.services.worksheets.fields import Field, Given
from codeward.services.worksheets.sheet import CPT, Sheet
from codeward.services.worksheets.sites import read_place
from codeward.services.worksheets.sizes import band, families, family_of, further_units, plain, step_of, to_tenth

SIZED_UP_TO = Decimal(30)
"""Sq cm up to which the site decides; above, one code serves every site."""

FIELDS = (
    Field(
        "area_sq_cm",
        "Area of both defects together, sq cm",
        "an area above zero in sq cm, or primary_sq_cm and secondary_sq_cm",
        "number",
        aliases=("area", "total_sq_cm", "area_cm2", "sq_cm"),
        unit="sq cm",
        example="100",
    ),
    Field(
        "primary_sq_cm",
        "or: primary defect, sq cm",
        "the area of the primary defect in sq cm",
        "number",
        aliases=("primary", "primary_defect_sq_cm", "primary_defect"),
        unit="sq cm",
    ),
    Field(
        "secondary_sq_cm",
        "and secondary defect, sq cm",
        "the area of the defect that the flap leaves, in sq cm",
        "number",
        aliases=("secondary", "secondary_defect_sq_cm", "secondary_defect"),
        unit="sq cm",
    ),
    Field(
        "site",
        "Site (30 sq cm or less)",
        "a body site such as nose, cheek, scalp or trunk",
        aliases=("location", "group", "body_site", "site_group"),
        example="cheek",
    ),
)


def work_out(given: Given, sheet: Sheet) -> None:
    """One code by site up to 30 sq cm; above, the code for any site and its add-on for each further 30."""
    area = to_tenth(sheet, _area(given, sheet), "sq cm")
    if area <= SIZED_UP_TO:
        _by_site(given, sheet, area)
    else:
        _any_site(sheet, area)
    sheet.by_manual(
        "Excision of the lesion and repair of the same wound are inside a tissue transfer.",
        "III",
        "H",
        "Adjacent tissue transfer or rearrangement procedures include",
    )


def _area(given: Given, sheet: Sheet) -> Decimal:
    if not given.has("primary_sq_cm"):
        if given.has("secondary_sq_cm"):
            raise given.missing("primary_sq_cm")
        return given.number("area_sq_cm")
    if given.has("area_sq_cm"):
        raise sheet.refuse("area_sq_cm: expected either it or primary_sq_cm and secondary_sq_cm, found both")
    primary, secondary = given.number("primary_sq_cm"), given.number_or_zero("secondary_sq_cm")
    total = primary + secondary
    text = f"Primary and secondary defect are added: {plain(primary)} + {plain(secondary)} = {plain(total)} sq cm."
    sheet.because(text, CPT)
    if not secondary:
        sheet.warn("No secondary defect was given: the area that the flap leaves counts too")
    return total


def _by_site(given: Given, sheet: Sheet, area: Decimal) -> None:
    place = read_place(given.text("site"), "site")
    family = family_of("flap", "", place, "site")
    step = step_of(family, area)
    if "face" in place.sites:
        sheet.warn("Face was read as cheek, chin or forehead; eyelids, nose, ears and lips have codes of their own")
    size = f"{plain(area)} sq cm is {band(family, step, 'sq cm')}"
    sheet.because(f"{place.typed} counts with {family.group}; {size}: one unit of {step.code}.", CPT)
    sheet.line(step.code, 1)


def _any_site(sheet: Sheet, area: Decimal) -> None:
    family = next(item for item in families("flap") if item.kind == "large")
    code, covered = family.steps[0].code, family.covered
    sheet.because(
        f"Above {plain(SIZED_UP_TO)} sq cm the site does not matter: {code} holds up to {plain(covered)}.", CPT
    )
    sheet.line(code, 1)
    more = further_units(area, covered, family.per)
    if more:
        text = (
            f"{plain(area)} - {plain(covered)} = {plain(area - covered)} sq cm more; each {plain(family.per)} or part "
            f"of it is one unit of {family.add_on}: {more}."
        )
        sheet.because(text, CPT)
        sheet.line(family.add_on, more)
