"""`codeward touched`: which of the codes in a file the new editions touch."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from codeward.core.faults import BadInput, NotFound
from codeward.services.documents.touched import touched_document
from codeward.services.taken_codes import Taken
from codeward.services.touched import Touched
from codeward.tools.cli import output
from codeward.tools.cli.options import AnyDay, AsJson, LibraryHome, day, opened

LARGEST = 50_000_000


def touched(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="Codes, a CSV table, claims in JSON or an 837 file.")],
    since: Annotated[
        str,
        typer.Option(metavar="EDITION|DATE", help="Against this edition or day.", show_default="the edition before"),
    ] = "",
    on: AnyDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """Which of the codes in a file the newest editions touch, and how; only codes and service days are read."""
    day(on)
    from codeward.services.taken_codes import take_codes
    from codeward.services.touched import pairs_since
    from codeward.services.touched import touched as find

    taken = take_codes(_text(file))
    if not taken.codes:
        raise NotFound(f"no code was found in {'standard input' if file == '-' else file}")
    held = opened(library)
    found = find(held, taken.codes, pairs_since(held, since))
    output.say_json(touched_document(taken, found)) if as_json else _say(taken, found)


def _text(file: str) -> str:
    try:
        raw = sys.stdin.buffer.read(LARGEST + 1) if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror or error}") from None
    if len(raw) > LARGEST:
        raise BadInput(f"{file}: larger than {LARGEST:,} bytes")
    return raw.decode("utf-8", errors="replace")


def _say(taken: Taken, found: Touched) -> None:
    output.out.print(f"{len(taken.codes)} codes taken from {taken.form}", soft_wrap=True)
    for touch in found.touches:
        known = touch.known
        output.out.print(f"\n[bold]{known.dataset.title}[/] {known.before.edition} -> {known.after.edition}")
        if touch.alike:
            names = ", ".join(item.label for item in known.alike)
            output.out.print(f"  {touch.alike} rows changed only in {names}, as every row did")
        for change in touch.rows:
            key = " ".join(value for _, value in change.key if value)
            cells = "; ".join(
                f"{cell.label} {cell.before or 'blank'} -> {cell.after or 'blank'}" for cell in change.cells
            )
            told = f": {cells}" if change.change == "changed" else ""
            output.out.print(f"  {change.change} {key}{told}", soft_wrap=True, markup=False)
        if touch.total > len(touch.rows):
            output.out.print(f"  and {touch.total - len(touch.rows):,} rows more")
    for name, codes in (("Not touched", found.untouched), ("In no loaded list", found.unlisted)):
        if codes:
            output.out.print(f"\n{name}: {', '.join(code.shown for code in codes)}", soft_wrap=True)
    if found.not_compared:
        output.out.print(
            f"Not compared, loaded in one edition or not at all: {', '.join(found.not_compared)}", soft_wrap=True
        )
