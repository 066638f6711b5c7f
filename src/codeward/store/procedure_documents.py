"""Documents of ICD-10-PCS: one a code, under its newest official title, for the days on which it was valid."""

from __future__ import annotations

_INSERT = "insert into document (system, code, title, terms, billable, first_day, last_day)"
_NEWEST = """
select code, title, billable, min(first_day) as since, max(last_day) as until,
  max((not built) || last_day || printf('%09d', last_release)) as newest
from icd_10_pcs where length(code) = {length} group by code
"""
"""SQLite takes the other columns from the row that has the largest `newest`: an official title, the last one."""
_SPANS = "select code, min(first_day) as since, max(last_day) as until from icd_10_pcs_dates group by code"

LISTED = f"{_INSERT} select 'icd-10-pcs', code, title, null, billable, since, until from ({_NEWEST.format(length=7)})"

LISTED_AND_DATED = f"""
{_INSERT} with valid as materialized ({_SPANS})
select 'icd-10-pcs', p.code, p.title, null, p.billable, coalesce(v.since, p.since), coalesce(v.until, p.until)
from ({_NEWEST.format(length=7)}) p left join valid v on v.code = p.code
"""

DATED_ALONE = f"""
{_INSERT} select 'icd-10-pcs', v.code, null, null, 1, v.since, v.until from ({_SPANS}) v
where not exists (select 1 from icd_10_pcs p where p.code = v.code)
"""
"""Codes that only the editor's dates have: found by number, without a title."""

DATED = f"{_INSERT} select 'icd-10-pcs', code, null, null, 1, since, until from ({_SPANS})"


def heads(spans: str) -> str:
    """A table's head holds as long as a code below it: plain lists of codes have no heads."""
    below = f"from {spans} b where b.code > p.code and b.code < p.code || '~' and length(b.code) = 7"
    return f"""
{_INSERT} select 'icd-10-pcs', code, title, null, billable,
  coalesce((select min(first_day) {below}), since), coalesce((select max(last_day) {below}), until)
from ({_NEWEST.format(length=3)}) p
"""


def statements(present: list[str]) -> tuple[str, ...]:
    """What to run for the tables that are there."""
    listed, dated = "icd_10_pcs" in present, "icd_10_pcs_dates" in present
    if listed and dated:
        return LISTED_AND_DATED, heads("icd_10_pcs_dates"), DATED_ALONE
    if listed:
        return LISTED, heads("icd_10_pcs")
    return (DATED,) if dated else ()
