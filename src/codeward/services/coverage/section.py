"""The coverage section of a procedure's page: documents that list the code, or whose title is on its subject."""

from __future__ import annotations

from codeward.services.coverage.contractors import Contracts, triple_of
from codeward.services.coverage.exports import ARTICLES, CODES, KINDS
from codeward.services.coverage.groups import parts_of
from codeward.services.coverage.listed import titled
from codeward.services.coverage.macs import owners_in
from codeward.services.coverage.subjects import words_for
from codeward.services.coverage.versions import FIRST, held_documents
from codeward.services.coverage_documents import IN_FORCE, LIST, UNSEEN
from codeward.services.page import Cell, Line, Section, Table, table
from codeward.services.view import View
from codeward.store.coverage import documents_listing

NAME, TITLE = "coverage", "Medicare coverage documents"
SHOWN = 40
_HEADS = ("Document", "Kind", "Title", "Contractor", "Version", "In force since")


def coverage_section(view: View, code: str) -> Section:
    """Documents of the day for a code, by contractor; `missing` where the tables that list codes are not loaded.

    By title only where the list of documents alone is loaded and the subject of the code is known.
    """
    if all(view.library.editions(name) for name in (ARTICLES, CODES)):
        return Section(NAME, TITLE, tables=_listing(view, code))
    view.missing[CODES] = None
    return Section(NAME, TITLE, tables=_by_title(view, code), missing=(CODES,))


def _listing(view: View, code: str) -> tuple[Table, ...]:
    contracts = Contracts(view)
    lines: list[tuple[tuple[str, ...], Line]] = []
    for kind in ("article", "lcd"):
        listing = documents_listing(view.library, kind, code)
        for item in held_documents(view, kind, {number for number, _ in listing}):
            version = item.version
            if version is None or (item.number, version.version) not in listing:
                continue
            rows = parts_of(view, f"mcd-{kind}-x-contractor", version)
            found = contracts.of(dict.fromkeys(map(triple_of, rows)))
            owner = "; ".join(dict.fromkeys(one.contractor.name for one in found))
            cells = (
                f"{FIRST[kind]}{item.number}", KINDS[kind], version.title, owner, str(version.version),
                version.first_day.isoformat(),
            )  # fmt: skip
            lines.append(((owner, cells[0]), Line(tuple(map(Cell, cells)), version.source)))
    caption = "Local documents in force on the day that list the code"
    return (_table(view, "coverage-documents", caption, [line for _, line in sorted(lines, key=lambda pair: pair[0])]),)


def _by_title(view: View, code: str) -> tuple[Table, ...]:
    ways = words_for(code)
    if not ways or not view.library.editions(LIST):
        return ()
    lines = []
    for item in titled(view, ways):
        if item.standing in (IN_FORCE, UNSEEN):
            owner = "; ".join(dict.fromkeys(name for name, _ in owners_in(item.owner)))
            note = item.effective.isoformat() if item.standing == IN_FORCE else f"{item.effective} (the loaded version)"
            cells = (item.id, item.kind, item.title, owner, str(item.version), note)
            lines.append(Line(tuple(map(Cell, cells)), item.source))
    shown = " or ".join(f"\u201c{way}\u201d" for way in ways)
    caption = f"Local documents with {shown} in the title; which codes they list is not loaded"
    return (_table(view, "coverage-titles", caption, lines),)


def _table(view: View, name: str, caption: str, lines: list[Line]) -> Table:
    shown = lines[:SHOWN]
    view.sources.update({line.source: None for line in shown if line.source})
    return table(name, caption, _HEADS, shown, len(lines))
