"""`codeward compare`: two codes on a day, or one code on two days."""

from __future__ import annotations

from typing import Annotated

import typer

from codeward.core.answers import Fact
from codeward.core.faults import BadInput
from codeward.services.compare_codes import CodeComparison, ComparedFact
from codeward.tools import documents
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


def comparison_document(found: CodeComparison) -> documents.Document:
    """A comparison as plain JSON values."""
    return {
        "first": _side(found, 0),
        "second": _side(found, 1),
        "differences": found.differences,
        "same": found.equal,
        "sections": [
            {
                "name": section.name,
                "title": section.title,
                "facts": [_fact(item) for item in section.facts],
                "tables": [
                    {
                        "name": item.name,
                        "caption": item.caption,
                        "verdict": item.verdict,
                        "first_total": item.first_total,
                        "second_total": item.second_total,
                        "only_first": list(item.only_first),
                        "only_second": list(item.only_second),
                    }
                    for item in section.tables
                ],
                "first_missing": list(section.first_missing),
                "second_missing": list(section.second_missing),
            }
            for section in found.sections
        ],
    }


def _side(found: CodeComparison, at: int) -> documents.Document:
    answer = (found.first, found.second)[at]
    page = answer.value
    return {
        "system": page.code.system,
        "code": page.code.shown,
        "on": answer.as_of.isoformat(),
        "status": page.status,
        "title": page.title,
        "warnings": [{"dataset": item.dataset, "text": item.text} for item in answer.warnings],
        "not_loaded": list(answer.not_loaded),
    }


def _fact(item: ComparedFact) -> documents.Document:
    return {
        "name": item.name,
        "label": item.label,
        "verdict": item.verdict,
        "first": [_value(fact) for fact in item.first],
        "second": [_value(fact) for fact in item.second],
    }


def _value(fact: Fact) -> documents.Document:
    return {"value": fact.value, "source": fact.source.as_dict() if fact.source else None}


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
