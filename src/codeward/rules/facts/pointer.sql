-- One row a line and diagnosis it points to, with what the line's other diagnoses name.
select p.claim, p.row_id, p.line, p.payer, p.setting, p.code, p.with_code, p.day, p.pointer, p.diagnosis_count,
  p.modifiers, p.side, p.body_site, p.diagnosis_row, p.procedure_code, p.sided, p.on_left, p.on_right,
  g.has_left, g.has_right, g.has_both, g.on_head, g.on_trunk, g.unplaced
from pointed p
join (
  select row_id, max(case when side = 'left' then 1 else 0 end) as has_left,
    max(case when side = 'right' then 1 else 0 end) as has_right,
    max(case when side = 'bilateral' then 1 else 0 end) as has_both,
    max(case when body_site = 'head-neck-hands-feet-genitalia' then 1 else 0 end) as on_head,
    max(case when body_site = 'trunk-arms-legs' then 1 else 0 end) as on_trunk,
    max(case when body_site = '' then 1 else 0 end) as unplaced
  from pointed group by row_id
) g on g.row_id = p.row_id
