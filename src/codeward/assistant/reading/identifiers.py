"""Identifiers in a question: covered first; a date of service is none here, a birthday is."""

from __future__ import annotations

import re

from codeward.core.notes import Masked
from codeward.services.notes.masking import COVER, mask_identifiers

PERSONAL = {
    "social security number": "a Social Security number",
    "medical record number": "a medical record number",
    "health plan number": "a health plan number",
    "account number": "an account number",
    "birth date": "a date of birth",
    "patient name": "a patient's name",
    "telephone": "a telephone number",
    "fax": "a fax number",
    "e-mail": "an e-mail address",
}
"""Kinds that point at a patient, as they are named to whoever typed them."""
_STRONG = frozenset(PERSONAL)
_KEPT = frozenset({"photograph", "place", "age over 89", "licence number"})
_BIRTH = re.compile(
    r"(?:dob|d\.o\.b\.?|born|birth ?da(?:te|y)|date of birth)\W{0,4}(?:is |on |of )?\W{0,3}$", re.IGNORECASE
)
_WHOLE_DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{1,4})?|[A-Za-z]{3,9}\.? \d{1,2}(?:,? \d{2,4})?")
_PATIENT = re.compile(
    r"(?:patient|pt|member|beneficiary|insured|subscriber)(?:'s)?(?: name)?(?: is)?\W{0,3}$", re.IGNORECASE
)
_CALLED = re.compile(
    r"\b(?:[Pp]atient|PATIENT|[Pp]t|PT|[Mm]ember|[Bb]eneficiary)\s+(?!(?:Has|Is|With|Was|Needs|Type|Status|Medicare"
    r"|Medicaid|Care|Access|Billing|"
    r"Portal|Education|Safety|History|Name|Had|Came|Seen|Presents|Visit|Responsibility|Liability|Protection)\b)"
    r"(?P<x>[A-Z][a-z]+(?:\s+[A-Z]\.?)?\s+[A-Z][a-z]+)\b"
)
"""Two capitalised words right behind `patient`: a name, however rare."""
_CODE_OR_DAY = re.compile(r"[0-9A-Z]{5}|\d{5}-\d{4}", re.IGNORECASE)
_WRITTEN_DAY = re.compile(r"20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


def cover_identifiers(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with identifiers covered, of the same length, and the kinds that point at a patient."""
    covered, kinds = list(text), []
    named = False
    called = [Masked("patient name", *match.span("x")) for match in _CALLED.finditer(text)]
    for item in (*called, *mask_identifiers(text)[1]):
        kind, start, end = _judged(text, item)
        if not kind:
            continue
        named = named or kind in ("name", "patient name")
        kinds.append(kind)
        covered[start:end] = COVER * (end - start)
    personal = [kind for kind in kinds if kind in PERSONAL]
    reached = named and any(kind in ("telephone", "fax", "e-mail") for kind in kinds)
    if named and (reached or any(kind in _STRONG for kind in kinds)):
        personal.append("patient name")
    return "".join(covered), tuple(dict.fromkeys(personal)) if any(kind in _STRONG for kind in personal) else ()


def _judged(text: str, item: Masked) -> tuple[str, int, int]:
    """The kind of what was found and its whole extent; an empty kind for what a question may say."""
    before = text[max(0, item.start - 24) : item.start]
    if item.kind == "date":
        start = _start_of_date(text, item.start)
        if not _BIRTH.search(text[max(0, start - 24) : start]):
            return "", 0, 0
        whole = _WHOLE_DATE.match(text, start)
        return "birth date", start, max(item.end, whole.end() if whole else 0)
    if (
        item.kind in _KEPT
        or _WRITTEN_DAY.fullmatch(_run_of_digits(text, item))
        or _CODE_OR_DAY.fullmatch(text[item.start : item.end])
    ):
        return "", 0, 0
    if item.kind == "name" and _PATIENT.search(before):
        return "patient name", item.start, item.end
    return item.kind, item.start, item.end


def _start_of_date(text: str, at: int) -> int:
    """Where the year before a masked month and day begins, in `1951-04-02`."""
    year = re.search(r"(?<!\d)(?:18|19|20)\d\d$", text[max(0, at - 4) : at])
    return at - 4 if year else at


def _run_of_digits(text: str, item: Masked) -> str:
    """The digits a masked part of a number belongs to: `20240815` is covered in two halves."""
    start, end = item.start, item.end
    while start > 0 and text[start - 1].isdigit():
        start -= 1
    while end < len(text) and text[end].isdigit():
        end += 1
    return text[start:end]
