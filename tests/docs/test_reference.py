"""The generated reference is current, and everything a user can call or open is documented."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
GENERATE = runpy.run_path(str(DOCS / "generate.py"))


@pytest.mark.parametrize("name", ["cli.md", "data-dictionary.md", "addresses.md", "rules.md"])
def test_a_generated_page_is_what_the_code_says(name: str) -> None:
    assert (DOCS / "reference" / name).read_text(encoding="utf-8") == GENERATE["PAGES"][name](), "run `make docs`"


def test_every_command_has_a_section() -> None:
    from codeward.tools.cli import library_commands
    from codeward.tools.cli.main import app

    names = {(command.name or command.callback.__name__,) for command in app.registered_commands if command.callback}
    inner = library_commands.app.registered_commands
    names |= {("library", command.name or command.callback.__name__) for command in inner if command.callback}
    assert names <= set(GENERATE["COMMANDS"])


def test_every_setting_is_documented() -> None:
    settings = (DOCS.parent / "src" / "codeward" / "web" / "settings.py").read_text(encoding="utf-8")
    page = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
    names = {word.strip("\"'(),.") for word in settings.split() if "CODEWARD_" in word}
    read = {name for name in names if name.startswith("CODEWARD_")}
    assert read, "settings.py reads no CODEWARD_ variable: this test looks in the wrong place"
    assert all(f"`{name}`" in page for name in read)


def test_every_page_of_the_site_is_documented() -> None:
    from django.urls import get_resolver

    page = (DOCS / "reference" / "pages.md").read_text(encoding="utf-8")
    names = {pattern.name for pattern in get_resolver().url_patterns if getattr(pattern, "name", None)}
    nested = {
        pattern.name
        for include in get_resolver().url_patterns
        for pattern in getattr(include, "url_patterns", [])
        if pattern.name
    }
    assert all(f"`{name}`" in page for name in names | nested)
