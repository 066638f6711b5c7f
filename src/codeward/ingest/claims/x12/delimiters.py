"""The delimiters of an interchange, at fixed places of its ISA segment (X12.5; TR3 appendix B.1.1.2)."""

from __future__ import annotations

from dataclasses import dataclass

LENGTH = 106
"""Characters of an ISA segment with its terminator: 16 elements of fixed width."""
_SEPARATORS = (3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103)
_NO_REPETITION = ("U", " ", "")
"""What stands in ISA11 where there is no repetition separator: the standards identifier of version 4010."""


@dataclass(frozen=True, slots=True)
class Delimiters:
    """The marks between elements, components and repetitions and behind segments; `padded` is the ISA's fixed width."""

    element: str
    component: str
    repetition: str
    terminator: str
    padded: bool = True

    @property
    def marks(self) -> tuple[str, str, str, str]:
        """The four marks."""
        return self.element, self.component, self.repetition, self.terminator


def delimiters_of(text: str) -> Delimiters | None:
    """The delimiters of the ISA with which the text begins; None where they cannot be told.

    An ISA whose elements lost their padding is read by counting its separators.
    """
    if len(text) < 4 or text[3].isalnum() or text[3] in " \t\r\n":
        return None
    if len(text) >= LENGTH and all(text[at] == text[3] for at in _SEPARATORS):
        return _usable(text[3], text[82], text[104], text[105], padded=True)
    elements = text[: 4 * LENGTH].split(text[3], 16)
    if len(elements) < 17 or len(elements[16]) < 2:
        return None
    return _usable(text[3], elements[11], elements[16][0], elements[16][1], padded=False)


def _usable(element: str, repetition: str, component: str, terminator: str, *, padded: bool) -> Delimiters | None:
    marks = (element, component, terminator)
    if len(set(marks)) < 3 or any(mark.isalnum() for mark in marks):
        return None
    if repetition in _NO_REPETITION or repetition.isalnum() or len(repetition) > 1 or repetition in marks:
        repetition = ""
    return Delimiters(element, component, repetition, terminator, padded)
