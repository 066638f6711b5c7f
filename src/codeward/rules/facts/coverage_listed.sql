-- One row an article that governs a line: how many diagnoses it lists, whether any row is a range, how many match.
select a.row_id, a.article, a.version, count(distinct d.icd10_code_id) as listed,
  max(case when coalesce(d.range_text, '') = '' then 0 else 1 end) as ranged,
  max(case when p.code is null then 0 else 1 end) as supporting
from coverage_article a
join mcd_article_x_icd10_covered d on d.article_id = a.article and d.article_version = a.version
  and d.icd10_code_id <> 'XX000'
left join coverage_pointed p on p.row_id = a.row_id and p.code = replace(d.icd10_code_id, '.', '')
group by a.row_id, a.article, a.version
