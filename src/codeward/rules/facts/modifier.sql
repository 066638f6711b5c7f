-- One row a modifier on a line billed now.
select l.claim, l.row_id, l.line, l.payer, l.setting, l.code, k.code as with_code, l.day, l.m1, l.m2, l.m3, l.m4,
  k.code as modifier, k.known, k.since, k.until, k.modifier_row,
  case when length(k.code) = 2 then 1 else 0 end as two_characters
from line_fact l
join modifier_key k on k.code in (l.m1, l.m2, l.m3, l.m4)
where l.history = 0 and l.modifiers <> ''
