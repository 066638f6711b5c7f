"""Helping: a model's part in one reply, as far as the model was found fit for it."""

from __future__ import annotations

from codeward.assistant.model.budget import Budget
from codeward.assistant.model.capabilities import Capabilities
from codeward.assistant.model.port import Model
from codeward.assistant.model.wording import as_it_was, last_of, polish, polish_in_pieces
from codeward.assistant.reply import Reply

UNFIT = "the model was found unfit to word replies: see `codeward doctor`"


def worded(reply: Reply, model: Model, can: Capabilities, budget: Budget | None = None) -> Reply:
    """The finished reply in the model's wording; else as it was, with the reason. A model's faults are never raised."""
    if not can.word:
        return as_it_was(reply, UNFIT)
    spend = budget or Budget()
    return last_of(polish_in_pieces(reply, model, spend)) if can.probed and can.stream else polish(reply, model, spend)
