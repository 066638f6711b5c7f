-- A visit or procedure billed now within, or the day before, the global period of another procedure of the same hand.
-- Same hand: one practitioner, or one group and specialty (Claims Processing Manual, chapter 12, section 30.6.5).
select c.claim, c.row_id, c.line, case when h.history = 0 and h.claim = c.claim then h.line end as other_line,
  c.payer, c.setting, c.code, h.code as with_code, c.day, h.day as other_day, c.is_visit, c.global_days, c.modifiers,
  c.pos, c.by_assistant, c.day_number - h.day_number as days_after, h.claim_id as other_claim,
  case when h.global_days <> '' then h.global_days else h.near_global end as period,
  case when h.global_days <> '' then h.rvu_row else h.near_row end as global_row,
  case when h.global_days <> '' then 0 else 1 end as period_from_later,
  case when (case when h.global_days <> '' then h.global_days else h.near_global end) = '010' then 10 else 90 end
    as period_days, c.rvu_row
from line_fact c
join line_fact h on h.scope = c.scope
where c.history = 0 and h.near_global in ('010', '090')
  and (h.provider = c.provider or (h.billing_npi = c.billing_npi and h.specialty <> '' and h.specialty = c.specialty))
  and c.day_number - h.day_number between -1 and 90 and c.day_number <> h.day_number
  and (c.is_visit = 1 or c.global_days in ('000', '010', '090'))
  and h.by_assistant = 0 and h.modifiers not like '%,54,%' and h.modifiers not like '%,56,%' and h.modifiers not like '%,78,%'
