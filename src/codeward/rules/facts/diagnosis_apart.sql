-- The second step: pairs that a note of either code sets apart, in the order of their codes.
select case when p.code_a < p.code_b then p.code_a else p.code_b end as code_a,
  case when p.code_a < p.code_b then p.code_b else p.code_a end as code_b, p.era, min(n.note_row) as note_row
from diagnosis_pair_key p
join diagnosis_note n on n.code = p.code_a and n.era = p.era
where substr(p.code_b, 1, length(n.target)) = n.target
  and substr(p.code_a, 1, length(p.code_b)) <> p.code_b and substr(p.code_b, 1, length(p.code_a)) <> p.code_a
group by case when p.code_a < p.code_b then p.code_a else p.code_b end,
  case when p.code_a < p.code_b then p.code_b else p.code_a end, p.era
