-- One row a claim: who bills, under which taxonomy, and the first and last day of its lines.
select c.claim, 0 as row_id, 0 as line, c.claim_id, c.payer, c.setting, '' as code, '' as with_code,
  c.billing_npi, c.rendering_npi, c.taxonomy, c.clia, c.birth_number, c.sex, d.first_day as day, d.first_number,
  d.last_number, $today as today_number,
  case when c.taxonomy = '' then 1 else coalesce(t.found, 0) end as taxonomy_found, e.nucc_taxonomy as taxonomy_release
from claim_in c
join (select claim, min(day) as first_day, min(day_number) as first_number, max(day_number) as last_number,
  min(era) as era from line_in where history = 0 group by claim) d on d.claim = c.claim
join era e on e.era = d.era
left join (
  select n.code, 1 as found from nucc_taxonomy n
  join (select distinct taxonomy from claim_in where taxonomy <> '') g on g.taxonomy = n.code group by n.code
) t on t.code = c.taxonomy
