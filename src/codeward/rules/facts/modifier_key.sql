-- Each modifier met, with the days our table or the HCPCS file gives it.
select k.code, max(case when k.code = m.code then 1 else 0 end) as known,
  min(m.since) as since, max(m.until) as until, max(m.id) as modifier_row
from (
  select m1 as code from line_in where m1 <> '' and history = 0
  union select m2 from line_in where m2 <> '' and history = 0
  union select m3 from line_in where m3 <> '' and history = 0
  union select m4 from line_in where m4 <> '' and history = 0
) k
left join modifiers m on m.code = k.code
group by k.code
