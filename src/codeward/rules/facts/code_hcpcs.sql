-- The latest row of each HCPCS Level II code met: its own dates speak for the days between two loaded files.
select h.code, h.id, h.added, h.terminated, h.last_release
from hcpcs h
join (select x.code, max(x.id) as id from hcpcs x join (select distinct code from code_key) c on c.code = x.code
  group by x.code) latest on latest.id = h.id
