"""A policy manual of two chapters in the published layout, its words made up."""

from __future__ import annotations

from golden.tiny_pdf import Line, tiny_pdf

STEP, TOP = 13.8, 707.5
COVER = "MEDICARE NATIONAL CORRECT CODING INITIATIVE POLICY MANUAL"
ITEM, INNER = 90, 108

Row = tuple[float, str] | None
"""Where a line begins and what it says; None is a blank line. A text after `*` is bold."""


def page(label: str, rows: list[Row], revised: str = "1/1/2026") -> list[Line]:
    """One page: the rows from the top down, the revision line and the label at its foot."""
    lines: list[Line] = [(216, 80, True, f"Revision Date (Medicare): {revised}"), (295, 52, False, label)]
    height = TOP
    for row in rows:
        if row is not None:
            left, text = row
            lines.append((left, height, text.startswith("*"), text.removeprefix("*")))
        height -= STEP
    return lines


THIRD = [
    page("III-1", [(270, "*CHAPTER III"), (92, f"*{COVER}")]),
    page("III-2", [(260, "*Table of Contents"), None, (96, "A. Introduction ............ III-3")]),
    page(
        "III-3",
        [
            (276, "*Chapter III"),
            (223, "*Surgery: Made-up System"),
            (240, "*CPT Codes 10000 - 19999"),
            None,
            (72, "*A. Introduction"),
            None,
            (72, "Words of this page are invented. They stand for codes in the range 90001-"),
            (72, "90009 and for G0999, and they go on without an end until the foot of the page, where the"),
        ],
    ),
    page(
        "III-4",
        [
            (72, "sentence is taken up again."),
            None,
            (72, "*B. Made-up Services"),
            None,
            (ITEM, "1. A made-up item (e.g., A9001, A9002 - A9004) may be reported with modifiers 59 or XS or"),
            (INNER, "XU. See a made-up register, Pages 61884-61885."),
            None,
            (INNER, "Its second paragraph belongs to it."),
            None,
            (ITEM, "2. A list follows:"),
            (144, "a. its first point;"),
            (144, "b. its second point."),
            (81, "• 0001T (made up)"),
            (81, "• 90001 (made up)"),
        ],
    ),
]
FIRST = [
    page("I-1", [(270, "*CHAPTER I"), (92, f"*{COVER}")]),
    page(
        "I-3",
        [
            (282, "*Chapter I"),
            (222, "*Made-up General Policies"),
            None,
            (72, "*A. Introduction"),
            None,
            (72, "Nothing here is real."),
        ],
    ),
]


def whole() -> bytes:
    """All chapters in one file, a table of contents without labels before them."""
    contents: list[Line] = [(72, 700, True, "2026 Complete Table of Contents")]
    return tiny_pdf([contents, *FIRST, *THIRD])


def chapter_three() -> bytes:
    """Chapter III by itself."""
    return tiny_pdf(THIRD)
