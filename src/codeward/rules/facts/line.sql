-- One row a service line, in history or billed now, with what is known of its code on its day and of its modifiers.
select l.row_id, l.scope, l.claim, l.line, l.history, l.claim_id, l.payer, l.setting, l.code, '' as with_code, l.m1, l.m2, l.m3, l.m4,
  l.modifiers, l.units, l.measure, l.day, l.day_number, l.span, l.pos, l.provider, l.npi, l.billing_npi, l.specialty,
  l.clia, l.charge, l.era,
  c.rvu_row, c.status, c.global_days, c.pctc, c.multiple, c.bilateral, c.assistant, c.cosurgeon, c.team,
  c.na_facility, c.na_nonfacility, c.near_row, c.near_global, c.mue_row, c.unit_limit, c.mai, c.mue_dataset,
  c.mue_release, c.hcpcs_row, c.hcpcs_added, c.hcpcs_ended, c.opps_row, c.opps_status, c.rvu_release, c.aoc_release,
  c.opps_release, c.aoc_type, c.aoc_row, c.known, c.rvu_before, c.rvu_after, c.is_visit, c.is_anesthesia,
  case when c.listed = 1 or (c.hcpcs_current = 1 and c.hcpcs_added <= l.day
    and (c.hcpcs_ended is null or c.hcpcs_ended >= l.day)) then 1 else 0 end as listed,
  case when l.payer = 'medicaid' then '' when l.setting = 'outpatient-hospital' then 'outpatient'
    when l.setting = 'dme' then '' else 'practitioner' end as pair_table,
  case when l.pos in ($facility_places) then 1 else 0 end as in_facility,
  case when l.pos in ($hospital_places) then 1 else 0 end as in_hospital,
  case when l.modifiers = '' then 0 when l.m1 in ($ptp_modifiers) or l.m2 in ($ptp_modifiers) or l.m3 in ($ptp_modifiers)
    or l.m4 in ($ptp_modifiers) then 1 else 0 end as ptp_modifier,
  case when l.modifiers = '' then 0 when l.m1 in ($distinct_modifiers) or l.m2 in ($distinct_modifiers) or l.m3 in ($distinct_modifiers)
    or l.m4 in ($distinct_modifiers) then 1 else 0 end as distinct_modifier,
  case when l.m1 in ($anatomic_modifiers) then l.m1 else '' end
    || case when l.m2 in ($anatomic_modifiers) then l.m2 else '' end
    || case when l.m3 in ($anatomic_modifiers) then l.m3 else '' end
    || case when l.m4 in ($anatomic_modifiers) then l.m4 else '' end as sites,
  case when l.modifiers = '' then 0 when l.m1 in ($assistant_modifiers) or l.m2 in ($assistant_modifiers) or l.m3 in ($assistant_modifiers)
    or l.m4 in ($assistant_modifiers) then 1 else 0 end as by_assistant,
  case when l.modifiers = '' then 0 when l.m1 in ($global_modifiers) or l.m2 in ($global_modifiers) or l.m3 in ($global_modifiers)
    or l.m4 in ($global_modifiers) then 1 else 0 end as global_modifier,
  case when l.span > 1 then cast(round(l.units / l.span) as bigint) else l.units end as daily_units
from line_in l
join code_fact c on c.code = l.code and c.setting = l.setting and c.era = l.era
