"""Subjects: under which words documents speak of a procedure, for where no code list is loaded."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_LEFT_OUT = re.compile(r"\bexclud|\bexcept\b|\bother than\b")
_WORD = re.compile(r"[a-z0-9]+")


def words_for(code: str) -> tuple[str, ...]:
    """Ways in which titles may name a procedure, each a few words; empty where the table has none for it."""
    return _by_code().get(code, ())


_KINDS = re.compile(
    r"\b(?:injections?|procedures?|surgery|testing|tests?|therapy|treatments?|scans?|devices?|machines?|equipment|removal"
    r"|screening|exam)\b"
)
"""Words for the kind of a service, which a title may put otherwise."""
_CALLED = {
    "cpap": "positive airway", "bipap": "respiratory assist", "botox": "botulinum", "vit d": "vitamin d",
    "b12": "vitamin b12", "sleep study": "sleep stud", "emg": "nerve conduction", "tms": "transcranial magnetic",
    "cgm": "glucose monitor", "esi": "epidural", "rfa": "facet joint", "moh's": "mohs", "psa": "prostate specific",
    "afo": "ankle-foot",
}  # fmt: skip
"""What coders call a service, and how titles begin to name it."""


def ways_to_say(words: str) -> tuple[str, ...]:
    """The words as typed, as titles put them, and without the kind of service, in that order; each once."""
    text = " ".join(words.lower().split())
    called = next((title for said, title in _CALLED.items() if re.search(rf"(?<!\w){re.escape(said)}(?!\w)", text)), "")
    parts = text.split()
    single = " ".join(part[:-1] if len(part) > 4 and part.endswith("s") and part[-2] != "s" else part for part in parts)
    bare = " ".join(_KINDS.sub(" ", text).split())
    return tuple(dict.fromkeys(way for way in (text, called, single, bare) if way))


def has_words(title: str, words: str) -> bool:
    """Whether every word begins one of the title's, less what the title says it leaves out (`Excludes ... Mohs`)."""
    inside = _WORD.findall(_LEFT_OUT.split(title.lower(), maxsplit=1)[0])
    return all(any(part.startswith(word) for part in inside) for word in _WORD.findall(words.lower()))


@cache
def _by_code() -> dict[str, tuple[str, ...]]:
    rows = tomllib.loads(files(__package__).joinpath("subjects.toml").read_text("utf-8"))["subject"]
    return {code: tuple(row["words"]) for row in rows for run in row["codes"].split() for code in _codes(run)}


def _codes(run: str) -> list[str]:
    """`17311-17315` as its five codes, letters kept in their place."""
    first, _, last = run.partition("-")
    if not last:
        return [first]
    lead = first[:1] if first[0].isalpha() else ""
    return [
        f"{lead}{number:0{5 - len(lead)}d}" for number in range(int(first[len(lead) :]), int(last[len(lead) :]) + 1)
    ]
