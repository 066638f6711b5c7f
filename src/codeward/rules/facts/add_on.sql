-- One row an add-on line billed now: primaries listed for it that day, and how many of them nothing denies.
select l.claim, l.row_id, l.line, l.payer, l.setting, l.code, coalesce(min(p.primary_code), '') as with_code, l.day,
  l.aoc_type, l.global_days, coalesce(min(p.aoc_row), max(l.aoc_row)) as aoc_row, max(l.rvu_row) as rvu_row,
  count(p.primary_row) as primaries_here, count(p.primary_row) - count(d.row_id) as primaries_payable
from line_fact l
left join add_on_primary p on p.row_id = l.row_id
left join denied d on d.row_id = p.primary_row
where l.history = 0 and (l.aoc_type <> '' or l.global_days = 'ZZZ') and l.aoc_release is not null
group by l.claim, l.row_id, l.line, l.payer, l.setting, l.code, l.day, l.aoc_type, l.global_days
