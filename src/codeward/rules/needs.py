"""Needs: which families of rules cannot be applied in an era and setting, because what they ask is not loaded."""

from __future__ import annotations

from collections.abc import Iterator

from codeward.core.claims import SETTINGS
from codeward.datasets.registry import DATASETS
from codeward.rules.calendar import ANSWERING, BEGINNING_UNKNOWN, COLUMNS, LATE, Calendar, release_column
from codeward.rules.rule import Rule, rules
from codeward.store.library import Library

NEED_COLUMNS = (("setting", "text"), ("era", "bigint"), ("rule", "text"), ("reason", "text"))
ALWAYS = (
    (
        "COV.*",
        "Coverage is checked in part: of the local articles of the claim's state, the diagnoses they list. National "
        "determinations, partner groups, frequency and whatever else stands in the documents' text are not.",
    ),
)
"""What no rule can ask: it stands in prose, or in lists that are not published with the exports."""
MEDICAID = (
    "Medicaid has tables of its own for pairs, units and add-ons; they are not loaded, and Medicare's do not apply."
)
MEDICAID_FAMILIES = ("PTP.*", "MUE.*", "AOC.*", "STATUS.*")
_LISTED = ", ".join(f"'{name}'" for name in MEDICAID_FAMILIES)
UNMET = f"""
select distinct l.claim, n.rule, n.reason from line_in l join need n on n.setting = l.setting and n.era = l.era
where l.history = 0 and (l.payer <> 'medicaid' or n.rule not in ({_LISTED}))
union all
select distinct l.claim, m.rule, m.reason from line_in l join medicaid_need m on 1 = 1
where l.history = 0 and l.payer = 'medicaid'
"""
"""Every claim with the families that could not be applied to it, and why."""


def family(rule: Rule) -> str:
    """The rules of one family, as `PTP.*`; a rule without one is its own."""
    head, dot, _ = rule.id.partition(".")
    return f"{head}.*" if dot else head


def need_rows(calendar: Calendar) -> Iterator[tuple[str, int, str, str]]:
    """Setting, era, family and reason, once each."""
    for number, *era in calendar.rows():
        told = dict(zip(COLUMNS, era, strict=True))
        for setting in SETTINGS:
            seen = set()
            for rule in rules():
                for dataset in rule.needed_in(setting) if _meant_for(rule, setting) else ():
                    reason = _reason(calendar.library, dataset, told)
                    if reason:
                        seen.add((family(rule), reason))
            for name, reason in sorted({*seen, *ALWAYS}):
                yield setting, int(number or 0), name, reason


def _meant_for(rule: Rule, setting: str) -> bool:
    return not rule.settings or setting in rule.settings


def _reason(library: Library, dataset: str, era: dict[str, int | None]) -> str:
    title = DATASETS[dataset].title
    if library.is_closed(dataset):
        return f"{title}: loaded, but {library.licence.why_closed(dataset)}"
    if dataset not in ANSWERING:
        return "" if library.editions(dataset) else f"{title}: not loaded"
    number = era[release_column(dataset)]
    if number is None:
        return f"{title}: no edition that speaks for the date of service is loaded"
    edition = next(item.edition for item in library.editions(dataset) if item.id == number)
    standing = era[f"{release_column(dataset)}_gap"]
    if standing == LATE:
        return f"{title}: answered from {edition}; a later edition was in force and is not loaded"
    if standing == BEGINNING_UNKNOWN:
        return (
            f"{title}: {edition} as loaded does not say since when its rows hold, so the day is answered by their ends"
        )
    return ""
