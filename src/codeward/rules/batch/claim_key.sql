-- Each claim met: the number of its first row, whether its rows stand in one run, say the same and can all be read.
select ident, min(rn) as claim, min(claim_id) as claim_id, max(claim_id) as other_id, min(patient_id) as patient_id,
  max(patient_id) as other_patient, min(input) as input, min(claim_number) as claim_number, max(rn) as last_row,
  sum(case when history = 0 then 1 else 0 end) as line_count, sum(history) as history_count,
  max(case when fault is null then 0 else 1 end) as faulty,
  case when min(told) <> max(told) then 1 else 0 end as uneven,
  max(case when line is null or history = 1 then 0 else 1 end) as numbered
from (
  select ident, input, claim_id, patient_id, claim_number, rn, history, fault, line,
    told_by(birth_date, sex, payer, setting, billing_npi, taxonomy, clia, diagnoses, rendering_npi, place_of_service || state) as told
  from read_row
) r
group by ident
