-- Every beginning of three characters or more of each diagnosis code met: notes stand at the wider ones.
select k.code, k.era, k.notes_release, substr(k.code, 1, n.length) as beginning
from diagnosis_key k
join (select 3 as length union all select 4 union all select 5 union all select 6 union all select 7) n
  on n.length <= length(k.code)
