"""Check pair: whether two procedure codes may stand beside each other on a day, and what bypasses the edit if not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from codeward.core.answers import Answer, Caveat, Fact
from codeward.core.claims import NotChecked
from codeward.core.codes import Code, plain, procedure, readings
from codeward.core.faults import BadInput, NotFound
from codeward.core.sources import Source
from codeward.datasets.modifiers import ModifierRow
from codeward.datasets.ncci_ptp import PairRow
from codeward.datasets.registry import DATASETS
from codeward.services.add_ons import AOC
from codeward.services.look_up import nearest
from codeward.services.pair_edits import SETTINGS
from codeward.services.pair_relations import (
    AddOnRelation,
    Passage,
    add_on_relations,
    limits_of,
    passages_naming_both,
)
from codeward.services.procedures import LISTS
from codeward.services.view import View
from codeward.store.library import Found, Library
from codeward.store.pairs import is_paired
from codeward.store.policy_manual import MANUAL
from codeward.store.releases import Release

NO_EDIT, BUNDLED, UNLESS_MODIFIER, NOT_CHECKED = "no-edit", "bundled", "bundled-unless-modifier", "not-checked"
EITHER_LINE = date(2019, 7, 1)
"""From this day the Part B system honours 59, XE, XP, XS and XU on either line of a pair (CMS CR 11168)."""


@dataclass(frozen=True, slots=True)
class PairEdit:
    """A published row of the pair; `since` is None where the table does not say it, `until` where it is open.

    `standing` is in force, ended, not yet in force, or never in force (deleted on its first day).
    """

    column1: str
    column2: str
    indicator: str
    since: date | None
    until: date | None
    rationale: str
    standing: str
    source: Source


@dataclass(frozen=True, slots=True)
class PairVerdict:
    """What one table says of the pair on the day: the verdict, the row behind it and the other rows there ever were."""

    setting: str
    dataset: str
    edition: str
    verdict: str
    edit: PairEdit | None
    others: tuple[PairEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class BypassModifier:
    """A modifier that bypasses an edit of indicator 1 on the day, and the documented fact that it states."""

    code: str
    name: str
    meaning: str
    use_on: str
    source: Source


@dataclass(frozen=True, slots=True)
class PairCheck:
    """Two codes on a day: the verdict of the setting asked for, of the other setting, and how else they are related.

    `carried_by` says which line may carry a bypass modifier: `either`, `column2`, or `verify` where no rule is known.
    """

    a: Code
    b: Code
    asked: PairVerdict
    other: PairVerdict
    bypass: tuple[BypassModifier, ...]
    carried_by: str
    add_ons: tuple[AddOnRelation, ...]
    limits: tuple[tuple[str, Fact], ...]
    passages: tuple[Passage, ...]
    not_checked: tuple[NotChecked, ...]


def check_pair(library: Library, a: str, b: str, on: date, setting: str = "practitioner") -> Answer[PairCheck]:
    """Whether an NCCI pair edit holds between two codes on the day (NCCI policy manual, chapter I).

    Raises BadInput for what is no procedure code or no setting, NotFound where no loaded list has one of them.
    """
    if setting not in SETTINGS:
        raise BadInput(f"{setting!r} is no setting: expected {' or '.join(SETTINGS)}")
    first, second = pair_of(a, b)
    view = View(library, on)
    asked = _verdict(view, setting, first.value, second.value)
    other = _verdict(view, next(name for name in SETTINGS if name != setting), first.value, second.value)
    if asked.verdict != NOT_CHECKED:
        for code in (first, second):
            _refuse_unknown(view, code)
    bypass = bypass_modifiers(view) if asked.verdict == UNLESS_MODIFIER else ()
    both = (first.value, second.value)
    limits = limits_of(view, both, setting)
    add_ons, passages = tuple(add_on_relations(view, *both)), passages_naming_both(view, *both)
    unchecked = tuple(_not_checked(view, asked, {code for code, _ in limits}, both))
    carried = carried_by(setting, on)
    return view.answer(PairCheck(first, second, asked, other, bypass, carried, add_ons, limits, passages, unchecked))


def pair_of(a: str, b: str) -> tuple[Code, Code]:
    """Both codes in plain form; BadInput where one is no procedure code, or both are the same."""
    first, second = procedure_code(a), procedure_code(b)
    if first == second:
        raise BadInput(f"{first.value} twice is no pair: units of one code are limited by unit limits (MUE)")
    return first, second


def procedure_code(text: str) -> Code:
    """A typed CPT or HCPCS Level II code; BadInput for anything else."""
    if not any(code.system in ("cpt", "hcpcs") for code in readings(text)):
        raise BadInput(f"{text!r} is no procedure code: expected a CPT or HCPCS Level II code of five characters")
    return procedure(plain(text))


def carried_by(setting: str, on: date) -> str:
    """Which line may carry the modifier: CR 11168 speaks of the Part B system alone."""
    if setting != "practitioner":
        return "verify"
    return "either" if on >= EITHER_LINE else "column2"


def bypass_modifiers(view: View) -> tuple[BypassModifier, ...]:
    """PTP-associated modifiers valid on the day (NCCI policy manual, chapter I)."""
    found: list[Found[ModifierRow]] = view.find("modifiers", ptp_associated="1")
    return tuple(
        BypassModifier(item.row.code, item.row.name, item.row.meaning, item.row.use_on, item.source) for item in found
    )


def verdict_of(edit: PairEdit | None) -> str:
    """What a row in force means; none is no edit."""
    if edit is None:
        return NO_EDIT
    return UNLESS_MODIFIER if edit.indicator == "1" else BUNDLED


def edit_of(found: Found[PairRow], on: date) -> PairEdit:
    """A row of the table as of the day, its first day left open where it is a stand-in."""
    row = found.row
    unknown = found.release.starts_unknown or found.since_unknown
    return PairEdit(
        row.column1,
        row.column2,
        row.indicator,
        None if unknown else row.effective,
        row.deleted,
        row.rationale,
        _standing(found, on),
        found.source,
    )


def _standing(found: Found[PairRow], on: date) -> str:
    if found.first_day > found.last_day:
        return "never in force"
    if found.last_day < on:
        return "ended"
    return "in force" if found.first_day <= on else "not yet in force"


def _verdict(view: View, setting: str, a: str, b: str) -> PairVerdict:
    dataset = SETTINGS[setting]
    release = view.edition(dataset) or _cumulative(view, dataset)
    if release is None:
        return PairVerdict(setting, dataset, "", NOT_CHECKED, None)
    every = [edit_of(item, view.on) for item in _both_ways(view.library.history, dataset, a, b)]
    edits = [edit_of(item, view.on) for item in _both_ways(view.find, dataset, a, b)]
    edit = next(iter(edits or (item for item in every if item.standing == "in force")), None)
    others = tuple(item for item in every if item.standing != "in force")
    return PairVerdict(setting, dataset, release.edition, verdict_of(edit), edit, others)


def _cumulative(view: View, dataset: str) -> Release | None:
    """The first edition for a day before it, where its first days are stand-ins: it still tells what had ended when.

    Whether a row that had not ended yet had already begun is another question, and said.
    """
    editions = view.library.editions(dataset)
    if not editions or not editions[0].starts_unknown:
        return None
    told = (
        f"{DATASETS[dataset].title}: {editions[0].edition} is the first edition loaded; it tells which edits had ended "
        f"by {view.on}, not whether the others had begun"
    )
    view.caveats[dataset] = Caveat(dataset, told)
    view.missing.pop(dataset, None)
    return editions[0]


def _both_ways(find: Callable[..., list[Found[PairRow]]], dataset: str, a: str, b: str) -> list[Found[PairRow]]:
    return [*find(dataset, column1=a, column2=b), *find(dataset, column1=b, column2=a)]


def _refuse_unknown(view: View, code: Code) -> None:
    """NotFound for a code no table ever had; a caveat for one that no list of the day has."""
    if is_listed_on(view, code.value):
        return
    if not is_known(view.library, code):
        near = nearest(view.library, code)
        hint = f"; nearest are {', '.join(item.shown for item in near)}" if near else ""
        raise NotFound(f"no loaded edition has the procedure code {code.value}{hint}")
    text = f"{code.value}: no list of procedure codes loaded for {view.on} has it, so it may not be valid on the day"
    view.caveats[f"unlisted-{code.value}"] = Caveat(f"unlisted-{code.value}", text)


def is_known(library: Library, code: Code) -> bool:
    """Whether any table ever had the code; where no list of codes is loaded at all, nobody can deny it."""
    if not any(library.editions(name) for name in LISTS):
        return True
    listed = any(library.history(name, code=code.value) for name in LISTS)
    return listed or any(is_paired(library, name, code.value) for name in SETTINGS.values())


def is_listed_on(view: View, code: str) -> bool:
    """Whether a list of procedure codes has the code on the day."""
    releases = [(name, view.library.in_force(name, view.on)) for name in LISTS]
    return any(view.library.find(name, item, view.on, code=code) for name, item in releases if item)


def _not_checked(view: View, asked: PairVerdict, limited: set[str], codes: tuple[str, str]) -> Iterator[NotChecked]:
    for rule, dataset in (("PTP", asked.dataset), ("AOC", AOC), ("POLICY", MANUAL)):
        if dataset in view.missing:
            yield NotChecked(rule, f"{DATASETS[dataset].title}: not loaded for {view.on}")
    for code in codes:
        if code not in limited:
            yield NotChecked("MUE", f"{code}: no unit limit published or loaded for {view.on}; that is not unlimited")
    yield NotChecked("PTP", "edits of Medicaid and of commercial payers, which keep tables of their own")
    if asked.verdict == UNLESS_MODIFIER:
        yield NotChecked("PTP", "whether the records support a modifier: no table says it")
