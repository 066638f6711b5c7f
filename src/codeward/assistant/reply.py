"""Reply: what the assistant answers - statements, each with the facts it was written from and where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from codeward.assistant.memory import Memory
from codeward.core.sources import Source

ANSWER, REFUSE, NOT_LOADED, CLARIFY = "answer", "refuse", "not_loaded", "clarify"
KINDS = (ANSWER, REFUSE, NOT_LOADED, CLARIFY)
TOPICS = (
    "codes",
    "guidelines",
    "modifiers",
    "crosswalks",
    "ncci-edits",
    "compliance",
    "medicare-coverage",
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact an answer rests on: of what, which, its value as it is said, since and until when, and where it stands.

    `source` is None only for what was worked out or asked; `how` then says how (`6.20 x 1.000 x 33.2875`).
    """

    subject: str
    name: str
    value: str
    source: Source | None = None
    how: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One or two sentences written by a template, never by a model, from the facts beside them.

    `role` places it: verdict, why, quote (words of an official document), note (a practice note), change (what would
    change the answer), caveat. `passage` names the page a quote stands on.
    """

    text: str
    evidence: tuple[Evidence, ...] = ()
    role: str = "why"
    passage: str = ""

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where its facts stand, each once."""
        return tuple(dict.fromkeys(item.source for item in self.evidence if item.source))


@dataclass(frozen=True, slots=True)
class Call:
    """One call to a tool of the catalogue, with the arguments as given."""

    service: str
    arguments: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """The whole answer.

    `question` is the question with identifiers masked; `understood` says how it was read; `next_questions` are
    questions that can be asked as they stand. `memory` is what a follow-up starts from. `model` names the model whose
    wording `polished` holds; None means that everything shown was written here.
    """

    question: str
    kind: str
    topic: str
    intent: str
    statements: tuple[Statement, ...]
    as_of: date
    understood: str = ""
    calls: tuple[Call, ...] = ()
    warnings: tuple[str, ...] = ()
    not_loaded: tuple[str, ...] = ()
    next_questions: tuple[str, ...] = ()
    memory: Memory = field(default_factory=Memory)
    model: str | None = None
    polished: str = ""
    not_polished: str = ""
    """Why a model's wording was not used, where one was asked for."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source, in the order of its number: [1] is the first."""
        return tuple(dict.fromkeys(source for statement in self.statements for source in statement.sources))

    @property
    def text(self) -> str:
        """The answer as prose with numbered citations."""
        return self.polished or plain_text(self)


def plain_text(reply: Reply) -> str:
    """The statements as prose, each followed by the numbers of its sources."""
    numbers = {source: number for number, source in enumerate(reply.sources, start=1)}
    return "\n".join(cited(statement, numbers) for statement in reply.statements)


def cited(statement: Statement, numbers: dict[Source, int]) -> str:
    """One statement with the numbers of its sources behind it."""
    marks = "".join(f"[{numbers[source]}]" for source in statement.sources)
    return f"{statement.text} {marks}".rstrip()
