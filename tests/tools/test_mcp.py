"""The MCP server, driven by the SDK's own client over standard input and output and over HTTP."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import anyio
import pytest

from codeward.services.catalogue.tools import TOOLS

DAY = "2025-11-01"


def _environment(home: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "CODEWARD_HOME": str(home), **more}


def _talk(place: Any, *calls: tuple[str, dict[str, Any]]) -> tuple[Any, list[Any]]:
    """The list of tools, and what each call gave."""
    from mcp import Client

    async def talk() -> tuple[Any, list[Any]]:
        async with Client(place) as client:
            listed = await client.list_tools()
            return listed, [await client.call_tool(name, given) for name, given in calls]

    with ThreadPoolExecutor(1) as apart:  # a browser test may have left an event loop in this thread
        return apart.submit(anyio.run, talk).result()


def _over_stdio(home: Path, *calls: tuple[str, dict[str, Any]], **more: str) -> tuple[Any, list[Any]]:
    from mcp import StdioServerParameters

    command = [sys.executable, "-m", "codeward.tools.cli", "mcp"]
    return _talk(StdioServerParameters(command=command[0], args=command[1:], env=_environment(home, **more)), *calls)


@contextmanager
def _over_http(home: Path) -> Iterator[str]:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    command = [sys.executable, "-m", "codeward.tools.cli", "mcp", "--http", "--port", str(port)]
    with subprocess.Popen(command, env=_environment(home), stderr=subprocess.DEVNULL) as running:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}/mcp"
        finally:
            running.terminate()


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server did not come up")


CALLS = (
    ("look_up", {"code": "17311", "on": DAY}),
    ("look_up", {"code": "99999", "on": DAY}),
    ("look_up", {"cod": "17311"}),
    ("fly", {}),
    ("check_pair", {"a": "17311", "b": "88305", "on": "2024-08-15", "setting": "moon"}),
)


def _judge(listed: Any, answers: list[Any]) -> None:
    assert [tool.name for tool in listed.tools] == [tool.name for tool in TOOLS]
    assert all(tool.annotations.read_only_hint and not tool.annotations.destructive_hint for tool in listed.tools)
    found, unknown, misspelt, absent, wrong = answers
    assert not found.is_error and found.structured_content["code"] == "17311"
    assert found.structured_content["on"] == DAY and found.structured_content["sources"][0]["citation"]
    assert json.loads(found.content[0].text) == found.structured_content
    told = [item.content[0].text for item in (unknown, misspelt, absent, wrong)]
    assert all(item.is_error for item in answers[1:]) and all("\n" not in line for line in told)
    assert "no loaded edition has CPT 99999" in told[0]
    assert "takes no 'cod': expected code, system" in told[1]
    assert "there is no tool 'fly'" in told[2]
    assert "expected one of practitioner" in told[3]


def test_a_program_asks_over_standard_input_and_output(small_library_home: Path) -> None:
    _judge(*_over_stdio(small_library_home, *CALLS))


def test_a_program_asks_over_http(small_library_home: Path) -> None:
    with _over_http(small_library_home) as address:
        _judge(*_talk(address, *CALLS))


def test_the_licence_mode_holds(small_library_home: Path) -> None:
    calls = (("look_up", {"code": "17311", "on": DAY}), ("search", {"text": "1731"}))
    _, answers = _over_stdio(small_library_home, *calls, CODEWARD_LICENCE="none")
    assert answers[0].is_error and "licence mode cms only" in answers[0].content[0].text
    assert "17312" not in answers[1].content[0].text


def test_without_a_library_it_says_so_and_ends(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "codeward.tools.cli", "mcp"],
        env=_environment(tmp_path / "nowhere"), capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert run.returncode == 3 and not run.stdout and len(run.stderr.splitlines()) == 1


def test_a_defect_never_reaches_the_other_side(small_library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from codeward.tools import mcp_server

    def broken(*given: Any) -> Any:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(mcp_server, "ask_tool", broken)
    answer = mcp_server.call(lambda: small_library, date(2025, 11, 1), "look_up", {"code": "17311"})
    assert answer.is_error and "secret" not in answer.content[0].text
