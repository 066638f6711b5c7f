-- A line that repeats another: one patient, provider and day, the same code, modifiers and place.
select l.claim, l.row_id, l.line, l.payer, l.setting, l.code, '' as with_code, l.day, l.modifiers, l.units,
  case when f.history = 0 and f.claim = l.claim then f.line end as other_line, f.history as first_in_history,
  f.claim_id as other_claim
from line_fact l
join (
  select scope, provider, setting, code, day_number, modifiers, pos, min(row_id) as first_row
  from line_fact group by scope, provider, setting, code, day_number, modifiers, pos having count(*) > 1
) g on g.scope = l.scope and g.provider = l.provider and g.setting = l.setting and g.code = l.code
  and g.day_number = l.day_number and g.modifiers = l.modifiers and g.pos = l.pos
join line_fact f on f.row_id = g.first_row
where l.history = 0 and l.row_id <> g.first_row
