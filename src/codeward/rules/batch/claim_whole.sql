-- Claims that are judged; those of one patient and payer share a scope and are each other's history.
select c.ident, c.claim_id, c.patient_id, c.claim, s.scope, c.last_row, c.line_count, c.history_count,
  c.numbered, c.birth_date, c.sex, c.payer, c.setting, c.billing_npi, c.taxonomy, c.clia, c.diagnoses, c.rendering_npi,
  c.place_of_service, c.state
from claim_row c
join (
  select claim, claim as scope from claim_row where patient_id = ''
  union all
  select c.claim, m.scope
  from claim_row c
  join (select patient_id, payer, min(claim) as scope from claim_row where patient_id <> '' group by patient_id, payer) m
    on m.patient_id = c.patient_id and m.payer = c.payer
) s on s.claim = c.claim
left join claim_fault f on f.claim = c.claim
where f.claim is null
