"""Chips: the axes that a code has and the question left open, and the code that each value of an axis leads to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from codeward.core.codes import Code
from codeward.services.search.narrowing import Narrowing
from codeward.services.search.question import Question
from codeward.store.word_index.read import WordIndex
from codeward.store.word_index.titles import SIDES, TRIMESTERS
from codeward.store.word_index.words import stems

_MOST_CHOICES = 16
"""As many as the seventh characters of an open forearm fracture."""


@dataclass(frozen=True, slots=True)
class Chip:
    """An axis ("side", "encounter", "trimester", "type") and, for each value, the code it leads to."""

    axis: str
    choices: tuple[tuple[str, Code], ...]


TitleOf = Callable[[int], str]


def chips_of(
    index: WordIndex, question: Question, narrowing: Narrowing, row: int, title_of: TitleOf
) -> tuple[Chip, ...]:
    """The open axes of a code, the seventh character last; none where its family holds it alone."""
    if index.family_of[row] < 0:
        return ()
    found = [] if index.billable[row] else [_types(index, narrowing, row, title_of)]
    family = [member for member in index.members(row) if narrowing.in_force(member) and index.billable[member]]
    if not question.side:
        found.append(_axis(index, "side", family, row, _side))
    found.append(_axis(index, "trimester", family, row, _trimester))
    found.append(_axis(index, "encounter", family, row, _episode))
    return tuple(chip for chip in found if len(chip.choices) > 1)


def _side(index: WordIndex, row: int) -> str:
    return SIDES[index.side[row]]


def _trimester(index: WordIndex, row: int) -> str:
    return TRIMESTERS[index.trimester[row]]


def _episode(index: WordIndex, row: int) -> str:
    return index.episodes[index.episode[row]]


Axis = Callable[[WordIndex, int], str]
_AXES: tuple[Axis, ...] = (_side, _trimester, _episode)


def _axis(index: WordIndex, name: str, family: list[int], row: int, own: Axis) -> Chip:
    """Every value of one axis among codes that agree with this one in the other axes."""
    rest = [axis for axis in _AXES if axis is not own]
    kin = [member for member in family if all(axis(index, member) == axis(index, row) for axis in rest)]
    if not index.billable[row]:
        kin = [member for member in family if index.code_text(member).startswith(index.code_text(row))]
        kin = [member for member in kin if all(_first(axis, index, member) for axis in rest)]
    choices = {own(index, member): _code(index, member) for member in reversed(kin) if own(index, member)}
    return Chip(name, tuple(sorted(choices.items(), key=lambda item: item[1]))[:_MOST_CHOICES])


def _first(axis: Axis, index: WordIndex, row: int) -> bool:
    """Whether an axis has the value that holds when nothing is said."""
    said = axis(index, row)
    if axis is _episode:
        return not said or "unspecified" in said or (said.startswith("initial") and "open" not in said)
    return said in ("", "unspecified")


def _types(index: WordIndex, narrowing: Narrowing, row: int, title_of: TitleOf) -> Chip:
    """The codes right below a header, each by the words that it adds to the header's."""
    system, text = index.code_at(row)
    own = frozenset(stems(title_of(row)))
    below = [at for at in index.beginning_with(system, text) if index.parent[at] == row and narrowing.in_force(at)]
    if set(below) <= set(index.members(row)):
        return Chip("type", ())  # they differ by side or episode alone
    choices = [(_added(title_of(at), own) or "unspecified", _code(index, at)) for at in below]
    return Chip("type", tuple(choices[:_MOST_CHOICES]))


def _added(title: str, own: frozenset[str]) -> str:
    """What a title says more than the header's, as it is written."""
    words = [word for word in title.replace(",", " ").split() if not own.issuperset(stems(word))]
    return " ".join(words)


def _code(index: WordIndex, row: int) -> Code:
    return Code(*index.code_at(row))
