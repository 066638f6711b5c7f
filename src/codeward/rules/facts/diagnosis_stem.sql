-- For a code that no edition lists: the code it lacks placeholders for (M80.08A for M80.08XA), and the code whose seventh
-- character it has wrong.
select code, era, max(padded) as padded, max(stem_code) as stem_code, max(stem_narrower) as stem_narrower
from (
  select k.code, k.era, f.code as padded, '' as stem_code, '' as stem_narrower
  from diagnosis_key k
  join icd_code_fact f on f.code = substr(k.code, 1, length(k.code) - 1) || substr('XXX', 1, 7 - length(k.code))
    || substr(k.code, length(k.code), 1)
  where length(k.code) between 4 and 6 and f.first_release <= k.release and f.last_release >= k.release
  union all
  select k.code, k.era, '', f.code, f.narrower
  from diagnosis_key k
  join icd_code_fact f on f.stem = substr(k.code, 1, 6)
  where length(k.code) = 7 and f.stem <> '' and f.first_release <= k.release and f.last_release >= k.release
) found
group by code, era
