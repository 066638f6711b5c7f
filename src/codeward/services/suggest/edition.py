"""Edition: the ICD-10-CM codes in force on the day, and the narrowest code that a sentence supports below another."""

from __future__ import annotations

from dataclasses import dataclass, field

from codeward.core.word_forms import stem
from codeward.store.concepts import said_and_lacking, words_of
from codeward.store.diagnosis_codes import codes_below
from codeward.store.library import Library
from codeward.store.releases import Release

_SIDES = {"right": "right", "left": "left", "bilateral": "bilateral"}
_UNSAID = frozenset({"unspecified", "unspecifi"})
_NO_MEANING = frozenset(stem(word) for word in ("unspecified", "encounter", "organism"))
EPISODES = {"A": "initial", "D": "subsequent", "S": "sequela"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One code of the edition."""

    code: str
    title: str
    billable: bool


@dataclass
class Edition:
    """Codes of one edition, category by category as they are asked for."""

    library: Library
    release: Release
    _categories: dict[str, dict[str, Entry]] = field(default_factory=dict)

    def entry(self, code: str) -> Entry | None:
        """The code, or None where the edition does not have it."""
        return self._category(code[:3]).get(code)

    def nearest(self, code: str) -> Entry | None:
        """The code or, where the edition does not have it, the nearest wider one that it has."""
        for length in range(len(code), 2, -1):
            found = self.entry(code[:length])
            if found is not None:
                return found
        return None

    def below(self, code: str) -> list[Entry]:
        """Codes one step narrower: those that begin with it and have no other such code above them."""
        longer = [
            item for item in self._category(code[:3]).values() if item.code.startswith(code) and item.code != code
        ]
        return [
            item
            for item in longer
            if not any(other.code != item.code and item.code.startswith(other.code) for other in longer)
        ]

    def _category(self, beginning: str) -> dict[str, Entry]:
        if beginning not in self._categories:
            rows = codes_below(self.library, self.release, beginning)
            self._categories[beginning] = {code: Entry(code, title, use) for code, title, use in rows}
        return self._categories[beginning]


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence says around a mention: stems of its words, the side, the episode of care."""

    stems: frozenset[str]
    side: str = ""
    episode: str = "A"
    lacking: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The code reached, how sure of the way (0 to 1), and what the note did not say on it."""

    entry: Entry
    sure: float
    missing: tuple[str, ...] = ()


def narrow(edition: Edition, entry: Entry, context: Context) -> Narrowed:
    """The billable code below `entry` that the context supports: what it says, else what is unspecified."""
    sure, missing = 1.0, list[str]()
    while not entry.billable:
        children = edition.below(entry.code)
        if not children:
            break
        ranked = sorted(children, key=lambda item: (-_fit(entry, item, context), item.code))
        best = _fit(entry, ranked[0], context)
        if len(ranked) > 1 and best <= _AMBIGUOUS:
            sure *= 0.5
            missing.append("type")
        if len(ranked) > 1 and _is_unsaid(ranked[0]):
            sure *= 0.9
            missing.append("side" if _needs_side(children) else "type")
        entry = ranked[0]
    return Narrowed(entry, sure, tuple(dict.fromkeys(missing)))


_AMBIGUOUS = -0.8


def _needs_side(children: list[Entry]) -> bool:
    return any(" right" in item.title.lower() or " left" in item.title.lower() for item in children)


def _is_unsaid(entry: Entry) -> bool:
    return "unspecified" in entry.title.lower()


def _fit(parent: Entry, child: Entry, context: Context) -> float:
    """How well a narrower code fits: words it adds and the sentence has speak for it, others against it."""
    title, held = child.title.lower(), words_of(parent.title)
    said, lacking = said_and_lacking(child.title)
    score = sum(_worth(word, context) for word in said - held - _NO_MEANING)
    score += sum(_worth_lacking(word, context) for word in lacking - held)
    if "unspecified" in title and title.count("unspecified") > parent.title.lower().count("unspecified"):
        score += 0.3
    if "other" in title and "other" not in parent.title.lower():
        score -= 0.9
    if len(child.code) == 7:
        score += 1.0 if child.code[6] == context.episode else -1.0
    return score + _usual(title)


def _worth(word: str, context: Context) -> float:
    if word in _SIDES:
        return 2.0 if context.side == word else -2.0
    return 1.0 if word in context.stems else -1.5 if word in context.lacking else -0.5


def _worth_lacking(word: str, context: Context) -> float:
    """What a title lacks: the note may say so, be silent, or say that it is there."""
    return 1.0 if word in context.lacking else -0.8 if word in context.stems else -0.05


def _usual(title: str) -> float:
    """What holds where nothing is said: a fracture is closed and displaced (Guidelines I.C.19.c), the right side is the
    dominant one (I.C.6.a)."""
    score = 0.3 if "without" in title else 0.0
    if "closed fracture" in title:
        score += 0.6
    if "displaced" in title and "nondisplaced" not in title:
        score += 0.55
    return score + 0.4 * ("right dominant" in title or "left nondominant" in title.replace("-", ""))
