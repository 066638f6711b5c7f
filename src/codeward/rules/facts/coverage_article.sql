-- One row a line and an article that governs its code, in the version of the day (of those that hold the last to begin, of
-- those that began together the first to end), of a contract that covers the claim's state for the setting. Parts of a
-- state are left out, and Virginia where Part B pays: the state alone does not tell their contractor.
select v.row_id, v.claim, v.line, v.setting, v.payer, v.code, v.day, v.modifiers, v.article, v.version, v.article_row
from coverage_version v
left join coverage_version b on b.row_id = v.row_id and b.article = v.article and (
  b.first_day > v.first_day
  or (b.first_day = v.first_day and b.last_day < v.last_day)
  or (b.first_day = v.first_day and b.last_day = v.last_day and b.version > v.version)
  or (b.first_day = v.first_day and b.last_day = v.last_day and b.version = v.version
    and b.article_row > v.article_row)
)
join mcd_article_x_hcpc_code h on h.hcpc_code_id = v.code and h.article_id = v.article and h.article_version = v.version
join mcd_article_x_contractor k on k.article_id = v.article and k.article_version = v.version
join mcd_contractor_type_lookup t on t.contractor_type_id = k.contractor_type_id
join mcd_contractor_jurisdiction j on j.contractor_id = k.contractor_id
  and j.contractor_type_id = k.contractor_type_id and j.contractor_version = k.contractor_version
  and j.first_day <= v.day and j.last_day >= v.day
join mcd_state_lookup s on s.state_id = j.state_id and s.state_abbrev = v.state
  and (s.description not like '% - %' or s.description like '% - Entire%')
where b.row_id is null
  and ((v.setting in ('practitioner', 'asc') and t.description like '%Part B%' and v.state <> 'VA')
    or (v.setting = 'outpatient-hospital' and t.description like '%Part A%')
    or (v.setting = 'dme' and t.description like '%DME%'))
group by v.row_id, v.claim, v.line, v.setting, v.payer, v.code, v.day, v.modifiers, v.article, v.version, v.article_row
