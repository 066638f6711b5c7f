-- Two lines of different codes, one patient, provider and day: the first step, before any edit is looked up.
select a.era, a.day, a.pair_table, a.row_id as row_a, a.code as code_a, b.row_id as row_b, b.code as code_b
from line_fact a
join line_fact b on b.scope = a.scope and b.day_number = a.day_number and b.provider = a.provider
  and b.pair_table = a.pair_table
where a.code < b.code and a.pair_table <> '' and a.history + b.history < 2
