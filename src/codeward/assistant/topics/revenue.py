"""Revenue codes: what one stands for and which a procedure usually goes with; the charge master decides."""

from __future__ import annotations

import re

from codeward.assistant.draft import Draft, listed, read
from codeward.assistant.reply import NOT_LOADED, Evidence
from codeward.assistant.topics.knowledge import add_notes
from codeward.core.faults import Fault
from codeward.datasets.revenue_codes import RevenueRow
from codeward.store.library import Found

_CODE = re.compile(r"(?<![\w.])0?(\d{3}[\dx])(?!\w)")
_WORDS = re.compile(
    r"\b(?:revenue|rev|codes?|what|which|is|for|the|a|in|of|hospital|outpatient|means?|used|with"
    r"|ub-?04|department|do|i|we|use)\b|[^a-z ]"
)


def answer_revenue(draft: Draft) -> None:
    """By procedure, by number or by words, out of our own short table."""
    rows = _rows(draft)
    text = re.sub(r"\b\d{5}\b", " ", draft.question.plain)
    number = _CODE.search(text)
    if draft.question.procedures:
        found = [item for item in rows for code in draft.question.procedures if item.row.first <= code <= item.row.last]
    elif number:
        found = [item for item in rows if item.row.revenue.lstrip("0").startswith(number[1].lstrip("0")[:3])]
    else:
        words = _WORDS.sub(" ", draft.question.plain).split()
        found = [item for item in rows if words and any(word[:5] in item.row.family.lower() for word in words)]
    _say(draft, found)
    add_notes(draft, words=draft.question.plain, codes=draft.question.procedures, most=1)


def _rows(draft: Draft) -> list[Found[RevenueRow]]:
    try:
        return list(draft.desk.ask("find_revenue_codes").value)
    except Fault:
        return []


def _say(draft: Draft, found: list[Found[RevenueRow]]) -> None:
    if not found:
        draft.kind = NOT_LOADED
        draft.say(
            "The revenue code list (UB-04, NUBC) is licensed and not loaded; our own short table has no row for that.",
            Evidence("revenue code", "row", "none"),
            role="verdict",
        )
        return
    parts = list(
        dict.fromkeys(f"{item.row.revenue} ({item.row.sure}: {item.row.family.lower()})" for item in found[:5])
    )
    draft.say(
        f"Revenue code {listed(parts, 'or')}. The hospital's charge master decides, and most lines need a HCPCS "
        f"code beside it.",
        *(read(item.row.revenue, "family", item.row.family, item.source, item.row.sure) for item in found[:5]),
        role="verdict",
    )
