"""Code tree: every beginning of every loaded ICD-10-CM code, and what the targets of notes come to among them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from codeward.store.derived.note_targets import Qualifier, Target


@dataclass
class CodeTree:
    """Beginnings of three to seven characters, their titles where one stands, and categories in the list's order.

    Codes of all loaded editions together: a note may be asked about a claim of a later day than its own edition.
    """

    titles: Mapping[str, str]
    categories: tuple[str, ...]
    nodes: list[str] = field(init=False)
    _known: frozenset[str] = field(init=False)
    _rank: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self._known = frozenset(code[:end] for code in self.titles for end in range(3, len(code) + 1))
        self.nodes = sorted(self._known)
        self._rank = {code: at for at, code in enumerate(self.categories)}

    def under(self, beginning: str) -> list[str]:
        """Every node that begins so, itself included, in order."""
        low = bisect_left(self.nodes, beginning)
        return self.nodes[low : bisect_left(self.nodes, beginning + "~", low)]

    def children(self, node: str) -> list[str]:
        """Nodes one character longer."""
        return [item for item in self.under(node) if len(item) == len(node) + 1]

    def section(self, name: str) -> list[str]:
        """Categories of a section such as `A00-A09`, or the one that a section is named by."""
        first, _, last = name.partition("-")
        return self._categories(first, last or first)

    def expand(self, target: Target) -> list[str]:
        """The target as beginnings that exist; none where no loaded code fits it."""
        bases = self._span(target.first, target.last) if target.last else [target.first]
        known = [base for base in bases if base in self._known]
        if target.qualifier is None:
            return known
        return sorted({found for base in known for found in self._narrow(base, target.qualifier)})

    def _categories(self, first: str, last: str) -> list[str]:
        low, high = self._rank.get(first), self._rank.get(last)
        if low is None or high is None:
            return [item for item in self.categories if first <= item <= last]
        return list(self.categories[low : high + 1])

    def _span(self, first: str, last: str) -> list[str]:
        if len(first) == len(last) == 3:
            return self._categories(first, last)
        longest = max(len(first), len(last))
        low = bisect_left(self.nodes, first)
        high = bisect_left(self.nodes, last + "~", low)
        return [item for item in self.nodes[low:high] if len(item) == longest]

    def _narrow(self, base: str, qualifier: Qualifier) -> Iterable[str]:
        return _NARROWING[qualifier.kind](self, base, qualifier)

    def _ending(self, base: str, qualifier: Qualifier) -> Iterator[str]:
        return (base + value for value in qualifier.values if base + value in self._known)

    def _places(self, base: str, qualifier: Qualifier) -> Iterator[str]:
        first, last = qualifier.places[0], qualifier.places[-1]
        return (item for item in self.under(base) if len(item) == last and item[first - 1 :] in qualifier.values)

    def _intent(self, base: str, qualifier: Qualifier) -> Iterator[str]:
        """The sixth character tells the intent of a poisoning; where it only fills a place, the fifth does."""
        for item in self.under(base):
            if len(item) == 6:
                told = item[:5] if item[5] == "X" else item
                if told[-1] in qualifier.values:
                    yield told

    def _final(self, base: str, qualifier: Qualifier) -> Iterator[str]:
        return (item for item in self.under(base) if len(item) == 6 and item.endswith(qualifier.values))

    def _title(self, base: str, qualifier: Qualifier) -> Iterator[str]:
        """The widest nodes whose titles have the words."""
        kept = ""
        for item in self.under(base):
            if not (kept and item.startswith(kept)) and qualifier.values[0] in self.titles.get(item, "").lower():
                kept = item
                yield item

    def without(self, wide: str, narrow: str) -> list[str]:
        """Beginnings that cover `wide` except what begins with `narrow`, which lies inside it."""
        found = []
        while wide != narrow:
            step = narrow[: len(wide) + 1]
            found += [item for item in self.children(wide) if item != step]
            wide = step
        return found


_NARROWING: dict[str, Callable[[CodeTree, str, Qualifier], Iterable[str]]] = {
    "ending": CodeTree._ending,
    "places": CodeTree._places,
    "intent": CodeTree._intent,
    "final": CodeTree._final,
    "title": CodeTree._title,
}
