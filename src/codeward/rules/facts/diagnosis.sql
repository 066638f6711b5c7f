-- One row a diagnosis of a claim: its place, what is known of its code, and how patient and first diagnosis compare.
-- Ages are counted in days and leave the day around a birthday open.
select d.claim, 0 as row_id, 0 as line, c.payer, c.setting, k.shown as code, '' as with_code, d.position, d.day,
  k.release, k.late, k.edition, coalesce(k.next_edition, '') as next_edition, k.well_formed, k.listed, k.billable, k.needs_seventh, k.narrower, k.manifestation,
  k.external_cause, k.side, k.age_class, k.min_age, k.max_age, k.only_sex, k.first_only, k.diagnosis_row, k.next_row, k.known,
  k.next_listed, k.next_billable, k.next_narrower, k.before_edition, k.after_edition,
  case when k.next_from is not null and d.day >= k.next_from then 1 else 0 end as next_year,
  case when k.padded = '' then '' else substr(k.padded, 1, 3) || '.' || substr(k.padded, 4) end as padded,
  case when k.stem_code = '' then '' when length(k.stem_code) = 3 then k.stem_code
    else substr(k.stem_code, 1, 3) || '.' || substr(k.stem_code, 4) end as stem_code,
  k.stem_narrower,
  case when c.birth_number is null or k.min_age is null then 0
    when (d.day_number - c.birth_number) < k.min_age * 365.25 - 1 then 1 else 0 end as too_young,
  case when c.birth_number is null or k.max_age is null then 0
    when (d.day_number - c.birth_number) > (k.max_age + 1) * 365.25 + 1 then 1 else 0 end as too_old,
  case when c.sex in ('F', 'M') and k.only_sex <> '' and c.sex <> k.only_sex then 1 else 0 end as other_sex,
  coalesce(f.first_only, 0) as first_is_first_only, coalesce(r.position, 0) as repeats
from diagnosis_in d
join claim_in c on c.claim = d.claim
join diagnosis_code k on k.code = d.code and k.era = d.era
left join diagnosis_in one on one.claim = d.claim and one.position = 1
left join diagnosis_code f on f.code = one.code and f.era = one.era
left join (
  select claim, code, min(position) as position from diagnosis_in group by claim, code
) r on r.claim = d.claim and r.code = d.code and r.position < d.position
