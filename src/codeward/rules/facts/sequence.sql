-- One row a diagnosis with a Code first note: whether what the note names stands before it, after it, or nowhere.
select d.claim, 0 as row_id, 0 as line, c.payer, c.setting, k.shown as code, coalesce(t.shown, '') as with_code, d.day,
  d.position, coalesce(g.cause_before, 0) as cause_before, coalesce(g.cause_after, 0) as cause_after, f.asks_any,
  k.manifestation, n.id as note_row, k.diagnosis_row, coalesce(n.text, '') as note
from diagnosis_in d
join diagnosis_first f on f.code = d.code and f.era = d.era
left join (
  select d.claim, d.position,
    min(case when o.position > d.position then x.note_row end) as note_row,
    max(case when o.position < d.position then 1 else 0 end) as cause_before,
    max(case when o.position > d.position then 1 else 0 end) as cause_after,
    min(case when o.position > d.position then o.position end) as cause_position
  from diagnosis_in d
  join diagnosis_in o on o.claim = d.claim
  join diagnosis_cause x on x.code = d.code and x.cause = o.code and x.era = d.era
  group by d.claim, d.position
) g on g.claim = d.claim and g.position = d.position
join claim_in c on c.claim = d.claim
join diagnosis_code k on k.code = d.code and k.era = d.era
join icd_10_cm_notes n on n.id = coalesce(g.note_row, f.note_row)
left join diagnosis_in a on a.claim = g.claim and a.position = g.cause_position
left join diagnosis_code t on t.code = a.code and t.era = a.era
