-- One row a claim with what its rows say of the whole of it.
select k.ident, k.claim_id, k.patient_id, k.claim, k.last_row, k.line_count, k.history_count, k.numbered,
  k.faulty, coalesce(u.disagrees, '') as disagrees,
  case when k.uneven = 1 then u.birth_date else r.birth_date end as birth_date,
  case when k.uneven = 1 then u.sex else r.sex end as sex,
  coalesce(nullif(case when k.uneven = 1 then u.payer else r.payer end, ''), 'medicare') as payer,
  coalesce(nullif(case when k.uneven = 1 then u.setting else r.setting end, ''), 'practitioner') as setting,
  case when k.uneven = 1 then u.billing_npi else r.billing_npi end as billing_npi,
  case when k.uneven = 1 then u.taxonomy else r.taxonomy end as taxonomy,
  case when k.uneven = 1 then u.clia else r.clia end as clia,
  case when k.uneven = 1 then u.state else r.state end as state,
  case when k.uneven = 1 then u.diagnoses else r.diagnoses end as diagnoses,
  coalesce(case when r.ready = 1 then r.claim_rendering_npi when k.uneven = 1 then u.rendering_npi else r.rendering_npi end, '') as rendering_npi,
  coalesce(case when r.ready = 1 then r.claim_place when k.uneven = 1 then u.place_of_service else r.place_of_service end, '') as place_of_service
from claim_key k
join read_row r on r.rn = k.claim
left join claim_uneven u on u.claim = k.claim
