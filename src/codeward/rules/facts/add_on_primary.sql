-- An add-on line and a line of a primary that the add-on edits list for it: one patient, practitioner and day.
select a.row_id, p.row_id as primary_row, p.code as primary_code, x.id as aoc_row
from line_fact a
join line_fact p on p.scope = a.scope and p.day_number = a.day_number and p.provider = a.provider
join era e on e.era = a.era
join ncci_aoc x on x.add_on = a.code and x.primary_code = p.code
where a.history = 0 and a.aoc_type <> '' and p.code <> a.code
  and x.first_day <= a.day and x.last_day >= a.day
  and x.first_release <= e.ncci_aoc and x.last_release >= e.ncci_aoc
