-- The second step: the edits of the pairs met, in whichever direction they stand (never active in both).
select k.era, k.pair_table, k.code_a, k.code_b, x.column1, x.column2, x.indicator, x.first_day, x.last_day,
  x.id as ptp_row, 'ncci-ptp-practitioner' as ptp_dataset, x.rationale,
  case when e.ncci_ptp_practitioner_gap = 2 then 1 else 0 end as since_unknown
from (
  select era, pair_table, code_a, code_b, code_a as one, code_b as two from edit_key where pair_table = 'practitioner'
  union all
  select era, pair_table, code_a, code_b, code_b, code_a from edit_key where pair_table = 'practitioner'
) k
join era e on e.era = k.era
join ncci_ptp_practitioner x on x.column1 = k.one and x.column2 = k.two
where x.first_day <= x.last_day
  and x.first_release <= e.ncci_ptp_practitioner and x.last_release >= e.ncci_ptp_practitioner
union all
select k.era, k.pair_table, k.code_a, k.code_b, x.column1, x.column2, x.indicator, x.first_day, x.last_day,
  x.id as ptp_row, 'ncci-ptp-outpatient' as ptp_dataset, x.rationale,
  case when e.ncci_ptp_outpatient_gap = 2 then 1 else 0 end as since_unknown
from (
  select era, pair_table, code_a, code_b, code_a as one, code_b as two from edit_key where pair_table = 'outpatient'
  union all
  select era, pair_table, code_a, code_b, code_b, code_a from edit_key where pair_table = 'outpatient'
) k
join era e on e.era = k.era
join ncci_ptp_outpatient x on x.column1 = k.one and x.column2 = k.two
where x.first_day <= x.last_day
  and x.first_release <= e.ncci_ptp_outpatient and x.last_release >= e.ncci_ptp_outpatient
