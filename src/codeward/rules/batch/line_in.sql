-- Lines as facts join them. History that stands in the batch as a claim of its own is left to that claim.
select r.rn as row_id, c.scope, c.claim,
  case when r.line is not null then r.line when c.last_row - c.claim + 1 = c.line_count then r.rn - c.claim + 1
    else n.line end as line,
  r.history, case when r.history = 1 then r.history_claim_id else c.claim_id end as claim_id, c.payer, c.setting, r.code,
  coalesce(split_part(r.modifiers, ',', 1), '') as m1, coalesce(split_part(r.modifiers, ',', 2), '') as m2,
  coalesce(split_part(r.modifiers, ',', 3), '') as m3, coalesce(split_part(r.modifiers, ',', 4), '') as m4,
  case when r.modifiers = '' then '' else ',' || r.modifiers || ',' end as modifiers, r.units, r.measure, r.day,
  day_number(r.day) as day_number,
  case when r.last_day is null then 1 else day_number(r.last_day) - day_number(r.day) + 1 end as span,
  case when r.place_of_service <> '' then r.place_of_service else c.place_of_service end as pos,
  case when c.setting <> 'practitioner'
    then case when r.history = 1 and r.history_billing_npi <> '' then r.history_billing_npi else c.billing_npi end
    when r.rendering_npi <> '' then r.rendering_npi when r.history = 1 then r.history_billing_npi
    when c.rendering_npi <> '' then c.rendering_npi else c.billing_npi end as provider,
  case when r.rendering_npi <> '' then r.rendering_npi when r.history = 1 then r.history_billing_npi
    when c.rendering_npi <> '' then c.rendering_npi else c.billing_npi end as npi,
  case when r.history = 1 and r.history_billing_npi <> '' then r.history_billing_npi else c.billing_npi end as billing_npi,
  r.specialty, c.clia, r.charge, e.era, r.p1, r.p2, r.p3, r.p4
from read_row r
join claim_whole c on c.input = r.input and c.claim_id = r.claim_id and c.patient_id = r.patient_id
  and c.claim_number = r.claim_number
join day_era e on e.day = r.day
left join (
  select x.rn, row_number() over (partition by c.claim order by x.rn) as line
  from read_row x
  join claim_whole c on c.input = x.input and c.claim_id = x.claim_id and c.patient_id = x.patient_id
    and c.claim_number = x.claim_number
  where x.history = 0 and c.numbered = 0 and c.last_row - c.claim + 1 <> c.line_count
) n on n.rn = r.rn
left join (
  select distinct scope, claim_id, 1 as billed from claim_whole where patient_id <> ''
) b on r.history = 1 and b.scope = c.scope and b.claim_id = r.history_claim_id
where b.billed is null
