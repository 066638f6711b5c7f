-- The second step: the edits of the pairs met, in whichever direction they stand (never active in both).
select k.era, k.pair_table, k.code_a, k.code_b, x.column1, x.column2, x.indicator, x.first_day, x.last_day,
  x.id as ptp_row, 'ncci-ptp-practitioner' as ptp_dataset, x.rationale,
  case when e.ncci_ptp_practitioner_gap = 2 then 1 else 0 end as since_unknown
from edit_key k
join era e on e.era = k.era
join ncci_ptp_practitioner x on x.column1 = k.column1 and x.column2 = k.column2
where k.pair_table = 'practitioner' and x.first_day <= x.last_day
  and x.first_release <= e.ncci_ptp_practitioner and x.last_release >= e.ncci_ptp_practitioner
union all
select k.era, k.pair_table, k.code_a, k.code_b, x.column1, x.column2, x.indicator, x.first_day, x.last_day,
  x.id as ptp_row, 'ncci-ptp-outpatient' as ptp_dataset, x.rationale,
  case when e.ncci_ptp_outpatient_gap = 2 then 1 else 0 end as since_unknown
from edit_key k
join era e on e.era = k.era
join ncci_ptp_outpatient x on x.column1 = k.column1 and x.column2 = k.column2
where k.pair_table = 'outpatient' and x.first_day <= x.last_day
  and x.first_release <= e.ncci_ptp_outpatient and x.last_release >= e.ncci_ptp_outpatient
