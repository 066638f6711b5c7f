-- One row a line of column 2 and code of column 1 with an edit in force: what is denied, and whether a modifier lifts it.
-- Where column 2 was billed before (history), the finding stands at the column 1 line billed now.
select case when max(two.history) = 0 then max(two.claim) else max(one.claim) end as claim,
  case when max(two.history) = 0 then max(two.row_id) else min(one.row_id) end as row_id,
  case when max(two.history) = 0 then max(two.line) else min(one.line) end as line,
  case when max(two.history) = 0 and min(one.history) = 0 then min(one.line) end as other_line,
  max(two.history) as column2_in_history, min(one.history) as column1_in_history,
  max(two.payer) as payer, max(two.setting) as setting, two.day,
  e.column2 as code, e.column1 as with_code, e.indicator, e.rationale, e.ptp_row, e.ptp_dataset,
  min(case when two.ptp_modifier = 1 or (two.day >= '2019-07-01' and one.ptp_modifier = 1) then 1 else 0 end)
    as bypassed,
  min(case when two.ptp_modifier = 0 and one.ptp_modifier = 1 then 1 else 0 end) as on_column1_only,
  max(case when one.sites <> '' and one.sites = two.sites and one.distinct_modifier = 0 and two.distinct_modifier = 0
    and one.global_modifier = 0 and two.global_modifier = 0 then 1 else 0 end) as same_site,
  max(e.since_unknown) as since_unknown, max(two.modifiers) as modifiers2,
  max(two.is_visit) as visit2
from same_day_pair p
join pair_edit e on e.era = p.era and e.pair_table = p.pair_table and e.code_a = p.code_a and e.code_b = p.code_b
join line_fact one on one.row_id = case when e.column1 = p.code_a then p.row_a else p.row_b end
join line_fact two on two.row_id = case when e.column1 = p.code_a then p.row_b else p.row_a end
where p.day >= e.first_day and p.day <= e.last_day
group by two.row_id, two.day, e.column1, e.column2, e.indicator, e.rationale, e.ptp_row, e.ptp_dataset
