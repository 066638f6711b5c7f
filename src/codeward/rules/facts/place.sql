-- One row a line billed now with its place of service and whether the code set has it.
select l.claim, l.row_id, l.line, l.payer, l.setting, l.code, l.pos as with_code, l.day, k.known, k.since
from line_fact l
join (
  select m.code, max(case when p.code is null then 0 else 1 end) as known, min(p.since) as since
  from (select distinct pos as code from line_in where pos <> '' and history = 0) m
  left join pos p on p.code = m.code
  group by m.code
) k on k.code = l.pos
where l.history = 0
