"""Drug worksheets: units of a drug code from the dose, and what is left in single-dose containers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from codeward.core.codes import readings
from codeward.core.faults import BadInput
from codeward.services.worksheets.amounts import Amount, amount, amounts, published_dosage
from codeward.services.worksheets.fields import Field, Given
from codeward.services.worksheets.sheet import Sheet
from codeward.services.worksheets.sizes import plain

ROUNDING = "Medicare Claims Processing Manual (100-04), chapter 17, section 10"
WASTE = "Medicare Claims Processing Manual (100-04), chapter 17, section 40"
JZ_REQUIRED = date(2023, 7, 1)
JW_REQUIRED = date(2017, 1, 1)

CODE = Field("code", "Drug code", "a HCPCS code such as J3301", aliases=("hcpcs", "drug"), example="J3301")
ADMINISTERED = Field(
    "administered",
    "Administered",
    "an amount above zero such as 40 mg",
    aliases=("administered_amount", "dose", "given", "amount"),
    example="40 mg",
)
UNIT = Field(
    "unit",
    "One unit of the code (read from the loaded files when empty)",
    "the amount of one unit such as 10 mg",
    aliases=("per_unit", "unit_amount", "billing_unit", "dosage"),
    example="10 mg",
)
DRUG_FIELDS = (CODE, ADMINISTERED, UNIT)
WASTE_FIELDS = (
    CODE,
    ADMINISTERED,
    Field(
        "vial",
        "Container, labelled amount",
        "the labelled amount of a container such as 100 mg, or several joined by +",
        aliases=("vial_size", "package", "container", "vial_sizes"),
        example="200 mg",
    ),
    Field(
        "vials",
        "Containers opened (fewest that hold the dose when empty)",
        "how many containers were opened",
        "whole",
        aliases=("vial_count", "containers", "vials_used"),
    ),
    Field(
        "discarded",
        "or: amount discarded",
        "the amount discarded such as 50 mg",
        aliases=("wasted", "waste", "discarded_amount"),
    ),
    Field(
        "single_dose",
        "Single-dose containers",
        "yes or no",
        "choice",
        aliases=("single_use", "single_dose_container", "single_dose_vial"),
        choices=(("yes", "true", "y", "1", "on"), ("no", "false", "n", "0", "off")),
        usual="yes",
    ),
    UNIT,
)


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose in units of its code: what was given, the amount of one unit, and the whole units billed for it."""

    code: str
    given: Amount
    unit: Amount
    units: int


def drug(given: Given, sheet: Sheet) -> None:
    """The dose over the amount of one unit, rounded up."""
    dose = _dose(given, sheet)
    sheet.line(dose.code, dose.units)


def drug_waste(given: Given, sheet: Sheet) -> None:
    """The dose's line, and beside it what was discarded as JW, or JZ where nothing billable was."""
    dose = _dose(given, sheet)
    single = given.choice("single_dose", "yes") == "yes"
    if not given.has("single_dose"):
        sheet.warn("Taken as single-dose containers, for which alone waste is billed: say single_dose no otherwise")
    if not single:
        sheet.because("Waste is billed for single-dose containers alone: neither JW nor JZ for others.", WASTE)
        sheet.line(dose.code, dose.units)
        return
    if sheet.payer != "medicare":
        sheet.warn("JW and JZ are Medicare's rules; another payer's may differ")
    _waste(sheet, dose, _opened(given, sheet, dose))


