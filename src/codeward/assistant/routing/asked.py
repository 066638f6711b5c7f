"""Asked: a question with what is remembered, as the scores of intents look at it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from codeward.assistant.memory import Memory
from codeward.assistant.reading.question import Question

_FEW = 7
"""Words of a question that goes on from another, at most."""
_NOTED = 0.79
"""Nearness of a note that answers clearly (`knowledge.nearness`)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what is remembered: the codes it is about, said or meant."""

    question: Question
    memory: Memory
    near: float = 0.0
    """How likely a practice note answers it."""
    exact: bool = False
    """Whether its words are the title of a code, or what the index calls it."""

    @property
    def codes(self) -> int:
        """How many procedure codes the question names."""
        return len(self.question.procedures)

    @property
    def diagnoses(self) -> int:
        """How many diagnosis codes it names."""
        return len(self.question.diagnoses)

    @property
    def modifiers(self) -> int:
        """How many modifiers it names."""
        return len(self.question.modifiers)

    @property
    def procedures(self) -> int:
        """How many procedure codes it is about: those it names, else those remembered where it names none at all."""
        return self.codes or (0 if self.question.codes else len(self.memory.codes))

    @property
    def narrates(self) -> bool:
        """Whether it is told in a sentence, as a case."""
        return self.question.is_case

    @property
    def noted(self) -> bool:
        """Whether a case is told that a practice note answers."""
        return self.narrates and self.near >= _NOTED

    @property
    def follows(self) -> bool:
        """Whether it is short and goes on from codes that are remembered."""
        return bool(self.memory.codes) and not self.question.codes and len(self.question.plain.split()) <= _FEW

    @property
    def about(self) -> int:
        """How many codes of any system it is about, remembered ones too."""
        return len(self.question.codes) or len(self.memory.codes)

    def says(self, pattern: str) -> bool:
        """Whether the question's words hold a pattern."""
        return re.search(pattern, self.question.plain) is not None
