"""Inpatient groups: whether a diagnosis is a CC or MCC, and MS-DRGs with weights, stays and titles by version."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from codeward.core.answers import Answer, Fact
from codeward.core.codes import Code
from codeward.core.faults import NotLoaded
from codeward.datasets.ms_drg import SeverityRow, TitleRow, WeightRow
from codeward.services.page import Cell, CodePage, Line, Section, Sentence, Table, table
from codeward.services.view import View, in_words
from codeward.store.library import Found

WEIGHTS, TITLES, CATEGORIES, SEVERITIES = "ms-drg", "ms-drg-titles", "ms-drg-mdcs", "ms-drg-cc"
SEVERITY_WORDS = {
    "MCC": "Major complication or comorbidity. As a secondary diagnosis it can raise the MS-DRG to its MCC level",
    "CC": "Complication or comorbidity. As a secondary diagnosis it can raise the MS-DRG to its CC level",
    "NCC": "Neither. As a secondary diagnosis it does not raise the MS-DRG",
}
KINDS = {"SURG": "surgical", "MED": "medical", "**": "not paid"}
NO_MDC = "several MDCs"
_COMMON = re.compile(r"^(?:MDC \d+:? )?Diseases and Disorders of (?:the )?", re.IGNORECASE)


def complication(view: View, code: Code) -> Section:
    """What a diagnosis is on the CC and MCC lists of the day's MS-DRG version, and in the versions before."""
    title = "MS-DRG: complication status"
    if not view.has(SEVERITIES):
        return Section("ms-drg", title, missing=(SEVERITIES,))
    found: Found[SeverityRow] | None = view.first(SEVERITIES, code=code.value)
    history = view.library.history(SEVERITIES, code=code.value)
    if found is None:
        return Section("ms-drg", title, _unlisted(view), _severity_history(view, history))
    facts = [Fact("severity", found.row.severity, found.source, "Secondary diagnosis", _words_of(found.row))]
    if found.row.mdc:
        named = view.first(CATEGORIES, mdc=found.row.mdc)
        words = named.row.title if named else ""
        facts.append(Fact("mdc", found.row.mdc, found.source, "Principal diagnosis: MDC", words))
    return Section("ms-drg", title, tuple(facts), _severity_history(view, history))


def _words_of(row: SeverityRow) -> str:
    words = SEVERITY_WORDS[row.severity]
    return words if row.severity == "NCC" else f"{words}, unless the principal diagnosis excludes it"


def _unlisted(view: View) -> tuple[Fact, ...]:
    """Tables 6I and 6J name CCs and MCCs alone; the grouper's list has every diagnosis, headers left out."""
    release = view.edition(SEVERITIES)
    if release is None:
        return ()
    words = f"tables 6I and 6J of {release.edition} list it neither as CC nor as MCC"
    if release.from_package:
        words = f"the grouper's list ({release.edition}) has no row for it on the day; it holds complete codes alone"
    return (Fact("severity", "not listed", None, "Secondary diagnosis", words),)


def _severity_history(view: View, rows: list[Found[SeverityRow]]) -> tuple[Table, ...]:
    """By version, runs of equal standing as one; the grouper keeps rows apart that differ in exclusions alone."""
    runs: list[list[Found[SeverityRow]]] = []
    for item in rows:
        if runs and runs[-1][-1].row == item.row:
            runs[-1].append(item)
        else:
            runs.append([item])
    if len(runs) < 2:
        return ()
    lines = [
        Line(
            (Cell(run[0].first_day.isoformat()), Cell(view.last_day_text(run[-1])), Cell(run[-1].row.severity)),
            run[-1].source,
        )
        for run in runs
    ]
    return (table("severity-history", "By MS-DRG version", ("From", "To", "Status"), lines),)


@dataclass(frozen=True, slots=True)
class ListedGroup:
    """One MS-DRG in the list of all."""

    code: Code
    row: WeightRow
    found: Found[WeightRow]


@dataclass(frozen=True, slots=True)
class ListedCategory:
    """One MDC with its MS-DRGs; `name` is 05, PRE or empty for those that fit several."""

    name: str
    title: str
    groups: tuple[ListedGroup, ...]

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"mdc-{self.name or 'several'}".lower()

    @property
    def short(self) -> str:
        """Its title without the words that most begin with."""
        return _COMMON.sub("", self.title)


def group_list(view: View) -> Answer[tuple[ListedCategory, ...]]:
    """Every MS-DRG of the day's fiscal year by MDC; NotLoaded where no table of weights speaks for the day."""
    if not view.has(WEIGHTS):
        raise NotLoaded(f"no MS-DRG weights are loaded for {view.on}: load {WEIGHTS}")
    by_category: dict[str, list[ListedGroup]] = {}
    for found in view.find(WEIGHTS):
        listed = ListedGroup(Code(WEIGHTS, found.row.number), found.row, found)
        by_category.setdefault(found.row.mdc, []).append(listed)
    names = sorted(by_category, key=lambda name: (name != "PRE", name == "", name))
    every = tuple(ListedCategory(name, category_title(view, name), tuple(by_category[name])) for name in names)
    return view.answer(every)


