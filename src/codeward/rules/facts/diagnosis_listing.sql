-- What other editions know of a diagnosis code: whether any lists it, and the next one after the one that answers.
select k.code, k.era, max(1) as known,
  max(case when f.last_release < k.release then f.last_release end) as before_release,
  min(case when f.first_release > k.release then f.first_release end) as after_release,
  max(case when f.first_release <= k.next_release and f.last_release >= k.next_release then 1 else 0 end) as next_listed,
  max(case when f.first_release <= k.next_release and f.last_release >= k.next_release then f.billable else 0 end)
    as next_billable,
  max(case when f.first_release <= k.next_release and f.last_release >= k.next_release then f.narrower else '' end)
    as next_narrower
from diagnosis_key k
join icd_code_fact f on f.code = k.code
group by k.code, k.era
