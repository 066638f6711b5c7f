-- Whether a list in force has the code, whether any loaded list ever had it, and whether the fee schedule had it before or has it later.
select code, era, max(listed) as listed, max(known) as known, max(rvu_before) as rvu_before,
  max(rvu_after) as rvu_after
from (
  select k.code, k.era, case when x.first_release <= e.mpfs_rvu and x.last_release >= e.mpfs_rvu then 1 else 0 end
    as listed, 1 as known, case when x.last_release < e.mpfs_rvu then 1 else 0 end as rvu_before,
    case when x.first_release > e.mpfs_rvu then 1 else 0 end as rvu_after
  from (select distinct code, era from code_key) k join era e on e.era = k.era join mpfs_rvu x on x.code = k.code
  union all
  select k.code, k.era, case when x.first_release <= e.ncci_mue_practitioner
    and x.last_release >= e.ncci_mue_practitioner then 1 else 0 end, 1, 0, 0
  from (select distinct code, era from code_key) k join era e on e.era = k.era
  join ncci_mue_practitioner x on x.code = k.code
  union all
  select k.code, k.era, case when x.first_release <= e.ncci_mue_outpatient
    and x.last_release >= e.ncci_mue_outpatient then 1 else 0 end, 1, 0, 0
  from (select distinct code, era from code_key) k join era e on e.era = k.era
  join ncci_mue_outpatient x on x.code = k.code
  union all
  select k.code, k.era, case when x.first_release <= e.ncci_mue_dme and x.last_release >= e.ncci_mue_dme
    then 1 else 0 end, 1, 0, 0
  from (select distinct code, era from code_key) k join era e on e.era = k.era
  join ncci_mue_dme x on x.code = k.code
  union all
  select k.code, k.era, case when x.first_release <= e.opps_addendum_b and x.last_release >= e.opps_addendum_b
    and x.status_indicator <> 'D' then 1 else 0 end, 1, 0, 0
  from (select distinct code, era from code_key) k join era e on e.era = k.era
  join opps_addendum_b x on x.code = k.code
  union all
  select k.code, k.era, case when x.first_release <= e.clfs and x.last_release >= e.clfs then 1 else 0 end, 1, 0, 0
  from (select distinct code, era from code_key) k join era e on e.era = k.era join clfs x on x.code = k.code
  union all
  select k.code, k.era, case when x.first_release <= e.asp and x.last_release >= e.asp then 1 else 0 end, 1, 0, 0
  from (select distinct code, era from code_key) k join era e on e.era = k.era join asp x on x.code = k.code
  union all
  select k.code, k.era, case when x.first_release <= e.dmepos and x.last_release >= e.dmepos then 1 else 0 end, 1, 0, 0
  from (select distinct code, era from code_key) k join era e on e.era = k.era join dmepos x on x.code = k.code
  union all
  select k.code, k.era, case when x.first_release <= e.hcpcs and x.last_release >= e.hcpcs then 1 else 0 end, 1, 0, 0
  from (select distinct code, era from code_key) k join era e on e.era = k.era join hcpcs x on x.code = k.code
  union all
  select k.code, k.era, 0, 1, 0, 0 from (select distinct code, era from code_key) k
  where exists (select 1 from ncci_ptp_practitioner x where x.column1 = k.code)
  union all
  select k.code, k.era, 0, 1, 0, 0 from (select distinct code, era from code_key) k
  where exists (select 1 from ncci_ptp_practitioner x where x.column2 = k.code)
) listings
group by code, era
