"""Code facts: what rules ask of one ICD-10-CM code in one edition, read off its title, its place and its neighbours.

Sides are read off the words of titles, never off a digit (Official Guidelines, I.B.13). Ages follow the classes of the
Medicare Code Editor (newborn 0, pediatric 0-17, maternity 9-64, adult 15-124); which codes belong to them is read off
chapters and title words, so the lists are shorter than the editor's own. Codes of chapter 16 have no age: they may be
used throughout life (I.C.16.a.4). Sexes are read off the parts of the list that name organs, and off title words.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb

COLUMNS = (
    ("first_release", "INTEGER"),
    ("last_release", "INTEGER"),
    ("code", "VARCHAR"),
    ("neighbour_row", "INTEGER"),
    ("billable", "INTEGER"),
    ("header", "INTEGER"),
    ("needs_seventh", "INTEGER"),
    ("sevenths", "VARCHAR"),
    ("stem", "VARCHAR"),
    ("narrower", "VARCHAR"),
    ("manifestation", "INTEGER"),
    ("external_cause", "INTEGER"),
    ("side", "VARCHAR"),
    ("age_class", "VARCHAR"),
    ("min_age", "INTEGER"),
    ("max_age", "INTEGER"),
    ("sex", "VARCHAR"),
    ("first_only", "INTEGER"),
    ("body_site", "VARCHAR"),
)
"""Of the table. A list of billable codes has no headers: one that its codes imply is there too, with the row of the
nearest edition that titles it; any other row of the dataset is found by code and release."""

HEAD, TRUNK = "head-neck-hands-feet-genitalia", "trunk-arms-legs"

_FIRST_ONLY = (
    ("^Z00(?!6)|^Z01|^Z02|^Z04|^Z332|^Z318[134]|^Z34|^Z38|^Z39|^Z40|^Z42|^Z510|^Z511|^Z52(?!9)|^Z76[12]|^Z9912")
    .replace("(?!6)", "[0-57-9]")
    .replace("(?!9)", "[0-8]")
)
"""Z codes that may only be first-listed: Official Guidelines, I.C.21.c.16 (Z00.6 and Z52.9 are its exceptions)."""

_MATERNITY = "^O|^Z3[34679A]|^A34|^F53|^Z037|^Z3201|^C58|^D392|^M830|^Z1332"
_NEWBORN = r"\bnewborn\b|neonatorum|^neonatal obstruction|liveborn infant"
_NOT_NEWBORN = "not of newborn|history"
_CHILD = (
    r"\bchild (?:neglect|physical|sexual|psychological|forced|financial|maltreatment|welfare exam)|"
    r"routine child health|pediatric feeding|\binfantile (?:and juvenile|acne|papular|\(acute)|seborrheic infantile|"
    r"\binfant \(baby\)|"
    r"shaken infant|delayed milestone in childhood|adolescent development"
)
_ADULT = (
    r"\bsenile\b|\bage-related\b|^adult (?:neglect|physical|sexual|psychological|forced|financial|maltreatment)|"
    r"unspecified adult maltreatment|body mass index.*\badult\b"
)
_NOT_ADULT = "history|degeneration of brain|underdosing"
_AGES = (("newborn", 0, 0), ("pediatric", 0, 17), ("maternity", 9, 64), ("adult", 15, 124))

_FEMALE_PLACES = "^O|^C5[1-8]|^D06|^D07[0-3]|^D2[5-8]|^D39|^N7[0-7]|^N8[0-9]|^N9[0-8]|^Z3[34679A]|^Z124|^A34|^F53"
_MALE_PLACES = "^C6[0-3]|^D07[4-6]|^D29|^D40|^N4[0-9]|^N5[0-3]|^Z125"
_FEMALE = (
    r"\b(?:female|uterus|uterine|ovary|ovaries|ovarian|vagina|vaginal|vaginitis|vulva|vulvar|vulvovaginitis|"
    r"cervix uteri|fallopian|postmenopausal|endometrium|endometriosis|gynecological)\b"
)
_MALE = r"\b(?:male|prostate|prostatic|penis|penile|testis|testes|testicle|testicular|scrotum|scrotal|epididymis)\b"
_NO_SEX = "^[PVWXY]|^Z80|^Z3[018]"
"""Newborns of mothers, external causes, family history, and encounters about somebody else or an outcome."""

_UNSAID = r"unspecified (?:eyes?|eyelid|ear|side|limb|arm|leg|hand|breast)\b"
"""A side left open where the titles of the sides are worded otherwise: unspecified eyelid, right upper eyelid."""
_SKIN = "C43|C44|C4A|D03|D04|D22|D23"
_HEAD_SITES = f"^(?:{_SKIN})[0-4]|^C51|^C60|^C632|^D07[14]|^D0761|^D280|^D29[04]"
_TRUNK_SITES = f"^(?:{_SKIN})5"
"""Skin by site is built alike in these families: .0 lip, .1 eyelid, .2 ear, .3 face, .4 scalp and neck, .5 trunk.
Hand and foot stand with arm and leg (.6, .7), so those tell nothing. Genital skin has categories of its own."""

_EACH = """
create temp table each as
with plain as (
  select e.release, null::integer as row, c.code, c.title, c.billable::integer as billable
  from read_parquet(?) c join edition e on e.release between c.first_release and c.last_release
), headless as (
  select release from plain group by release having min(billable) = 1
), known as (
  select code, title, id as row, first_release, last_release from read_parquet(?)
), beginnings as (
  select distinct p.release, left(p.code, n.n) as code
  from plain p join headless using (release), (values (3), (4), (5), (6)) n(n)
  where length(p.code) > n.n
), implied as (
  select b.release, k.row, b.code, k.title, 0 as billable from beginnings b
  left join known k on k.code = b.code
  where not exists (select 1 from plain p where p.release = b.release and p.code = b.code)
    and (k.row is not null or right(b.code, 1) <> 'X')
  qualify row_number() over (partition by b.release, b.code
    order by k.first_release > b.release, abs(k.last_release - b.release), k.row) = 1
)
select *, lower(coalesce(title, '')) as words,
  case when length(code) < 7 then rpad(code, 6, 'X') end as stem
