"""Printed paragraphs: lines of a manual put together where they run on, and apart where a blank line or a mark is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from codeward.datasets.pdf_lines import PrintedLine

BULLETS = "•▪●○"
BLANK = 1.35
"""Times the usual step from line to line beyond which a blank line stands between them."""
STEP = 13.8
"""Points from line to line of 12-point type, where a file has too few lines to tell."""
_STEPS = (8.0, 24.0)
"""Steps that can be those of running text; wider ones are blank lines already."""
_MARK = re.compile(rf"(?:[{BULLETS}]|\d{{1,2}}[.)]|[a-zA-Z][.)]|\([a-z0-9]{{1,4}}\))\s+(?=\S)")
_ENDED = re.compile(r"[.:;!?][)”\"']{0,3}$")


def usual_step(pages: Iterable[Sequence[PrintedLine]]) -> float:
    """The step from line to line that is commonest in a document."""
    steps = Counter(
        round(above.top - line.top, 1)
        for page in pages
        for above, line in pairwise(page)
        if _STEPS[0] <= above.top - line.top <= _STEPS[1]
    )
    return steps.most_common(1)[0][0] if steps else STEP


def follows_close(above: PrintedLine, line: PrintedLine, step: float) -> bool:
    """Whether a line stands right below another, with no blank line between them."""
    return above.page == line.page and 0 <= above.top - line.top <= BLANK * step


def run_on(lines: Iterable[PrintedLine], step: float) -> Iterator[list[PrintedLine]]:
    """The lines of one section as paragraphs, in reading order."""
    held: list[PrintedLine] = []
    for line in lines:
        if held and _begins(held[-1], line, step):
            yield held
            held = []
        held.append(line)
    if held:
        yield held


def _begins(last: PrintedLine, line: PrintedLine, step: float) -> bool:
    ended = bool(_ENDED.search(last.text))
    if line.text[0] in BULLETS:
        return True
    if last.page != line.page:
        return ended
    return not follows_close(last, line, step) or (ended and bool(_MARK.match(line.text)))


def joined(lines: Iterable[PrintedLine]) -> str:
    """The lines as one text; a hyphen at a line's end is part of the word."""
    text = ""
    for line in lines:
        text += line.text if not text or text.endswith("-") else f" {line.text}"
    return text
