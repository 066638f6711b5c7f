"""What notes deny, date and give to others, judged on the ConText kit, beside a naive pattern in the same run.

Run: `.venv/bin/python bench/negation.py [--kit FILE] [--misses N]`. The kit (NegEx and ConText, tab-separated: number,
condition, sentence with the condition in capitals, negation, temporality, experiencer) is not part of the repository.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from codeward.core.notes import Note, Standing
from codeward.services.notes.read_note import read_note
from codeward.services.notes.standing import standing_of

KIT = os.environ.get("CODEWARD_NEGATION_KIT", "../shared/eval/negex-testkit.tsv")
NAIVE = re.compile(r"\b(?:no|denies|without)\b(?:\W+\w+){0,5}\W*$", re.IGNORECASE)
GOLD: dict[str, tuple[int, tuple[str, ...]]] = {
    "negated": (3, ("Negated",)),
    "historical": (4, ("Historical",)),
    "hypothetical": (4, ("Not particular",)),
    "family": (5, ("Family member", "Other")),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One judged condition: its cells and where it stands in the sentence."""

    cells: list[str]
    start: int
    end: int

    @property
    def text(self) -> str:
        """The sentence."""
        return self.cells[2]


def rows_of(kit: Path) -> tuple[list[Row], int]:
    """Rows whose condition was found in their sentence, and how many were not."""
    rows, lost = [], 0
    for line in kit.read_text(encoding="utf-8", errors="replace").splitlines()[1:]:
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) < 6:
            continue
        words = r"\s+".join(map(re.escape, cells[1].upper().split()))
        found = (
            re.search(words + r"(?!['\w]|\s*:)", cells[2])
            or re.search(words, cells[2])
            or re.search(words, cells[2], re.IGNORECASE)
        )
        if found is None:
            lost += 1
        rows.append(Row(cells, *(found.span() if found else (0, len(cells[2])))))
    return rows, lost


def naive(row: Row) -> bool:
    """Whether no, denies or without stands at most five words before."""
    return NAIVE.search(row.text[max(0, row.start - 200) : row.start]) is not None


def scored(pairs: Iterable[tuple[bool, bool]]) -> str:
    """Precision, recall and F1 of pairs of gold and told."""
    count = Counter(pairs)
    hit, false, missed = count[True, True], count[False, True], count[True, False]
    precision = hit / (hit + false) if hit + false else 0.0
    recall = hit / (hit + missed) if hit + missed else 0.0
    f1 = 2 * hit / (2 * hit + false + missed) if hit + false + missed else 0.0
    return f"{precision:>9.3f} {recall:>8.3f} {f1:>7.3f} {hit + missed:>7} {false:>7} {missed:>7}"


def show_misses(name: str, missed: list[tuple[Row, bool, Note, Standing]], most: int) -> None:
    """The first misses of the even lines, in their sentence."""
    for row, gold, note, standing in missed[:most]:
        around = " ".join(note.text[max(0, row.start - 160) : row.end + 90].split())
        cue = note.text[slice(*standing.cue)] if standing.cue else ""
        print(f"  {name} {'missed' if gold else 'false'} {row.cells[0]} [{cue}] {row.cells[1]!r}: {around}")


def main() -> None:
    """Print precision, recall and F1 of each mark for even, odd and all lines."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--kit", type=Path, default=Path(KIT))
    reader.add_argument("--misses", type=int, default=0)
    reader.add_argument("--mark", choices=[*GOLD, "uncertain"])
    given = reader.parse_args()
    if not given.kit.exists():
        print(f"skipped: no kit at {given.kit}; name one with --kit or CODEWARD_NEGATION_KIT")
        return
    rows, lost = rows_of(given.kit)
    begun = time.perf_counter()
    notes = [read_note(row.text) for row in rows]
    told = [standing_of(note, row.start, row.end) for note, row in zip(notes, rows, strict=True)]
    spent = time.perf_counter() - begun
    print(f"{len(rows)} conditions, {lost} not found in their sentence; {spent / len(rows) * 1e3:.2f} ms each\n")
    parts: dict[str, Callable[[Row], bool]] = {
        "even": lambda row: int(row.cells[0]) % 2 == 0,
        "odd": lambda row: int(row.cells[0]) % 2 == 1,
        "all": lambda row: True,
    }
    print(f"{'mark':<14} {'lines':<6} {'precision':>9} {'recall':>8} {'F1':>7} {'gold':>7} {'false':>7} {'missed':>7}")
    for name, (cell, values) in GOLD.items():
        gold = [row.cells[cell] in values for row in rows]
        marked = [bool(getattr(standing, name)) for standing in told]
        for part, holds in parts.items():
            pairs = [(a, b) for row, a, b in zip(rows, gold, marked, strict=True) if holds(row)]
            print(f"{name:<14} {part:<6} {scored(pairs)}")
            if name == "negated":
                base = [(a, naive(row)) for row, a in zip(rows, gold, strict=True) if holds(row)]
                print(f"{'  naive':<14} {part:<6} {scored(base)}")
        if given.mark == name:
            wrong = [
                (row, a, note, standing)
                for row, a, b, note, standing in zip(rows, gold, marked, notes, told, strict=True)
                if a != b and parts["even"](row)
            ]
            show_misses(name, wrong, given.misses)
    doubted = [standing for standing in told if standing.uncertain]
    print(f"\nuncertain: {len(doubted)} of {len(rows)} (the kit marks none as possible)")
    if given.mark == "uncertain":
        wrong = [
            (r, False, n, s) for r, n, s in zip(rows, notes, told, strict=True) if s.uncertain and parts["even"](r)
        ]
        show_misses("uncertain", wrong, given.misses)


if __name__ == "__main__":
    main()
