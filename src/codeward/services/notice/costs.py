"""Costs on a notice: blank F out of the charge that was typed, else out of the fee of the day."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from codeward.core.claims import Claim, ClaimLine
from codeward.core.faults import BadInput
from codeward.services.notice.values import Blank, NoticeQuestion
from codeward.services.pricing import price_claim
from codeward.store.library import Library

NAME = "Estimated Cost"
GOOD_FAITH = "Good faith estimate: CMS expects it within $100 or 25 % of the actual cost, whichever is more"
_CHARGE = re.compile(r"\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,7})(\.\d{1,2})?")
_OFFICE = "11"


def read_charge(text: str) -> Decimal | None:
    """Dollars and cents as typed, None for nothing; BadInput says what was expected."""
    if not text.strip():
        return None
    found = _CHARGE.fullmatch(text.strip())
    if found is None:
        raise BadInput(f"{text!r} is no charge: expected dollars, such as 128.50")
    return Decimal(found[1].replace(",", "") + (found[2] or ""))


def cost_blank(library: Library, asked: NoticeQuestion, on: date) -> Blank:
    """Blank F, for one unit; empty with the reason where nothing was typed and no schedule loaded has an amount."""
    charge = read_charge(asked.charge)
    if charge is not None:
        return Blank("F", NAME, (dollars(charge),), f"The charge as typed. {GOOD_FAITH}")
    if not asked.coverage.procedure:
        return Blank("F", NAME, (), f"To be written: what you would charge. {GOOD_FAITH}")
    return _from_fee(library, asked, on)


def dollars(amount: Decimal) -> str:
    """An amount with its cents: `$1,234.50`."""
    return f"${amount:,.2f}"


def _from_fee(library: Library, asked: NoticeQuestion, on: date) -> Blank:
    coverage = asked.coverage
    line = ClaimLine(1, coverage.procedure, day=on)
    local = coverage.setting == "dme" or bool(coverage.zip)
    claim = Claim(
        "", (line,), setting=coverage.setting, place_of_service=_OFFICE if coverage.setting == "practitioner" else "",
        state=coverage.state, zip=coverage.zip, locality="" if local else "national",
    )  # fmt: skip
    payment = price_claim(library, claim, {})
    paid = payment.lines[0]
    if not paid.amount:
        why = paid.factors[-1].value if paid.factors else "no schedule has it"
        return Blank("F", NAME, (), f"To be written: what you would charge; no fee is known here ({why}). {GOOD_FAITH}")
    where = f"for ZIP {coverage.zip}" if coverage.zip else f"for {coverage.state}" if local else "national"
    office = ", in an office" if coverage.setting == "practitioner" else ""
    note = (
        f"What Medicare's schedule allows for one unit on {on} ({where}{office}), as a start: put in what you would "
        f"charge where it differs. {GOOD_FAITH}"
    )
    sources = tuple(dict.fromkeys(factor.source for factor in paid.factors if factor.source is not None))
    return Blank("F", NAME, (dollars(paid.amount),), note, sources)
