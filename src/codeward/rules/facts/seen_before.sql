-- A new-patient visit billed now, and an earlier service of the same hand within three years.
select c.claim, c.row_id, c.line, c.payer, c.setting, c.code, max(h.code) as with_code, c.day, max(h.day) as other_day,
  max(h.claim_id) as other_claim, c.rvu_row
from line_fact c
join line_fact h on h.scope = c.scope
where c.history = 0 and c.code in ($new_patient_visits) and h.day_number < c.day_number
  and c.day_number - h.day_number <= 1095
  and (h.provider = c.provider or (h.billing_npi = c.billing_npi and h.specialty <> '' and h.specialty = c.specialty))
  and (h.is_visit = 1 or h.near_global in ('000', '010', '090'))
group by c.claim, c.row_id, c.line, c.payer, c.setting, c.code, c.day, c.rvu_row
