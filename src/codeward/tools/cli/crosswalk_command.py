"""`codeward crosswalk`: the codes of other systems set beside a code, each on a basis of its own."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from codeward.core.answers import Answer
from codeward.services.documents.relations import relations_document
from codeward.services.relations.no_maps import TARGETS
from codeward.services.relations.values import Basis, Relations
from codeward.tools.cli import output
from codeward.tools.cli.options import AsJson, LibraryHome, OnDay, day, opened


def crosswalk(
    code: Annotated[str, typer.Argument(help="A code, however typed: case, dots and blanks do not matter.")],
    to: Annotated[str, typer.Option("--to", metavar="SYSTEM", help=f"{', '.join(TARGETS)}.")] = "",
    on: OnDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """Codes set beside a code in other systems, each basis by itself, and the maps that do not exist."""
    from codeward.services.relations.related_codes import related_codes

    answer = related_codes(opened(library), code, day(on), to.lower())
    output.say_json(relations_document(answer)) if as_json else _say(answer)


def _say(answer: Answer[Relations]) -> None:
    found = answer.value
    output.out.print(f"[bold]{found.code.shown}[/]  {escape(found.title or '')}".rstrip(), soft_wrap=True)
    for basis in found.bases:
        _say_basis(basis)
    for item in found.no_maps:
        output.out.print(f"\n[bold]To {item.target}[/]\n  {escape(item.text)}", soft_wrap=True)
    for caveat in answer.warnings:
        output.out.print(f"[yellow]! {escape(caveat.text)}[/]", soft_wrap=True)


def _say_basis(basis: Basis) -> None:
    output.out.print(f"\n[bold]{escape(basis.title)}[/] ({basis.standing})", soft_wrap=True)
    output.out.print(f"  [dim]{escape(basis.means)}[/]", soft_wrap=True)
    for name in basis.missing:
        output.out.print(f"  not loaded: {name}")
    for table in basis.tables:
        output.say_table(table)
    for text in basis.said:
        output.out.print(f"  {escape(text)}", soft_wrap=True)
    if not (basis.tables or basis.missing or basis.said):
        output.out.print("  nothing in what is loaded")
