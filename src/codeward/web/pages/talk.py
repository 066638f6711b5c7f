"""Talk: the conversation so far as one signed value of the page, since nothing of it is kept on the server."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core import signing

from codeward.assistant.memory import Memory
from codeward.assistant.reply import Reply, cited
from codeward.assistant.reply_values import memory_values, read_memory
from codeward.core.faults import BadInput

MOST_TURNS = 6
LONGEST = 60_000
"""Characters of the signed value that are read."""
_SHOWN = 6000
"""Characters of one turn that are carried along."""
_SALT = "codeward.ask.talk"


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question with what was said to it, as text."""

    question: str
    kind: str
    as_of: str
    lines: tuple[str, ...]
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Talk:
    """What the last question was about, and the last turns, oldest first."""

    memory: Memory = field(default_factory=Memory)
    turns: tuple[Turn, ...] = ()

    def after(self, reply: Reply) -> Talk:
        """With one more turn, and without the oldest where there are too many."""
        return Talk(reply.memory, (*self.turns, _turn(reply))[-MOST_TURNS:])

    def signed(self) -> str:
        """As a value of a form; older turns are left out where they make it too long."""
        for start in range(len(self.turns) + 1):
            value = signing.dumps(self._values(self.turns[start:]), salt=_SALT, compress=True)
            if len(value) <= LONGEST:
                return value
        return ""

    def _values(self, turns: tuple[Turn, ...]) -> dict[str, Any]:
        listed = [[turn.question, turn.kind, turn.as_of, turn.lines, turn.citations] for turn in turns]
        return {"memory": memory_values(self.memory), "turns": listed}


def read_talk(value: str) -> Talk | None:
    """The talk of a form, an empty one where there was none; None where it was not signed by this process."""
    if not value:
        return Talk()
    try:
        found = signing.loads(value, salt=_SALT) if len(value) <= LONGEST else None
        if found is None:
            return None
        turns = tuple(Turn(*item[:3], tuple(item[3]), tuple(item[4])) for item in found["turns"])
        return Talk(read_memory(found["memory"]), turns)
    except (signing.BadSignature, BadInput):
        return None


def _turn(reply: Reply) -> Turn:
    numbers = {source: number for number, source in enumerate(reply.sources, start=1)}
    lines, left = [], _SHOWN
    for statement in reply.statements:
        line = cited(statement, numbers)[:left]
        left -= len(line)
        if line:
            lines.append(line)
    citations = tuple(source.citation for source in reply.sources)[:40]
    return Turn(reply.question[:2000], reply.kind, reply.as_of.isoformat(), tuple(lines), citations)
