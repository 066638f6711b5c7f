"""Refusals that teach: what is not done, why, and what the data say all the same."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from codeward.assistant.reading.identifiers import PERSONAL
from codeward.assistant.reading.question import Question


def _cues(name: str) -> re.Pattern[str]:
    """Words that ask for one of the things that are not done."""
    return re.compile("|".join(tomllib.loads(files(__package__).joinpath("refusals.toml").read_text("utf-8"))[name]))


@dataclass(frozen=True, slots=True)
class Refusal:
    """One kind of request that is not met: its name, what is said, and whether the facts are answered all the same."""

    name: str
    text: str
    answers_on: bool = True


_EVASION = _cues("evasion")
_FALSE_RECORD = _cues("false_record")
_PICKED = _cues("picked")
_WAIVER = _cues("waiver")
_UPCODING = _cues("upcoding")
_MEDICAL = _cues("medical")
_BILLING = _cues("billing")
_VERBATIM = _cues("verbatim")
_LEGAL = _cues("legal")
_ORDERS = _cues("orders")


def refusal_of(question: Question) -> Refusal | None:
    """The refusal a question calls for, the gravest first; None for what is answered as it stands."""
    plain = question.plain
    for found, refusal in (
        (_FALSE_RECORD.search(plain), FALSE_RECORD),
        (_EVASION.search(plain), EVASION),
        (_WAIVER.search(plain), WAIVER),
        (_UPCODING.search(plain), UPCODING),
        (_PICKED.search(plain) and not re.search(r"\bofficial(?:ly)?\b", plain), PICKED),
        (_MEDICAL.search(plain) and not _BILLING.search(plain), MEDICAL),
        (_VERBATIM.search(plain), VERBATIM),
        (_LEGAL.search(plain), LEGAL),
    ):
        if found:
            return refusal
    return None


def gives_orders(question: Question) -> bool:
    """Whether the text tries to give the assistant orders; it has none to take, so only the question in it counts."""
    return _ORDERS.search(question.plain) is not None


def identifiers_text(question: Question) -> str:
    """What is said when identifiers were typed: which kinds, never which ones."""
    kinds = [PERSONAL[kind] for kind in question.identifiers]
    named = kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} and {kinds[-1]}"
    return (
        f"Please leave out personal identifiers (HIPAA, 45 CFR 164.514): {named} stood in the question. They were "
        f"masked before anything was read; they are neither "
        "used, stored nor repeated. What follows holds in general, not for that patient."
    )


EVASION = Refusal(
    "edit evasion",
    "No, I cannot help to get around an edit or a limit: units and services of the same date of service are added "
    "together over lines and claims, and splitting or "
    "redating them to escape review is not permitted. If all of it was medically necessary and is documented, "
    "report it as it was done and appeal with the records.",
)
FALSE_RECORD = Refusal(
    "false record",
    "No, I will not help to date, sign or write a record or a notice as if it had been done at another time or by "
    "somebody else. What was left out goes in as a late entry or addendum, labelled so, with the day it is written and "
    "its author's signature; a missing signature is made good by an attestation; an ABN must be signed by the patient "
    "before the service, and without one the provider is liable.",
)
WAIVER = Refusal(
    "routine waiver",
    "No, I will not help to waive copays, coinsurance or deductibles as a routine or to attract patients: it misstates "
    "the charge and can be a kickback (42 U.S.C. 1320a-7a(i)(6), 1320a-7b(b)). A waiver is for one patient after a "
    "documented finding of financial need, never advertised.",
)
UPCODING = Refusal(
    "upcoding",
    "No, I will not help to bill more than was done and documented: the code follows from the record, and billing "
    "a higher one for payment is upcoding, which the False "
    "Claims Act and every payer treat as a false claim. Code what is documented; where the record is unclear, "
    "query the provider without leading.",
)
PICKED = Refusal(
    "picked to be paid",
    "No, I cannot pick a modifier, diagnosis or code because it is paid: never choose it by payment. It must state "
    "a fact that the record documents. What the tables say "
    "is below, so that you can see which documented facts would justify what.",
)
MEDICAL = Refusal(
    "medical advice",
    "I cannot give medical advice or say which test or treatment somebody needs: please see a clinician. I can "
    "explain codes, coverage and billing rules once a "
    "physician has decided and documented.",
    answers_on=False,
)
VERBATIM = Refusal(
    "licensed text",
    "I cannot show the official CPT descriptor: it is the AMA's text under licence and is shown only where the "
    "operator has loaded a licensed AMA file. What CMS's own "
    "files say of the code is free, and here it is in our own words.",
)
LEGAL = Refusal(
    "legal advice",
    "I cannot give legal advice: ask a health care attorney or your compliance officer. What the published rules "
    "say I can show.",
)
