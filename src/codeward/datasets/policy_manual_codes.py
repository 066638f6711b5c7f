"""Codes named in running text: single codes, lists, ranges and modifiers, as the NCCI policy manual writes them.

Read are `11102`, `17311-17315`, `11200 - 11201`, `G0396/G0397`, `0001T – 0999T`, `modifiers 59 or XS or XU, or 58` and
`Anatomic modifiers: E1-E4, FA`. Not read are page numbers (`Federal Register …, Pages 61884-61885`), round numbers that
stand for a part of the codebook (`the 70000 section`), open patterns (`623XX` names no code exactly) and dental codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_CODE = r"(?:[0-9]{4}[0-9FTUMA]|[A-CE-V][0-9]{4})"
_NAMED = re.compile(rf"(?<![\w$])(?<!\d\.)({_CODE})(?:\s*[-–]\s*({_CODE}))?(?!\w|\.\d)")
_PAGES_BEFORE = re.compile(r"\b[Pp](?:age|g|p)s?\.?\s*$")
_NUMBERS = "2[2-7]|3[23]|47|5[0-9]|6[236]|7[346789]|8[0-2]|9[0-35-7]|99"
_MODIFIER = rf"(?:(?:{_NUMBERS}|[A-Z][A-Z0-9])(?!\w))"
_RANGE = rf"[“\"]?({_MODIFIER})(?:\s*-\s*({_MODIFIER}))?[”\"]?"
_ITEM = re.compile(_RANGE)
_ASIDE = r"(?:\s*\([^()]*\))?"
_BETWEEN = r"\s*(?:[,;]\s*(?:and/or|and|or)?|/|&|\b(?:and/or|and|or)\b)\s*(?:[Mm]odifiers?\s+)?"
_LIST = rf"{_RANGE}{_ASIDE}(?:{_BETWEEN}{_RANGE}{_ASIDE})*"
_AFTER_WORD = re.compile(rf"\b[Mm]odifiers?\s*:?\s*(?:\(?(?:e\.g\.|i\.e\.),\s*)?({_LIST})")
_BEFORE_WORD = re.compile(rf"(?<!\w)({_MODIFIER}(?:{_BETWEEN}{_MODIFIER})*)\s+modifiers?\b")
_IN_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A code, or the codes from `first` to `last`, of one kind: cpt, cpt-t (Category III), …, hcpcs, modifier."""

    kind: str
    first: str
    last: str

    @property
    def written(self) -> str:
        """As a person writes it."""
        return self.first if self.first == self.last else f"{self.first}-{self.last}"


def kind_of(code: str) -> str:
    """Which run of numbers a code belongs to; ranges never reach from one into another."""
    if len(code) == 2:
        return "modifier"
    if code[0].isalpha():
        return "hcpcs"
    return "cpt" if code[-1].isdigit() else f"cpt-{code[-1].lower()}"


def codes_named(text: str) -> list[Named]:
    """Every code, range and modifier the text names, each once, in the order of their first mention."""
    found = [*_procedures(text), *_modifiers(text)]
    return list(dict.fromkeys(named for _, named in sorted(found, key=lambda item: item[0])))


def code_places(text: str) -> list[tuple[int, int, str]]:
    """Where each code and modifier stands in the text, both ends of a range by themselves."""
    spans = [match.span(group) for match in _mentions(text) for group in (1, 2) if match[group]]
    spans += [item.span(group) for _, item in _modifier_mentions(text) for group in (1, 2) if item[group]]
    return sorted({(start, end, text[start:end]) for start, end in spans})


def _mentions(text: str) -> Iterator[re.Match[str]]:
    """Codes and ranges, less page numbers and round numbers."""
    for match in _NAMED.finditer(text):
        round_number = match[2] is None and match[1].endswith("0000")
        if not round_number and not _PAGES_BEFORE.search(text, max(0, match.start() - 10), match.start()):
            yield match


def _procedures(text: str) -> Iterator[tuple[int, Named]]:
    for match in _mentions(text):
        first, last = match[1], match[2] or match[1]
        if kind_of(first) == kind_of(last) and first <= last:
            yield match.start(), Named(kind_of(first), first, last)
        else:
            yield match.start(1), Named(kind_of(first), first, first)
            yield match.start(2), Named(kind_of(last), last, last)


def _modifiers(text: str) -> Iterator[tuple[int, Named]]:
    for at, item in _modifier_mentions(text):
        yield at, Named("modifier", item[1], item[2] or item[1])


def _modifier_mentions(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Modifiers in the lists behind or before the word, remarks in brackets passed over."""
    for pattern in (_AFTER_WORD, _BEFORE_WORD):
        for match in pattern.finditer(text):
            aside = [(match.start(1) + a.start(), match.start(1) + a.end()) for a in _IN_BRACKETS.finditer(match[1])]
            for item in _ITEM.finditer(text, match.start(1), match.end(1)):
                inside = any(start <= item.start() < end for start, end in aside)
                if not inside and not text[item.start(1) - 1 : item.start(1)].isalnum():
                    yield item.start(), item
