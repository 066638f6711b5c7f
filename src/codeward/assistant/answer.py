"""Answer: a question in words to a cited reply, with no model at all."""

from __future__ import annotations

from datetime import date

from codeward.assistant.desk import Desk, Watch, unwatched
from codeward.assistant.memory import Memory
from codeward.assistant.reply import CLARIFY, Reply, Statement
from codeward.store.library import Library

EMPTY = Memory()


def answer(library: Library, text: str, on: date, *, memory: Memory = EMPTY, watch: Watch = unwatched) -> Reply:
    """What the services say to a question as of a day; `memory` is that of the reply before, for follow-ups.

    A day named in the question is taken before `on`. Never raises for what is typed: faults become replies.
    """
    desk = Desk(library, on, watch)
    said = Statement("Which code, on which date of service?", role="verdict")
    return Reply(text, CLARIFY, "codes", "unclear", (said,), on, calls=tuple(desk.calls), memory=memory)
