"""`codeward compare`: two codes on a day, or one code on two days."""

from __future__ import annotations

from typing import Annotated

import typer

from codeward.core.answers import Fact
from codeward.core.faults import BadInput
from codeward.services.compare_codes import CodeComparison
from codeward.services.documents.comparisons import comparison_document
from codeward.tools.cli import output
from codeward.tools.cli.options import AsJson, LibraryHome, OnDay, day, opened

AndOn = Annotated[
    str, typer.Option("--and-on", metavar="YYYY-MM-DD", help="The second side's day.", show_default="the first's")
]


def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="A code, however typed.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another; left out with --and-on: A itself.")] = "",
    on: OnDay = "",
    and_on: AndOn = "",
    system: Annotated[str, typer.Option(help="The code system of both.")] = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """Two codes side by side, or one code on two days: what differs, and what is the same."""
    from codeward.services.compare_codes import compare_codes

    if not (b or and_on):
        raise BadInput("nothing to compare with: give a second code, or a second day with --and-on")
    first, second = day(on), day(and_on or on)
    found = compare_codes(opened(library), (a, first), (b or a, second), system or None)
    output.say_json(comparison_document(found)) if as_json else _say(found)


def _say(found: CodeComparison) -> None:
    sides = [f"{item.value.code.shown} on {item.as_of}" for item in (found.first, found.second)]
    output.out.print(f"{sides[0]} | {sides[1]}: {found.differences} facts differ, {found.equal} are the same")
    for section in found.sections:
        if not section.differing and not any(item.verdict != "same" for item in section.tables):
            continue
        output.out.print(f"\n[bold]{section.title}[/]")
        for fact in section.differing:
            output.out.print(f"  {fact.label}: {_words(fact.first)} | {_words(fact.second)}", soft_wrap=True)
        for item in section.tables:
            if item.verdict != "same":
                output.out.print(
                    f"  {item.caption}: {item.first_total} rows | {item.second_total} rows", soft_wrap=True
                )


def _words(facts: tuple[Fact, ...]) -> str:
    return ", ".join(str(fact.value) for fact in facts) or "nothing said"
