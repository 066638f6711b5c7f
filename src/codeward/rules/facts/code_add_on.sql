-- The type of each add-on met (1 closed list, 2 contractor, 3 partial list), by the add-on edits in force.
select k.code, k.era, min(a.edit_type) as aoc_type, min(a.id) as aoc_row
from (select distinct code, era from code_key) k
join era e on e.era = k.era
join ncci_aoc a on a.add_on = k.code and a.first_release <= e.ncci_aoc and a.last_release >= e.ncci_aoc
group by k.code, k.era
