-- One row a Medicare line billed now, of a claim whose state is told, and a diagnosis it points to.
select distinct l.row_id, d.code
from line_in l
join claim_in c on c.claim = l.claim and c.state <> ''
join (
  select row_id, p1 as pointer from line_in where p1 is not null
  union all select row_id, p2 from line_in where p2 is not null
  union all select row_id, p3 from line_in where p3 is not null
  union all select row_id, p4 from line_in where p4 is not null
) p on p.row_id = l.row_id
join diagnosis_in d on d.claim = l.claim and d.position = p.pointer
where l.history = 0 and l.payer = 'medicare'
