"""Rule text keeps to the SQL that all three engines share, read by sqlglot in each of their dialects."""

from __future__ import annotations

import re

import pytest
import sqlglot
from sqlglot import exp

from codeward.rules.batch import STEPS, step_text
from codeward.rules.compose import selection
from codeward.rules.engines.duckdb import DuckdbEngine
from codeward.rules.engines.findings import FINDINGS, NOT_CHECKED, REJECTED, RISK
from codeward.rules.engines.plan import statement_of
from codeward.rules.facts import BEFORE_DENIALS, ON_DENIALS
from codeward.rules.needs import UNMET
from codeward.rules.rule import Rule, rules
from codeward.store.library import Library
from contracts import engines

DIALECTS = ("sqlite", "duckdb", "spark")
FACTS = (*BEFORE_DENIALS, *ON_DENIALS)
FACT_TEXTS = {name: statement_of(name, engines.TODAY) for name in FACTS}
STEP_TEXTS = {name: step_text(name) for name in ("read_row", *STEPS)}
RESULTS = {"findings": FINDINGS, "not_checked": NOT_CHECKED, "risk": RISK, "rejected": REJECTED}
FUNCTIONS = frozenset(
    """and or case cast coalesce count instr length like max min not replace round spell spell_day substr
    sum""".split()  # noqa: SIM905
)
"""What facts and rules may call, alike in SQLite, DuckDB and Spark; sqlglot counts `and` and `case` as such."""
GAPS: dict[str, frozenset[str]] = {}
"""Functions beyond these that one fact calls all the same; the guard fails when a fact no longer does."""
BATCH_FUNCTIONS = FUNCTIONS | frozenset(
    """date_trunc day_number day_of ident_of lower min_by nullif number_of plain_of pointer_of row_number split_part
    told_by translate trim upper whole_of""".split()  # noqa: SIM905
)
"""What the steps of a batch may call besides: those engines' functions, and the ones both define alike."""


def parsed(text: str, dialect: str = "duckdb") -> exp.Expression:
    return sqlglot.parse_one(text, read=dialect)


def called(text: str) -> set[str]:
    """The functions a statement calls, under their names in DuckDB."""
    found = {item.sql_name().lower() for item in parsed(text).find_all(exp.Func) if not isinstance(item, exp.Anonymous)}
    found |= {str(item.this).lower() for item in parsed(text).find_all(exp.Anonymous)}
    written = re.sub(r"--.*|'[^']*'", "", text).lower()
    return {ALIKE.get(name, name) for name in found} | (set(re.findall(r"(\w+)\s*\(", written)) - WORDS)


WORDS = frozenset(
    """in and or on from join not select as when then else all by union where case over exists decimal""".split()  # noqa: SIM905
)
"""Words of SQL that a bracket may follow; whatever else stands before one is called, under the name it is written."""
ALIKE = {
    "if": "case", "str_position": "instr", "substring": "substr", "arg_min": "min_by", "timestamp_trunc": "date_trunc",
    "date_trunc": "date_trunc", "exists": "case", "try_cast": "cast",
}  # fmt: skip


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", FACTS)
def test_facts_parse_everywhere(name: str, dialect: str) -> None:
    assert isinstance(parsed(FACT_TEXTS[name], dialect), exp.Query)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_rules_parse_everywhere(dialect: str) -> None:
    for rule in rules():
        assert isinstance(parsed(selection(rule), dialect), exp.Query), rule.id
    assert isinstance(parsed(UNMET, dialect), exp.Query)


@pytest.mark.parametrize("dialect", DIALECTS[1:])
@pytest.mark.parametrize("name", [*STEP_TEXTS, *RESULTS])
def test_steps_of_a_batch_parse_on_both_engines(name: str, dialect: str) -> None:
    assert isinstance(parsed({**STEP_TEXTS, **RESULTS}[name], dialect), exp.Query)


@pytest.mark.parametrize("name", FACTS)
def test_facts_call_only_shared_functions(name: str) -> None:
    assert called(FACT_TEXTS[name]) - FUNCTIONS == GAPS.get(name, frozenset())


