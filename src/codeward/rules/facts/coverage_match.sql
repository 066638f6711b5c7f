-- One row an article that governs a line and lists a diagnosis of it as not supporting.
select a.row_id, a.article, a.version, 1 as refusing
from coverage_article a
join mcd_article_x_icd10_noncovered d on d.article_id = a.article and d.article_version = a.version
join coverage_pointed p on p.row_id = a.row_id and p.code = replace(d.icd10_code_id, '.', '')
group by a.row_id, a.article, a.version
