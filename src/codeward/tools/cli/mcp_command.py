"""`codeward mcp`: every tool of the catalogue for programs that speak the Model Context Protocol."""

from __future__ import annotations

from typing import Annotated

import typer

from codeward.tools.cli import output
from codeward.tools.cli.options import LibraryHome, day, home_folder, licence_mode


def mcp(
    http: Annotated[bool, typer.Option("--http", help="Over HTTP at /mcp, not standard input and output.")] = False,
    host: Annotated[str, typer.Option(help="Address to listen on, with --http.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on, with --http.", min=1, max=65535)] = 8001,
    library: LibraryHome = "",
) -> None:
    """The MCP server: codes, edits, prices, claims and coverage as tools, each answer with its sources."""
    from codeward.datasets.licences import for_programs
    from codeward.store.home import Home
    from codeward.store.library import Shelf
    from codeward.tools.mcp_server import http_application, serve_stdio, server

    shelf = Shelf(Home(home_folder(library)), for_programs(licence_mode()))
    shelf.library()
    made = server(shelf.library, lambda: day(""))
    if not http:
        serve_stdio(made)
        return
    import uvicorn

    output.err.print(f"Codeward's tools are at http://{host}:{port}/mcp  (Ctrl-C ends it)")
    uvicorn.run(http_application(made, host), host=host, port=port, log_level="warning")
