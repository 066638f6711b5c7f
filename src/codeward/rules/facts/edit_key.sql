-- Each pair of codes met, once an era and table and in both directions: an edit may stand either way.
select era, pair_table, code_a, code_b, code_a as column1, code_b as column2
from (select distinct era, pair_table, code_a, code_b from same_day_pair) met
union all
select era, pair_table, code_a, code_b, code_b, code_a
from (select distinct era, pair_table, code_a, code_b from same_day_pair) met
