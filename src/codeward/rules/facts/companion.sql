-- Lines whose standing turns on what else the same practitioner did that day: G2211, status T, vaccine administration,
-- drugs that may come from single-dose containers.
select l.claim, l.row_id, l.line, l.payer, l.setting, l.code, '' as with_code, l.day, l.status, l.modifiers, l.rvu_row,
  max(case when o.is_visit = 1 and o.modifiers like '%,25,%' then 1 else 0 end) as visit_with_25,
  max(case when o.code in ($preventive_services) then 1 else 0 end) as preventive_beside,
  max(case when o.status in ('A', 'R') and o.code <> l.code then 1 else 0 end) as payable_beside,
  max(case when o.code in ($medicare_vaccines) then 1 else 0 end) as vaccine_beside,
  max(case when o.code = l.code and o.modifiers like '%,JW,%' then 1 else 0 end) as waste_beside
from line_fact l
left join line_fact o on o.scope = l.scope and o.day_number = l.day_number and o.provider = l.provider
  and o.row_id <> l.row_id
where l.history = 0 and (l.code = 'G2211' or l.status = 'T' or l.code in ('90471', '90473')
  or (l.code between 'J0120' and 'J9999' and length(l.code) = 5))
group by l.claim, l.row_id, l.line, l.payer, l.setting, l.code, l.day, l.status, l.modifiers, l.rvu_row
