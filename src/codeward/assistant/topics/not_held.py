"""Not held: what no loaded publication holds, said by its name instead of answered by something near."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from codeward.assistant.draft import Draft, listed
from codeward.assistant.reply import NOT_LOADED, Evidence


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that is asked for: its words and its name."""

    cue: re.Pattern[str]
    name: str


@cache
def subjects_not_held() -> tuple[Subject, ...]:
    """Every subject, in order."""
    rows = tomllib.loads(files(__package__).joinpath("not_held.toml").read_text("utf-8"))["subjects"]
    return tuple(Subject(re.compile(row["cue"]), row["name"]) for row in rows)


def names_one(plain: str) -> bool:
    """Whether a question asks for such a thing."""
    return any(item.cue.search(plain) for item in subjects_not_held())


def answer_not_held(draft: Draft) -> None:
    """What is not there, by its name; the page of a code named beside it is offered."""
    asked = [item for item in subjects_not_held() if item.cue.search(draft.question.plain)]
    names = list(dict.fromkeys(item.name for item in asked))
    draft.kind = NOT_LOADED
    draft.say(
        f"Not loaded: {listed(names)} {'is' if len(names) == 1 else 'are'} not in the loaded data for {draft.on}, "
        f"so I cannot "
        "answer that from them.",
        Evidence("question", "subject", "not loaded", None, ", ".join(names)),
        role="verdict",
    )
    draft.next_questions += [f"What is {code}?" for code in draft.question.procedures[:1]]
