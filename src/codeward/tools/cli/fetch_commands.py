"""`codeward library fetch`, `codeward library watch` and `codeward tick`: official files from their publishers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from codeward.store.home import Home
from codeward.tools import fetch_documents
from codeward.tools.cli import output
from codeward.tools.cli.library_commands import Accept
from codeward.tools.cli.options import AnyDay, AsJson, LibraryHome, batch_hours, day, home_folder, mirror_setting, now

if TYPE_CHECKING:
    from codeward.ingest.fetch.errand import Errand
    from codeward.ingest.fetch.report import Outcome, Report
    from codeward.ingest.fetch.watch import Novelty, Watch

Progress = Callable[[str, float], None]
MirrorUrl = Annotated[
    str,
    typer.Option(
        "--mirror", metavar="URL", help="Ask here instead of the publishers, at URL/HOST/PATH.",
        show_default="CODEWARD_MIRROR, else the publishers",
    ),
]  # fmt: skip
STOPPED = 130
_WORDS = {"came": "came", "changed": "came, changed since", "held": "already here", "planned": "would be asked for"}


def fetch(
    datasets: Annotated[list[str], typer.Argument(metavar="DATASET", help="Dataset ids, a family (ncci), or all.")],
    edition: Annotated[list[str], typer.Option("--edition", help="This edition, by name or first day.")] = [],  # noqa: B006
    since: Annotated[
        str, typer.Option("--since", metavar="YYYY-MM-DD", help="Every edition in force on this day or later.")
    ] = "",
    accept: Accept = [],  # noqa: B006 - typer copies it
    to: Annotated[Path | None, typer.Option("--to", help="Put new files here, not in the library home.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be asked for; ask for pages only.")
    ] = False,
    no_build: Annotated[bool, typer.Option("--no-build", help="Download only.")] = False,
    mirror: MirrorUrl = "",
    on: Annotated[
        str, typer.Option("--on", metavar="YYYY-MM-DD", help="The edition in force on this day.", show_default="today")
    ] = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """Download official files from their publishers, resumed and checked, and add them to the library.

    Without --edition, --since or --on: the edition in force today and any published ahead. Exit status: 0 all is here,
    1 something was not found or its terms are not accepted, 2 something failed.
    """
    from codeward.ingest.fetch.wanted import Asked

    asked = Asked(tuple(edition), day(since) if since else None, day(on) if on else None)
    with output.progress_bar() as progress:
        errand = _errand(library, mirror, progress)
        try:
            report = errand.fetch(
                datasets,
                asked,
                accept=frozenset(accept),
                to=to.resolve() if to else None,
                dry_run=dry_run,
                build=not no_build,
            )
        except KeyboardInterrupt:
            output.err.print("stopped: what has come is kept, the same command goes on from there")
            raise typer.Exit(STOPPED) from None
    output.say_json(fetch_documents.report_document(report)) if as_json else _say_report(report)
    raise typer.Exit(report.status)


def watch(
    datasets: Annotated[
        list[str] | None, typer.Argument(metavar="DATASET", help="Dataset ids or families; all without any.")
    ] = None,
    mirror: MirrorUrl = "",
    on: AnyDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """What publishers have that is neither in the library nor among the downloads; changes nothing.

    Exit status: 0 whether or not something is new, 2 where a page could not be read.
    """
    day(on)
    with output.progress_bar() as progress:
        found = _errand(library, mirror, progress).watch(datasets or [])
    output.say_json(fetch_documents.watch_document(found)) if as_json else _say_watch(found)
    raise typer.Exit(2 if found.problems else 0)


def tick(
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Download and build what is new of the datasets here.")
    ] = False,
    mirror: MirrorUrl = "",
    on: AnyDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """For a timer: look at every publication at most once a day; with --fetch, download, build and put in use.

    Safe to start twice and after it was killed. Exit status as for `library fetch`; 0 when there was nothing to do.
    """
    from codeward.services.batches import Batches

    day(on)
    Batches(home_folder(library), batch_hours()).sweep(now())
    with output.progress_bar() as progress:
        done = _errand(library, mirror, progress).tick(fetch=fetch)
    if as_json:
        output.say_json(fetch_documents.tick_document(done))
    elif done.running:
        output.out.print("another tick or fetch is running: nothing done")
    else:
        _say_watch(done.watch)
        if fetch:
            _say_report(done.report)
    raise typer.Exit(done.status)


def _errand(library: str, mirror: str, progress: Progress) -> Errand:
    from codeward.ingest.fetch.errand import Errand
    from codeward.ingest.fetch.mirror import read_mirror

    return Errand(Home(home_folder(library)), now().date(), now, progress, read_mirror(mirror_setting(mirror)))


def _say_report(report: Report) -> None:
    for item in report.outcomes:
        _say_outcome(item)
    for name, text in report.notes:
        output.err.print(f"! {name}: {text}", soft_wrap=True, markup=False)
    for path, why in report.refused:
        output.err.print(f"! {path} came and cannot be read: {why}", soft_wrap=True, markup=False)
    if report.built:
        output.out.print(f"library {report.built.hash} in use ({report.built.rows:,} rows)")


def _say_outcome(item: Outcome) -> None:
    word = _WORDS.get(item.state)
    if word:
        size = f" ({item.bytes / 1e6:,.1f} MB)" if item.bytes else ""
        output.out.print(f"{item.name}: {word} {item.path or ''}{size} {item.url}".replace("  ", " "), soft_wrap=True)
        return
    output.err.print(f"! {item.name}: {item.state}: {item.why}", soft_wrap=True, markup=False)
    for url, why in item.tried:
        output.err.print(f"    {url}: {why}", soft_wrap=True, markup=False)


def _say_watch(found: Watch) -> None:
    for item, names in _by_address(found.news):
        held = found.held.get(item.dataset)
        since = f" from {item.effective}" if item.effective else ""
        known = f", published {item.published}" if item.published else ""
        here = f"; here: {held}" if held else "; nothing of it here"
        what = " ".join(filter(None, (", ".join(names), item.edition, item.part)))
        output.out.print(f"{item.state}: {what}{since}{known}{here}  {item.url}", soft_wrap=True)
    if found.looked and not found.news:
        many = "s" if len(found.looked) > 1 else ""
        output.out.print(f"nothing new among {len(found.looked)} dataset{many}")
    for name, text in found.problems:
        output.err.print(f"! {name}: {text}", soft_wrap=True, markup=False)


def _by_address(news: list[Novelty]) -> list[tuple[Novelty, list[str]]]:
    """One file may hold several datasets: it is told once."""
    grouped: dict[tuple[str, str, str], tuple[Novelty, list[str]]] = {}
    for item in news:
        grouped.setdefault((item.state, item.edition, item.url), (item, []))[1].append(item.dataset)
    return list(grouped.values())
