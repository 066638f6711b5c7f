-- Claims as facts join them.
select claim, scope, claim_id, payer, setting, day_number(birth_date) as birth_number, sex, billing_npi,
  rendering_npi, taxonomy,
  place_of_service as pos, clia,
  case when diagnoses = '' then 0 else length(diagnoses) - length(replace(diagnoses, ',', '')) + 1 end as diagnosis_count, state
from claim_whole
