-- Two diagnosis codes met of which a Code first note of the one names the other.
select s.code, s.era, b.code as cause, min(s.note_row) as note_row
from diagnosis_step s
join diagnosis_beginning b on b.beginning = s.target and b.era = s.era
where s.target <> '' and b.code <> s.code
group by s.code, s.era, b.code
