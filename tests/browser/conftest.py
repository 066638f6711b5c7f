"""A served site and a headless chromium to read it with.

A click returns before the page it leads to is read whole: what a test expects of a page it waits for
(`expect(...)`), it never reads it once; keys are pressed after `wait_for_load_state`, when scripts listen.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from batch_files import lend

CHROMIUM = Path(os.environ.get("CODEWARD_CHROMIUM", "/usr/bin/chromium"))
TESTS = Path(__file__).parents[1]
Open = Callable[..., Page]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        try:
            urlopen(f"{address}/terms", timeout=10).close()
            return
        except (URLError, ConnectionError, TimeoutError):
            if server.poll() is not None:
                raise RuntimeError("the site did not start") from None
            time.sleep(0.1)
    raise RuntimeError("the site did not answer in 20 seconds")


@contextmanager
def _serving(home: Path, site: str = "codeward.web.asgi:application") -> Iterator[str]:
    """Address of the site over a library, served by uvicorn."""
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", site, "--port", str(port)]
    environment = os.environ | {"CODEWARD_HOME": str(home), "CODEWARD_DEBUG": "", "PYTHONPATH": str(TESTS)}
    server = subprocess.Popen([*command, "--log-level", "error"], env=environment)
    try:
        _wait(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="session")
def served(small_library_home: Path) -> Iterator[str]:
    """Address of the site over the small library."""
    with _serving(small_library_home) as address:
        yield address


@pytest.fixture(scope="session")
def served_diagnoses(diagnosis_library_home: Path) -> Iterator[str]:
    """Address of the site over the library of diagnoses."""
    with _serving(diagnosis_library_home) as address:
        yield address


@pytest.fixture(scope="session")
def served_groups(groups_home: Path) -> Iterator[str]:
    """Address of the site over the library of groupings."""
    with _serving(groups_home) as address:
        yield address


@pytest.fixture(scope="session")
def batch_home(small_library_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of its own over the small library, for what people upload."""
    return lend(small_library_home, tmp_path_factory.mktemp("batches") / "home")


@pytest.fixture(scope="session")
def served_batches(batch_home: Path) -> Iterator[str]:
    """Address of the site over that home."""
    with _serving(batch_home) as address:
        yield address


@pytest.fixture(scope="session")
def served_case(small_library_home: Path) -> Iterator[str]:
    """Address of the site over the small library, with a made suggestion for any note."""
    with _serving(small_library_home, "made_case_site:application") as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the session."""
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}: name one in CODEWARD_CHROMIUM")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser, served: str) -> Iterator[Open]:
    """Open a path in a fresh window; scripts that fail fail the test."""
    contexts, faults = [], []

    def opened(path: str, width: int = 1280, scheme: str = "light", scripts: bool = True) -> Page:
        size = {"width": width, "height": 800}
        context = chromium.new_context(
            viewport=size, color_scheme=scheme, java_script_enabled=scripts, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        page.goto(path if path.startswith("http") else f"{served}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []
