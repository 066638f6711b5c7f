"""Published meanings: CMS's own words for an outpatient status indicator (Addendum D1), beside ours."""

from __future__ import annotations

import re
from dataclasses import replace

from codeward.core.answers import Fact
from codeward.datasets.opps_indicators import StatusMeaningRow
from codeward.services.page import Section
from codeward.services.view import View
from codeward.store.library import Found

MEANINGS = "opps-addendum-d1"
_BULLET = "? "
_QUOTED, _APOSTROPHE = re.compile(r"\?(\w{1,2})[?\"]"), re.compile(r"(?<=\w)\?(?=s\b)")
"""Curly quotes around an indicator, and apostrophes: the published text has a question mark in their place."""


def with_published_meaning(view: View, section: Section) -> Section:
    """The outpatient section with the indicator's text out of Addendum D1 behind the indicator, where it is loaded."""
    indicator = section.fact("opps_status_indicator")
    if indicator is None:
        return section
    rows: list[Found[StatusMeaningRow]] = view.find(MEANINGS, indicator=str(indicator.value))
    if not rows:
        return section
    facts = tuple(more for fact in section.facts for more in ([fact, _fact(rows)] if fact is indicator else [fact]))
    return replace(section, facts=facts)


def _fact(rows: list[Found[StatusMeaningRow]]) -> Fact:
    """What the indicator is for, a full stop, and how it is paid."""
    ordered = sorted(rows, key=lambda item: item.row.place)
    items = "; ".join(_tidy(item.row.item) for item in ordered if item.row.item)
    payment = " ".join(_tidy(item.row.payment) for item in ordered if item.row.payment)
    source = ordered[0].source
    text = f"{items.rstrip('.')}. {payment}".strip()
    return Fact("opps_status_text", ordered[0].row.indicator, source, f"In CMS's words ({source.edition})", text)


def _tidy(text: str) -> str:
    return _APOSTROPHE.sub("’", _QUOTED.sub(r"“\1”", text.removeprefix(_BULLET)))
