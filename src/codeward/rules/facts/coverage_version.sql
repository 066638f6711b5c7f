-- One row a line that points to a diagnosis and a version that holds on its day of an article that ever listed its code.
select l.row_id, l.claim, l.line, l.setting, l.payer, l.code, l.day, l.modifiers, c.state, a.article_id as article,
  a.article_version as version, a.id as article_row, a.first_day, a.last_day
from line_in l
join claim_in c on c.claim = l.claim
join (select row_id from coverage_pointed group by row_id) p on p.row_id = l.row_id
join mcd_article_x_hcpc_code x on x.hcpc_code_id = l.code
join mcd_article a on a.article_id = x.article_id and a.first_day <= l.day and a.last_day >= l.day
  and a.status not in ('D', 'P')
group by l.row_id, l.claim, l.line, l.setting, l.payer, l.code, l.day, l.modifiers, c.state, a.article_id,
  a.article_version, a.id, a.first_day, a.last_day
