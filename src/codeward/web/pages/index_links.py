"""Index links: where the pages of the ICD-10-CM index and tables live, and the addresses of a term in them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from codeward.core.sources import Source
from codeward.services.diagnosis_index import DRUGS, EXTERNAL, INDEX, NEOPLASMS
from codeward.services.page import Cell
from codeward.web.pages.day import Day
from codeward.web.pages.parts import Part

PAGES = {
    INDEX: ("/icd-10-cm/index", "Alphabetic index"),
    EXTERNAL: ("/icd-10-cm/external-causes", "External causes"),
    NEOPLASMS: ("/icd-10-cm/neoplasms", "Neoplasms"),
    DRUGS: ("/icd-10-cm/drugs", "Drugs and chemicals"),
}
"""Address and name of each page, by dataset."""


def address(dataset: str, day: Day, **asked: str) -> str:
    """The page of a dataset with what is asked of it; a chosen day stays chosen."""
    query = {name: value for name, value in asked.items() if value}
    query |= {"on": day.on.isoformat()} if day.asked else {}
    return f"{PAGES[dataset][0]}?{urlencode(query)}" if query else PAGES[dataset][0]


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of the family; `here` marks the one that is open."""

    name: str
    href: str
    here: bool


def tabs(day: Day, here: str) -> list[Tab]:
    """The code tree, the index and the tables, for their common menu."""
    tree = Tab("Code tree", f"/icd-10-cm/browse{day.query}", here == "tree")
    return [tree, *(Tab(name, address(dataset, day), here == dataset) for dataset, (_, name) in PAGES.items())]


@dataclass(frozen=True, slots=True)
class Lead:
    """One term that leads to a code: its words step by step, the code it prints, and for what."""

    steps: tuple[str, ...]
    href: str
    printed: Cell
    meant_for: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Leads:
    """The terms of one dataset, the first of `total`."""

    title: str
    leads: tuple[Lead, ...]
    total: int


def leads(part: Part, day: Day) -> list[Leads]:
    """What leads to the code of a page, dataset by dataset."""
    return [
        Leads(
            table.caption,
            tuple(
                Lead(
                    tuple(line.cells[0].text.split(" > ")),
                    address(table.name, day, term=line.cells[0].text),
                    line.cells[1],
                    line.cells[2].text,
                    line.source,
                )
                for line in table.lines
            ),
            table.total,
        )
        for table in part.section.tables
    ]
