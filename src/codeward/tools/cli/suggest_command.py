"""`codeward suggest`: a note from a file or standard input, candidate codes with their places and reasons."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from codeward.core.answers import Answer
from codeward.core.faults import BadInput
from codeward.core.notes import Candidate, Suggestion
from codeward.services.documents.suggested import suggestion_document
from codeward.tools.cli import output
from codeward.tools.cli.options import AsJson, LibraryHome, OnDay, day, opened


def suggest(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="A note as plain text; - for standard input.")],
    most: Annotated[int, typer.Option("-n", min=1, max=1000, help="At most so many codes.")] = 10,
    setting: Annotated[
        str, typer.Option(help="outpatient or inpatient: what becomes of uncertain diagnoses.")
    ] = "outpatient",
    on: OnDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """Codes that a note supports, with their places in it and the guideline that decides; never a complete list."""
    from codeward.services.suggest.suggest import suggest as find

    answer = find(opened(library), _read(file), day(on), most=most, setting=setting)
    if as_json:
        output.say_json(suggestion_document(answer))
        return
    for line in _told(answer):
        output.out.print(line, markup=False, soft_wrap=True)


def _read(file: str) -> str:
    """The note with its line ends as they are, so that places count in the characters of the file."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise BadInput(f"{file}: not UTF-8 text ({error.reason} at byte {error.start})") from None


def _told(answer: Answer[Suggestion]) -> Iterator[str]:
    found = answer.value
    accepted = [item for item in found.codes if item.accepted]
    others = [item for item in found.codes if not item.accepted]
    yield f"Would be reported on {answer.as_of} under the guidelines ({len(accepted)})"
    yield from (line for item in accepted for line in _lines(item, found.note.text))
    yield ""
    yield f"Found, and not reported ({len(others)})"
    yield from (line for item in others for line in _lines(item, found.note.text))
    yield ""
    yield from found.left_out
    yield from (f"! {caveat.text}" for caveat in answer.warnings)


def _lines(item: Candidate, text: str) -> Iterator[str]:
    yield f"  {item.code.shown:<10} {item.title}"
    quoted = "; ".join(f'"{" ".join(text[start:end].split())}"' for start, end in item.spans[:3])
    yield f"             {quoted}  [{item.why}]"
    yield f"             {item.reason}"
    if item.missing:
        yield f"             the note does not say: {', '.join(item.missing)}"
