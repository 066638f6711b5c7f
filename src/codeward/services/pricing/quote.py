"""Quote: what Medicare allows for services of one day, asked without a claim around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from codeward.core.answers import Answer, Caveat
from codeward.core.claims import SETTINGS, Claim, ClaimLine, Payment
from codeward.core.codes import SYSTEM_NAMES
from codeward.core.faults import BadInput, NotFound, NotLoaded
from codeward.core.states import state_named
from codeward.services.localities import INDICES, locality, read_zip
from codeward.services.pricing.claim import price_claim
from codeward.services.view import View
from codeward.store.library import Library

_SERVICE = re.compile(
    r"(?P<code>[0-9A-Z]{5})(?::(?P<modifiers>[0-9A-Z]{2}(?:,[0-9A-Z]{2})*))?(?:[X*](?P<units>\d{1,7}(?:\.\d{1,3})?))?"
)
_LOCALITY = re.compile(r"\d{5}-\d{2}")
_SCHEDULE = {"practitioner": "mpfs-rvu", "outpatient-hospital": "opps-addendum-b", "asc": "asc-aa", "dme": "dmepos"}
"""What every answer of a setting begins with."""


@dataclass(frozen=True, slots=True)
class PriceQuestion:
    """Services as CODE:MOD,MODxUNITS given together on one day, and where: a locality, a ZIP or the nation.

    `locality` is contractor and locality as 03102-00; `state` is the patient's, for equipment; `taxonomy` of who
    renders; `qualifying` is a qualifying APM participant.
    """

    services: tuple[str, ...]
    place_of_service: str = "11"
    locality: str = ""
    zip: str = ""
    national: bool = False
    state: str = ""
    taxonomy: str = ""
    setting: str = SETTINGS[0]
    qualifying: bool = False


def price_services(library: Library, asked: PriceQuestion, on: date) -> Answer[Payment]:
    """What the schedules allow, every factor with its source.

    Raises BadInput for what cannot be read, NotFound for a locality or codes that no list has, NotLoaded where no
    schedule speaks for the day.
    """
    if asked.setting not in SETTINGS:
        raise BadInput(f"{asked.setting!r} is no setting: expected one of {', '.join(SETTINGS)}")
    if not re.fullmatch(r"\d\d", asked.place_of_service):
        raise BadInput(f"{asked.place_of_service!r} is no place of service: expected two digits, as 11")
    claim = _claim(asked, on)
    _refuse_unknown_locality(library, claim, on)
    payment = price_claim(library, claim, {})
    _refuse_nothing(library, claim, payment, on)
    sources = dict.fromkeys(item.source for line in payment.lines for item in line.factors if item.source)
    return Answer(payment, on, tuple(sources), tuple(Caveat("price", text) for text in payment.warnings))


def _claim(asked: PriceQuestion, on: date) -> Claim:
    lines = tuple(_line(number, text, on) for number, text in enumerate(asked.services, 1))
    return Claim(
        "",
        lines,
        setting=asked.setting,
        place_of_service=asked.place_of_service,
        taxonomy=asked.taxonomy.upper(),
        state=_state(asked.state),
        zip=asked.zip,
        locality=_place(asked),
        qualifying=asked.qualifying,
    )


def _line(number: int, text: str, on: date) -> ClaimLine:
    found = _SERVICE.fullmatch("".join(text.split()).upper())
    if found is None:
        raise BadInput(f"{text!r} is no service: expected CODE, CODE:MOD,MOD or CODE:MODxUNITS, as 20610:50 or 17312x2")
    modifiers = tuple(found["modifiers"].split(",")) if found["modifiers"] else ()
    return ClaimLine(number, found["code"], modifiers, Decimal(found["units"] or 1), on)


def _place(asked: PriceQuestion) -> str:
    if sum((bool(asked.locality), bool(asked.zip), asked.national)) > 1:
        raise BadInput("the place is given twice: expected one of --locality, --zip and --national")
    if asked.zip:
        read_zip(asked.zip)
    if asked.locality and not _LOCALITY.fullmatch(asked.locality):
        raise BadInput(f"{asked.locality!r} is no locality: expected contractor and locality, as 03102-00")
    return "national" if asked.national else asked.locality


def _state(text: str) -> str:
    if not text:
        return ""
    try:
        return state_named(text)
    except ValueError as error:
        raise BadInput(str(error)) from None


def _refuse_unknown_locality(library: Library, claim: Claim, on: date) -> None:
    """A locality that the loaded indices do not have is a slip of the pen, not a place to price for."""
    if not _LOCALITY.fullmatch(claim.locality):
        return
    view = View(library, on)
    contractor, _, number = claim.locality.partition("-")
    if view.has(INDICES) and locality(view, contractor, number).indices is None:
        raise NotFound(f"locality {claim.locality}: the practice cost indices of {on} do not have it")


def _refuse_nothing(library: Library, claim: Claim, payment: Payment, on: date) -> None:
    """With no line priced: NotLoaded where nothing speaks for the day, NotFound where no list has the codes."""
    if any(line.amount is not None for line in payment.lines):
        return
    if library.in_force(_SCHEDULE[claim.setting], on) is None:
        raise NotLoaded("; ".join(payment.warnings))
    unknown = [line.code for line in claim.lines if not library.is_listed(line.code)]
    if len(unknown) == len(claim.lines):
        systems = f"{SYSTEM_NAMES['cpt']} or {SYSTEM_NAMES['hcpcs']}"
        raise NotFound(f"{', '.join(unknown)}: no loaded list has it as {systems}")
