"""How well and how fast search finds: recall, rank and time over phrases with known codes, beside plain baselines.

    python bench/eval_search.py [--library HOME] [--sets FOLDER] [--worst N] [--write docs/evaluation.md]

Sets are tab-separated files of a phrase and its code, `A|B` where either is right. Where a set names a header, a code
below it is counted as found too, and the exact share is printed beside. Every engine is asked in this run, on this
machine: FTS5 over titles alone and Codeward; where the library has meanings, titles by meaning alone and Codeward with
meaning, too.
"""

from __future__ import annotations

import argparse
import os
import re
import sqlite3
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from codeward.core.faults import NotLoaded
from codeward.services.search import search
from codeward.services.search.meaning import is_there, meaning_alone
from codeward.store.library import Library, open_library
from codeward.tools.cli.options import home_folder

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("CODEWARD_OFFICIAL", ROOT.parent / "shared/data")).parent / "eval"
OWN = ROOT / "tests/evals/visit_phrases.tsv"
SETS = ("doid_labels.tsv", "icd9_short.tsv", "icd9_long.tsv")
DEEPEST = 50
BEGIN, END = "<!-- measured search: begin -->", "<!-- measured search: end -->"

Engine = Callable[[str], list[str]]


@dataclass
class Score:
    """What one engine did on one set."""

    ranks: list[int] = field(default_factory=list)
    exact: int = 0
    milliseconds: list[float] = field(default_factory=list)

    def row(self, engine: str, name: str) -> str:
        """A line of the table."""
        count = len(self.ranks)
        within = [sum(rank < most for rank in self.ranks) / count for most in (1, 5, 10)]
        mean = sum(1 / (rank + 1) for rank in self.ranks if rank < DEEPEST) / count
        times = statistics.quantiles(self.milliseconds, n=100)
        shares = " | ".join(f"{value:.3f}" for value in (*within, mean, self.exact / count))
        return f"| {engine} | {name} | {count} | {shares} | {times[49]:.1f} | {times[98]:.1f} |"


def read_set(path: Path) -> list[tuple[str, set[str]]]:
    """Phrases with their right codes in plain form."""
    lines = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [(phrase, {code.replace(".", "") for code in codes.split("|")}) for phrase, codes, *_ in lines]


def titles_alone(library: Library) -> Engine:
    """FTS5 over titles in force, best by BM25: what a plain search box does."""
    db = sqlite3.connect(":memory:")
    db.execute("create virtual table title using fts5 (code unindexed, text, tokenize='porter unicode61')")
    rows = library.db.execute("select code, title from document where system = 'icd-10-cm' and last_day > '9999'")
    db.executemany("insert into title values (?, ?)", rows)

    def ask(text: str) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", text.lower()))
        query = "select code from title where title match ? order by bm25(title) limit ?"
        return [code for (code,) in db.execute(query, (words, DEEPEST))]

    return ask


def codeward(library: Library, on: date) -> Engine:
    """Codeward's search over every system; codes of other systems keep their rank."""

    def ask(text: str) -> list[str]:
        return [hit.code.value for hit in search(library, text[:300], on, most=DEEPEST).value.hits]

    return ask


def measure(engine: Engine, cases: list[tuple[str, set[str]]], headers: set[str]) -> tuple[Score, list[str]]:
    """The score of an engine on a set, and its worst misses."""
    score, missed = Score(), []
    for phrase, right in cases:
        start = time.process_time()
        found = engine(phrase)
        score.milliseconds.append((time.process_time() - start) * 1000)
        wide = tuple(code for code in right if code in headers)
        rank = next((at for at, code in enumerate(found) if code in right or (wide and code.startswith(wide))), DEEPEST)
        score.ranks.append(rank)
        score.exact += bool(found) and found[0] in right
        if rank >= 10:
            missed.append(f"{phrase!r}: wants {'|'.join(sorted(right))}, got {', '.join(found[:3]) or 'nothing'}")
    return score, missed


def table(library: Library, on: date, folder: Path, worst: int) -> list[str]:
    """The whole table, printed as it grows."""
    sets = [(path.stem, read_set(path)) for path in (*(folder / name for name in SETS), OWN) if path.is_file()]
    query = "select code from document where system = 'icd-10-cm' and not billable and last_day > '9999'"
    headers = {code for (code,) in library.db.execute(query)}
    plain = open_library(library.folder)
    plain.meanings = None
    engines = {
        "FTS5, titles": titles_alone(library),
        "embeddings, titles": meaning_alone(library, on, DEEPEST),
        "Codeward": codeward(plain, on),
        "Codeward with meaning": codeward(library, on) if is_there(library) else None,
    }
    lines = [
        "| engine | set | phrases | r@1 | r@5 | r@10 | MRR | exact@1 | ms p50 | ms p99 |",
        "|---|---|" + "---:|" * 8,
    ]
    print("\n".join(lines))
    for name, engine in engines.items():
        for label, cases in sets if engine else ():
            score, missed = measure(engine, cases, headers)
            lines.append(score.row(name, label))
            print(lines[-1], flush=True)
            for line in missed[: worst if name == "Codeward" else 0]:
                print("   ", line)
        if engine is None:
            print(f"{name}: needs a library built with CODEWARD_MEANING=1, and the extra `meaning`")
    return lines


def write(path: Path, lines: list[str], library: Library) -> None:
    """Put the table between its marks, with the day, the commit and the library."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True)
    head = f"Measured {datetime.now(UTC).date()} at commit {commit.stdout.strip()}, library {library.hash}."
    text = path.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    path.write_text(f"{before}{BEGIN}\n\n{head}\n\n" + "\n".join(lines) + f"\n\n{END}{after}", encoding="utf-8")


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path, default=home_folder(""))
    parser.add_argument("--sets", type=Path, default=SHARED)
    parser.add_argument("--on", type=date.fromisoformat, default=datetime.now(UTC).date())
    parser.add_argument("--worst", type=int, default=8)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    try:
        library = open_library(given.library)
    except NotLoaded as reason:
        print(f"skipped: {reason}")
        return
    search(library, "warm up", given.on)
    lines = table(library, given.on, given.sets, given.worst)
    if given.write:
        write(given.write, lines, library)


if __name__ == "__main__":
    main()
