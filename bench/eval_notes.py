"""Notes to codes: precision, recall and F1 on notes with known codes, beside a bare dictionary of the same run.

Run: `.venv/bin/python bench/eval_notes.py [--library HOME] [--on YYYY-MM-DD] [--codiesp ZIP] [--notes FOLDER]`.

Three sets: Codeward's own notes (`tests/evals/notes`, outpatient), twenty on which no rule was shaped
(`unseen_notes`), and the development half of CodiEsp (translated case
reports, inpatient: `codiesp-train-dev.zip`, which is not part of Codeward and is unpacked to a temporary folder). Micro
figures over distinct codes of a note, exact and on the first three characters. CodiEsp was coded in 2018 and is read on
a day of that edition; its gold has denied and past conditions too, which the product does not report: the last two rows
say what its mentions alone would reach.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from codeward.core.faults import NotLoaded
from codeward.core.word_forms import WORD, stem
from codeward.services.suggest.suggest import suggest
from codeward.store.concepts import STOP
from codeward.store.library import Library, open_library
from codeward.tools.cli.options import home_folder

ROOT = Path(__file__).parents[1]
OWN = ROOT / "tests" / "evals" / "notes"
UNSEEN = ROOT / "tests" / "evals" / "unseen_notes"
CODIESP = ROOT.parent / "shared" / "eval" / "codiesp-train-dev.zip"
LONGEST_PHRASE = 7
Codes = frozenset[str]
CODED_IN = date(2018, 12, 1)
"""A day of the edition by which CodiEsp was coded."""


@dataclass(frozen=True, slots=True)
class Case:
    """A note and the codes people gave it."""

    name: str
    text: str
    gold: Codes
    optional: Codes = frozenset()


@dataclass
class Tally:
    """Counts of one way of coding over a set."""

    hits: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    category: list[int] = field(default_factory=lambda: [0, 0, 0])

    def add(self, found: Codes, case: Case, seconds: float) -> None:
        """One note; of gold codes joined by | any one will do, and optional ones are no fault either way."""
        gold = frozenset(_settled(code, found) for code in case.gold)
        free = {item for code in (*case.gold, *case.optional) for item in code.split("|")} - gold
        found = found - free
        self.hits.update(found & gold)
        self.extra.update(found - gold)
        self.missed.update(gold - found)
        self.seconds.append(seconds)
        short, wanted = ({code[:3] for code in codes} for codes in (found, gold))
        for at, part in enumerate((short & wanted, short - wanted, wanted - short)):
            self.category[at] += len(part)


def _settled(code: str, found: Codes) -> str:
    either = code.split("|")
    return next((item for item in either if item in found), either[0])


def figures(hits: int, extra: int, missed: int) -> str:
    """Precision, recall and F1."""
    precision, recall = hits / max(hits + extra, 1), hits / max(hits + missed, 1)
    both = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"P {precision:.3f} R {recall:.3f} F1 {both:.3f}"


def own_notes(folder: Path) -> list[Case]:
    """Codeward's own notes with gold.tsv beside them: note, code, and what else the file says."""
    gold: dict[str, tuple[set[str], set[str]]] = {}
    for line in (folder / "gold.tsv").read_text(encoding="utf-8").splitlines():
        name, code, _, *optional = line.split("\t")
        gold.setdefault(name.removesuffix(".txt"), (set(), set()))[bool(optional)].add(plain(code))
    return [
        Case(name, (folder / f"{name}.txt").read_text(encoding="utf-8"), frozenset(codes), frozenset(free))
        for name, (codes, free) in sorted(gold.items())
    ]


def codiesp(zipped: Path, half: str) -> Iterator[Case]:
    """One half of CodiEsp in English with its diagnoses."""
    with tempfile.TemporaryDirectory() as place, zipfile.ZipFile(zipped) as held:
        held.extractall(place)
        folder = next(item.parent for item in Path(place).rglob(f"{half}D.tsv"))
        gold: dict[str, set[str]] = {}
        for line in (folder / f"{half}D.tsv").read_text(encoding="utf-8").splitlines():
            name, code = line.split("\t")
            gold.setdefault(name, set()).add(plain(code))
        for name, codes in sorted(gold.items()):
            text = (folder / "text_files_en" / f"{name}.txt").read_text(encoding="utf-8")
            yield Case(name, text, frozenset(codes))


def plain(code: str) -> str:
    """Upper case without dot."""
    return code.strip().upper().replace(".", "")


