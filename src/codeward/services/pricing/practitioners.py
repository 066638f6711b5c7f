"""Practitioners who are not physicians, and therapy assistants: the share of the schedule that Medicare pays them.

Social Security Act 1833(a)(1): NP, PA and CNS 85 %, nurse-midwives 100 %, clinical social workers 75 %, from 2024
marriage and family therapists and mental health counselors 75 %, dietitians 85 %; 1834(v): assistants 85 % from 2022.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from codeward.services.pricing.cents import NOTHING
from codeward.services.pricing.sheet import OpenLine

_85, _75 = Decimal("0.85"), Decimal("0.75")
_SHARES = {
    "363L": ("nurse practitioner", _85),
    "363A": ("physician assistant", _85),
    "364S": ("clinical nurse specialist", _85),
    "367A": ("nurse-midwife", Decimal(1)),
    "1041C": ("clinical social worker", _75),
    "106H": ("marriage and family therapist", _75),
    "101YM": ("mental health counselor", _75),
    "133V": ("dietitian", _85),
}
"""Share by the beginning of the NUCC taxonomy code."""
_SINCE = {"106H": date(2024, 1, 1), "101YM": date(2024, 1, 1)}
"""Consolidated Appropriations Act, 2023, section 4121: not paid before."""
ASSISTANTS_SINCE = date(2022, 1, 1)


def apply_practitioner(line: OpenLine) -> None:
    """Reduce the amount by who renders the service; AS holds the 85 % already."""
    taxonomy = line.sheet.claim.taxonomy
    beginning = next((item for item in _SHARES if taxonomy.startswith(item)), "") if taxonomy else ""
    if beginning and not line.has("AS"):
        name, share = _SHARES[beginning]
        since = _SINCE.get(beginning)
        if since and line.line.day < since:
            line.settle(NOTHING, f"{name} ({taxonomy})", f"not paid before {since}")
            return
        line.scale(f"{name} ({taxonomy})", share)
    given = next((item for item in ("CQ", "CO") if line.has(item)), "")
    if given and line.line.day >= ASSISTANTS_SINCE:
        line.scale(f"given by a therapy assistant ({given})", _85)
