"""Facts: SELECTs in portable SQL, one file each, that join claim lines to the library as of the date of service.

The same text runs on SQLite, DuckDB and Spark, so it keeps to what all three share: no dialect functions, no
arithmetic on dates (days also come as numbers), texts never null, truths as 0 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template

BEFORE_DENIALS = (
    "code_key",
    "code_hcpcs",
    "code_add_on",
    "code_listing",
    "code_fact",
    "line_fact",
    "same_day_pair",
    "edit_key",
    "pair_edit",
    "pair_fact",
    "units_day",
    "units_fact",
    "earlier_fact",
    "seen_before_fact",
    "add_on_primary",
    "repeated_fact",
    "companion_fact",
    "modifier_key",
    "modifier_fact",
    "place_fact",
    "npi_fact",
    "claim_fact",
    "diagnosis_key",
    "diagnosis_beginning",
    "diagnosis_listing",
    "diagnosis_stem",
    "diagnosis_code",
    "diagnosis_fact",
    "diagnosis_pair_key",
    "diagnosis_note",
    "diagnosis_apart",
    "apart_fact",
    "diagnosis_step",
    "diagnosis_first",
    "diagnosis_cause",
    "sequence_fact",
    "pointed",
    "pointer_fact",
    "coverage_pointed",
    "coverage_version",
    "coverage_article",
    "coverage_listed",
    "coverage_match",
    "coverage_fact",
)
"""Facts in the order in which they build on each other."""
ON_DENIALS = ("add_on_fact",)
"""Facts that ask which lines are denied already; worked out anew after each round of denials."""


@dataclass(frozen=True, slots=True)
class Citable:
    """Which dataset a fact's row number belongs to: the dataset's name in SQL and the column of the row."""

    dataset: str
    row: str


CITES = {
    "rvu": Citable("'mpfs-rvu'", "rvu_row"),
    "global": Citable("'mpfs-rvu'", "global_row"),
    "mue": Citable("mue_dataset", "mue_row"),
    "ptp": Citable("ptp_dataset", "ptp_row"),
    "aoc": Citable("'ncci-aoc'", "aoc_row"),
    "hcpcs": Citable("'hcpcs'", "hcpcs_row"),
    "opps": Citable("'opps-addendum-b'", "opps_row"),
    "modifier": Citable("'modifiers'", "modifier_row"),
    "diagnosis": Citable("'icd-10-cm'", "diagnosis_row"),
    "next_diagnosis": Citable("'icd-10-cm'", "next_row"),
    "article": Citable("'mcd-article'", "article_row"),
    "note": Citable("'icd-10-cm-notes'", "note_row"),
}
NUMBERS = frozenset(
    [
        "line",
        "other_line",
        "units",
        "daily_units",
        "day_units",
        "day_lines",
        "unit_limit",
        "day_limit",
        "days_after",
        "period_days",
        "primaries_here",
        "span",
        "position",
        "repeats",
        "pointer",
        "diagnosis_count",
        "min_age",
        "max_age",
        "article",
        "listed",
    ]
)
"""Facts that are numbers: shown without a trailing point and zeros."""
DAYS = frozenset({"day", "other_day", "hcpcs_added", "hcpcs_ended", "since", "until"})
"""Facts that are days: shown as ISO."""


@cache
def fact_text(name: str) -> str:
    """The SELECT of a fact with the code sets written in; `$today` stays for the engine."""
    from codeward.rules.code_sets import code_sets  # the sets read a table of their own

    file = files(__package__).joinpath(f"{name.removesuffix('_fact')}.sql")
    return Template(file.read_text(encoding="utf-8")).safe_substitute(code_sets())