def bare_dictionary(library: Library, on: date) -> Callable[[str], Codes]:
    """Every billable title, inclusion term and index phrase found word for word, longest first, nothing judged."""
    release = library.in_force("icd-10-cm", on)
    assert release is not None
    query = "select code from icd_10_cm where billable and first_release <= ? and last_release >= ?"
    billable = {code for (code,) in library.db.execute(query, (release.id, release.id))}
    phrases: dict[tuple[str, ...], str] = {}
    for phrase, code in library.db.execute(
        "select phrase, code from concept where kind in ('title','inclusion','index')"
    ):
        if code in billable:
            for words in (said(phrase), said(" ".join(reversed(phrase.split(", "))))):
                phrases.setdefault(words, code)
    return lambda text: frozenset(_longest(said(text), phrases))


def said(text: str) -> tuple[str, ...]:
    """The stems of a text in order, without those that say nothing."""
    return tuple(word for word in (stem(item) for item in WORD.findall(text)) if word not in STOP)


def _longest(words: tuple[str, ...], phrases: dict[tuple[str, ...], str]) -> Iterator[str]:
    at = 0
    while at < len(words):
        for size in range(LONGEST_PHRASE, 0, -1):
            code = phrases.get(words[at : at + size])
            if code:
                yield code
                at += size - 1
                break
        at += 1


def accepted(library: Library, on: date, setting: str) -> Callable[[str], Codes]:
    """What would be reported."""

    def find(text: str) -> Codes:
        codes = suggest(library, text, on, most=1000, setting=setting).value.codes
        return frozenset(item.code.value for item in codes if item.accepted and item.code.system == "icd-10-cm")

    return find


def mentioned(library: Library, on: date, *, denied_too: bool) -> Callable[[str], Codes]:
    """The first code of every mention, whatever the rules make of it; without denied ones and those of relatives."""

    def find(text: str) -> Codes:
        mentions = suggest(library, text, on, most=1, setting="inpatient").value.mentions
        held = (item for item in mentions if denied_too or not (item.standing.negated or item.standing.family))
        return frozenset(item.codes[0].code.value for item in held)

    return find


def run(name: str, cases: Iterable[Case], ways: dict[str, Callable[[str], Codes]], worst: int) -> None:
    """Code every note every way and print what came of it."""
    listed = list(cases)
    print(f"\n{name}: {len(listed)} notes, {sum(len(item.gold) for item in listed)} codes")
    for label, find in ways.items():
        tally = Tally()
        for case in listed:
            start = time.perf_counter()
            found = find(case.text)
            tally.add(found, case, time.perf_counter() - start)
        exact = figures(tally.hits.total(), tally.extra.total(), tally.missed.total())
        spent = f"{statistics.median(tally.seconds) * 1e3:.0f} ms a note, at most {max(tally.seconds) * 1e3:.0f}"
        print(f"  {label:<24} exact {exact}   category {figures(*tally.category)}   {spent}")
        if label.startswith("accepted"):
            print(f"    missed most: {_most(tally.missed, worst)}")
            print(f"    false alarms: {_most(tally.extra, worst)}")


def _most(counts: Counter[str], worst: int) -> str:
    return ", ".join(f"{code} {count}" for code, count in counts.most_common(worst))


def main() -> None:
    """Run both sets where they are."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--library", default=home_folder(""), type=Path)
    reader.add_argument("--on", type=date.fromisoformat, default=date(2026, 6, 1))
    reader.add_argument("--codiesp", type=Path, default=CODIESP)
    reader.add_argument("--half", default="dev", choices=("train", "dev"))
    reader.add_argument("--notes", type=Path, default=OWN)
    reader.add_argument("--unseen", type=Path, default=UNSEEN)
    reader.add_argument("--worst", type=int, default=15)
    given = reader.parse_args()
    try:
        library = open_library(given.library)
    except NotLoaded as fault:
        print(f"skipped: {fault}")
        return
    bare = bare_dictionary(library, given.on)
    for title, folder in (("Codeward's own notes", given.notes), ("Notes no rule was shaped on", given.unseen)):
        if (folder / "gold.tsv").is_file():
            ways = {"bare dictionary": bare, "accepted, outpatient": accepted(library, given.on, "outpatient")}
            run(title, own_notes(folder), ways, given.worst)
        else:
            print(f"skipped: no notes in {folder}")
    if given.codiesp.is_file():
        ways = {
            "bare dictionary": bare_dictionary(library, CODED_IN),
            "accepted, inpatient": accepted(library, CODED_IN, "inpatient"),
            "every affirmed mention": mentioned(library, CODED_IN, denied_too=False),
            "every mention": mentioned(library, CODED_IN, denied_too=True),
        }
        run(f"CodiEsp {given.half}", codiesp(given.codiesp, given.half), ways, given.worst)
    else:
        print(f"skipped: {given.codiesp} is not here")


if __name__ == "__main__":
    main()
