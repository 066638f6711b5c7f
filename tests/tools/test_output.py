"""People's text: words in square brackets are words, never commands to the terminal."""

from __future__ import annotations

from datetime import date

from codeward.core.answers import Answer, Caveat, Fact
from codeward.core.codes import Code
from codeward.services.page import Cell, CodePage, Line, Section, Sentence, table
from codeward.services.search import Hit, SearchResult
from codeward.tools.cli import output

BRACKETED = "Burn [any degree] [/] of hand"
CODE = Code("icd-10-cm", "T2300")


def test_a_page_prints_brackets_as_they_are() -> None:
    rows = table("rows", BRACKETED, (BRACKETED,), [Line((Cell(BRACKETED),), None)])
    section = Section("facts", "Facts", (Fact("name", BRACKETED, None, "Label", BRACKETED),), (rows,))
    page = CodePage(CODE, BRACKETED, None, "active", True, (Sentence(BRACKETED, ()),), (section,))
    with output.out.capture() as told:
        output.say_page(Answer(page, date(2026, 4, 1), warnings=(Caveat("icd-10-cm", BRACKETED),)))
    assert " ".join(told.get().split()).count("[any degree] [/]") == 8


def test_search_results_print_brackets_as_they_are() -> None:
    hits = (Hit(CODE, BRACKETED, True, 1.0, BRACKETED),)
    with output.out.capture() as told:
        output.say_results(Answer(SearchResult("burn", hits, {}), date(2026, 4, 1)))
    assert " ".join(told.get().split()).count("[any degree] [/]") == 2
