"""The `codeward` command: every answer the site gives, for people and for scripts."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from codeward import __version__
from codeward.core.faults import BadFile, BadInput, Fault, NotFound, NotLoaded
from codeward.services.documents import answers as documents
from codeward.tools.cli import fetch_commands, group_commands, library_commands, output
from codeward.tools.cli.ask_command import ask
from codeward.tools.cli.check_command import check
from codeward.tools.cli.compare_command import compare
from codeward.tools.cli.coverage_command import coverage
from codeward.tools.cli.crosswalk_command import crosswalk
from codeward.tools.cli.doctor_command import doctor
from codeward.tools.cli.mcp_command import mcp
from codeward.tools.cli.options import AsJson, LibraryHome, OnDay, day, opened
from codeward.tools.cli.pair_command import pair
from codeward.tools.cli.price_command import price
from codeward.tools.cli.scrub_command import scrub
from codeward.tools.cli.serve_command import serve
from codeward.tools.cli.suggest_command import suggest
from codeward.tools.cli.touched_command import touched
from codeward.tools.cli.units_command import SETTINGS as UNITS_SETTINGS
from codeward.tools.cli.units_command import units

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
app.add_typer(library_commands.app, name="library")
app.command()(serve)
app.command()(fetch_commands.tick)
library_commands.app.command()(fetch_commands.fetch)
library_commands.app.command()(fetch_commands.watch)
app.command()(compare)
app.command()(touched)
app.command()(scrub)
app.command()(pair)
app.command()(coverage)
app.command()(price)
app.command()(check)
app.command()(suggest)
app.command()(ask)
app.command()(doctor)
app.command()(group_commands.drg)
app.command()(group_commands.gems)
app.command()(crosswalk)
app.command()(mcp)
app.command(context_settings=UNITS_SETTINGS)(units)

EXIT = {NotFound: 1, BadInput: 2, BadFile: 2, NotLoaded: 3}


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    """Dated, sourced US medical code sets, edits and fees."""
    if version:
        typer.echo(__version__)
        raise typer.Exit


@app.command()
def code(
    code: Annotated[str, typer.Argument(help="A code, however typed: case, dots and blanks do not matter.")],
    system: Annotated[str, typer.Option(help="cpt, hcpcs, icd-10-cm, icd-10-pcs, modifier, pos or taxonomy.")] = "",
    on: OnDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """Everything known of one code on a date of service, each fact with its source."""
    from codeward.services.look_up import look_up

    answer = look_up(opened(library), code, day(on), system or None)
    output.say_json(documents.code_document(answer)) if as_json else output.say_page(answer)


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="A code, the beginning of one, or words.")] = "",
    most: Annotated[int, typer.Option("-n", min=1, max=1000, help="At most so many results.")] = 10,
    system: Annotated[str, typer.Option(help="Only this code system.")] = "",
    billable: Annotated[bool, typer.Option("--billable", help="Leave out headers.")] = False,
    chapter: Annotated[str, typer.Option(help="Only diagnoses of this ICD-10-CM chapter, by its number.")] = "",
    file: Annotated[str, typer.Option("--file", help="One text a line; answers {queries: [...]}.")] = "",
    on: OnDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """Codes by number, words, abbreviations, lay or misspelt words, best first, with what the first one leaves open."""
    from codeward.core.codes import SYSTEMS
    from codeward.services.search import search as find

    if system and system not in SYSTEMS:
        raise BadInput(f"{system!r} is not a code system: expected one of {', '.join(SYSTEMS)}")
    held, when = opened(library), day(on)
    texts = _lines(file) if file else [text]
    answers = [find(held, one, when, system or None, billable=billable, chapter=chapter, most=most) for one in texts]
    if as_json:
        found = [documents.search_document(answer) for answer in answers]
        output.say_json({"queries": found} if file else found[0])
    else:
        for answer in answers:
            output.say_results(answer)
    if not file and not answers[0].value.hits:
        raise typer.Exit(1)


def _lines(name: str) -> list[str]:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{name}: {error}") from None
    return [line for line in text.splitlines() if line.strip()]


def run() -> None:
    """Run the command line; a fault is one line on standard error and its exit status."""
    try:
        app(prog_name="codeward")
    except (Fault, OSError) as fault:
        if isinstance(fault, BrokenPipeError):
            os._exit(1)  # whoever read the answer has gone: nothing is left to say, not even at exit
        output.err.print(f"codeward: {' '.join(str(fault).split())}", soft_wrap=True, markup=False)
        sys.exit(next((status for kind, status in EXIT.items() if isinstance(fault, kind)), 2))
