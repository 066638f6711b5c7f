-- One row a code, setting and era: what the fee schedule, the unit tables, HCPCS and OPPS say of it.
select k.code, k.setting, k.era,
  r.id as rvu_row, coalesce(r.status, '') as status, coalesce(r.global_days, '') as global_days,
  coalesce(r.pctc, '') as pctc, coalesce(r.multiple, '') as multiple, coalesce(r.bilateral, '') as bilateral,
  coalesce(r.assistant, '') as assistant, coalesce(r.cosurgeon, '') as cosurgeon, coalesce(r.team, '') as team,
  coalesce(r.na_facility, '') as na_facility, coalesce(r.na_nonfacility, '') as na_nonfacility,
  coalesce(n.id, 0) as near_row, coalesce(n.global_days, '') as near_global,
  case when k.setting = 'outpatient-hospital' then mo.id when k.setting = 'dme' then md.id else mp.id end as mue_row,
  case when k.setting = 'outpatient-hospital' then mo.unit_limit when k.setting = 'dme' then md.unit_limit
    else mp.unit_limit end as unit_limit,
  coalesce(substr(case when k.setting = 'outpatient-hospital' then mo.adjudication
    when k.setting = 'dme' then md.adjudication else mp.adjudication end, 1, 1), '') as mai,
  case when k.setting = 'outpatient-hospital' then 'ncci-mue-outpatient' when k.setting = 'dme' then 'ncci-mue-dme'
    else 'ncci-mue-practitioner' end as mue_dataset,
  case when k.setting = 'outpatient-hospital' then e.ncci_mue_outpatient when k.setting = 'dme' then e.ncci_mue_dme
    else e.ncci_mue_practitioner end as mue_release,
  h.id as hcpcs_row, h.added as hcpcs_added, h.terminated as hcpcs_ended,
  case when h.last_release >= coalesce(e.hcpcs, 0) then 1 else 0 end as hcpcs_current,
  o.id as opps_row, coalesce(o.status_indicator, '') as opps_status,
  e.mpfs_rvu as rvu_release, e.ncci_aoc as aoc_release, e.opps_addendum_b as opps_release,
  coalesce(t.aoc_type, '') as aoc_type, t.aoc_row,
  coalesce(s.listed, 0) as listed, coalesce(s.known, 0) as known, coalesce(s.rvu_before, 0) as rvu_before,
  case when e.mpfs_rvu_gap = 0 then coalesce(s.rvu_after, 0) else 0 end as rvu_after,
  case when substr(k.code, 5, 1) between '0' and '9' and length(k.code) = 5
    and ((k.code between '99202' and '99499') or (k.code between '92002' and '92014')) then 1 else 0 end as is_visit,
  case when substr(k.code, 5, 1) between '0' and '9' and length(k.code) = 5
    and k.code between '00100' and '01999' then 1 else 0 end as is_anesthesia
from code_key k
join era e on e.era = k.era
left join mpfs_rvu r on r.code = k.code and r.modifier is null and r.qualifying = 0
  and r.first_release <= e.mpfs_rvu and r.last_release >= e.mpfs_rvu
left join mpfs_rvu n on n.code = k.code and n.modifier is null and n.qualifying = 0
  and n.first_release <= e.mpfs_rvu_near and n.last_release >= e.mpfs_rvu_near
left join ncci_mue_practitioner mp on mp.code = k.code
  and mp.first_release <= e.ncci_mue_practitioner and mp.last_release >= e.ncci_mue_practitioner
left join ncci_mue_outpatient mo on mo.code = k.code
  and mo.first_release <= e.ncci_mue_outpatient and mo.last_release >= e.ncci_mue_outpatient
left join ncci_mue_dme md on md.code = k.code
  and md.first_release <= e.ncci_mue_dme and md.last_release >= e.ncci_mue_dme
left join code_hcpcs h on h.code = k.code
left join opps_addendum_b o on o.code = k.code
  and o.first_release <= e.opps_addendum_b and o.last_release >= e.opps_addendum_b
left join code_add_on t on t.code = k.code and t.era = k.era
left join code_listing s on s.code = k.code and s.era = k.era