from (select * from plain union all select * from implied)
"""

_SIDES = r"""
create temp table told as select distinct code, words, left(code, 3) as category from each;
create temp table sided as
select distinct category, words as said from told where regexp_matches(words, '\b(right|left)\b');
create temp table unsided as
select category, regexp_replace(said, '\b(right|left)\b', 'unspecified') as said from sided
union
select category, regexp_replace(said, '\b(right|left) (?:non-?dominant|dominant) side', 'unspecified side') as said
from sided;
create temp table eyes as
select distinct left(code, least(length(code), 6) - 1) as base from told where regexp_matches(words, '\bright\b');
create temp table stemmed as
select release, left(code, 6) as stem, string_agg(distinct right(code, 1), '' order by right(code, 1)) as sevenths
from each where length(code) = 7 group by all
"""
"""Titles of all editions together, since a side is a matter of words; seventh characters edition by edition."""


def _below(table: str) -> str:
    """An owner has three characters or more; the code or one of its beginnings is it."""
    return "(" + " or ".join(f"left(code, {length}) in (select owner from {table})" for length in range(3, 8)) + ")"


def _facts() -> str:
    ages = " ".join(f"when '{name}' then {low}" for name, low, _ in _AGES)
    ends = " ".join(f"when '{name}' then {high}" for name, _, high in _AGES)
    return rf"""
