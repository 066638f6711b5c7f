-- Each diagnosis code met in an era, with the editions that answer; none where the library has no facts about codes.
select k.code, k.era, e.icd_10_cm as release, e.icd_10_cm_gap as late, e.icd_10_cm_notes as notes_release,
  x.next_release, x.next_edition, coalesce(x.edition, '') as edition, x.next_from
from (select distinct code, era from diagnosis_in) k
join era e on e.era = k.era
left join icd_edition x on x.release = e.icd_10_cm
