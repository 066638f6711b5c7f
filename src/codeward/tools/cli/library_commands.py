"""`codeward library`: build, look at, compare, verify and put in use the compiled reference data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from codeward.core.faults import BadInput, NotFound
from codeward.services.documents import answers as documents
from codeward.store.home import Home
from codeward.store.library import Library, open_library
from codeward.tools.cli import output
from codeward.tools.cli.options import AnyDay, AsJson, LibraryHome, day, home_folder, licence_mode, now, opened

app = typer.Typer(
    no_args_is_help=True, help="The library: compiled, dated, sourced reference data.", rich_markup_mode=None
)

Accept = Annotated[list[str], typer.Option("--accept", help="Accept these terms (see `library terms`): ama-cpt.")]


@app.command()
def build(
    paths: Annotated[list[Path] | None, typer.Argument(help="Official files or folders; zips are opened.")] = None,
    starter: Annotated[bool, typer.Option("--starter", help="The pinned packages too, downloaded if need be.")] = False,
    add: Annotated[bool, typer.Option("--add", help="Keep what the library in use was built from.")] = False,
    accept: Accept = [],  # noqa: B006 - typer copies it
    users: Annotated[
        int | None, typer.Option("--users", min=1, help="With `--accept ama-licensed`: users your AMA licence covers.")
    ] = None,
    on: AnyDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """Compile official files into a new library and put it in use; a fault leaves the old one serving."""
    day(on)
    from codeward.ingest.build import build as compile_library
    from codeward.ingest.inputs import inputs_in_use
    from codeward.ingest.starter import fetch_packages

    home = Home(home_folder(library))
    if not (paths or starter):
        raise BadInput("nothing to build from: give files or folders, or --starter")
    with output.progress_bar() as progress:
        given = [path.resolve() for path in paths or []]
        kept = inputs_in_use(home) if add else []
        fetched = fetch_packages(home, progress) if starter else []
        inputs = list(dict.fromkeys([*kept, *fetched, *given]))
        built = compile_library(home, inputs, accept=frozenset(accept), users=users, now=now, progress=progress)
    if as_json:
        output.say_json({"hash": built.hash, "rows": built.rows, "fresh": built.fresh, "left_aside": built.left_aside})
        return
    word = f"{built.rows:,} rows" if built.fresh else "already built"
    output.out.print(f"library {built.hash} in use ({word})")
    aside = [f"{name}: {why}" for name, why in built.left_aside if not name.split("/")[0].endswith(".whl")]
    for line in aside:
        output.err.print(f"left aside {line}", soft_wrap=True)


@app.command()
def status(
    library: LibraryHome = "",
    on: Annotated[
        str, typer.Option("--on", metavar="YYYY-MM-DD", help="Gaps up to this day.", show_default="today")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """What is loaded: datasets, editions, rows, hashes, gaps, licences; and what is not."""
    from codeward.services.library_status import library_status

    found = library_status(opened(library), day(on))
    output.say_json(documents.status_document(found)) if as_json else output.say_status(found)


@app.command()
def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="An edition (with --dataset) or a library hash.")],
    after: Annotated[str, typer.Argument(metavar="B", help="Likewise, the later one.")],
    dataset: Annotated[str, typer.Option(help="The dataset to compare.")] = "",
    most: Annotated[int, typer.Option("-n", min=0, help="At most so many rows of each change.")] = 100,
    on: AnyDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """Rows added, removed and changed between two editions, or between two built libraries."""
    day(on)
    from codeward.services.library_diff import diff_editions, diff_libraries, edition_of, known_dataset

    home = Home(home_folder(library))
    name = dataset or _dataset_in(before)
    if not name:
        raise BadInput("name the dataset: --dataset ID, or DATASET@EDITION for A and B")
    known_dataset(name)
    held = opened(library)
    try:
        pair = edition_of(held, name, before), edition_of(held, name, after)
    except NotFound as fault:
        found = diff_libraries(*_libraries(home, before, after, fault), name, most)
    else:
        found = diff_editions(held, name, *pair, most)
    output.say_json(documents.diff_document(found)) if as_json else output.say_diff(found)


def _dataset_in(text: str) -> str:
    return text.split("@", maxsplit=1)[0] if "@" in text else ""


def _libraries(home: Home, before: str, after: str, fault: NotFound) -> tuple[Library, Library]:
    """Two built libraries by hash; the edition's own fault stands when they are no hashes either."""
    try:
        mode = licence_mode()
        return open_library(home.find(before), mode), open_library(home.find(after), mode)
    except (NotFound, BadInput):
        raise fault from None


@app.command()
def verify(
    citation: Annotated[str, typer.Argument(help="A citation as printed, or a `source` object in JSON.")],
    on: AnyDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """Read the cited line of the cited file again; exit status 1 when it differs."""
    day(on)
    from codeward.ingest.verify import verify as read_again
    from codeward.services.citations import cited

    try:
        row = cited(opened(library), citation)
    except ValueError as error:
        raise BadInput(str(error)) from None
    verdict = read_again(row.source, row.checked, Path(row.path), row.members)
    if as_json:
        output.say_json(
            {
                "same": verdict.same,
                "file_same": verdict.file_same,
                "words": verdict.words,
                "source": row.source.as_dict(),
            }
        )
    else:
        output.out.print(("verified: " if verdict.same else "differs: ") + verdict.words, soft_wrap=True)
    raise typer.Exit(0 if verdict.same else 1)


@app.command()
def use(
    hash: Annotated[str, typer.Argument(metavar="HASH", help="The beginning of a built library's hash.")],
    on: AnyDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """Put a library built earlier in use again: roll back, or forward."""
    day(on)
    home = Home(home_folder(library))
    chosen = home.find(hash)
    home.point_to(chosen)
    output.say_json({"hash": chosen.name}) if as_json else output.out.print(f"library {chosen.name} in use")


@app.command()
def terms(
    name: Annotated[str, typer.Argument(help="ama-cpt")] = "ama-cpt",
    on: AnyDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """Terms that must be accepted before codes others own are loaded, in our own words with links."""
    day(on)
    from codeward.ingest.acceptance import known_terms, terms_text

    known_terms(name)
    if as_json:
        entry = Home(home_folder(library)).acceptances().get(name)
        when, users = (entry.accepted, entry.users) if entry else (None, None)
        output.say_json({"terms": name, "text": terms_text(name), "accepted": when, "users": users})
    else:
        output.out.print(terms_text(name), soft_wrap=True, markup=False)


@app.command()
def accept(
    name: Annotated[str, typer.Argument(metavar="TERMS", help="ama-cpt, for example; read them with `library terms`.")],
    on: AnyDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """Accept terms for this library home: what is loaded under them is shown from now on."""
    day(on)
    from codeward.ingest.acceptance import accept_terms

    home = Home(home_folder(library))
    accept_terms(home, frozenset({name}), now)
    _say_ledger(home, as_json)


@app.command()
def withdraw(
    name: Annotated[str, typer.Argument(metavar="TERMS", help="Terms accepted before.")],
    on: AnyDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """Withdraw accepted terms: what is loaded under them stays on disk and is not shown any more."""
    day(on)
    from codeward.ingest.acceptance import withdraw_terms

    home = Home(home_folder(library))
    withdraw_terms(home, name, now)
    _say_ledger(home, as_json)


def _say_ledger(home: Home, as_json: bool) -> None:
    held = home.accepted()
    if as_json:
        output.say_json({"accepted": held})
        return
    lines = [f"{terms} accepted {when}" for terms, when in held.items()]
    output.out.print("\n".join(lines) or "no terms are accepted here")
