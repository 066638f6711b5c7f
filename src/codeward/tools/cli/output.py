"""Output: JSON on standard output, people's text through rich, progress and warnings on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.markdown import Markdown
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table as Grid

from codeward.core.answers import Answer
from codeward.services.library_diff import DatasetDiff
from codeward.services.library_status import LibraryStatus
from codeward.services.page import CodePage, Section, Table
from codeward.services.search import SearchResult

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def say_json(document: Any) -> None:
    """One JSON document on standard output."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    json.dump(document, sys.stdout, ensure_ascii=plain, indent=1)
    sys.stdout.write("\n")


def say_terms(text: str) -> None:
    """Terms in full, on standard error so that they never mix with an answer."""
    err.print(Markdown(text))


@contextmanager
def progress_bar() -> Iterator[Callable[[str, float], None]]:
    """A bar on a terminal, silence elsewhere."""
    columns = (TextColumn("{task.description:<44}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal, transient=True) as bar:
        task = bar.add_task("planning", total=1.0)
        yield lambda text, share: bar.update(task, description=text[:44], completed=share)


def say_page(answer: Answer[CodePage]) -> None:
    """A code page as text."""
    page = answer.value
    use = {True: "billable", False: "not billable", None: ""}[page.billable]
    out.print(f"[bold]{page.code.shown}[/]  {escape(page.title or '')}".rstrip())
    standing = f"{page.status}, {use}" if use else page.status
    out.print(f"{standing} on {answer.as_of}{_by_an_older_edition(answer)}", soft_wrap=True)
    for sentence in page.words:
        out.print(f"  {escape(sentence.text)}", soft_wrap=True)
    for section in page.sections:
        _say_section(section)
    for caveat in answer.warnings:
        out.print(f"[yellow]! {escape(caveat.text)}[/]", soft_wrap=True)


def _by_an_older_edition(answer: Answer[CodePage]) -> str:
    """Which edition the standing is taken from, where the day calls for a later one that is not loaded."""
    source = answer.value.title_source
    older = source is not None and any(caveat.dataset == source.dataset for caveat in answer.warnings)
    return f", as {source.edition} has it; the edition of the day is not loaded" if source and older else ""


def _say_section(section: Section) -> None:
    if not (section.facts or section.tables or section.missing or section.events):
        return
    out.print(f"\n[bold]{section.title}[/]")
    for name in section.missing:
        out.print(f"  not loaded: {name}")
    for fact in section.facts:
        place = f"  [dim]{escape(fact.source.citation)}[/]" if fact.source else ""
        meaning = f" ({fact.meaning})" if fact.meaning else ""
        out.print(f"  {escape(f'{fact.label or fact.name}: {fact.value}{meaning}')}{place}", soft_wrap=True)
    for table in section.tables:
        say_table(table)
    for event in section.events:
        about = f" ({event.subject})" if event.subject else ""
        note = f" [dim]{escape(event.note)}[/]" if event.note else ""
        change = f"{event.before or 'nothing'} -> {event.after}"
        told = escape(f"{event.day} {event.dataset}{about} {event.label}: {change}")
        out.print(f"  {told}{note}", soft_wrap=True)


def say_table(table: Table) -> None:
    """A table with its caption and how much of it is shown."""
    more = f", first {len(table.lines)}" if table.total > len(table.lines) else ""
    title = escape(f"{table.caption} ({table.total}{more})")
    grid = Grid(*map(escape, table.heads), title=title, title_justify="left", box=None)
    for line in table.lines:
        grid.add_row(*(escape(cell.text) for cell in line.cells))
    out.print(grid)


def say_results(answer: Answer[SearchResult]) -> None:
    """Search results as lines."""
    for hit in answer.value.hits:
        use = {True: "", False: " [dim](header)[/]", None: ""}[hit.billable]
        out.print(
            f"{hit.code.system:<10} [bold]{hit.code.shown:<11}[/] {escape(hit.title)}{use} [dim]{escape(hit.why)}[/]",
            soft_wrap=True,
        )
    for chip in answer.value.hits[0].chips if answer.value.hits else ():
        choices = ", ".join(f"{value} {code.shown}" for value, code in chip.choices)
        out.print(f"{chip.axis}? {escape(choices)}", soft_wrap=True)
    if not answer.value.hits:
        out.print("nothing found in what is loaded")
    for caveat in answer.warnings:
        err.print(f"! {escape(caveat.text)}", soft_wrap=True)


def say_status(status: LibraryStatus) -> None:
    """What is loaded, and what is not with the command that loads it."""
    out.print(f"library {status.hash}, built {status.built}")
    grid = Grid("dataset", "editions", "rows", "missing in between", box=None)
    for item in status.datasets:
        if item.loaded:
            names = ", ".join(edition.edition for edition in item.editions)
            rows = sum(edition.rows for edition in item.editions)
            grid.add_row(item.id, names, f"{rows:,}", str(len(item.gaps)))
    out.print(grid)
    for item in status.datasets:
        if not item.loaded:
            out.print(
                f"not loaded: {item.id} - get it at {item.landing} and run `{item.load_command}`",
                soft_wrap=True,
            )


def say_diff(diff: DatasetDiff) -> None:
    """Counts and the first changed rows."""
    out.print(
        f"{diff.dataset} {diff.before} -> {diff.after}: "
        f"{diff.added} added, {diff.removed} removed, {diff.changed} changed"
    )
    for row in diff.rows:
        key = " ".join(value for value in row.key.values() if value)
        columns = (
            ", ".join(f"{name} {was} -> {now}" for name, (was, now) in row.columns.items())
            if row.change == "changed"
            else ""
        )
        out.print(escape(f"  {row.change} {key} {columns}".rstrip()), soft_wrap=True)
