"""Modifiers that fit one procedure code, derived from its payment indicators, each with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from codeward.core.codes import Code
from codeward.core.sources import Source
from codeward.datasets.mpfs_rvu import RvuRow
from codeward.services.page import Cell, Line, Section, table
from codeward.services.physician_fees import RVU, main_row
from codeward.services.view import View

YES, PAPERS, NO = "applies", "with documentation", "does not apply"

Verdict = tuple[tuple[str, ...], str, str]
"""Modifiers, verdict, why."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """Which modifiers one indicator decides, and what each of its values means for them."""

    field: str
    modifiers: tuple[str, ...]
    by_value: dict[str, tuple[str, str]]


_RULES = (
    _Rule("pctc", ("26", "TC"), {
        "0": (NO, "PC/TC indicator 0: a physician service is not split"),
        "1": (YES, "PC/TC indicator 1: a diagnostic test with a professional and a technical part"),
        "2": (NO, "PC/TC indicator 2: the code itself is the professional part"),
        "3": (NO, "PC/TC indicator 3: the code itself is the technical part"),
        "4": (NO, "PC/TC indicator 4: the code is the whole test; other codes stand for its parts"),
        "5": (NO, "PC/TC indicator 5: incident-to service, not split"),
        "7": (NO, "PC/TC indicator 7: therapy, not split"),
    }),
    _Rule("pctc", ("26",), {"6": (YES, "PC/TC indicator 6: a physician's interpretation of a laboratory test"),
                            "8": (NO, "PC/TC indicator 8: the code itself is the interpretation")}),
    _Rule("bilateral", ("50",), {
        "0": (NO, "bilateral indicator 0: paid once at 100 %, both sides or not"),
        "1": (YES, "bilateral indicator 1: 150 %, one line, one unit"),
        "2": (NO, "bilateral indicator 2: the amount already covers both sides"),
        "3": (YES, "bilateral indicator 3: each side at 100 %"),
    }),
    _Rule("multiple", ("51",), {
        "0": (NO, "multiple-procedure indicator 0: no reduction, so nothing to mark"),
        "2": (YES, "multiple-procedure indicator 2: ranked 100/50/50/50/50; Medicare ranks by itself"),
        "3": (YES, "multiple-procedure indicator 3: endoscopy family; Medicare ranks by itself"),
    }),
    _Rule("assistant", ("80", "81", "82", "AS"), {
        "0": (PAPERS, "assistant indicator 0: paid only when documentation shows the need"),
        "1": (NO, "assistant indicator 1: an assistant is never paid (statute)"),
        "2": (YES, "assistant indicator 2: an assistant is payable"),
    }),
    _Rule("cosurgeon", ("62",), {
        "0": (NO, "co-surgeon indicator 0: two surgeons are not paid"),
        "1": (PAPERS, "co-surgeon indicator 1: documentation must show the need"),
        "2": (YES, "co-surgeon indicator 2: two surgeons of different specialties, no documentation needed"),
    }),
    _Rule("team", ("66",), {
        "0": (NO, "team indicator 0: a surgical team is not paid"),
        "1": (PAPERS, "team indicator 1: documentation must show the need"),
        "2": (YES, "team indicator 2: priced by report"),
    }),
    _Rule("global_days", ("54", "55"), {
        "010": (YES, "global period 010: care can be split between practitioners"),
        "090": (YES, "global period 090: care can be split between practitioners"),
        "000": (NO, "global period 000: there is no care after the day to split"),
        "ZZZ": (NO, "global period ZZZ: the add-on follows its primary"),
    }),
    _Rule("global_days", ("58", "78", "79"), {
        value: (YES, f"global period {value}: tells how it stands to an earlier procedure still in its global period")
        for value in ("000", "010", "090")
    }),
)  # fmt: skip

_VISITS = "Evaluation and Management"


def applicable_modifiers(view: View, code: str, category: str) -> Section:
    """Modifiers the payment indicators decide; those of documentation alone (22, 52, 59) are not judged here."""
    title = "Modifiers that fit"
    found = main_row(view.find(RVU, code=code))
    if found is None and not category.startswith(_VISITS):
        return Section("modifiers", title, missing=() if view.has(RVU) else (RVU,))
    verdicts = list(_by_indicator(found.row)) if found else []
    if category.startswith(_VISITS):
        verdicts.insert(
            0,
            (
                ("24", "25", "57"),
                YES,
                "a visit: these tell it from the procedure whose global period it falls in",
            ),
        )
    source = found.source if found else None
    lines = [
        _line(modifier, verdict, why, source, view) for modifiers, verdict, why in verdicts for modifier in modifiers
    ]
    heads = ("Modifier", "", "Verdict", "Why")
    return Section("modifiers", title, tables=(table("modifiers", "Decided by the payment indicators", heads, lines),))


def _by_indicator(row: RvuRow) -> Iterator[Verdict]:
    for rule in _RULES:
        found = rule.by_value.get(getattr(row, rule.field))
        if found is not None:
            yield rule.modifiers, *found


def _line(modifier: str, verdict: str, why: str, source: Source | None, view: View) -> Line:
    known = view.find("modifiers", code=modifier)
    name = known[0].row.name if known else ""
    return Line((Cell(modifier, Code("modifier", modifier)), Cell(name), Cell(verdict), Cell(why)), source)
