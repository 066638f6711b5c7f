"""Documents of ICD-10-PCS: one a code, under its newest official title, for the days on which it was valid."""

from __future__ import annotations

_OWN = """
select code, title, billable, min(first_day) over (partition by code) as since,
  max(last_day) over (partition by code) as until,
  row_number() over (partition by code order by built, last_day desc, last_release desc) as newest
from icd_10_pcs
"""
_VALID = "select code, min(first_day) as since, max(last_day) as until from icd_10_pcs_dates group by code"

LISTED = f"""
insert into document (system, code, title, terms, billable, weight, first_day, last_day)
select 'icd-10-pcs', code, title, null, billable, 0, since, until from ({_OWN}) where newest = 1
"""

LISTED_WITH_DATES = f"""
insert into document (system, code, title, terms, billable, weight, first_day, last_day)
select 'icd-10-pcs', p.code, p.title, null, p.billable, 0, coalesce(v.since, p.since), coalesce(v.until, p.until)
from ({_OWN}) p left join ({_VALID}) v on v.code = p.code where p.newest = 1
"""

UNLISTED = f"""
insert into document (system, code, title, terms, billable, weight, first_day, last_day)
select 'icd-10-pcs', v.code, null, null, 1, 0, v.since, v.until from ({_VALID}) v
where not exists (select 1 from document d where d.system = 'icd-10-pcs' and d.code = v.code)
"""
"""Codes that only the editor's dates have: found by number, without a title."""


def statements(present: list[str]) -> tuple[str, ...]:
    """What to run for the tables that are there."""
    listed, dated = "icd_10_pcs" in present, "icd_10_pcs_dates" in present
    own = (LISTED_WITH_DATES if dated else LISTED,) if listed else ()
    return (*own, UNLISTED) if dated else own
