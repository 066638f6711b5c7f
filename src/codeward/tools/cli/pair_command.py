"""`codeward pair`: whether two codes may stand beside each other on a day, and what bypasses the edit if not."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from codeward.core.answers import Answer
from codeward.core.faults import NotLoaded
from codeward.services.check_pair import NOT_CHECKED, PairCheck
from codeward.services.documents.pairs import pair_document
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
