-- One row a line as read: cells understood, and the first that cannot be, with what was expected of it.
select r.rn, ident_of(r.input, r.claim_id, r.patient_id, r.claim_number) as ident, r.input, r.file, r.place, r.ready, r.history, r.claim_id, r.patient_id, r.claim_number, r.birth_date, r.sex, r.payer,
  r.setting, r.billing_npi, r.rendering_npi, r.taxonomy, r.clia, r.place_of_service, r.diagnoses, r.code, r.day,
  r.last_day, r.modifiers, r.units, r.measure, r.charge, r.p1, r.p2, r.p3, r.p4, r.line, r.history_claim_id,
  r.history_billing_npi, r.specialty, r.claim_rendering_npi, r.claim_place, r.state,
  case when r.claim_id = '' then 'claim_id|an id that its rows share'
    when r.code = '' and r.revenue_code = '' then 'code|a procedure code'
    when r.day is null then 'date|a day such as 2024-08-15 or 08/15/2024'
    when r.to_date <> '' and r.last_day is null then 'to_date|a day such as 2024-08-15 or 08/15/2024'
    when r.last_day < r.day then 'to_date|the first day or one after it'
    when r.units is null then 'units|a number such as 1 or 120.50'
    when r.charge_text <> '' and r.charge is null then 'charge|a number such as 1 or 120.50'
    when r.birth_text <> '' and r.birth_date is null then 'birth_date|a day such as 1950-08-15 or 08/15/1950'
    when r.sex = '?' then 'sex|F, M or U'
    when r.setting not in ('', 'practitioner', 'outpatient-hospital', 'asc', 'dme')
      then 'setting|one of practitioner, outpatient-hospital, asc, dme'
    when r.line_text <> '' and (r.line is null or r.line < 1 or r.line > 9999) then 'line|a line number from 1'
    when r.ready = 0 and r.billing_npi <> '' and (length(r.billing_npi) <> 10
      or translate(r.billing_npi, '0123456789', '') <> '') then 'billing_npi|ten digits'
    when r.ready = 0 and r.rendering_npi <> '' and (length(r.rendering_npi) <> 10
      or translate(r.rendering_npi, '0123456789', '') <> '') then 'rendering_npi|ten digits'
    when r.ready = 0 and r.place_of_service <> '' and (length(r.place_of_service) <> 2
      or translate(r.place_of_service, '0123456789', '') <> '') then 'place_of_service|two digits'
    when r.diagnoses like ',%' or r.diagnoses like '%,,%' then 'dx1|diagnoses in order, without a gap between them'
    when r.pointers <> '' and ((translate(r.pointers, '0123456789,', '') <> ''
      and translate(r.pointers, 'ABCDEFGHIJKL,', '') <> '') or coalesce(r.p1, 1) not between 1 and 12
      or coalesce(r.p2, 1) not between 1 and 12 or coalesce(r.p3, 1) not between 1 and 12
      or coalesce(r.p4, 1) not between 1 and 12) then 'pointers|letters A to L or numbers 1 to 12, as in AB or 1,2'
  end as fault
from (
  select rn, input, file, place, ready, case when history = '1' then 1 else 0 end as history, claim_id, patient_id, claim_number,
    birth_date as birth_text, day_of(birth_date) as birth_date,
    case upper(sex) when '' then '' when 'F' then 'F' when 'M' then 'M' when 'U' then 'U' when 'FEMALE' then 'F'
      when 'MALE' then 'M' when 'UNKNOWN' then 'U' when 'OTHER' then 'U' when 'X' then 'U' else '?' end as sex,
    lower(payer) as payer, lower(setting) as setting,
    billing_npi, rendering_npi, upper(taxonomy) as taxonomy, upper(clia) as clia, place_of_service,
    plain_of(diagnoses) as diagnoses, plain_of(code) as code, revenue_code, to_date,
    day_of(date) as day, day_of(to_date) as last_day, plain_of(modifiers) as modifiers,
    case when units = '' then 1.0e0 else number_of(units) end as units,
    case when measure = '' then 'UN' else upper(measure) end as measure, charge as charge_text,
    number_of(charge) as charge, pointers, pointer_of(pointers, 1) as p1, pointer_of(pointers, 2) as p2,
    pointer_of(pointers, 3) as p3, pointer_of(pointers, 4) as p4, line as line_text, whole_of(line) as line,
    history_claim_id, history_billing_npi, specialty, claim_rendering_npi, claim_place,
    upper(state) as state
  from raw
) r
