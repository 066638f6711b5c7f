"""Denials: what a denial code on a remittance means, and what to do next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from codeward.core.answers import Answer
from codeward.core.faults import BadInput, NotFound
from codeward.core.sources import Source
from codeward.datasets.carc_rarc import DenialRow, DenialTextRow
from codeward.services.view import View
from codeward.store.library import Found, Library

OWN, PUBLISHED = "carc-rarc", "carc-rarc-text"
KINDS = {"carc": "Adjustment reason code (CARC)", "rarc": "Remark code (RARC)"}
GROUPS = {
    "CO": "Contractual obligation: the provider bears it, and the patient may not be billed for it.",
    "PR": "Patient responsibility: the patient or the next payer owes it.",
    "OA": "Other adjustment: neither of the two; mostly another payer or an earlier claim.",
    "PI": "Payer-initiated: the payer holds the provider liable without a contract between them.",
}
"""Group codes of the 835's CAS segment, in our own words."""

_TYPED = re.compile(r"(?:CARC|RARC)?(CO|PR|OA|PI)?((?:MA?|N)\d{1,3}|[ABP]\d{1,2}|\d{1,3})", re.ASCII)
_REMARK = re.compile(r"(?:MA?|N)\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class DenialCode:
    """A code as typed: `CO-97` has a group, `N519` never has."""

    group: str
    code: str

    @property
    def kind(self) -> str:
        """carc or rarc."""
        return "rarc" if _REMARK.fullmatch(self.code) else "carc"

    @property
    def shown(self) -> str:
        """As it stands on a remittance and in an address."""
        return f"{self.group}-{self.code}" if self.group else self.code


@dataclass(frozen=True, slots=True)
class Denial:
    """One code: our words, the group typed with it, and the publisher's text where an operator loaded it."""

    asked: DenialCode
    row: DenialRow
    source: Source
    text: str
    text_source: Source | None

    @property
    def groups(self) -> tuple[str, ...]:
        """Group codes that usually go with it."""
        return tuple(self.row.groups.split())

    @property
    def unusual_group(self) -> bool:
        """Whether it was typed with a group that seldom goes with it."""
        return bool(self.asked.group and self.groups) and self.asked.group not in self.groups


def denial_code(typed: str) -> DenialCode:
    """The code in `co-97`, `CARC 97`, `PR45`, `n519`, `ma 130`; BadInput says what was expected."""
    plain = re.sub(r"[\s\-_–.:]+", "", typed).upper()
    found = _TYPED.fullmatch(plain)
    if found is None:
        raise BadInput(f"{typed!r} is no denial code: expected one such as CO-97, B15, N519 or MA130")
    code = re.sub(r"^([A-Z]*)0+(?=\d)", r"\1", found[2])
    if _REMARK.fullmatch(code):
        if found[1]:
            raise BadInput(f"{typed!r}: a remark code such as {code} has no group code")
        if code.startswith("MA"):
            code = f"MA{code[2:].zfill(2)}"
    return DenialCode(found[1] or "", code)


def denial(library: Library, typed: str, on: date) -> Answer[Denial]:
    """One code on a day; NotFound when our table does not have it, which does not mean that there is none."""
    asked = denial_code(typed)
    view = View(library, on)
    found: Found[DenialRow] | None = view.first(OWN, kind=asked.kind, code=asked.code)
    if found is None:
        name = KINDS[asked.kind]
        raise NotFound(
            f"our table has no {name[0].lower()}{name[1:]} {asked.code}; X12 may list it: https://x12.org/codes"
        )
    text: Found[DenialTextRow] | None = None
    if library.editions(PUBLISHED):
        text = view.first(PUBLISHED, kind=asked.kind, code=asked.code)
    published = (text.row.text, text.source) if text else ("", None)
    return view.answer(Denial(asked, found.row, found.source, *published))


def denials(library: Library, on: date, words: str = "", kind: str = "", group: str = "") -> Answer[tuple[Denial, ...]]:
    """Codes whose number begins with the text or whose own words hold all its words; numbers in order.

    Raises BadInput for a kind or group there is not.
    """
    if kind and kind not in KINDS:
        raise BadInput(f"{kind!r} is no kind of denial code: expected {' or '.join(KINDS)}")
    if group and group not in GROUPS:
        raise BadInput(f"{group!r} is no group code: expected {', '.join(GROUPS)}")
    view = View(library, on)
    rows = view.find(OWN, kind=kind) if kind else view.find(OWN)
    found = [Denial(DenialCode("", item.row.code), item.row, item.source, "", None) for item in rows]
    shown = [item for item in found if (not group or group in item.groups) and _fits(item.row, words)]
    return view.answer(tuple(sorted(shown, key=lambda item: (item.row.kind, _order(item.row.code)))))


def _fits(row: DenialRow, words: str) -> bool:
    text = f"{row.name} {row.meaning} {row.next_step}".lower()
    try:
        number = denial_code(words).code if words.strip() else ""
    except BadInput:
        number = "?"
    return row.code.startswith(number) or all(word in text for word in words.lower().split())


def _order(code: str) -> tuple[str, int]:
    letters = code.rstrip("0123456789")
    return letters, int(code[len(letters) :])
