"""Write docs/reference from the code: the command line from its help, the data dictionary from the declarations."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from codeward.datasets.declare import Column, Dataset
from codeward.datasets.registry import DATASETS

REFERENCE = Path(__file__).parent / "reference"
COMMANDS = (
    (),
    ("code",),
    ("search",),
    ("serve",),
    ("drg",),
    ("gems",),
    ("library",),
    ("library", "build"),
    ("library", "status"),
    ("library", "diff"),
    ("library", "verify"),
    ("library", "use"),
    ("library", "terms"),
)


def command_page() -> str:
    """The command line reference, one section a command."""
    parts = [
        "# Command line",
        "",
        "Written from `--help` by `make docs`. Exit status: 0 answered; 1 no such code or not found; 2 bad usage or",
        "bad input, one line on standard error; 3 the data needed is not loaded.",
    ]
    for words in COMMANDS:
        name = " ".join(("codeward", *words))
        parts += ["", f"## `{name}`", "", "```text", help_of(words), "```"]
    return "\n".join(parts) + "\n"


def help_of(words: tuple[str, ...]) -> str:
    """The help text of one command, as wide as these pages."""
    run = subprocess.run(
        [sys.executable, "-m", "codeward.tools.cli", *words, "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={"COLUMNS": "110", "PATH": "", "TERM": "dumb"},
    )
    return "\n".join(line.rstrip() for line in run.stdout.strip().splitlines())


def dictionary_page() -> str:
    """The data dictionary, one section a dataset, one row a column."""
    parts = [
        "# Data dictionary",
        "",
        "Written from the declarations in `src/codeward/datasets` by `make docs`. Every table also holds `first_day`",
        "and `last_day` (the days a row holds for; 9999-12-31 is open), `first_release` and `last_release` (the run of",
        "editions it was published in), `file`, `line` and `checked` (where it stands, and the check over its cells).",
    ]
    for dataset in DATASETS.values():
        parts += ["", *_dataset(dataset)]
    return "\n".join(parts) + "\n"


def _dataset(dataset: Dataset) -> list[str]:
    terms = f" Terms to accept: `{dataset.needs_acceptance}`." if dataset.needs_acceptance else ""
    return [
        f"## `{dataset.id}`",
        "",
        f"{dataset.title}. Publisher: {dataset.publisher}. Rhythm: {dataset.cadence}. Key: {', '.join(dataset.key)}.",
        f"{dataset.licence}{terms}",
        f"<{dataset.landing}>",
        "",
        "| column | heading or place | kind | note |",
        "|---|---|---|---|",
        *(_column(item) for item in dataset.columns),
    ]


def _column(item: Column) -> str:
    heading = item.headings[0] if item.headings else f"columns {item.at[0]}-{item.at[1]}" if item.at else ""
    notes = [
        "never empty" if item.required else "",
        "may be absent" if item.optional_heading else "",
        "dropped on CPT and dental rows" if item.descriptor else "",
        item.note,
    ]
    shown = "; ".join(note for note in notes if note)
    return f"| `{item.name}` | {heading.replace('|', '&#124;')} | {item.kind.name} | {shown} |"


PAGES = {"cli.md": command_page, "data-dictionary.md": dictionary_page}


def main() -> None:
    """Write every generated page."""
    REFERENCE.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
