"""`codeward pair`: whether two codes may stand beside each other on a day, and what bypasses the edit if not."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from codeward.core.answers import Answer
from codeward.core.faults import NotLoaded
from codeward.services.check_pair import NOT_CHECKED, PairCheck, PairEdit, PairVerdict
from codeward.tools import documents
from codeward.tools.cli import output
from codeward.tools.cli.options import AsJson, LibraryHome, OnDay, day, opened


def pair(
    a: Annotated[str, typer.Argument(metavar="A", help="A procedure code, CPT or HCPCS Level II.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    setting: Annotated[str, typer.Option(help="practitioner or outpatient-hospital.")] = "practitioner",
    on: OnDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """Whether an NCCI pair edit holds between two codes on a date of service, and which modifiers bypass it."""
    from codeward.services.check_pair import check_pair

    answer = check_pair(opened(library), a, b, day(on), setting)
    output.say_json(pair_document(answer)) if as_json else _say(answer)
    asked = answer.value.asked
    if asked.verdict == NOT_CHECKED:
        raise NotLoaded(f"{asked.dataset} is not loaded for {answer.as_of}: the pair was not checked")


def pair_document(answer: Answer[PairCheck]) -> documents.Document:
    """A checked pair as plain JSON values."""
    found = answer.value
    return {
        "a": found.a.value,
        "b": found.b.value,
        "on": answer.as_of.isoformat(),
        "setting": found.asked.setting,
        "edit": _edit(found.asked.edit),
        "bypass_modifiers": [item.code for item in found.bypass],
        "carried_by": found.carried_by,
        "verdict": found.asked.verdict,
        "read_in": _table(found.asked),
        "history": [_edit(item) for item in found.asked.others],
        "other_setting": {
            "setting": found.other.setting,
            "verdict": found.other.verdict,
            "edit": _edit(found.other.edit),
            "read_in": _table(found.other),
        },
        "add_ons": [
            {
                "add_on": item.add_on,
                "primary": item.primary,
                "edit_type": item.edit_type,
                "note": item.note,
                "source": item.source.as_dict(),
            }
            for item in found.add_ons
        ],
        "unit_limits": [{"code": code, **documents.fact_document(fact)} for code, fact in found.limits],
        "policy_manual": [
            {
                "chapter": item.chapter,
                "paragraph": item.number,
                "page": item.label,
                "text": item.text,
                "source": item.source.as_dict(),
            }
            for item in found.passages
        ],
        "not_checked": [{"rule": item.rule, "reason": item.reason} for item in found.not_checked],
        "sources": [source.as_dict() for source in answer.sources],
        "warnings": [{"dataset": item.dataset, "text": item.text} for item in answer.warnings],
        "not_loaded": list(answer.not_loaded),
    }


def _edit(edit: PairEdit | None) -> documents.Document | None:
    if edit is None:
        return None
    return {
        "column1": edit.column1,
        "column2": edit.column2,
        "modifier_indicator": edit.indicator,
        "effective": edit.since.isoformat() if edit.since else None,
        "deleted": edit.until.isoformat() if edit.until else None,
        "rationale": edit.rationale,
        "standing": edit.standing,
        "source": edit.source.as_dict(),
    }


def _table(verdict: PairVerdict) -> documents.Document | None:
    return {"dataset": verdict.dataset, "edition": verdict.edition} if verdict.edition else None


def _say(answer: Answer[PairCheck]) -> None:
    from codeward.services.pair_words import bypass_groups, carrier_words, verdict_words

    found, line = answer.value, output.out.print
    line(f"[bold]{found.a.value} and {found.b.value}[/] on {answer.as_of}, {found.asked.setting}")
    line(f"  {verdict_words(found.asked, found.a, found.b, answer.as_of)}", soft_wrap=True, markup=False)
    if found.asked.edit:
        line(f"  {found.asked.edit.rationale}  {found.asked.edit.source.citation}", soft_wrap=True, markup=False)
    if found.bypass:
        line(f"  {carrier_words(found.carried_by)}", soft_wrap=True, markup=False)
        for name, modifiers in bypass_groups(found.bypass):
            line(f"  {name}: {' '.join(item.code for item in modifiers)}", soft_wrap=True, markup=False)
    line(
        f"  In the other table: {verdict_words(found.other, found.a, found.b, answer.as_of)}",
        soft_wrap=True,
        markup=False,
    )
    for item in found.asked.others:
        until = f"until {item.until}" if item.until else "open"
        since = item.since or "a day not known"
        line(
            f"  {item.column1} over {item.column2}, indicator {item.indicator}: {item.standing}, from {since} {until}",
            soft_wrap=True,
            markup=False,
        )
    for relation in found.add_ons:
        line(f"  {relation.add_on} is an add-on of {relation.primary}", soft_wrap=True, markup=False)
    for code, fact in found.limits:
        line(f"  {code}: {fact.label} {fact.value}", soft_wrap=True, markup=False)
    for passage in found.passages:
        line(f"  NCCI manual {passage.label}: {passage.text}", soft_wrap=True, markup=False)
    for unchecked in found.not_checked:
        line(f"  not checked ({unchecked.rule}): {unchecked.reason}", soft_wrap=True, markup=False)
    for caveat in answer.warnings:
        line(f"[yellow]! {escape(caveat.text)}[/]", soft_wrap=True)
