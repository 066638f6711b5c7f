-- Every row that is not judged, with the cell at fault; rows that can be read go with the row of their claim that cannot.
select r.file, r.place, r.claim_id,
  case when r.fault is not null then r.fault when f.fault <> '' then f.fault
    else '|every row of its claim readable' end as fault, r.ready, r.history
from read_row r
join claim_row c on c.input = r.input and c.claim_id = r.claim_id and c.patient_id = r.patient_id
  and c.claim_number = r.claim_number
join (select claim, max(fault) as fault from claim_fault group by claim) f on f.claim = c.claim
