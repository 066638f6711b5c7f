"""Documents: the text of every code for the days on which it has it, built from the merged rows."""

from __future__ import annotations

import sqlite3

from codeward.store import procedure_documents
from codeward.store.passages import write_passage_index
from codeward.store.policy_manual import write_word_index

SCHEMA = """
create table document (id integer primary key, system text, code text, title text, terms text, billable integer,
  first_day text, last_day text, dataset text);
create index document_code on document (code);
"""

_NEWEST = "row_number() over (partition by code order by last_day desc, last_release desc)"
_SPAN = "min(first_day) over (partition by code) as since, max(last_day) over (partition by code) as until"

_INCLUSIONS = """(select group_concat(n.text, '; ') from icd_10_cm_notes n where n.owner = d.code
  and n.kind = 'inclusion' and n.last_release = (select max(last_release) from icd_10_cm_notes))"""


def diagnoses(present: list[str]) -> str:
    """One document a form: a code that was billable before it got narrower codes has two."""
    terms = _INCLUSIONS if "icd_10_cm_notes" in present else "null"
    return f"""
insert into document (system, code, title, terms, billable, first_day, last_day)
select 'icd-10-cm', d.code, d.title, {terms},
  d.billable, min(d.first_day), max(d.last_day)
from icd_10_cm d group by d.code, d.title, d.billable
"""


SUPPLIES = f"""
insert into document (system, code, title, terms, billable, first_day, last_day)
select 'hcpcs', code, coalesce(long_text, short_text), short_text, 1,
  case when added < since then max(added, (select min(first_day) from hcpcs)) else since end,
  case when terminated < until then terminated else until end
from (select *, {_NEWEST} as newest, {_SPAN} from hcpcs) where newest = 1
"""
"""The file's own dates decide where they are narrower than an edition, or fill a gap between two loaded ones."""

OUTPATIENT_SUPPLIES = f"""
insert into document (system, code, title, terms, billable, first_day, last_day)
select 'hcpcs', code, short_text, '', 1, since, until
from (select *, {_NEWEST} as newest, {_SPAN} from opps_addendum_b where short_text is not null) o
where newest = 1 and not exists (select 1 from document d where d.system = 'hcpcs' and d.code = o.code)
"""

_NUMBERS = {"opps_addendum_b": "code", "mpfs_rvu": "code", "service_categories": "code",
            "ncci_mue_practitioner": "code", "ncci_mue_outpatient": "code"}  # fmt: skip


def procedures(present: list[str]) -> str:
    """CPT numbers of every loaded table, titled by CMS service category: the AMA's text is not ours to show."""
    parts = " union ".join(
        f"select {column} as code, min(first_day) as since, max(last_day) as until from {table} "
        f"where {column} glob '[0-9]*' group by {column}"
        for table, column in _NUMBERS.items()
        if table in present
    )
    path = (
        "(select max(path) from service_categories s where s.code = c.code)"
        if "service_categories" in present
        else "null"
    )
    return f"""
insert into document (system, code, title, terms, billable, first_day, last_day)
select 'cpt', code, coalesce({path}, ''), '', 1, since, until
from (select code, min(since) as since, max(until) as until from ({parts}) group by code) c
"""


MODIFIERS = """
insert into document (system, code, title, terms, billable, first_day, last_day)
select 'modifier', code, name, meaning || ' ' || coalesce(effect, ''), null, first_day, last_day from modifiers
"""

MORE_MODIFIERS = f"""
insert into document (system, code, title, terms, billable, first_day, last_day)
select 'modifier', code, coalesce(long_text, short_text), short_text, null, since, until
from (select *, {_NEWEST} as newest, {_SPAN} from hcpcs_modifiers) m where newest = 1
  and not exists (select 1 from document d where d.system = 'modifier' and d.code = m.code)
"""

PLACES = """
insert into document (system, code, title, terms, billable, first_day, last_day)
select 'pos', code, name, meaning, null, first_day, last_day from pos
"""

TAXONOMY = f"""
insert into document (system, code, title, terms, billable, first_day, last_day)
select 'taxonomy', code, coalesce(display_name, classification || coalesce(' - ' || specialization, '')),
  grouping || ' ' || classification || ' ' || coalesce(specialization, ''), null, since, until
from (select *, {_NEWEST} as newest, {_SPAN} from nucc_taxonomy) where newest = 1
"""

_STEPS = (
    ("hcpcs", SUPPLIES),
    ("opps_addendum_b", OUTPATIENT_SUPPLIES),
    ("modifiers", MODIFIERS),
    ("hcpcs_modifiers", MORE_MODIFIERS),
    ("pos", PLACES),
    ("nucc_taxonomy", TAXONOMY),
)


def write_documents(db: sqlite3.Connection) -> None:
    """Fill the document table from whatever datasets are there, and index the policy manual's words."""
    present = [name for (name,) in db.execute("select name from sqlite_master where type = 'table'")]
    db.executescript(SCHEMA)
    db.execute("begin")
    for table, statement in _STEPS:
        if table in present:
            _write(db, table, statement)
    if "icd_10_cm" in present:
        _write(db, "icd_10_cm", diagnoses(present))
    numbered = [table for table in _NUMBERS if table in present]
    if numbered:
        _write(db, numbered[0], procedures(present))
    for statement in procedure_documents.statements(present):
        _write(db, "icd_10_pcs", statement)
    db.execute("commit")
    if "ncci_policy_manual" in present:
        write_word_index(db)
    write_passage_index(db, present)


def _write(db: sqlite3.Connection, table: str, statement: str) -> None:
    """Documents of one dataset, marked with it: whoever may not read the dataset does not find them."""
    db.execute(statement)
    db.execute("update document set dataset = ? where dataset is null", (table.replace("_", "-"),))
