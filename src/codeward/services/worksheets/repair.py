"""Repair worksheet: lengths of wounds added by class and site group, one line for each sum."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from codeward.services.worksheets.fields import Field, Given
from codeward.services.worksheets.sheet import CPT, Sheet
from codeward.services.worksheets.sites import Place, read_place
from codeward.services.worksheets.sizes import Family, band, family_of, further_units, plain, step_of, to_tenth

CLASSES = ("complex", "intermediate", "simple")
"""Heaviest first, which is the order of the lines."""
COMPLEX_ABOVE = Decimal("1.0")
ADHESIVE = "G0168"

CLASS = Field(
    "class",
    "Class",
    "simple, intermediate or complex",
    "choice",
    aliases=("repair_class", "type", "class_of_repair"),
    choices=(("simple",), ("intermediate", "layered"), ("complex",)),
    example="intermediate",
)
SITE = Field(
    "site",
    "Site",
    "a body site such as cheek, scalp, hand or trunk/limbs",
    aliases=("group", "location", "site_group", "body_site"),
    example="scalp",
)
LENGTHS = Field(
    "lengths_cm",
    "Lengths, cm",
    "one length above zero in cm or several, such as 1.5, 3.0",
    "numbers",
    aliases=("lengths", "length_cm", "length"),
    unit="cm",
    example="1.5, 3.0",
)
WOUNDS = Field(
    "wounds",
    "Several sites or classes, one a line",
    "a wound a row: class, site, lengths in cm joined by +",
    "rows",
    aliases=("repairs", "wound", "groups"),
    columns=(CLASS, SITE, LENGTHS),
    example="intermediate, scalp, 1.5+3.0",
)
FIELDS = (
    CLASS,
    SITE,
    LENGTHS,
    WOUNDS,
    Field("adhesive", "Closed with tissue adhesive alone", "yes or no", "flag", aliases=("tissue_adhesive", "glue")),
)


@dataclass(frozen=True, slots=True)
class Wounds:
    """Wounds of one class at one place."""

    family: Family
    place: Place
    lengths: tuple[Decimal, ...]


def work_out(given: Given, sheet: Sheet) -> None:
    """One line, and for long complex repairs an add-on, for each class and site group."""
    if given.flag("adhesive") and sheet.payer == "medicare":
        _adhesive(sheet)
        return
    wounds = [_wounds(item, sheet) for item in given.rows("wounds") or (given,)]
    sums: dict[Family, list[Wounds]] = {}
    for item in wounds:
        sums.setdefault(item.family, []).append(item)
    for family in sorted(sums, key=lambda item: CLASSES.index(item.kind)):
        _line(sheet, family, sums[family], told=len(sums) > 1)
    if len(sums) > 1:
        sheet.because(
            "Lengths of different classes or site groups are never added; the heavier class stands first.", CPT
        )
    sheet.by_manual(
        "A wound repair is not reported for closing a surgical incision whose procedure includes its closure.",
        "III",
        "L",
        "Closure/repair of a surgical incision is included",
    )


def _wounds(item: Given, sheet: Sheet) -> Wounds:
    kind, lengths = item.choice("class"), item.numbers("lengths_cm")
    place = read_place(item.text("site"), f"{item.where}site")
    if kind == "complex" and "face" in place.sites:
        sheet.warn("Face was read as cheek, chin or forehead; eyelids, nose, ears and lips have codes of their own")
    return Wounds(family_of("repair", kind, place, f"{item.where}site"), place, lengths)


def _line(sheet: Sheet, family: Family, wounds: list[Wounds], *, told: bool) -> None:
    lengths = [length for item in wounds for length in item.lengths]
    total = to_tenth(sheet, sum(lengths, Decimal(0)), "cm")
    places = ", ".join(dict.fromkeys(item.place.typed for item in wounds))
    added = f" {' + '.join(map(plain, lengths))} = {plain(total)} cm" if len(lengths) > 1 else f" {plain(total)} cm"
    sheet.because(f"{family.kind.capitalize()} repair, {places}: counts with {family.group}.", CPT)
    if len(lengths) > 1:
        sheet.because(f"Lengths of the same class and site group are added:{added}.", CPT)
    if family.kind == "complex" and total <= COMPLEX_ABOVE:
        raise sheet.refuse(
            f"lengths_cm: expected more than 1.0 cm for a complex repair, found {plain(total)}; "
            "1.0 cm or less is reported as a simple or intermediate repair"
        )
    step = step_of(family, total)
    about = places if told else ""
    more = further_units(total, family.covered, family.per) if family.add_on else 0
    size = f"The first {plain(family.covered)} cm are" if more else f"{plain(total)} cm is {band(family, step, 'cm')}:"
    sheet.because(f"{size} one unit of {step.code}.", CPT)
    sheet.line(step.code, 1, about=about)
    if more:
        text = (
            f"{plain(total)} - {plain(family.covered)} = {plain(total - family.covered)} cm more; each "
            f"{plain(family.per)} cm or part of it is one unit of {family.add_on}: {more}."
        )
        sheet.because(text, CPT)
        sheet.line(family.add_on, more, about=about)


def _adhesive(sheet: Sheet) -> None:
    sheet.by_manual(
        f"Medicare has {ADHESIVE} for a wound closed with tissue adhesive alone, whatever its length; adhesive beside "
        "sutures or staples is not reported, and strips alone never are.",
        "III",
        "L",
        "tissue adhesive",
    )
    sheet.line(ADHESIVE, 1)
