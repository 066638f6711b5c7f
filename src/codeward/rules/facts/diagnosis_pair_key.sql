-- Two diagnoses of one claim: the first step, before any note is looked up.
select distinct a.code as code_a, b.code as code_b, a.era
from diagnosis_in a
join diagnosis_in b on b.claim = a.claim and b.era = a.era
where a.code <> b.code
