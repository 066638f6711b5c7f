"""Wording: a finished reply with its statements connected by a model, or as it was."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace

from codeward.assistant.model.budget import Budget
from codeward.assistant.model.draft import Draft, Refused
from codeward.assistant.model.outgoing import data_message, order_message, question_for, text_for
from codeward.assistant.model.port import Message, Model, ModelFault
from codeward.assistant.reply import ANSWER, NOT_LOADED, Reply

MOST_STATEMENTS = 40
_ORDERS = """You put the statements of an answer into a readable order and connect them. You do not know the subject: \
you add nothing to what they say. The statements stand in the data as {{S1}}, {{S2}} and so on, each with its role.
Write a short text in which every slot stands exactly once, as {{S1}} is written, verdicts first. \
Between slots write nothing, or one of these phrases:
before a verdict: In short: | Here is the answer: | To answer your question:
before why: In detail: | Here are the details: | Also, | In addition, | Note that
before quote: The document says: | To quote the document:
before note: From the practice notes: | Also,
before change: What would change the answer:
before caveat: Please note: | Keep in mind: | However, | A caveat:
at the end: I hope this helps.
No other words, no numbers, no codes, no lists, no headings. Keep the order of the slots unless another reads better.
Example: In short: {{S1}} In detail: {{S2}} Also, {{S3}} Please note: {{S4}}"""


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that may be shown now. It is taken back if the reply that follows has no wording by the model."""

    text: str


def polish(reply: Reply, model: Model, budget: Budget) -> Reply:
    """The reply with a model's wording in `polished`; else as it was, and in `not_polished` why."""
    try:
        draft = _draft(reply)
        said = model.complete(_messages(reply, model), budget=budget)
        for _ in draft.add(said.text):
            pass
        return replace(reply, polished=draft.end(), model=model.name)
    except (ModelFault, Refused) as fault:
        return _as_it_was(reply, fault)


def polish_in_pieces(reply: Reply, model: Model, budget: Budget) -> Iterator[Piece | Reply]:
    """Pieces as they may be shown, then the reply, worded or as it was; the reply always comes, and comes last."""
    try:
        draft = _draft(reply)
        for said in model.pieces(_messages(reply, model), budget=budget):
            yield from map(Piece, draft.add(said))
        worded = replace(reply, polished=draft.end(), model=model.name)
    except (ModelFault, Refused) as fault:
        worded = _as_it_was(reply, fault)
    yield worded


def last_of(pieces: Iterator[Piece | Reply] | Generator[Piece | Reply, None, None]) -> Reply:
    """The reply at the end, for whoever shows no pieces."""
    *_, reply = pieces
    assert isinstance(reply, Reply)
    return reply


def _as_it_was(reply: Reply, fault: Exception) -> Reply:
    return replace(reply, polished="", model=None, not_polished=str(fault))


def _draft(reply: Reply) -> Draft:
    """Refused for replies with nothing to connect: refusals and questions back stand as they are."""
    if reply.kind not in (ANSWER, NOT_LOADED):
        raise Refused(f"a reply of kind {reply.kind} is never reworded")
    if not 2 <= len(reply.statements) <= MOST_STATEMENTS:
        raise Refused("too few or too many statements to connect")
    return Draft(reply)


def _messages(reply: Reply, model: Model) -> list[Message]:
    lines = [f"question: {question_for(model, reply.question)}"]
    for number, statement in enumerate(reply.statements, start=1):
        text = " ".join(text_for(statement).replace("{{", "(").split())
        lines.append(f"{{{{S{number}}}}} ({statement.role}): {text}")
    return [order_message(_ORDERS), data_message("\n".join(lines))]
