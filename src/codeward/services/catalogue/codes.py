"""Tools about codes beside each other and over time: crosswalks, comparisons, history, limits, add-ons, risk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from codeward.core.answers import Answer
from codeward.core.codes import SYSTEMS, Code
from codeward.core.days import read_day
from codeward.core.faults import BadInput
from codeward.services import add_ons as add_on_edits
from codeward.services import code_history as histories
from codeward.services import risk_adjustment
from codeward.services import unit_limits as limits
from codeward.services.catalogue.tool import Tool, argument
from codeward.services.compare_codes import CodeComparison, compare_codes
from codeward.services.documents.answers import Document, section_document
from codeward.services.documents.comparisons import comparison_document
from codeward.services.documents.relations import relations_document
from codeward.services.look_up import look_up
from codeward.services.page import Event, Section
from codeward.services.relations.no_maps import TARGETS
from codeward.services.relations.related_codes import related_codes
from codeward.services.relations.values import Relations
from codeward.services.view import View
from codeward.store.library import Library


@dataclass(frozen=True, slots=True)
class RelatedCodes:
    """Arguments of `related_codes`."""

    code: str = argument("A code, however typed.")
    to: str = argument("Only this system.", default="", choices=TARGETS)


def _related_codes(library: Library, on: date, asked: RelatedCodes) -> Answer[Relations]:
    return related_codes(library, asked.code, on, asked.to)


@dataclass(frozen=True, slots=True)
class CompareCodes:
    """Arguments of `compare_codes`."""

    a: str = argument("A code, however typed.")
    b: str = argument("Another; left out with and_on: the same.", default="")
    and_on: str = argument("The second side's day as YYYY-MM-DD; left out: the first's.", default="")
    system: str = argument("The code system of both.", default="", choices=SYSTEMS)


def _compare_codes(library: Library, on: date, asked: CompareCodes) -> Answer[CodeComparison]:
    if not (asked.b or asked.and_on):
        raise BadInput("compare_codes: nothing to compare with: give b, or a second day as and_on")
    second = _day(asked.and_on) if asked.and_on else on
    found = compare_codes(library, (asked.a, on), (asked.b or asked.a, second), asked.system or None)
    sides = (found.first, found.second)
    return Answer(
        found,
        on,
        tuple(dict.fromkeys(source for side in sides for source in side.sources)),
        tuple(dict.fromkeys(item for side in sides for item in side.warnings)),
        tuple(dict.fromkeys(name for side in sides for name in side.not_loaded)),
    )


def _compared(answer: Answer[CodeComparison]) -> Document:
    return comparison_document(answer.value)


def _day(text: str) -> date:
    try:
        return read_day(text)
    except ValueError as error:
        raise BadInput(str(error)) from None


@dataclass(frozen=True, slots=True)
class CodeHistory:
    """Arguments of `code_history`."""

    code: str = argument("A code, however typed.")
    system: str = argument("Only this code system.", default="", choices=SYSTEMS)


def _code_history(library: Library, on: date, asked: CodeHistory) -> Answer[tuple[Event, ...]]:
    page = look_up(library, asked.code, on, asked.system or None).value
    events = histories.code_history(library, page.code)
    sources = (source for item in events for source in (item.before_source, item.after_source) if source)
    return Answer(events, on, tuple(dict.fromkeys(sources)))


@dataclass(frozen=True, slots=True)
class OneProcedure:
    """Arguments of tools about one procedure code."""

    code: str = argument("A procedure code, CPT or HCPCS Level II.")


def _unit_limits(library: Library, on: date, asked: OneProcedure) -> Answer[Section]:
    view = View(library, on)
    return view.answer(limits.unit_limits(view, _procedure(library, asked.code, on).value))


def _add_ons(library: Library, on: date, asked: OneProcedure) -> Answer[Section]:
    view = View(library, on)
    return view.answer(add_on_edits.add_ons(view, _procedure(library, asked.code, on).value))


def _procedure(library: Library, text: str, on: date) -> Code:
    """The procedure code as typed; raises as a look-up does, and BadInput for codes of other systems."""
    code = look_up(library, text, on).value.code
    if code.system not in ("cpt", "hcpcs"):
        raise BadInput(f"{text!r} is no procedure code: expected CPT or HCPCS Level II")
    return code


@dataclass(frozen=True, slots=True)
class OneDiagnosis:
    """Arguments of `risk_categories`."""

    code: str = argument("An ICD-10-CM code, however typed.")


def _risk_categories(library: Library, on: date, asked: OneDiagnosis) -> Answer[Section]:
    code = look_up(library, asked.code, on, "icd-10-cm").value.code
    view = View(library, on)
    return view.answer(risk_adjustment.risk_categories(view, code))


def _section(answer: Answer[Any]) -> Document:
    return section_document(answer.value)


CODE_TOOLS = (
    Tool("related_codes", "Codes of other systems set beside a code, each basis by itself", RelatedCodes,
         _related_codes,
         "Bases are never mixed: coverage articles, add-on edits, GEMs, categories, predecessors, custom. `no_map` "
         "names the crosswalks that do not exist, such as CPT to ICD-10-CM.", relations_document),
    Tool("compare_codes", "Two codes side by side, or one code on two days", CompareCodes, _compare_codes,
         "What differs and what is the same, fact by fact, with sources.", _compared),
    Tool("code_history", "Every change of a code over the loaded editions", CodeHistory, _code_history,
         "Events with the day, the value before and after and where each stands; editions that are not loaded leave "
         "gaps, which the notes of the events name."),
    Tool("unit_limits", "The most units of a code that Medicare expects for a patient and day (MUE)", OneProcedure,
         _unit_limits, "A code without a published limit is not unlimited: some limits are confidential.", _section),
    Tool("add_ons", "What an add-on code needs beside it, and which add-ons a code may carry", OneProcedure, _add_ons,
         "NCCI's add-on edits; a relation does not say that both were done.", _section),
    Tool("risk_categories", "The CMS-HCC categories of a diagnosis", OneDiagnosis, _risk_categories,
         "By payment year and model; a category counts only where the record supports the diagnosis.", _section),
)  # fmt: skip
