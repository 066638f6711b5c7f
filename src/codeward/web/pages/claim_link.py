"""Claim link: a claim in the address of a page, less everything that says who the patient or the practitioner is.

The patient becomes an age in years (90 stands for 90 and more) and a sex, NPIs, CLIA and claim numbers are left out,
and so are lines that another practitioner gave: without the NPI they would look like the same one's. A line is
`date~code~modifiers~pointers~units~charge~pos~to~revenue code`, modifiers with dots between; blanks at the end go.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from codeward.core.claims import Claim, ClaimLine
from codeward.core.faults import BadInput
from codeward.web.pages.claim_grid import LETTERS, MODIFIERS, MOST_LINES, Grid, Row, letters_of, row_of, units_typed

OLDEST = 90
"""An age above 89 may point at one person (45 CFR 164.514(b)(2)(i)(C))."""
LONGEST = 8000
"""Characters of an address that servers and mail programs let through."""
_PARTS = ("date", "code", "modifiers", "ptr", "units", "charge", "pos", "to", "rev")
_HEAD = ("payer", "setting", "pos", "where", "state", "sex", "taxonomy", "qp")


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """The address, and how many lines were left out of it because another practitioner gave them."""

    address: str
    left_out: int

    @property
    def fits(self) -> bool:
        """Whether it is short enough to be sent on."""
        return len(self.address) <= LONGEST


def link_of(claim: Claim) -> ClaimLink:
    """The address that opens the claim again."""
    own = claim.rendering_npi or claim.billing_npi
    lines = [line for line in claim.lines if _same(line, claim, own)]
    past = [line for line in claim.history if _same(line, claim, own)]
    pairs = [(name, value) for name, value in _head(claim) if value]
    pairs += [("dx", code) for code in claim.diagnoses]
    pairs += [("line", _packed(line)) for line in lines] + [("past", _packed(line)) for line in past]
    left_out = len(claim.lines) + len(claim.history) - len(lines) - len(past)
    return ClaimLink(f"/check?{urlencode(pairs)}", left_out)


def _same(line: ClaimLine, claim: Claim, own: str) -> bool:
    return (line.rendering_npi or line.billing_npi or own) in (own, claim.billing_npi)


def _head(claim: Claim) -> Iterable[tuple[str, str]]:
    yield "setting", claim.setting
    yield "payer", "" if claim.payer == "medicare" else claim.payer
    yield "pos", claim.place_of_service
    yield "where", claim.locality or claim.zip
    yield "state", claim.state
    yield "age", _age(claim)
    yield "sex", claim.patient.sex
    yield "taxonomy", claim.taxonomy
    yield "qp", "1" if claim.qualifying else ""


def _age(claim: Claim) -> str:
    born = claim.patient.birth_date
    if born is None or not claim.lines:
        return ""
    return str(min(age_on(born, min(line.day for line in claim.lines)), OLDEST))


def age_on(born: date, day: date) -> int:
    """Whole years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _packed(line: ClaimLine) -> str:
    row = row_of(line)
    row["modifiers"] = ".".join(line.modifiers)
    row["units"] = "" if (line.units, line.measure) == (1, "UN") else units_typed(line.units, line.measure)
    row["ptr"] = letters_of(line.diagnosis_pointers)
    return "~".join(row[name].replace("~", "") for name in _PARTS).rstrip("~")


def grid_of_link(query: QueryDict) -> Grid:
    """The cells that an address fills; BadInput where it is no claim."""
    lines, past, codes = (query.getlist(name) for name in ("line", "past", "dx"))
    if max(len(lines), len(past)) > MOST_LINES or len(codes) > len(LETTERS):
        raise BadInput(f"a claim has at most {MOST_LINES} lines and {len(LETTERS)} diagnoses")
    head = {name: query.get(name, "")[:40] for name in _HEAD} | {"birth": query.get("age", "")[:10]}
    diagnoses = [code[:40] for code in codes] + [""] * (len(LETTERS) - len(codes))
    return Grid(head, diagnoses, [_unpacked(text) for text in lines], [_unpacked(text) for text in past])


def _unpacked(text: str) -> Row:
    parts = text.split("~")
    if len(parts) > len(_PARTS):
        raise BadInput(f"{text!r} is no claim line: expected {'~'.join(_PARTS)}")
    row = dict(zip(_PARTS, [part[:40] for part in parts], strict=False))
    modifiers = [part for part in row.pop("modifiers", "").split(".") if part]
    if len(modifiers) > len(MODIFIERS):
        raise BadInput(f"{text!r}: expected at most {len(MODIFIERS)} modifiers")
    return row | dict(zip(MODIFIERS, modifiers, strict=False))
