"""The word index held against SQLite's FTS5 over the same phrases: time of a question, size and time to open.

    python bench/word_index.py [--library HOME]

Both draw the best 50 phrases for every phrase of the retrieval sets, stems joined by "or"; the ratio is FTS5's time to
tantivy's in this run. Which is kept in a library follows from the tail: a search box asks with common words.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from codeward.core.faults import NotLoaded
from codeward.store.library import open_library
from codeward.store.word_index import layout
from codeward.store.word_index.read import WordIndex
from codeward.store.word_index.words import stems
from codeward.tools.cli.options import home_folder
from eval_search import OWN, SHARED

MOST = 50


def questions() -> list[list[str]]:
    """The stems of every phrase of the sets that are here."""
    sets = [*sorted(SHARED.glob("*.tsv")), OWN]
    lines = [line for path in sets if "negex" not in path.name for line in path.read_text("utf-8").splitlines()]
    return [found for line in lines if (found := list(dict.fromkeys(stems(line.split("\t")[0]))))]


def fts5(index: WordIndex, file: Path) -> sqlite3.Connection:
    """The phrases of diagnoses in an FTS5 table, with a column of what must and one of what may be said."""
    words = ["", *index.numbers]
    db = sqlite3.connect(file)
    db.execute("create virtual table phrase using fts5 (said, may_say, content='', tokenize='unicode61')")
    kinds = index.phrases["kind"]
    rows = (
        (at, " ".join(words[number] for number in index.said[at]), " ".join(words[n] for n in index.may_say[at]))
        for at in range(len(kinds))
        if kinds[at] not in (layout.KIND_AT["text"], layout.KIND_AT["procedure"])
    )
    db.executemany("insert into phrase (rowid, said, may_say) values (?, ?, ?)", rows)
    db.execute("insert into phrase (phrase) values ('optimize')")
    db.commit()
    return db


def timed(ask: Callable[[list[str]], object], asked: list[list[str]]) -> tuple[float, float]:
    """Median and 99th percentile in milliseconds."""
    times = []
    for words in asked:
        start = time.perf_counter()
        ask(words)
        times.append((time.perf_counter() - start) * 1000)
    cuts = statistics.quantiles(times, n=100)
    return cuts[49], cuts[98]


def main() -> None:
    """Measure both and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path, default=home_folder(""))
    home = parser.parse_args().library
    try:
        library = open_library(home)
    except NotLoaded as reason:
        print(f"skipped: {reason}")
        return
    start = time.perf_counter()
    index = library.word_index
    opened = (time.perf_counter() - start) * 1000
    asked = questions()
    query = "select rowid from phrase where phrase match ? order by bm25(phrase, 1.0, 0.25) limit ?"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "phrases.db"
        db = fts5(index, file)
        size = file.stat().st_size / 1e6

        def by_fts5(words: list[str]) -> object:
            return db.execute(query, (" OR ".join(f'"{word}"' for word in words), MOST)).fetchall()

        slow = timed(by_fts5, asked)
    quick = timed(lambda words: index.phrases_with(dict.fromkeys(words, 1.0), "d", MOST), asked)
    own = sum(path.stat().st_size for path in (library.folder / layout.FOLDER / layout.INDEX).iterdir()) / 1e6
    print(f"{len(asked)} questions over {len(index.phrases)} phrases; the whole word index opens in {opened:.0f} ms")
    print(f"tantivy: median {quick[0]:.2f} ms, p99 {quick[1]:.2f} ms, {own:.0f} MB")
    print(f"FTS5:    median {slow[0]:.2f} ms, p99 {slow[1]:.2f} ms, {size:.0f} MB")
    print(f"FTS5 to tantivy: median {slow[0] / quick[0]:.1f} times, p99 {slow[1] / quick[1]:.1f} times")


if __name__ == "__main__":
    main()
