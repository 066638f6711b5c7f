-- One row a line billed now, with the units of its code that day and the limit that holds.
-- At an ambulatory surgical center two sides stand on two lines, so the limit of a bilateral code counts twice.
select l.claim, l.row_id, l.line, l.payer, l.setting, l.code, '' as with_code, l.day, l.units, l.daily_units,
  l.unit_limit, l.mai, l.mue_row, l.mue_dataset, l.mue_release, l.measure, l.modifiers, l.rvu_row, l.bilateral,
  coalesce(d.day_units, 0) as day_units, coalesce(d.day_lines, 0) as day_lines,
  coalesce(d.left_side, 0) * coalesce(d.right_side, 0) as both_sides,
  case when l.setting = 'asc' and l.bilateral in ('1', '3') and d.left_side = 1 and d.right_side = 1
    then 2 * l.unit_limit else l.unit_limit end as day_limit
from line_fact l
left join units_day d on d.scope = l.scope and d.provider = l.provider and d.setting = l.setting and d.code = l.code
  and d.day_number = l.day_number
where l.history = 0
