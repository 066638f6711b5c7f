-- One row a diagnosis code and era: what the edition in force says of it, and what others do where it is silent.
select k.code, k.era, k.release, k.late, k.edition, k.next_edition, k.next_from,
  case when length(k.code) > 3 then substr(k.code, 1, 3) || '.' || substr(k.code, 4) else k.code end as shown,
  case when length(k.code) between 3 and 7 and substr(k.code, 1, 1) between 'A' and 'Z'
    and substr(k.code, 2, 1) between '0' and '9' then 1 else 0 end as well_formed,
  case when f.code is null then 0 else 1 end as listed, coalesce(f.billable, 0) as billable,
  coalesce(f.needs_seventh, 0) as needs_seventh, coalesce(f.narrower, '') as narrower,
  coalesce(f.manifestation, 0) as manifestation, coalesce(f.external_cause, 0) as external_cause,
  coalesce(f.side, '') as side, coalesce(f.age_class, '') as age_class, f.min_age, f.max_age,
  coalesce(f.sex, '') as only_sex, coalesce(f.first_only, 0) as first_only, coalesce(f.body_site, '') as body_site,
  coalesce(c.id, f.neighbour_row, w.id) as diagnosis_row, n.id as next_row,
  coalesce(o.known, 0) as known, coalesce(o.next_listed, 0) as next_listed, coalesce(o.next_billable, 0) as next_billable,
  coalesce(o.next_narrower, '') as next_narrower,
  coalesce(b.edition, '') as before_edition, coalesce(a.edition, '') as after_edition,
  coalesce(s.padded, '') as padded, coalesce(s.stem_code, '') as stem_code, coalesce(s.stem_narrower, '') as stem_narrower
from diagnosis_key k
left join icd_code_fact f on f.code = k.code and f.first_release <= k.release and f.last_release >= k.release
left join icd_10_cm c on c.code = k.code and c.first_release <= k.release and c.last_release >= k.release
left join diagnosis_listing o on o.code = k.code and o.era = k.era
left join icd_edition b on b.release = o.before_release
left join icd_edition a on a.release = o.after_release
left join diagnosis_stem s on s.code = k.code and s.era = k.era
left join icd_10_cm w on w.code = case when s.padded <> '' then s.padded else s.stem_code end
  and w.first_release <= k.release and w.last_release >= k.release
left join icd_10_cm n on n.code = k.code and n.first_release <= k.next_release and n.last_release >= k.next_release
