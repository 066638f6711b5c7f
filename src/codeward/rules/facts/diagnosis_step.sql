-- The Code first notes of each diagnosis code met; an empty target asks for whatever lies behind the code.
select b.code, b.era, x.target, min(x.note_row) as note_row
from diagnosis_beginning b
join icd_sequence x on x.owner = b.beginning
where x.first_release <= b.notes_release and x.last_release >= b.notes_release
group by b.code, b.era, x.target
