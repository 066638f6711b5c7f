"""Draft: a reply while it is being written, statement by statement, from what the desk is told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from codeward.assistant.desk import Desk
from codeward.assistant.memory import Memory
from codeward.assistant.reading.question import Question
from codeward.assistant.reply import ANSWER, NOT_LOADED, Evidence, Reply, Statement
from codeward.core.answers import Answer, Fact
from codeward.core.faults import Fault, NotFound, NotLoaded
from codeward.core.sources import Source
from codeward.services.page import CodePage

_ORDER = ("verdict", "why", "note", "quote", "change", "caveat")


@dataclass
class Draft:
    """What a topic writes into; `question` and `memory` say what was asked, `desk` asks the services."""

    question: Question
    memory: Memory
    desk: Desk
    kind: str = ANSWER
    statements: list[Statement] = field(default_factory=list)
    next_questions: list[str] = field(default_factory=list)
    waiting_for: str = ""
    asked: str = ""
    locality: str = ""
    """Contractor and payment locality that was priced for."""
    kept: dict[tuple[object, ...], Any] = field(default_factory=dict)
    """What a topic found and another may need again."""
    _pages: dict[tuple[str, str, date], Answer[CodePage]] = field(default_factory=dict)

    @property
    def on(self) -> date:
        """The date of service that is answered for."""
        return self.desk.on

    def say(self, text: str, *evidence: Evidence, role: str = "why", passage: str = "") -> None:
        """One statement with the facts it was written from."""
        self.statements.append(Statement(" ".join(text.split()), evidence, role, passage))

    def page(self, code: str, system: str = "", on: date | None = None) -> CodePage:
        """The page of a code on a day, looked up once; NotFound and NotLoaded are the caller's."""
        key = (code, system, on or self.on)
        if key not in self._pages:
            given = {"code": code, "system": system} if system else {"code": code}
            self._pages[key] = self.desk.ask("look_up", on=on, **given)
        return self._pages[key].value

    def refuse_fault(self, fault: Fault) -> None:
        """A fault as the verdict: nothing is guessed in its place."""
        self.kind = NOT_LOADED
        text = str(fault)
        prefix = "Not found, there is no such code or row: " if isinstance(fault, NotFound) else ""
        prefix = "Not loaded: " if isinstance(fault, NotLoaded) else prefix
        said = f"{prefix}{text[0].upper()}{text[1:]}.".replace("..", ".")
        self.say(said, Evidence("request", "answer", "none", None, text), role="verdict")

    def reply(self, topic: str, intent: str, *, memory: Memory, understood: str) -> Reply:
        """The finished reply: verdict first, caveats last, nothing said twice."""
        said = sorted(dict.fromkeys(self.statements), key=lambda item: _ORDER.index(item.role))
        return Reply(
            question=self.question.text,
            kind=self.kind,
            topic=topic,
            intent=intent,
            statements=tuple(said),
            as_of=self.on,
            understood=understood,
            calls=tuple(self.desk.calls),
            warnings=tuple(self.desk.warnings),
            not_loaded=tuple(self.desk.not_loaded),
            next_questions=tuple(self.next_questions[:3]),
            memory=replace(memory, waiting_for=self.waiting_for, asked=self.asked),
        )


def told(subject: str, fact: Fact) -> Evidence:
    """A fact of a code page as evidence."""
    return Evidence(subject, fact.name, str(fact.value), fact.source, fact.meaning)


def read(subject: str, name: str, value: Any, source: Source | None, how: str = "") -> Evidence:
    """A value read in a row as evidence."""
    return Evidence(subject, name, str(value), source, how)


def listed(items: list[str] | tuple[str, ...], word: str = "and") -> str:
    """`a, b and c`."""
    named = [str(item) for item in items]
    if len(named) < 2:
        return "".join(named)
    return f"{', '.join(named[:-1])} {word} {named[-1]}"
