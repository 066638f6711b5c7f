"""`codeward coverage`: which Medicare documents govern a code at a place, and what they say of the diagnoses."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from codeward.core.answers import Answer
from codeward.core.faults import NotLoaded
from codeward.services.coverage.values import CoverageCheck, CoverageQuestion, DocumentFinding, Group
from codeward.services.documents.plain import flat_document
from codeward.tools.cli import output
from codeward.tools.cli.options import AsJson, LibraryHome, OnDay, day, opened


def coverage(
    code: Annotated[str, typer.Argument(metavar="[CODE]", help="A procedure code, CPT or HCPCS Level II.")] = "",
    dx: Annotated[str, typer.Option(metavar="A,B", help="Documented diagnoses of the line, by commas.")] = "",
    state: Annotated[str, typer.Option(help="Where: a state, by letters or name.")] = "",
    zip_code: Annotated[str, typer.Option("--zip", metavar="ZIP", help="Where: a ZIP code.")] = "",
    setting: Annotated[str, typer.Option(help="practitioner, outpatient-hospital, asc or dme.")] = "practitioner",
    words: Annotated[str, typer.Option(help="Words of a document's title, where code lists are not loaded.")] = "",
    on: OnDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """What Medicare's coverage documents say of a procedure with its diagnoses, at a place on a date of service."""
    from codeward.services.coverage.check import check_coverage

    diagnoses = tuple(item for item in dx.split(",") if item.strip())
    asked = CoverageQuestion(code, diagnoses, state, zip_code, setting, words)
    answer = check_coverage(opened(library), asked, day(on))
    output.say_json(flat_document(answer)) if as_json else _say(answer)
    if not answer.value.documents and answer.not_loaded and answer.value.verdict == "NOT_CHECKED":
        raise NotLoaded(f"coverage was not checked: {', '.join(answer.not_loaded)}")


def _say(answer: Answer[CoverageCheck]) -> None:
    found, line = answer.value, output.out.print
    place = found.place.state_name or "no place given"
    line(f"[bold]{escape(found.procedure or found.searched)}[/] on {answer.as_of}, {found.setting}, {place}")
    line(f"[bold]{found.verdict}[/]")
    _tell(found.words)
    for contractor in found.contractors:
        named = " ".join(part for part in (contractor.jurisdiction, contractor.number, contractor.type) if part)
        _tell(f"contractor: {contractor.name} ({named}; {contractor.how})")
    for document in found.documents:
        _say_document(document)
    for text in found.unchecked:
        _tell(f"not checked: {text}")
    for caveat in answer.warnings:
        line(f"[yellow]! {escape(caveat.text)}[/]", soft_wrap=True)


def _say_document(document: DocumentFinding) -> None:
    days = f"from {document.effective or 'a day not known'}" + (f" to {document.last_day}" if document.last_day else "")
    _tell(f"{document.id} v{document.version} {document.title} ({document.owner}; {days}; {document.standing})")
    _tell(f"  {document.verdict}: {document.words}")
    _tell(f"  {document.address}")
    for group in document.groups:
        _say_group(group)
    for other in document.related:
        _tell(f"  related: {other.id} {other.title} ({other.basis})")
    for source in document.sources[:1]:
        output.out.print(f"    [dim]{escape(source.citation)}[/]", soft_wrap=True)


def _say_group(group: Group) -> None:
    side = "supports" if group.covers else "does not support"
    said = f": {' '.join(group.paragraph.split())[:300]}" if group.paragraph else ""
    matched = f"; of those given {', '.join(group.matched)}" if group.matched else ""
    _tell(f"  group {group.number} ({side}, {group.listed} diagnoses{matched}){said}")


def _tell(text: str) -> None:
    output.out.print(f"  {text}", soft_wrap=True, markup=False)