def category_title(view: View, mdc: str) -> str:
    """An MDC's title; Table 5 writes PRE where the grouper has 00, and several as `19, 20`."""
    if not mdc:
        return "Assigned from several MDCs, or none"
    found = view.first(CATEGORIES, mdc="00" if mdc == "PRE" else mdc)
    return found.row.title if found else ""


def group_page(view: View, number: str) -> CodePage | None:
    """One MS-DRG: title, weight and stay on the day, and both through the editions; None when no edition has it."""
    titles: list[Found[TitleRow]] = view.library.history(TITLES, number=number)
    weights: list[Found[WeightRow]] = view.library.history(WEIGHTS, number=number)
    if not (titles or weights):
        return None
    title: Found[TitleRow] | None = view.first(TITLES, number=number)
    weight: Found[WeightRow] | None = view.first(WEIGHTS, number=number)
    named: Found[Any] | None = title or weight or (titles or weights)[-1]
    assert named is not None
    status = _status(view, title, weight, titles)
    sections = (_payment(view, weight), _versions(view, titles, weights))
    words = _group_words(view, number, status, weight, titles)
    return CodePage(Code(WEIGHTS, number), named.row.title, named.source, status, None, words, sections)


def _status(
    view: View, title: Found[TitleRow] | None, weight: Found[WeightRow] | None, titles: list[Found[TitleRow]]
) -> str:
    """Titles are dated by version and decide where they are loaded; else the day's table of weights."""
    if title is not None or (weight is not None and not view.has(TITLES)):
        return "active"
    if titles and titles[0].first_day > view.on:
        return "future"
    return "deleted"


def _payment(view: View, found: Found[WeightRow] | None) -> Section:
    title = "Weight and length of stay"
    if found is None:
        return Section("drg-weight", title, missing=() if view.has(WEIGHTS) else (WEIGHTS,))
    row, source = found.row, found.source
    words = category_title(view, row.mdc)
    facts = [
        Fact("weight", _number(row.weight), source, "Relative weight", f"{source.edition}, times the hospital's rate"),
        Fact("weight_before_cap", _number(row.weight_before_cap), source, "Before the cap", _cap_words(row)),
        Fact("geometric_stay", _number(row.geometric_stay), source, "Geometric mean stay", "days"),
        Fact("arithmetic_stay", _number(row.arithmetic_stay), source, "Arithmetic mean stay", "days"),
        Fact("mdc", row.mdc or NO_MDC, source, "MDC", words),
        Fact("kind", KINDS[row.kind], source, "Type"),
        Fact("post_acute", row.post_acute, source, "Post-acute transfer policy"),
        Fact("special_pay", row.special_pay, source, "Special payment for transfers"),
    ]
    return Section("drg-weight", title, tuple(fact for fact in facts if fact.value != ""))


def _cap_words(row: WeightRow) -> str:
    if row.weight == row.weight_before_cap:
        return "the cap on a fall of more than 10 % from the year before did not bind"
    return "it fell by more than 10 % from the year before, so the capped weight pays"


def _number(value: Decimal | None) -> str:
    return "" if value is None else str(value)


def _versions(view: View, titles: list[Found[TitleRow]], weights: list[Found[WeightRow]]) -> Section:
    lines = [
        Line((Cell(item.first_day.isoformat()), Cell(view.last_day_text(item)), Cell(item.row.title)), item.source)
        for item in titles
    ]
    tables = [table("drg-titles", "Title by grouper version", ("From", "To", "Title"), lines)] if lines else []
    heavy = [
        Line(
            (
                Cell(item.first_day.isoformat()),
                Cell(view.last_day_text(item)),
                Cell(_number(item.row.weight)),
                Cell(_number(item.row.geometric_stay)),
                Cell(_number(item.row.arithmetic_stay)),
            ),
            item.source,
        )
        for item in weights
    ]
    heads = ("From", "To", "Weight", "Geometric mean stay", "Arithmetic mean stay")
    tables += [table("drg-weights", "Weight by fiscal year", heads, heavy)] if heavy else []
    missing = () if titles or view.has(TITLES) else (TITLES,)
    return Section("drg-versions", "Through the versions", tables=tuple(tables), missing=missing)


def _group_words(
    view: View, number: str, status: str, weight: Found[WeightRow] | None, titles: list[Found[TitleRow]]
) -> tuple[Sentence, ...]:
    if status == "future":
        return (Sentence(f"MS-DRG {number} begins on {titles[0].first_day}.", (titles[0].source,)),)
    if status == "deleted":
        last = titles[-1] if titles else None
        ended = f" {in_words(view.last_day_text(last))}" if last else " in an earlier edition"
        return (Sentence(f"MS-DRG {number} was last assigned{ended}.", (last.source,) if last else ()),)
    if weight is None or weight.row.weight is None:
        return ()
    row = weight.row
    text = f"MS-DRG {number} is {KINDS[row.kind]} and weighs {row.weight} in {weight.source.edition}"
    stay = f", with a geometric mean stay of {row.geometric_stay} days" if row.geometric_stay is not None else ""
    return (Sentence(f"{text}{stay}.", (weight.source,)),)
