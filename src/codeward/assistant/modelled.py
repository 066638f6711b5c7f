"""Modelled: the language model of an installation as far as it was found fit, for choosing intents and for wording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from codeward.assistant.answer import Choose, undecided
from codeward.assistant.model.budget import Budget
from codeward.assistant.model.capabilities import Capabilities, known_capabilities
from codeward.assistant.model.endpoint import open_model
from codeward.assistant.model.picking import pick_intent
from codeward.assistant.model.port import Model
from codeward.assistant.model.wording import Piece, polish, polish_in_pieces
from codeward.assistant.reply import Reply


@dataclass(frozen=True, slots=True)
class Helper:
    """A model and what it is fit for; one question's calls share one budget."""

    model: Model
    can: Capabilities
    budget: Budget

    @property
    def choose(self) -> Choose:
        """Picks among the intents that the router is not sure of; leaves it to the router where the model is unfit."""
        return self._pick if self.can.pick else undecided

    def worded(self, reply: Reply) -> Reply:
        """The reply with the model's wording where it holds, else as it was."""
        return polish(reply, self.model, self.budget) if self.can.word else reply

    def pieces(self, reply: Reply) -> Iterator[Piece | Reply]:
        """The same in pieces as they come, the reply last."""
        if self.can.word and self.can.stream:
            yield from polish_in_pieces(reply, self.model, self.budget)
        else:
            yield self.worded(reply)

    def _pick(self, question: str, candidates: Sequence[tuple[str, str]]) -> str | None:
        return pick_intent(self.model, question, candidates, self.budget)


def helper_at(text: str, key: str, home: Path) -> Helper | None:
    """The helper at an address written URL#NAME, with a budget for one question; None for no address."""
    if not text:
        return None
    opened = open_model(text, key)
    return Helper(opened, known_capabilities(home, opened.address.shown), Budget())
