-- Every code that stands on a line or in history, once a setting and era.
select distinct code, setting, era from line_in
