-- The diagnosis codes met that have a Code first note, and whether it asks for whatever lies behind the code.
select code, era, max(case when target = '' then 1 else 0 end) as asks_any,
  coalesce(min(case when target = '' then note_row end), min(note_row)) as note_row
from diagnosis_step
group by code, era
