"""`codeward units`: what was done and measured into codes and units, with the rule behind every step."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table as Grid

from codeward.core.answers import Answer
from codeward.core.faults import BadInput
from codeward.services.documents import worksheets
from codeward.services.worksheets.fields import Field
from codeward.services.worksheets.kinds import KINDS, Kind, kind_named
from codeward.services.worksheets.values import HOLDS, UNCHECKED, Worksheet
from codeward.services.worksheets.work_out import work_out
from codeward.tools.cli import output
from codeward.tools.cli.options import AsJson, LibraryHome, OnDay, day, opened

SETTINGS = {"allow_extra_args": True, "ignore_unknown_options": True}
"""Flags are the fields of the kind, which `codeward units KIND` lists."""
MARKS = {HOLDS: "[green]ok[/]", UNCHECKED: "[yellow]?[/] "}


def units(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help="A worksheet such as mohs; with none, all of them are listed.")] = "",
    given: Annotated[
        str, typer.Option("--input", metavar="JSON", help="The fields as one JSON object, @FILE, or - to read it.")
    ] = "",
    on: OnDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """Codes and units from what was done and measured: stages, lengths, areas, doses, minutes.

    Fields may be flags: `codeward units mohs --site nose --stages 7,3,6`; `codeward units KIND` alone lists them.
    """
    if not kind:
        _list_kinds(as_json)
        return
    found = kind_named(kind)
    values = _values(found, given, context.args)
    if values is None:
        _list_fields(found, as_json)
        return
    answer = work_out(opened(library), found, values, day(on))
    output.say_json(worksheets.worksheet_document(answer)) if as_json else _say(answer)


def _values(kind: Kind, given: str, flags: list[str]) -> dict[str, Any] | None:
    """What was given as JSON and as flags; None when nothing was."""
    if not given and not flags:
        return None
    values = _from_json(given) if given else {}
    for name, value in _from_flags(kind, flags).items():
        if name in values:
            raise BadInput(f"{name} is given twice, in --input and as a flag: expected it once")
        values[name] = value
    return values


def _from_json(given: str) -> dict[str, Any]:
    text = sys.stdin.read() if given == "-" else _read(given[1:]) if given.startswith("@") else given
    try:
        found = json.loads(text, parse_float=Decimal, parse_constant=_not_a_number)
    except ValueError as error:
        raise BadInput(f"--input: expected one JSON object: {error}") from None
    except RecursionError:
        raise BadInput("--input: expected one JSON object, found brackets without end") from None
    if not isinstance(found, dict):
        raise BadInput(f'--input: expected one JSON object such as {{"site": "nose"}}, found {type(found).__name__}')
    return found


def _not_a_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _read(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{name}: {error}") from None


def _from_flags(kind: Kind, flags: list[str]) -> dict[str, Any]:
    """`--stages 7,3,6`, `--area=100`, `--deep`; a flag of rows may be repeated."""
    found: dict[str, Any] = {}
    at = 0
    while at < len(flags):
        word = flags[at]
        if not word.startswith("--"):
            raise BadInput(f"{word!r}: expected a flag of the {kind.name} worksheet, such as --{_flag(kind.own[0])}")
        name, equals, value = word[2:].partition("=")
        field = next((item for item in kind.fields if item.answers_to(name)), None)
        if not equals and field is not None and field.yes_or_no and _ends_here(flags, at):
            value = "yes"
        elif not equals:
            at += 1
            if at >= len(flags):
                raise BadInput(f"--{name}: expected {field.expects if field else 'a value'} behind it")
            value = flags[at]
        _put(kind, found, field, name, value)
        at += 1
    return found


def _ends_here(flags: list[str], at: int) -> bool:
    return at + 1 >= len(flags) or flags[at + 1].startswith("--")


def _put(kind: Kind, found: dict[str, Any], field: Field | None, name: str, value: str) -> None:
    if field is None and not kind.takes(name):
        known = ", ".join(f"--{_flag(item)}" for item in kind.fields if item.name != "on")
        raise BadInput(f"--{name} is no flag of the {kind.name} worksheet: expected {known}")
    if field is not None and field.shape == "rows":
        found.setdefault(field.name, []).append(value)
    elif (field.name if field else name) in found:
        raise BadInput(f"--{name} is given twice: expected it once")
    else:
        found[field.name if field else name] = value


def _flag(field: Field) -> str:
    return field.name.replace("_", "-")


def _list_kinds(as_json: bool) -> None:
    if as_json:
        output.say_json(worksheets.kinds_document(KINDS.values()))
        return
    grid = Grid("worksheet", "what it works out", box=None)
    for kind in KINDS.values():
        grid.add_row(kind.name, kind.summary)
    output.out.print(grid)
    output.out.print("`codeward units KIND` lists what a worksheet asks for")


def _list_fields(kind: Kind, as_json: bool) -> None:
    if as_json:
        output.say_json(worksheets.kinds_document([kind]))
        return
    output.out.print(f"[bold]{kind.name}[/]  {kind.title}. {kind.summary}", soft_wrap=True)
    grid = Grid("flag", "in JSON", "expected", box=None)
    for field in kind.fields:
        grid.add_row(f"--{_flag(field)}", field.name, escape(field.expects))
    output.out.print(grid)


def _say(answer: Answer[Worksheet]) -> None:
    sheet = answer.value
    for line in sheet.lines:
        about = f"  [dim]{escape(line.about)}[/]" if line.about else ""
        output.out.print(f"[bold]{line.shown}[/] x {line.units}{about}", soft_wrap=True)
    if not sheet.lines:
        output.out.print("nothing to report")
    output.out.print("\n[bold]Because[/]")
    for text, reason in zip(sheet.because, sheet.reasons, strict=True):
        places = " ".join(source.citation for source in reason.sources)
        output.out.print(f"  {escape(text)}" + (f"  [dim]{escape(places)}[/]" if places else ""), soft_wrap=True)
    if sheet.checks:
        output.out.print(f"\n[bold]Checked[/] as of {sheet.on}")
    for item in sheet.checks:
        place = f"  [dim]{escape(item.sources[0].citation)}[/]" if item.sources else ""
        output.out.print(f"  {MARKS.get(item.result, '[red]no[/]')} {escape(item.text)}{place}", soft_wrap=True)
    for text in (*sheet.warnings, *(caveat.text for caveat in answer.warnings)):
        output.out.print(f"[yellow]! {escape(text)}[/]", soft_wrap=True)
