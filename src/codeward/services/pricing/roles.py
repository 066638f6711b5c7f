"""Roles at an operation: assistants, two surgeons, a team; what each is paid by the code's indicator.

CPM 100-04 chapter 12: section 20.4.3 (assistants, 16 %), 40.8 (co-surgeons 62.5 %, teams by report), 120 (AS).
"""

from __future__ import annotations

from decimal import Decimal

from codeward.services.pricing.cents import NOTHING
from codeward.services.pricing.sheet import OpenLine

ASSISTANTS = ("80", "81", "82")
ASSISTANT, PHYSICIAN_ASSISTANT, TWO_SURGEONS = Decimal("0.16"), Decimal("0.136"), Decimal("0.625")
NEVER = {
    "0": "not paid for this code",
    "1": "never paid for this code, by statute",
    "9": "the idea does not apply to this code",
}


def apply_role(line: OpenLine) -> None:
    """Reduce the amount to the share of the role that the modifiers name."""
    if line.has("AS"):
        _assist(line, "assistant at surgery (AS, 85 % of 16 %)", PHYSICIAN_ASSISTANT)
    elif line.has(*ASSISTANTS):
        name = next(item for item in ASSISTANTS if line.has(item))
        _assist(line, f"assistant at surgery ({name})", ASSISTANT)
    if line.has("62") and not line.settled:
        _two_surgeons(line)
    if line.has("66") and not line.settled:
        _team(line)


def _assist(line: OpenLine, name: str, share: Decimal) -> None:
    assert line.row is not None
    indicator, source = line.row.row.assistant, line.row.source
    if indicator in ("1", "9", ""):
        line.settle(NOTHING, name, f"{NEVER.get(indicator, NEVER['9'])} (indicator {indicator or 'blank'})", source)
        return
    if indicator == "0":
        line.warn("an assistant is paid only where the records show that one was needed (indicator 0)")
    line.scale(name, share, source, f"indicator {indicator}")


def _two_surgeons(line: OpenLine) -> None:
    assert line.row is not None
    indicator, source = line.row.row.cosurgeon, line.row.source
    if indicator not in ("1", "2"):
        why = f"{NEVER['9' if indicator != '0' else '0']} (indicator {indicator or 'blank'})"
        line.settle(NOTHING, "two surgeons (62)", why, source)
        return
    if indicator == "1":
        line.warn("two surgeons are paid only where the records show that both were needed (indicator 1)")
    line.scale("two surgeons (62)", TWO_SURGEONS, source, f"indicator {indicator}")


def _team(line: OpenLine) -> None:
    assert line.row is not None
    indicator, source = line.row.row.team, line.row.source
    if indicator in ("1", "2"):
        line.leave_unpriced("surgical team (66)", "a team is paid by report", source)
        return
    why = f"{NEVER['9' if indicator != '0' else '0']} (indicator {indicator or 'blank'})"
    line.settle(NOTHING, "surgical team (66)", why, source)
