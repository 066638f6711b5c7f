"""Write docs/reference from the code: the command line from its help, the data dictionary from the declarations."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from codeward.datasets.addresses import Address
from codeward.datasets.declare import Column, Dataset
from codeward.datasets.refused import REFUSALS, UNKNOWN
from codeward.datasets.registry import DATASETS
from codeward.rules.rule import Rule, rules
from codeward.services.catalogue.tool import Argument
from codeward.services.catalogue.tools import TOOLS

REFERENCE = Path(__file__).parent / "reference"
COMMANDS = (
    (),
    ("code",),
    ("search",),
    ("ask",),
    ("compare",),
    ("touched",),
    ("scrub",),
    ("suggest",),
    ("doctor",),
    ("check",),
    ("pair",),
    ("coverage",),
    ("price",),
    ("serve",),
    ("tick",),
    ("drg",),
    ("gems",),
    ("crosswalk",),
    ("mcp",),
    ("units",),
    ("library",),
    ("library", "build"),
    ("library", "fetch"),
    ("library", "watch"),
    ("library", "status"),
    ("library", "diff"),
    ("library", "verify"),
    ("library", "use"),
    ("library", "terms"),
    ("library", "accept"),
    ("library", "withdraw"),
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
    parts += ["", *_refused()]
    return "\n".join(parts) + "\n"


def _refused() -> list[str]:
    return [
        "## Files that are left aside",
        "",
        "A build names each file it does not read, with the reason. The reasons stand in `datasets/refused.py`; a file",
        f"that none of them knows is left aside because {UNKNOWN}.",
        "",
        "| files (regular expression over the path) | why |",
        "|---|---|",
        *(f"| `{item.names.replace('|', '&#124;')}` | {item.reason} |" for item in REFUSALS),
    ]


def _dataset(dataset: Dataset) -> list[str]:
    terms = f" Terms to accept: `{dataset.needs_acceptance}`." if dataset.needs_acceptance else ""
    return [
        f"## `{dataset.id}`",
        "",
        f"{dataset.title}. Publisher: {dataset.publisher}. Rhythm: {dataset.cadence}. Key: {', '.join(dataset.key)}.",
        f"{dataset.licence}{terms}",
        f"<{dataset.landing}>",
        *(line for shape in dataset.shapes if shape.note for line in ("", shape.note)),
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


def addresses_page() -> str:
    """Where each publication's files lie, and whether an address was seen or is by rule."""
    parts = [
        "# Addresses",
        "",
        "Written from the declarations in `src/codeward/datasets` by `make docs`. `codeward library fetch` reads the",
        "landing page first and tries these patterns where the page does not list the release. *Seen* names the",
        "releases whose address was read in a published source; a pattern without any is *by rule*: it follows from",
        "the others and may be wrong for some releases, which the report then says (`status 404`). Patterns of one",
        "dataset are alternatives, except where they are marked as different files of a release.",
    ]
    for dataset in DATASETS.values():
        if dataset.addresses or dataset.links:
            parts += ["", *_addresses(dataset)]
    return "\n".join(parts) + "\n"


def _addresses(dataset: Dataset) -> list[str]:
    return [
        f"## `{dataset.id}`",
        "",
        f"Landing page: <{dataset.landing}>",
        "",
        *(_address(item) for item in dataset.addresses),
    ]


def _address(item: Address) -> str:
    known = f"seen: {item.seen}" if item.seen else "by rule"
    which = f" ({item.part})" if item.part else ""
    return f"- `{item.url}`{which}, {known}"


def rules_page() -> str:
    """Every rule: what it says, when, why, and what must and must not fire it."""
    parts = [
        "# Rules",
        "",
        "Written from the rules in `src/codeward/rules/texts` by `make docs`. A rule of one id may stand several",
        "times, for one thing can be wrong in several ways. *deny*: a payer would deny; *warn*: a person must decide;",
        "*info*: worth knowing; *unchecked*: tells what could not be checked. Words in braces are filled in.",
    ]
    family = ""
    for rule in rules():
        head = rule.id.partition(".")[0]
        if head != family:
            parts += ["", f"## {head}"]
            family = head
        parts += ["", *_rule(rule)]
    return "\n".join(parts) + "\n"


def _rule(rule: Rule) -> list[str]:
    about = [
        f"CARC {rule.carc}" if rule.carc else "",
        f"RARC {', '.join(rule.rarc)}" if rule.rarc else "",
        f"settings: {', '.join(rule.settings)}" if rule.settings else "",
        f"not for {', '.join(rule.except_payers)}" if rule.except_payers else "",
        f"services since {rule.since}" if rule.since else "",
        f"services until {rule.until}" if rule.until else "",
        f"needs {', '.join(rule.needs)}" if rule.needs else "",
        "asked again after denials" if rule.round else "",
    ]
    told = "; ".join(filter(None, about))
    return [
        f"### `{rule.id}` · {rule.severity}",
        "",
        rule.say.replace("{{", "{").replace("}}", "}"),
        *(("", f"*Remedy.* {rule.remedy.replace('{{', '{').replace('}}', '}')}") if rule.remedy else ()),
        "",
        f"- When: `{rule.when}` (`{rule.grain}`)",
        *((f"- {told[0].upper()}{told[1:]}",) if told else ()),
        *((f"- Source: {rule.source}",) if rule.source else ()),
        f"- Fires on {_facts(rule.fires)}; silent on {_facts(rule.silent)}",
    ]


def _facts(facts: tuple[tuple[str, object], ...]) -> str:
    return "`" + ", ".join(f"{name} = {value!r}" for name, value in facts) + "`"


def tools_page() -> str:
    """Every tool of the catalogue: what it answers, what it does not say, and its arguments."""
    parts = [
        "# Tools",
        "",
        "Written from the catalogue in `src/codeward/services/catalogue` by `make docs`. The same tools serve the",
        "assistant, [MCP](../how-to/mcp.md) and the [JSON API](../how-to/api.md). Each takes `on`, the date of service",
        "as YYYY-MM-DD (today where left out); its document always has `on`, `sources`, `warnings`, `not_loaded`.",
    ]
    for tool in TOOLS:
        parts += ["", f"## `{tool.name}`", "", tool.description]
        if tool.declared:
            parts += ["", "| argument | kind | left out | what it is |", "|---|---|---|---|"]
            parts += [_argument(item) for item in tool.declared]
    return "\n".join(parts) + "\n"


def _argument(item: Argument) -> str:
    kind = {str: "text", int: "number", bool: "yes or no", list: "texts"}[item.type]
    default = f"`{item.default}`" if item.default not in ("", (), None) else "nothing"
    choices = f" One of: {', '.join(item.choices)}." if item.choices else ""
    told = f"{item.help}{choices}".replace("|", "&#124;")
    return f"| `{item.name}` | {kind} | {'needed' if item.required else default} | {told} |"


PAGES = {
    "tools.md": tools_page,
    "rules.md": rules_page,
    "cli.md": command_page,
    "data-dictionary.md": dictionary_page,
    "addresses.md": addresses_page,
}


def main() -> None:
    """Write every generated page."""
    REFERENCE.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