create temp table worded as
select code, words, {_below("manifest")} as manifestation, {_below("extended")} as extended,
  left(code, 1) in ('V', 'W', 'X', 'Y') as external_cause,
  case
    when regexp_matches(words, '\bbilateral\b') then 'bilateral'
    when regexp_matches(words, '\bright\b') and regexp_matches(words, '\bleft\b') then ''
    when regexp_matches(words, '\bright\b') then if(r.said is null, '', 'right')
    when regexp_matches(words, '\bleft\b') then if(l.said is null, '', 'left')
    when u.said is not null then 'unspecified'
    when e.base is not null and regexp_matches(words, '{_UNSAID}') then 'unspecified'
    else '' end as side,
  case
    when regexp_matches(code, '{_MATERNITY}') then 'maternity'
    when regexp_matches(code, '^[PVWXY]') then ''
    when regexp_matches(words, '{_NEWBORN}') and not regexp_matches(words, '{_NOT_NEWBORN}') then 'newborn'
    when regexp_matches(words, '{_CHILD}') and not regexp_matches(words, 'history') then 'pediatric'
    when regexp_matches(words, '{_ADULT}') and not regexp_matches(words, '{_NOT_ADULT}') then 'adult'
    else '' end as age_class,
  case age_class {ages} end as min_age,
  case age_class {ends} end as max_age,
  case
    when regexp_matches(code, '{_FEMALE_PLACES}') then 'F'
    when regexp_matches(code, '{_MALE_PLACES}') then 'M'
    when regexp_matches(code, '{_NO_SEX}') or contains(words, 'family history') then ''
    when regexp_matches(words, '{_FEMALE}') = regexp_matches(words, '{_MALE}') then ''
    when regexp_matches(words, '{_FEMALE}') then 'F' else 'M' end as sex,
  regexp_matches(code, '{_FIRST_ONLY}') as first_only,
  case
    when regexp_matches(code, '{_HEAD_SITES}') then '{HEAD}'
    when regexp_matches(code, '{_TRUNK_SITES}') then '{TRUNK}'
    else '' end as body_site
from told
left join sided r on r.category = told.category and r.said = regexp_replace(words, '\bright\b', 'left')
left join sided l on l.category = told.category and l.said = regexp_replace(words, '\bleft\b', 'right')
left join unsided u on u.category = told.category and u.said = words
left join eyes e on e.base = left(code, least(length(code), 6) - 1)
"""


_SHOWN = 8
_NARROWER = f"""
create temp table narrower as
with heads as (
  select c.release, c.code, max(n.n) as length
  from each c join (values (3), (4), (5), (6)) n(n) on n.n < length(c.code)
  join each h on h.release = c.release and h.code = left(c.code, n.n) and h.billable = 0
  group by c.release, c.code
)
select release, left(code, length) as code, count(*) as number,
  array_to_string(list_transform(list_sort(list(code))[:{_SHOWN}], lambda item: left(item, 3) || '.' || item[4:]), ', ')
  || if(count(*) > {_SHOWN}, ' and ' || (count(*) - {_SHOWN})::varchar || ' more', '') as narrower
from heads group by release, left(code, length)
"""

_JOINED = """
create temp table fact as
select each.release, row as neighbour_row, billable, 1 - billable as header,
  extended and billable = 0 and sevenths is not null as needs_seventh,
  if(needs_seventh, sevenths, '') as sevenths,
  if(needs_seventh, each.stem, '') as stem,
  coalesce(narrower, '') as narrower,
  worded.* exclude (words, extended)
from each join worded on worded.code = each.code and worded.words = each.words
left join stemmed on stemmed.release = each.release and stemmed.stem = each.stem
left join narrower on narrower.release = each.release and narrower.code = each.code
"""

_RUNS = f"""
create temp table runs as
select min(release)::integer as first_release, max(release)::integer as last_release,
  {", ".join(f"{name}::{kind} as {name}" for name, kind in COLUMNS[2:])}
from (
  select *, release - row_number() over (
    partition by {", ".join(name for name, _ in COLUMNS[2:])} order by release) as run from fact
) group by {", ".join(name for name, _ in COLUMNS[2:])}, run order by code, first_release
"""


def work_out(
    lake: duckdb.DuckDBPyConnection,
    codes: Path,
    releases: Iterable[int],
    manifestations: Iterable[str],
    extended: Iterable[str],
) -> None:
    """Leave table `runs` in the lake: one row for each code and run of editions in which its facts are the same.

    `codes` is the Parquet file of the dataset; `manifestations` and `extended` are beginnings of codes: those that are
    manifestations, and those that a note gives seventh characters. Where no notes are loaded nothing needs a seventh.
    """
    for table, kind, values in (
        ("edition", "release integer", list(releases)),
        ("manifest", "owner varchar", list(manifestations)),
        ("extended", "owner varchar", list(extended)),
    ):
        lake.execute(f"create temp table {table} ({kind})")
        lake.execute(f"insert into {table} select unnest(?)", [values])
    lake.execute(_EACH, [str(codes), str(codes)])
    for step in (_SIDES, _facts(), _NARROWER, _JOINED, _RUNS):
        lake.execute(step)
