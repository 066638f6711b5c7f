-- Two diagnoses of a claim that an Excludes1 note sets apart; once a pair, told of the one that comes later.
select b.claim, 0 as row_id, 0 as line, c.payer, c.setting,
  case when length(b.code) > 3 then substr(b.code, 1, 3) || '.' || substr(b.code, 4) else b.code end as code,
  case when length(a.code) > 3 then substr(a.code, 1, 3) || '.' || substr(a.code, 4) else a.code end as with_code,
  b.day, x.note_row, coalesce(n.text, '') as note, 1 as apart,
  case when length(n.owner) > 3 and n.level = 'code' then substr(n.owner, 1, 3) || '.' || substr(n.owner, 4)
    when n.level = 'chapter' then 'chapter ' || n.owner else n.owner end as note_at
from (select claim, code, era, day, min(position) as position from diagnosis_in group by claim, code, era, day) a
join (select claim, code, era, day, min(position) as position from diagnosis_in group by claim, code, era, day) b
  on b.claim = a.claim and b.position > a.position
join diagnosis_apart x on x.era = b.era and x.code_a = case when a.code < b.code then a.code else b.code end
  and x.code_b = case when a.code < b.code then b.code else a.code end
join claim_in c on c.claim = b.claim
join icd_10_cm_notes n on n.id = x.note_row
