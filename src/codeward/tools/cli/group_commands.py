"""`codeward drg` and `codeward gems`: the group of an inpatient stay, and codes across ICD-9 and ICD-10."""

from __future__ import annotations

from typing import Annotated

import typer

from codeward.core.answers import Answer
from codeward.core.faults import NotFound, NotLoaded
from codeward.services.crosswalks import CAUTION, Crosswalk, cross_walk
from codeward.services.documents import groups
from codeward.services.ms_drg import Grouping, Stay, group_stay
from codeward.services.view import View
from codeward.tools.cli import output
from codeward.tools.cli.options import AsJson, LibraryHome, OnDay, day, opened

Codes = Annotated[list[str] | None, typer.Option("--pr", help="An ICD-10-PCS procedure; several: repeat or commas.")]


def drg(
    dx: Annotated[
        list[str],
        typer.Option("--dx", help="A diagnosis, the principal one first; repeat or commas. I50.21:Y: on admission."),
    ],
    pr: Codes = None,
    age: Annotated[int, typer.Option("--age", help="Age in years on admission.")] = 65,
    sex: Annotated[str, typer.Option("--sex", help="M, F or U (unknown).")] = "U",
    discharge: Annotated[str, typer.Option("--discharge", metavar="YYYY-MM-DD", help="Day of discharge.")] = "",
    status: Annotated[str, typer.Option("--status", help="Patient discharge status, two digits.")] = "01",
    on: OnDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """The MS-DRG of an inpatient stay on its day of discharge, its weight, and what every code did."""
    stay = Stay(_parted(dx), _parted(pr or []), age, sex.upper(), day(discharge or on), status)
    answer = group_stay(opened(library), stay)
    output.say_json(groups.drg_document(answer)) if as_json else _say_group(answer)
    if answer.value.problem:
        raise typer.Exit(1)


def gems(
    code: Annotated[str, typer.Argument(help="An ICD-9 or ICD-10 code, however typed.")],
    on: OnDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """What the equivalence mappings set beside a code in the other ICD; candidates, never a billable code by itself."""
    held = opened(library)
    answer = cross_walk(held, code, View(held, day(on)))
    if answer.value.missing:
        raise NotLoaded(f"the equivalence mappings are not loaded: load {', '.join(answer.value.missing)}")
    if not answer.value.tables:
        raise NotFound(f"the equivalence mappings ({answer.value.edition}) do not hold {answer.value.text}")
    output.say_json(groups.crosswalk_document(answer)) if as_json else _say_crosswalk(answer)


def _parted(given: list[str]) -> tuple[str, ...]:
    return tuple(text.strip() for item in given for text in item.split(",") if text.strip())


def _say_group(answer: Answer[Grouping]) -> None:
    grouping = answer.value
    number = grouping.code.value if grouping.code else "none"
    output.out.print(f"[bold]MS-DRG {number}[/]  {grouping.title}", soft_wrap=True)
    output.out.print(f"v{grouping.version}, MDC {grouping.mdc or '-'} {grouping.mdc_title}".rstrip(), soft_wrap=True)
    if grouping.problem:
        output.out.print(f"[yellow]! {grouping.problem}[/]", soft_wrap=True)
    for fact in grouping.facts:
        output.out.print(f"  {fact.label}: {fact.value} ({fact.meaning})", soft_wrap=True)
    for name in grouping.missing:
        output.out.print(f"  not loaded: {name}")
    for driver in grouping.drivers:
        mark = "*" if driver.counted else " "
        status = f" {driver.status}," if driver.status else ""
        output.out.print(f" {mark} {driver.code.shown:<9} {driver.role},{status} {driver.words}", soft_wrap=True)
    for caveat in answer.warnings:
        output.out.print(f"[yellow]! {caveat.text}[/]", soft_wrap=True)


def _say_crosswalk(answer: Answer[Crosswalk]) -> None:
    output.out.print(f"GEMs of {answer.value.edition}. {CAUTION}", soft_wrap=True)
    for table in answer.value.tables:
        output.say_table(table)
