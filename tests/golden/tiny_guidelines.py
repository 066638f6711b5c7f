"""Coding guidelines and a chapter of the claims manual in the published layouts, a few pages each, words made up."""

from __future__ import annotations

from golden.tiny_pdf import Line, tiny_pdf

STEP, TOP, LEFT = 13.8, 707.5, 72

Rows = list[str]
"""Lines from the top down: a text after `*` is bold, and an empty one is a blank line."""


def page(rows: Rows, *foot: str) -> list[Line]:
    """One page, its foot lines at the bottom."""
    lines: list[Line] = []
    for at, row in enumerate(rows):
        if row:
            lines.append((LEFT, TOP - STEP * at, row.startswith("*"), row.removeprefix("*")))
    lines.extend((LEFT, 60 - STEP * at, False, text) for at, text in enumerate(foot))
    return lines


NAME = "ICD-10-CM Official Guidelines for Coding and Reporting"


def foot(number: int) -> tuple[str, ...]:
    return (NAME, "FY 2026", f"Page {number} of 4")


TITLE: Rows = [f"*{NAME}", "*FY 2026", "(October 1, 2025 - September 30, 2026)", "", "These made-up words stand first."]
CONTENTS: Rows = ["*Section I. Made-up conventions ........ 3", "*A. Invented ........ 3"]
FIRST: Rows = [
    "*Section I. Made-up conventions",
    "*A. Invented conventions",
    "*1. The invented list",
    "A first invented sentence that runs over the end of its line and on to the",
    "next line of it.",
    "",
    "A second paragraph.",
    "*B. Invented general rules",
    "*C. Invented rules by chapter",
    "*1. Chapter 1: Made-up conditions (A00-B99) and a",
    "*second line of the heading",
    "*a. Made-up condition",
    "*1) Only what is confirmed",
    "Code what is made up only when it",
]
SECOND: Rows = [
    "is confirmed by its inventor.",
    "*A. This bold sentence is no division and is text.",
    "*(a) Seen for it",
    "Words below a letter in parentheses.",
    "• its first point;",
    "• its second point.",
    "*b. Another made-up condition",
    "Words of b.",
    "*Section II. Made-up principal diagnosis",
    "*A. Signs",
    "Words of II.A.",
    "*Section III. Made-up further diagnoses",
    "Words of III.",
    "*Section IV. Made-up outpatient services",
    "*A. Choice",
    "Words of IV.A.",
    "*Appendix I",
    "Words of the appendix.",
]


def guidelines() -> bytes:
    """The guidelines of fiscal year 2026."""
    pages = [page(TITLE), page(CONTENTS), page(FIRST, *foot(3)), page(SECOND, *foot(4))]
    return tiny_pdf(pages)


CHAPTER: list[Rows] = [
    [
        "*Medicare Claims Processing Manual",
        "*Chapter 12 - Made-up Practitioners",
        "",
        "*Table of Contents",
        "(Rev. 12345, 11-07-24)",
        "",
        "*Transmittals for Chapter 12",
        "10 - General",
        "*30.6 - Made-up Visits",
        "*30.6.5 - Made-up Group",
    ],
    [
        "*10 - General",
        "(Rev. 1, 10-01-03)",
        "Invented words of a general kind.",
        "",
        "*30 - Made-up Services",
        "(Rev. 1, 10-01-03)",
        "*30.6 - Made-up Visits",
        "(Rev. 2997, Issued: 07-25-14, Effective: Upon Implementation, Implementation: 08-25-14)",
        "A. First",
        "The invented visit goes on over",
    ],
    [
        "the page.",
        "",
        "*30.6.5 - Made-up Physicians of a Group that has a",
        "*Long Title",
        "(Rev. 3315, Issued: 08-06-15, Effective: 01-01-16,",
        "Implementation: 01-04-16)",
        "Two made-up physicians of one group are paid as one.",
        "",
        "*Transmittals Issued for this Chapter",
        "Rev # Issue Date Subject",
    ],
]


def chapter_twelve() -> bytes:
    """Chapter 12 of the claims manual, last revised on 2024-11-07."""
    return tiny_pdf([page(rows) for rows in CHAPTER])
