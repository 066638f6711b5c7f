"""The MCP server: every tool of the catalogue for programs that speak the Model Context Protocol.

Schemas, descriptions and documents come from the catalogue; the SDK carries them.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import anyio.to_thread
import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from starlette.applications import Starlette

from codeward import __version__
from codeward.core.faults import Fault
from codeward.services.catalogue.asking import ask_tool
from codeward.services.catalogue.schema import DOCUMENT, arguments_schema
from codeward.services.catalogue.tool import Tool
from codeward.services.catalogue.tools import TOOLS
from codeward.store.library import Library

INSTRUCTIONS = (
    "Dated, sourced US medical codes, edits, fees and coverage. Every answer is as of a date of service (`on`) and "
    "carries its sources: cite them. A dataset under not_loaded, or a check that was not made, is never a clean "
    "result. Do not state a code, number, date or verdict that no tool returned, and never choose a code or modifier "
    "because it pays."
)
_LOG = logging.getLogger(__name__)
READS = types.ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


def server(opened: Callable[[], Library], today: Callable[[], date]) -> Server[Any]:
    """A server over the library that `opened` gives at each call, with `today` where a call names no day."""

    async def tools(context: Any, asked: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_described(tool) for tool in TOOLS])

    async def answer(context: Any, asked: types.CallToolRequestParams) -> types.CallToolResult:
        return await anyio.to_thread.run_sync(call, opened, today(), asked.name, asked.arguments or {})

    return Server(
        "codeward",
        version=__version__,
        title="Codeward",
        instructions=INSTRUCTIONS,
        on_list_tools=tools,
        on_call_tool=answer,
    )


def _described(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=arguments_schema(tool),
        output_schema=DOCUMENT,
        annotations=READS,
    )


def call(opened: Callable[[], Library], today: date, name: str, given: Mapping[str, Any]) -> types.CallToolResult:
    """The document, or one line that says what was wrong; a defect of ours says no more than that it is one."""
    try:
        document = ask_tool(opened(), name, given, today)
    except Fault as fault:
        return _refused(" ".join(str(fault).split()))
    except Exception:
        _LOG.exception("the tool %s broke", name)
        return _refused(f"{name}: something broke here; nothing was answered")
    text = types.TextContent(type="text", text=json.dumps(document, ensure_ascii=False))
    return types.CallToolResult(content=[text], structured_content=document)


def _refused(line: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=line)], is_error=True)


def serve_stdio(made: Server[Any]) -> None:
    """Speak over standard input and output until the other side ends it."""

    async def run() -> None:
        async with stdio_server() as (incoming, outgoing):
            await made.run(incoming, outgoing, made.create_initialization_options())

    anyio.run(run)


def http_application(made: Server[Any], host: str) -> Starlette:
    """The same as an ASGI application, at /mcp, without sessions: every call stands by itself."""
    return made.streamable_http_app(json_response=True, stateless_http=True, host=host)