def _waste(sheet: Sheet, dose: Dose, opened: Decimal) -> None:
    covered = dose.units * dose.unit.quantity
    wasted = int((opened - covered) // dose.unit.quantity) if opened > covered else 0
    left = opened - dose.given.quantity
    if wasted:
        text = (
            f"{plain(opened)} opened less {plain(covered)} billed as given leaves {plain(opened - covered)}: "
            f"{wasted} whole unit{'s' if wasted > 1 else ''} discarded, on a line of its own with JW."
        )
        sheet.because(text, WASTE)
        sheet.line(dose.code, dose.units)
        sheet.line(dose.code, wasted, "JW")
        if sheet.view.on < JW_REQUIRED:
            sheet.warn("Before 2017-01-01 each contractor said for itself whether JW was required")
        return
    if left > 0:
        text = f"{plain(left)} was left, which the rounded-up dose and less than one unit hold: no waste is billed."
        sheet.because(text, WASTE)
    else:
        sheet.because("Nothing was left in the containers opened.", WASTE)
    if sheet.view.on < JZ_REQUIRED:
        sheet.because(f"JZ is required from {JZ_REQUIRED} on; on {sheet.view.on} the line stands without it.", WASTE)
        sheet.line(dose.code, dose.units)
        return
    text = f"Since {JZ_REQUIRED} a single-dose container with nothing discarded that could be billed carries JZ."
    sheet.because(text, WASTE)
    sheet.line(dose.code, dose.units, "JZ")


def _opened(given: Given, sheet: Sheet, dose: Dose) -> Decimal:
    """How much the opened containers held, in the measure of the dose."""
    if not given.has("vial"):
        if not given.has("discarded"):
            raise given.missing("vial")
        return dose.given.quantity + amount(given, "discarded").like(dose.unit, "discarded")
    sizes = [item.like(dose.unit, "vial") for item in amounts(given, "vial")]
    if len(sizes) > 1:
        if given.has("vials"):
            raise BadInput("vials: expected either one vial size with a count or every vial's size, found both")
        count, opened = len(sizes), sum(sizes, Decimal(0))
    else:
        fewest = int((dose.given.quantity / sizes[0]).to_integral_value(ROUND_CEILING))
        count = given.whole("vials", fewest)
        opened = sizes[0] * count
    if opened < dose.given.quantity:
        raise BadInput(f"vials: expected containers that hold the {dose.given.shown} given, found {plain(opened)}")
    sizes_told = " + ".join(map(plain, sizes)) if len(sizes) > 1 else f"{count} x {plain(sizes[0])}"
    how = "" if given.has("vials") or len(sizes) > 1 else ", the fewest that hold the dose"
    sheet.because(f"Containers opened: {sizes_told} = {plain(opened)} {dose.unit.measure}".rstrip() + f"{how}.")
    _compare(given, dose, opened)
    return opened


def _compare(given: Given, dose: Dose, opened: Decimal) -> None:
    """An amount discarded that was given too must be what the containers left."""
    if given.has("discarded"):
        told, left = amount(given, "discarded").like(dose.unit, "discarded"), opened - dose.given.quantity
        if told != left:
            raise BadInput(f"discarded: expected {plain(left)}, what the containers left, found {plain(told)}")


def _dose(given: Given, sheet: Sheet) -> Dose:
    code, dose = _code(given.text("code")), amount(given, "administered")
    unit = _unit(given, sheet, code, dose)
    quantity = dose.like(unit, "administered")
    exact = quantity / unit.quantity
    units = int(exact.to_integral_value(ROUND_CEILING))
    text = f"{plain(quantity)} / {plain(unit.quantity)} {unit.measure}".rstrip()
    how = f" = {units}." if exact == units else f" is more than {units - 1} and is rounded up to {units}."
    sheet.because(f"{text}{how}", "" if exact == units else ROUNDING)
    return Dose(code, Amount(quantity, unit.measure), unit, units)


def _unit(given: Given, sheet: Sheet, code: str, dose: Amount) -> Amount:
    """The amount of one unit as given, held against the loaded files, or as they have it."""
    if not given.has("unit"):
        published = published_dosage(sheet.view, code)
        if published is None:
            raise BadInput(f"unit: the loaded files give no dosage of {code} that can be read: expected such as 10 mg")
        text = f"One unit of {code} is {published.amount.shown} by the loaded file"
        assumed = f"; the dose was taken in {published.amount.measure}" if not dose.measure else ""
        sheet.because(f"{text}{assumed}.", "", *published.sources)
        return published.amount
    unit = amount(given, "unit")
    sheet.because(f"One unit of {code} is {unit.shown}, as given.")
    _hold_against(sheet, code, unit)
    return unit


def _hold_against(sheet: Sheet, code: str, unit: Amount) -> None:
    try:
        published = published_dosage(sheet.view, code)
    except BadInput as fault:
        sheet.warn(str(fault))
        return
    if published is None:
        sheet.warn(f"No loaded file gives a dosage of {code} that can be read: the unit given was not checked")
    elif unit.quantity != published.amount.quantity or (unit.measure and unit.measure != published.amount.measure):
        found = f"{published.amount.shown} ({published.sources[0].dataset} {published.sources[0].edition})"
        sheet.warn(f"One unit of {code} was given as {unit.shown}; the loaded file has {found}")
    else:
        sheet.because(f"The loaded file has the same: {published.amount.shown}.", "", *published.sources)


def _code(text: str) -> str:
    found = [item for item in readings(text) if item.system in ("hcpcs", "cpt")]
    if not found:
        raise BadInput(f"code: expected a HCPCS code such as J3301, found {text!r}")
    return found[0].value