def test_rules_call_only_shared_functions() -> None:
    assert not {
        (rule.id, *(called(selection(rule)) - FUNCTIONS)) for rule in rules() if called(selection(rule)) - FUNCTIONS
    }


@pytest.mark.parametrize("name", [*STEP_TEXTS, *RESULTS])
def test_steps_call_only_functions_of_both_engines(name: str) -> None:
    assert not called({**STEP_TEXTS, **RESULTS}[name]) - BATCH_FUNCTIONS


@pytest.mark.parametrize("name", FACTS)
def test_columns_are_named_one_by_one(name: str) -> None:
    stars = [item for item in parsed(FACT_TEXTS[name]).find_all(exp.Star) if not isinstance(item.parent, exp.Count)]
    assert not stars


@pytest.mark.parametrize("name", FACTS)
def test_facts_do_what_engines_do_alike(name: str) -> None:
    """No window, no date arithmetic, no pattern but like, no division of whole numbers, no right join, no order."""
    tree = parsed(FACT_TEXTS[name])
    assert not list(tree.find_all(*UNALIKE))
    assert not [item for item in tree.find_all(exp.Join) if item.side in ("RIGHT", "FULL")]
    for division in tree.find_all(exp.Div):
        assert division.this.sql() == "l.units", division.sql()


UNALIKE = (exp.Window, exp.Order, exp.Limit, exp.Interval, exp.Lateral, exp.ILike, exp.Glob)


@pytest.fixture(scope="module")
def types(small_library: Library) -> engines.Types:
    engine = DuckdbEngine(small_library)
    found = engines.fact_types(engine)
    engine.close()
    return found


def _named(rule: Rule) -> set[str]:
    return {item.name for item in parsed(selection(rule)).find_all(exp.Column)}


def test_every_column_a_rule_names_is_one_of_its_fact(types: engines.Types) -> None:
    assert not {(rule.id, name) for rule in rules() for name in _named(rule) if name not in types[rule.grain]}


def test_every_fact_that_rules_judge_tells_where_it_stands(types: engines.Types) -> None:
    told = {"claim", "row_id", "line", "code", "with_code", "payer", "setting", "day"}
    assert not {
        (grain, *(told - set(types[grain]))) for grain in {rule.grain for rule in rules()} if told - set(types[grain])
    }


def test_no_text_that_is_joined_can_be_null() -> None:
    """One null empties the whole of a sentence: every part is a text, or is made one by coalesce, spell or case."""
    bad = set()
    for name, text in [*FACT_TEXTS.items(), *((rule.id, selection(rule)) for rule in rules())]:
        for joined in parsed(text).find_all(exp.DPipe):
            for part in (joined.left, joined.right):
                if not _is_told(part):
                    bad.add((name, part.sql()))
    assert not bad


_SAFE = (exp.Literal, exp.Coalesce, exp.Case, exp.DPipe, exp.Substring, exp.Paren)
NEVER_NULL = frozenset(
    {"code", "mue_dataset", "ptp_dataset", "note_dataset", "with_code", "padded", "stem_code", "owner"}
)
"""Columns that are joined as they are: codes, names of datasets, and owners of notes, empty where there is none."""


def _is_told(part: exp.Expression) -> bool:
    if isinstance(part, _SAFE):
        return True
    if isinstance(part, exp.Anonymous):
        return str(part.this).lower() in ("spell", "spell_day")
    return isinstance(part, exp.Column) and part.name in NEVER_NULL


def test_spelt_slots_are_numbers_or_days_of_their_fact(types: engines.Types) -> None:
    """`spell` takes numbers and `spell_day` days; the other way round engines would differ."""
    numbers, days = re.compile("BIGINT|DOUBLE|INTEGER|HUGEINT|DECIMAL"), re.compile("DATE")
    bad = []
    for rule in rules():
        for call in parsed(selection(rule)).find_all(exp.Anonymous):
            kind = types[rule.grain][call.expressions[0].name]
            wanted = numbers if str(call.this).lower() == "spell" else days
            if not wanted.match(kind):
                bad.append((rule.id, call.sql(), kind))
    assert not bad
