"""Fits the weights of the ranking to phrases with known codes: a softmax over the candidates of each phrase.

    python bench/weigh_ranking.py [--library HOME] [--sets FOLDER] [--meaning] [--write]

The loss of a phrase is the surprise at its right codes among all that were found for it, each by its best wording; as
other weights find other wordings, finding and fitting alternate. First half of each set is fitted and the other half
measured: those figures are the honest ones (but for the weights to begin with, which had seen everything). With
`--write` everything is fitted then and put into `services/search/weights.py`. `--meaning` fits the second set of
weights, which needs a library built with CODEWARD_MEANING=1 and the extra `meaning`. What is fitted: the sets of
`eval_search.py`, the searches of coders (codes of every system; they count twice, being few), and entries of the
alphabetic index in the orders in which people say them.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from codeward.core.faults import NotLoaded
from codeward.services.search.find import speller_of
from codeward.services.search.meaning import is_there, nearness
from codeward.services.search.narrowing import Narrowing
from codeward.services.search.question import read_question
from codeward.services.search.ranking import (
    FEATURES,
    FITTED,
    FITTED_WITH_MEANING,
    MEANING_FEATURES,
    Ranked,
    rank,
)
from codeward.store.library import Library, open_library
from codeward.tools.cli.options import home_folder
from eval_search import OWN, ROOT, SETS, SHARED

SEARCHES = ROOT / "tests/evals/coder_searches.tsv"
WEIGHTS = ROOT / "src/codeward/services/search/weights.py"
CANDIDATES, ROUNDS, STEPS = 150, 2, 150
PACE, SMOOTHED, HELD_BACK = 0.15, (0.9, 0.99), 0.002
"""Of Adam, and how strongly weights are held to those they were fitted from."""
OF_INDEX = (350, 175, 175)
"""How many entries of the alphabetic index are asked for, by their level."""
COUNTED = {"coder_searches": 2}
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Case:
    """A phrase and the codes that are right for it, with their systems."""

    phrase: str
    right: frozenset[tuple[str, str]]


class Ranking:
    """The ranking of one library on one day, with meaning or without."""

    def __init__(self, library: Library, on: date, *, meaning: bool) -> None:
        self._library, self._on, self._meaning = library, on, meaning
        self.index = library.word_index

    def ask(self, phrase: str, weights: Floats) -> list[Ranked]:
        """Candidates, best first; where a phrase has no meaning, by the weights for words alone."""
        speller = speller_of(self.index)
        question = read_question(phrase, speller)
        near = nearness(self._library, phrase, question, speller) if self._meaning else None
        narrowing = Narrowing(self.index, question, self._on.toordinal())
        use = None if self._meaning and near is None else weights.astype(np.float32)
        return rank(self.index, question, narrowing, weights=use, nearness=near)

    def is_right(self, row: int, case: Case) -> bool:
        """Whether a code is one of the right ones, or lies below a right header."""
        system, code = self.index.code_at(row)
        return (system, code) in case.right or any(
            system == wanted and code.startswith(header) and self._is_header(wanted, header)
            for wanted, header in case.right
        )

    def _is_header(self, system: str, code: str) -> bool:
        row = self.index.row_of(system, code) if system == "icd-10-cm" else None
        return row is not None and not self.index.billable[row]


def read_sets(library: Library, folder: Path) -> dict[str, list[Case]]:
    """The sets that are here, by name."""
    sets = {
        path.stem: list(_cases(path)) for path in (*(folder / name for name in SETS), OWN, SEARCHES) if path.is_file()
    }
    return sets | {"index": list(_of_index(library))}


def _cases(path: Path) -> Iterator[Case]:
    for line in path.read_text(encoding="utf-8").splitlines():
        phrase, *system, codes = line.split("\t")
        name = system[0] if system else "icd-10-cm"
        yield Case(phrase, frozenset((name, code.replace(".", "")) for code in codes.split("|")))


def _of_index(library: Library) -> Iterator[Case]:
    """Entries of the index that print a whole code, their last step first or as printed."""
    chance = random.Random(7)
    query = "select path, code from icd_10_cm_index where level = ? and code not like '%-' and last_day > '9999'"
    for level, most in enumerate(OF_INDEX):
        rows = library.db.execute(query, (level,)).fetchall()
        for path, code in chance.sample(rows, min(most, len(rows))):
            first, *steps = path.split(" > ")
            head = first.partition(",")[0]
            said = " ".join((*reversed(steps), head)) if chance.random() < 0.6 else ", ".join((head, *steps))
            yield Case(said, frozenset({("icd-10-cm", code.replace(".", ""))}))


def candidates(ranking: Ranking, cases: list[Case], weights: Floats) -> Iterator[tuple[Floats, np.ndarray[Any, Any]]]:
    """For each phrase that found a right code: what was measured of its candidates, and which are right."""
    for case in cases:
        found = ranking.ask(case.phrase, weights)[:CANDIDATES]
        right = np.array([ranking.is_right(item.row, case) for item in found], bool)
        if right.any() and len(found[0].measured) == len(weights):
            yield np.array([item.measured for item in found], np.float64), right


def fit(asked: list[tuple[Floats, np.ndarray[Any, Any]]], start: Floats) -> Floats:
    """Weights that make the right codes likelier, by Adam from those given."""
    weights = start.copy()
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = sum((_slope(measured, right, weights) for measured, right in asked), np.zeros_like(weights))
        slope = slope / len(asked) + HELD_BACK * (weights - start)
        mean = SMOOTHED[0] * mean + (1 - SMOOTHED[0]) * slope
        square = SMOOTHED[1] * square + (1 - SMOOTHED[1]) * slope**2
        size = np.sqrt(square / (1 - SMOOTHED[1] ** step)) + 1e-8
        weights -= PACE * mean / (1 - SMOOTHED[0] ** step) / size
    return weights


def _slope(measured: Floats, right: np.ndarray[Any, Any], weights: Floats) -> Floats:
    scores = measured @ weights
    chance = np.exp(scores - scores.max())
    chance /= chance.sum()
    slope: Floats = measured.T @ (chance - np.where(right, chance / chance[right].sum(), 0.0))
    return slope


def fit_all(ranking: Ranking, sets: dict[str, list[Case]], start: Floats) -> Floats:
    """Finding and fitting in turn over all sets."""
    weights = start
    for _ in range(ROUNDS):
        asked = []
        for name, cases in sets.items():
            asked += [*candidates(ranking, cases, weights)] * COUNTED.get(name, 1)
        weights = fit(asked, weights)
    return weights


def measured_on(ranking: Ranking, cases: list[Case], weights: Floats) -> str:
    """Shares of the phrases that have a right code first, among the first five and ten."""
    places = []
    for case in cases:
        found = ranking.ask(case.phrase, weights)[:10]
        places.append(next((at for at, item in enumerate(found) if ranking.is_right(item.row, case)), 99))
    return " | ".join(f"{sum(place < most for place in places) / len(places):.3f}" for most in (1, 5, 10))


def halves(sets: dict[str, list[Case]]) -> tuple[dict[str, list[Case]], dict[str, list[Case]]]:
    """Each set in two, by chance and always the same way."""
    fitted, held = dict[str, list[Case]](), dict[str, list[Case]]()
    for name, cases in sets.items():
        shuffled = random.Random(5).sample(cases, len(cases))
        fitted[name], held[name] = shuffled[: len(cases) // 2], shuffled[len(cases) // 2 :]
    return fitted, held


def written(name: str, features: tuple[str, ...], weights: Floats) -> str:
    """The weights as they stand in the module."""
    items = [f'"{feature}": {weight:.2f}' for feature, weight in zip(features, weights, strict=True)]
    lines = [""]
    for item in items:
        if len(lines[-1]) + len(item) > 110:
            lines.append("")
        lines[-1] += f"{item}, "
    return f"{name} = {{\n" + "\n".join(f"    {line.rstrip()}" for line in lines) + "\n}  # fmt: skip"


def print_sets(ranking: Ranking, sets: dict[str, list[Case]], weights: Floats, title: str) -> None:
    print(f"{title}: r@1 | r@5 | r@10")
    for name, cases in sets.items():
        print(f"    {name} ({len(cases)}): {measured_on(ranking, cases, weights)}", flush=True)


def main() -> None:
    """Read the arguments, fit and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path, default=home_folder(""))
    parser.add_argument("--sets", type=Path, default=SHARED)
    parser.add_argument("--on", type=date.fromisoformat, default=datetime.now(UTC).date())
    parser.add_argument("--meaning", action="store_true")
    parser.add_argument("--write", action="store_true", help="fit everything, too, and write the weights")
    given = parser.parse_args()
    try:
        library = open_library(given.library)
    except NotLoaded as reason:
        print(f"skipped: {reason}")
        return
    if given.meaning and not is_there(library):
        print("skipped: the library was built without CODEWARD_MEANING=1, or the extra `meaning` is not installed")
        return
    ranking = Ranking(library, given.on, meaning=given.meaning)
    name = "MEANING_WEIGHTS" if given.meaning else "WEIGHTS"
    features = MEANING_FEATURES if given.meaning else FEATURES
    start = (FITTED_WITH_MEANING if given.meaning else FITTED).astype(np.float64)
    sets = read_sets(library, given.sets)
    fitted, held = halves(sets)
    print_sets(ranking, held, fit_all(ranking, fitted, start), "fitted on one half, measured on the other")
    if not given.write:
        return
    weights = fit_all(ranking, sets, start)
    print_sets(ranking, sets, weights, "fitted and measured on everything")
    found = written(name, features, weights)
    print(found)
    text = WEIGHTS.read_text(encoding="utf-8")
    put = re.sub(rf"^{name} = \{{.*?\}}[^\n]*", lambda _: found, text, count=1, flags=re.DOTALL | re.MULTILINE)
    WEIGHTS.write_text(put, encoding="utf-8")


if __name__ == "__main__":
    main()
