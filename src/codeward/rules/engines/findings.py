"""Findings of a batch as they are written: with claim, day, provider and charge, and what they put at risk."""

from __future__ import annotations

FINDINGS = """
select c.claim_id, case when f.row_id = 0 then null else f.line end as line, t.rule, t.severity, f.code, f.with_code,
  f.message, t.carc, t.rarc, l.charge, f.other_line, trim(f.cited) as cited, coalesce(l.day, d.day) as day,
  coalesce(l.provider, c.billing_npi) as provider, c.payer, c.setting
from finding f
join rule_text t on t.rule_number = f.rule_number
join claim_in c on c.claim = f.claim
left join line_in l on f.row_id <> 0 and l.row_id = f.row_id
left join (select claim, min(day) as day from line_in where history = 0 group by claim) d
  on f.row_id = 0 and d.claim = f.claim
where t.severity <> 'unchecked'
"""
"""One row a finding; without a line where it is about the claim. The charge is the line's."""
NOT_CHECKED = """
select c.claim_id, case when f.row_id = 0 then null else f.line end as line, t.rule, f.code, f.message as reason,
  c.payer, c.setting, l.day as first_day, l.day as last_day, 1 as lines
from finding f
join rule_text t on t.rule_number = f.rule_number
join claim_in c on c.claim = f.claim
left join line_in l on f.row_id <> 0 and l.row_id = f.row_id
where t.severity = 'unchecked'
union all
select null as claim_id, null as line, n.rule, '' as code, n.reason, g.payer, g.setting, min(g.first_day) as first_day,
  max(g.last_day) as last_day, sum(g.lines) as lines
from (
  select payer, setting, era, min(day) as first_day, max(day) as last_day, count(*) as lines
  from line_in where history = 0 group by payer, setting, era
) g
join (
  select setting, era, rule, reason, '' as only_payer from need
  union all
  select '' as setting, 0 as era, rule, reason, 'medicaid' as only_payer from medicaid_need
) n on (n.only_payer = 'medicaid' and g.payer = 'medicaid')
  or (n.only_payer = '' and n.setting = g.setting and n.era = g.era
    and (g.payer <> 'medicaid' or n.rule not in ('PTP.*', 'MUE.*', 'AOC.*', 'STATUS.*')))
group by n.rule, n.reason, g.payer, g.setting
"""
"""What was not checked: of a line, or, without a claim, of as many lines as `lines` says."""
RISK = """
select l.provider, date_trunc('month', l.day) as month, count(*) as lines, coalesce(sum(l.charge), 0) as charged,
  sum(case when x.row_id is null then 0 else 1 end) as lines_at_risk,
  coalesce(sum(case when x.row_id is null then 0 else l.charge end), 0) as at_risk
from line_in l
left join (
  select distinct f.row_id from finding f join rule_text t on t.rule_number = f.rule_number where t.severity = 'deny'
) x on x.row_id = l.row_id
where l.history = 0
group by l.provider, date_trunc('month', l.day)
"""
"""Lines and charges by provider and month, and those of them that a rule denies, each line once."""
REJECTED = """
select file, place, claim_id, split_part(fault, '|', 1) as problem_column, split_part(fault, '|', 2) as expected, ready
from rejected where history = 0
"""
"""Rows that were not judged."""
