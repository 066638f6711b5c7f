-- One row a line and an article that governs it, with what this and the other articles say of the line's diagnoses.
select a.row_id, a.claim, a.line, a.setting, a.payer, a.code, '' as with_code, a.day, a.modifiers, a.article,
  a.article_row, coalesce(l.listed, 0) as listed, coalesce(m.refusing, 0) as refusing,
  coalesce(g.supporting, 0) as supporting, coalesce(g.ranged, 0) as ranged,
  case when a.modifiers like '%,GA,%' then 'GA' when a.modifiers like '%,GZ,%' then 'GZ'
    when a.modifiers like '%,GY,%' or a.modifiers like '%,GX,%' then 'GY' else '' end as notice
from coverage_article a
left join coverage_listed l on l.row_id = a.row_id and l.article = a.article and l.version = a.version
left join coverage_match m on m.row_id = a.row_id and m.article = a.article and m.version = a.version
left join (
  select row_id, max(supporting) as supporting, max(ranged) as ranged from coverage_listed group by row_id
) g on g.row_id = a.row_id
