-- Units of a code for one patient, provider and day over all lines and history; lines with modifier 55 are left out.
select scope, provider, setting, code, day_number, sum(daily_units) as day_units, count(*) as day_lines,
  max(case when modifiers like '%,LT,%' then 1 else 0 end) as left_side,
  max(case when modifiers like '%,RT,%' then 1 else 0 end) as right_side
from line_fact
where mue_row is not null and modifiers not like '%,55,%' and measure <> 'MJ'
group by scope, provider, setting, code, day_number
