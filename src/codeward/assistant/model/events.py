"""Events: what a server sends one by one (text/event-stream), out of blocks cut anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

LONGEST_LINE = 200_000
_ENDS = re.compile(rb"\r\n|\n|\r(?!\Z)")


def lines_of(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Whole lines without their ends, a last one without an end included; ValueError for one that never ends."""
    parts: list[bytes] = []
    size = 0
    for block in blocks:
        parts.append(block)
        size += len(block)
        if size > LONGEST_LINE:
            raise ValueError("a line is too long")
        if b"\n" in block or b"\r" in block or (len(parts) > 1 and parts[-2].endswith(b"\r")):
            *lines, rest = _ENDS.split(b"".join(parts))
            yield from lines
            parts, size = [rest], len(rest)
    rest = b"".join(parts)
    yield from [rest.rstrip(b"\r")] if rest else []


def events_of(blocks: Iterable[bytes]) -> Iterator[str]:
    """The data of each event; ValueError for what is not UTF-8. One cut off before its blank line is given, too."""
    data: list[str] = []
    for line in lines_of(blocks):
        if not line and data:
            yield "\n".join(data)
            data = []
        elif line.startswith(b"data:"):
            data.append(line[5:].removeprefix(b" ").decode("utf-8"))
    if data:
        yield "\n".join(data)
