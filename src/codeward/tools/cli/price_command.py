"""`codeward price`: what Medicare's fee schedules allow for services of one day, every factor shown."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

import typer

from codeward.core.claims import SETTINGS, Claim, ClaimLine, Payment
from codeward.core.codes import SYSTEM_NAMES
from codeward.core.faults import BadInput, NotFound, NotLoaded
from codeward.services.documents.payments import payment_document
from codeward.store.library import Library
from codeward.tools.cli import output
from codeward.tools.cli.options import AsJson, LibraryHome, OnDay, day, opened

_SERVICE = re.compile(
    r"(?P<code>[0-9A-Z]{5})(?::(?P<modifiers>[0-9A-Z]{2}(?:,[0-9A-Z]{2})*))?(?:[X*](?P<units>\d{1,7}(?:\.\d{1,3})?))?"
)
_LOCALITY = re.compile(r"\d{5}-\d{2}")
_SCHEDULE = {"practitioner": "mpfs-rvu", "outpatient-hospital": "opps-addendum-b", "asc": "asc-aa", "dme": "dmepos"}
"""What every answer of a setting begins with."""


def price(
    services: Annotated[
        list[str],
        typer.Argument(metavar="CODE[:MOD,...][xUNITS] ...", help="17312x2, 20610:50,RT; anesthesia in minutes."),
    ],
    pos: Annotated[str, typer.Option("--pos", help="Place of service, two digits.")] = "11",
    locality: Annotated[str, typer.Option("--locality", metavar="MAC-LOC", help="Such as 03102-00.")] = "",
    zip_code: Annotated[str, typer.Option("--zip", metavar="ZIP", help="Of the place of service; 5 or 9 digits.")] = "",
    national: Annotated[bool, typer.Option("--national", help="Indices of 1.000.")] = False,
    state: Annotated[str, typer.Option("--state", help="Of the patient, for equipment.")] = "",
    taxonomy: Annotated[str, typer.Option("--taxonomy", help="Of who renders: 363L... is paid 85 %.")] = "",
    setting: Annotated[str, typer.Option("--setting", help=f"{', '.join(SETTINGS)}.")] = SETTINGS[0],
    qp: Annotated[bool, typer.Option("--qp", help="A qualifying APM participant's factor, from 2026.")] = False,
    on: OnDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """What Medicare allows for services given together on one day, and every factor on the way, each cited."""
    from codeward.services.pricing import price_claim

    when = day(on)
    if setting not in SETTINGS:
        raise BadInput(f"{setting!r} is no setting: expected one of {', '.join(SETTINGS)}")
    if not re.fullmatch(r"\d\d", pos):
        raise BadInput(f"{pos!r} is no place of service: expected two digits, as 11")
    held = opened(library)
    lines = tuple(_line(number, text, when) for number, text in enumerate(services, 1))
    place = _place(locality, zip_code, national=national)
    claim = Claim("", lines, setting=setting, place_of_service=pos, taxonomy=taxonomy.upper(), state=_state(state),
                  zip=zip_code, locality=place, qualifying=qp)  # fmt: skip
    _refuse_unknown_locality(held, claim, when)
    payment = price_claim(held, claim, {})
    _refuse_nothing(held, claim, payment, when)
    output.say_json({"on": when.isoformat(), "setting": setting, **payment_document(payment)}) if as_json else _say(
        payment
    )


def _line(number: int, text: str, when: date) -> ClaimLine:
    found = _SERVICE.fullmatch("".join(text.split()).upper())
    if found is None:
        raise BadInput(f"{text!r} is no service: expected CODE, CODE:MOD,MOD or CODE:MODxUNITS, as 20610:50 or 17312x2")
    modifiers = tuple(found["modifiers"].split(",")) if found["modifiers"] else ()
    return ClaimLine(number, found["code"], modifiers, Decimal(found["units"] or 1), when)


def _place(locality: str, zip_code: str, *, national: bool) -> str:
    from codeward.services.localities import read_zip

    if sum((bool(locality), bool(zip_code), national)) > 1:
        raise BadInput("the place is given twice: expected one of --locality, --zip and --national")
    if zip_code:
        read_zip(zip_code)
    if locality and not _LOCALITY.fullmatch(locality):
        raise BadInput(f"{locality!r} is no locality: expected contractor and locality, as 03102-00")
    return "national" if national else locality


def _state(text: str) -> str:
    from codeward.core.states import state_named

    if not text:
        return ""
    try:
        return state_named(text)
    except ValueError as error:
        raise BadInput(str(error)) from None


def _refuse_unknown_locality(library: Library, claim: Claim, when: date) -> None:
    """A locality that the loaded indices do not have is a slip of the pen, not a place to price for."""
    if not _LOCALITY.fullmatch(claim.locality):
        return
    from codeward.services.localities import INDICES, locality
    from codeward.services.view import View

    view = View(library, when)
    contractor, _, number = claim.locality.partition("-")
    if view.has(INDICES) and locality(view, contractor, number).indices is None:
        raise NotFound(f"locality {claim.locality}: the practice cost indices of {when} do not have it")


def _refuse_nothing(library: Library, claim: Claim, payment: Payment, when: date) -> None:
    """With no line priced: NotLoaded where nothing speaks for the day, NotFound where no list has the codes."""
    if any(line.amount is not None for line in payment.lines):
        return
    if library.in_force(_SCHEDULE[claim.setting], when) is None:
        raise NotLoaded("; ".join(payment.warnings))
    unknown = [line.code for line in claim.lines if not library.is_listed(line.code)]
    if len(unknown) == len(claim.lines):
        systems = f"{SYSTEM_NAMES['cpt']} or {SYSTEM_NAMES['hcpcs']}"
        raise NotFound(f"{', '.join(unknown)}: no loaded list has it as {systems}")


def _say(payment: Payment) -> None:
    for line in payment.lines:
        amount = "not priced" if line.amount is None else f"${line.amount:,.2f}"
        output.out.print(f"{line.number}  [bold]{line.code}[/]  {amount}")
        for factor in line.factors:
            place = f"  [dim]{factor.source.citation}[/]" if factor.source else ""
            output.out.print(f"     {factor.name}: {factor.value}{place}", soft_wrap=True)
    output.out.print(f"total  [bold]${payment.total:,.2f}[/]")
    for warning in payment.warnings:
        output.out.print(f"[yellow]! {warning}[/]", soft_wrap=True)
