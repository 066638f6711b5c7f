-- One row a line billed now and a diagnosis it points to, with the sides that modifiers and titles name.
-- Toes, fingers and eyelids have their side in the modifier (HCPCS Level II).
select l.claim, l.row_id, l.line, l.payer, l.setting, coalesce(k.shown, l.code) as code, case when k.shown is null then '' else l.code end as with_code,
  l.code as procedure_code, l.day, p.pointer, c.diagnosis_count, l.modifiers, coalesce(k.side, '') as side,
  coalesce(k.body_site, '') as body_site, k.diagnosis_row,
  case when l.modifiers like '%,LT,%' or l.modifiers like '%,RT,%' or l.modifiers like '%,50,%' then 1 else 0 end
    as sided,
  case when l.modifiers like '%,LT,%' or l.m1 in ($left_modifiers) or l.m2 in ($left_modifiers)
    or l.m3 in ($left_modifiers) or l.m4 in ($left_modifiers) then 1 else 0 end as on_left,
  case when l.modifiers like '%,RT,%' or l.m1 in ($right_modifiers) or l.m2 in ($right_modifiers)
    or l.m3 in ($right_modifiers) or l.m4 in ($right_modifiers) then 1 else 0 end as on_right
from line_in l
join claim_in c on c.claim = l.claim
join (
  select row_id, p1 as pointer from line_in where p1 is not null
  union all select row_id, p2 from line_in where p2 is not null
  union all select row_id, p3 from line_in where p3 is not null
  union all select row_id, p4 from line_in where p4 is not null
) p on p.row_id = l.row_id
left join diagnosis_in d on d.claim = l.claim and d.position = p.pointer
left join diagnosis_code k on k.code = d.code and k.era = d.era
where l.history = 0
