-- One row an NPI of a claim and the role it stands in; the check digit is Luhn's over 80840 and the number (24 + ...).
select n.claim, n.row_id, n.line, n.payer, n.setting, n.npi as code, n.role as with_code, n.role, n.day,
  case when n.npi = '' then 0 else 1 end as given, f.well_formed, f.check_sum
from (
  select c.claim, 0 as row_id, 0 as line, c.payer, c.setting, c.billing_npi as npi, 'billing' as role, d.day
  from claim_in c join (select claim, min(day) as day from line_in where history = 0 group by claim) d
    on d.claim = c.claim
  union all
  select c.claim, 0, 0, c.payer, c.setting, c.rendering_npi, 'rendering', d.day
  from claim_in c join (select claim, min(day) as day from line_in where history = 0 group by claim) d
    on d.claim = c.claim
  where c.rendering_npi <> '' and c.rendering_npi <> c.billing_npi
  union all
  select l.claim, l.row_id, l.line, l.payer, l.setting, l.npi, 'rendering', l.day
  from line_in l join claim_in c on c.claim = l.claim
  where l.history = 0 and l.npi <> '' and l.npi <> c.rendering_npi and l.npi <> c.billing_npi
) n
join (
  select npi, well_formed, case when well_formed = 0 then 0 else (24
    + 2 * (instr('0123456789', substr(npi, 1, 1)) - 1) - case when (instr('0123456789', substr(npi, 1, 1)) - 1) > 4 then 9 else 0 end
    + (instr('0123456789', substr(npi, 2, 1)) - 1)
    + 2 * (instr('0123456789', substr(npi, 3, 1)) - 1) - case when (instr('0123456789', substr(npi, 3, 1)) - 1) > 4 then 9 else 0 end
    + (instr('0123456789', substr(npi, 4, 1)) - 1)
    + 2 * (instr('0123456789', substr(npi, 5, 1)) - 1) - case when (instr('0123456789', substr(npi, 5, 1)) - 1) > 4 then 9 else 0 end
    + (instr('0123456789', substr(npi, 6, 1)) - 1)
    + 2 * (instr('0123456789', substr(npi, 7, 1)) - 1) - case when (instr('0123456789', substr(npi, 7, 1)) - 1) > 4 then 9 else 0 end
    + (instr('0123456789', substr(npi, 8, 1)) - 1)
    + 2 * (instr('0123456789', substr(npi, 9, 1)) - 1) - case when (instr('0123456789', substr(npi, 9, 1)) - 1) > 4 then 9 else 0 end
    + (instr('0123456789', substr(npi, 10, 1)) - 1)) % 10 end as check_sum
  from (
    select npi, case when length(npi) = 10 and replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(npi, '0', ''), '1', ''), '2', ''), '3', ''), '4', ''), '5', ''), '6', ''), '7', ''), '8', ''), '9', '') = ''
      and substr(npi, 1, 1) in ('1', '2') then 1 else 0 end as well_formed
    from (
      select billing_npi as npi from claim_in
      union select rendering_npi from claim_in
      union select npi from line_in where history = 0
    ) met
  ) formed
) f on f.npi = n.npi
