-- One row a diagnosis with a Code first note: whether what the note names stands before it, after it, or nowhere.
select d.claim, 0 as row_id, 0 as line, c.payer, c.setting, k.shown as code, coalesce(t.shown, '') as with_code, d.day,
  d.position, g.cause_before, g.cause_after, g.asks_any, k.manifestation, g.note_row, k.diagnosis_row,
  coalesce(n.text, '') as note
from (
  select d.claim, d.position, d.code, d.era,
    coalesce(min(case when s.target <> '' and o.position > d.position then s.note_row end),
      min(case when s.target = '' then s.note_row end), min(s.note_row)) as note_row,
    max(case when s.target = '' then 1 else 0 end) as asks_any,
    max(case when s.target <> '' and o.position < d.position then 1 else 0 end) as cause_before,
    max(case when s.target <> '' and o.position > d.position then 1 else 0 end) as cause_after,
    min(case when s.target <> '' and o.position > d.position then o.position end) as cause_position
  from diagnosis_in d
  join diagnosis_step s on s.code = d.code and s.era = d.era
  left join diagnosis_in o on o.claim = d.claim and o.code <> d.code
    and substr(o.code, 1, length(s.target)) = s.target
  group by d.claim, d.position, d.code, d.era
) g
join diagnosis_in d on d.claim = g.claim and d.position = g.position
join claim_in c on c.claim = d.claim
join diagnosis_code k on k.code = g.code and k.era = g.era
join icd_10_cm_notes n on n.id = g.note_row
left join diagnosis_in a on a.claim = g.claim and a.position = g.cause_position
left join diagnosis_code t on t.code = a.code and t.era = a.era
