-- Claims whose rows differ in what they say of the whole: the first word that any of them has, and whether they disagree.
select k.claim, min(r.birth_date) as birth_date, max(r.sex) as sex, max(r.payer) as payer,
  max(r.setting) as setting, max(r.billing_npi) as billing_npi, max(r.taxonomy) as taxonomy, max(r.clia) as clia,
  max(r.diagnoses) as diagnoses, max(r.state) as state,
  min_by(r.rendering_npi, case when r.rendering_npi <> '' and r.history = 0 then r.rn end) as rendering_npi,
  min_by(r.place_of_service, case when r.place_of_service <> '' and r.history = 0 then r.rn end) as place_of_service,
  case when min(r.birth_date) <> max(r.birth_date) then 'birth_date'
    when min(case when r.sex <> '' then r.sex end) <> max(r.sex) then 'sex'
    when min(case when r.payer <> '' then r.payer end) <> max(r.payer) then 'payer'
    when min(case when r.setting <> '' then r.setting end) <> max(r.setting) then 'setting'
    when min(case when r.billing_npi <> '' then r.billing_npi end) <> max(r.billing_npi) then 'billing_npi'
    when min(case when r.taxonomy <> '' then r.taxonomy end) <> max(r.taxonomy) then 'taxonomy'
    when min(case when r.clia <> '' then r.clia end) <> max(r.clia) then 'clia'
    when min(case when r.state <> '' then r.state end) <> max(r.state) then 'state'
    when min(case when r.diagnoses <> '' then r.diagnoses end) <> max(r.diagnoses) then 'dx1' end as disagrees
from claim_key k
join read_row r on r.ident = k.ident
where k.uneven = 1
group by k.claim
