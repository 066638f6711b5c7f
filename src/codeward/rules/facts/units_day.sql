-- Units of a code for one patient, provider and day over all lines and history; lines with modifier 55 are left out.
-- Units are told to thousandths: a sum of parts (0.1 + 0.2) must not pass a limit by what binary fractions add.
select scope, provider, setting, code, day_number, round(sum(daily_units), 3) as day_units, count(*) as day_lines,
  max(case when modifiers like '%,LT,%' then 1 else 0 end) as left_side,
  max(case when modifiers like '%,RT,%' then 1 else 0 end) as right_side
from line_fact
where mue_row is not null and modifiers not like '%,55,%' and measure <> 'MJ'
group by scope, provider, setting, code, day_number
