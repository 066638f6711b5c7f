-- Each pair of codes met, once an era and table.
select distinct era, pair_table, code_a, code_b from same_day_pair
