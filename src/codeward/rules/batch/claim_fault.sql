-- Claims that are left out whole, and why: a row that cannot be read, rows that disagree, a line number twice.
select claim, '' as fault from claim_row where faulty = 1
union all
select claim, disagrees || '|the same in every row of the claim, or nothing' from claim_row
where faulty = 0 and disagrees <> ''
union all
select c.claim, 'line|every line number once in a claim'
from claim_row c
join read_row r on r.input = c.input and r.claim_id = c.claim_id and r.patient_id = c.patient_id
  and r.claim_number = c.claim_number
where c.faulty = 0 and c.disagrees = '' and c.numbered = 1 and r.history = 0
group by c.claim
having count(r.line) <> count(distinct r.line) or count(r.line) <> count(*)
