"""Warm look-ups, searches and page renders in process, beside a bare SQLite read measured in the same run.

Run: `.venv/bin/python bench/look_up.py [--library HOME] [--on YYYY-MM-DD]` on a library that is already built.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from codeward.core.faults import NotLoaded
from codeward.services.look_up import look_up
from codeward.services.search import search
from codeward.store.library import Library, open_library
from codeward.tools.cli.options import home_folder

CODES = ("17314", "17311", "99213", "27447", "88305", "J1885", "G0463", "C44.1121", "E11.9", "S72.001A", "59", "11")
TEXTS = ("17314", "c44.11", "basal cell carcinoma eyelid", "melanma", "diabetes typ", "fracture of femur", "office")
ROUNDS = 200


def timed(call: Callable[[], object]) -> float:
    """Median milliseconds of a warm call."""
    call()
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        call()
        spent.append((time.perf_counter() - start) * 1e3)
    return statistics.median(spent)


def bare_read(library: Library) -> float:
    """Reading one row by its code with nothing around it."""
    query = "select * from document where code = ?"
    return timed(lambda: library.db.execute(query, ("17314",)).fetchall())


def pages(home: Path, on: date) -> Callable[[str], Callable[[], object]]:
    """A way to fetch a page of the site in process."""
    os.environ["CODEWARD_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "codeward.web.settings")
    os.environ.setdefault("CODEWARD_ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
    import django
    from django.test import Client

    django.setup()
    client = Client()
    return lambda path: lambda: client.get(path, {"on": on.isoformat()})


def main() -> None:
    """Print a table of medians and their ratio to the bare read."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--library", default=home_folder(""))
    reader.add_argument("--on", type=date.fromisoformat, default=date(2025, 11, 1))
    given = reader.parse_args()
    try:
        library = open_library(Path(given.library))
    except NotLoaded as fault:
        print(f"skipped: {fault}")
        return
    base = bare_read(library)
    print(f"bare SQLite read of one row: {base:.4f} ms\n")
    page = pages(Path(given.library), given.on)
    print(f"{'code':<10} {'look_up ms':>10} {'x bare':>8} {'page ms':>9}")
    looked, rendered = [], []
    for code in CODES:
        try:
            found = look_up(library, code, given.on)
        except Exception as fault:
            print(f"{code:<10} {fault}")
            continue
        spent = timed(lambda code=code: look_up(library, code, given.on))
        shown = timed(page(found.value.code.path))
        looked.append(spent)
        rendered.append(shown)
        print(f"{code:<10} {spent:>10.3f} {spent / base:>8.0f} {shown:>9.2f}")
    print(f"{'median':<10} {statistics.median(looked):>10.3f} {'':>8} {statistics.median(rendered):>9.2f}\n")
    for text in TEXTS:
        spent = timed(lambda text=text: search(library, text, given.on))
        print(f"search {text!r:<32} {spent:>8.3f} ms")


if __name__ == "__main__":
    main()
