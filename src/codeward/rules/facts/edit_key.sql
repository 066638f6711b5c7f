-- Each pair of codes met, once an era and table and in both directions: an edit may stand either way.
select era, pair_table, code_a, code_b, case when way = 1 then code_a else code_b end as column1,
  case when way = 1 then code_b else code_a end as column2
from (select distinct era, pair_table, code_a, code_b from same_day_pair) met
cross join (select 1 as way union all select 2) ways
