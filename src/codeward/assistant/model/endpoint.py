"""Endpoint: a model behind an address that speaks as OpenAI's does, with one try more where that may help."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from codeward.assistant.model import chat_completions, responses
from codeward.assistant.model.address import RESPONSES, ModelAddress, read_address
from codeward.assistant.model.budget import Budget
from codeward.assistant.model.connection import LONG, NONE, Response, post
from codeward.assistant.model.events import events_of
from codeward.assistant.model.listening import SHAPELESS, Listener
from codeward.assistant.model.port import Message, ModelFault, Said, Schema
from codeward.ingest.fetch.patience import read_retry_after

_PASSING = (408, 425, 429, 500, 502, 503, 504, 529)
_FIRST_WAIT = 0.5
_DONE = "[DONE]"


class _Passing(ModelFault):
    """May be gone after a wait, in seconds."""

    def __init__(self, words: str, wait: float = _FIRST_WAIT) -> None:
        super().__init__(words)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One model at one address."""

    address: ModelAddress

    @property
    def name(self) -> str:
        """The model's name."""
        return self.address.name

    @property
    def local(self) -> bool:
        """Whether what is sent stays on this machine."""
        return self.address.local

    def complete(
        self, messages: Sequence[Message], *, schema: Schema | None = None, stream: bool = False, budget: Budget
    ) -> Said:
        """The whole answer."""
        listener: list[Said] = []
        for _ in self._answer(messages, schema, budget, listener.append, stream=stream):
            pass
        return listener[0]

    def pieces(self, messages: Sequence[Message], *, budget: Budget) -> Iterator[str]:
        """The text of the answer as it comes."""
        yield from self._answer(messages, None, budget, lambda said: None, stream=True)

    def _answer(
        self,
        messages: Sequence[Message],
        schema: Schema | None,
        budget: Budget,
        keep: Callable[[Said], None],
        *,
        stream: bool,
    ) -> Iterator[str]:
        """Ask, and once more if the first request got no answer at all and the time allows for the wait."""
        api = responses if self.address.api == RESPONSES else chat_completions
        body = json.dumps(api.request(self.name, messages, schema, budget.tokens, stream=stream)).encode()
        budget.begin_call()
        try:
            yield from self._ask(body, budget, keep)
        except _Passing as trouble:
            if trouble.wait >= budget.left:
                raise ModelFault(str(trouble)) from None
            budget.sleep(trouble.wait)
            yield from self._ask(body, budget, keep)

    def _ask(self, body: bytes, budget: Budget, keep: Callable[[Said], None]) -> Iterator[str]:
        if not budget.take_request():
            raise ModelFault("no more calls are allowed")
        begun = False
        try:
            with post(self.address, body, budget) as response:
                begun = True
                _check(response)
                yield from self._read(response, keep)
        except _Passing:
            raise
        except ModelFault as fault:
            if not begun and str(fault) != NONE and budget.left > 0:
                raise _Passing(str(fault)) from None
            raise

    def _read(self, response: Response, keep: Callable[[Said], None]) -> Iterator[str]:
        """The answer in the form in which it came, which need not be the one asked for."""
        try:
            if "event-stream" in response.headers.get("content-type", ""):
                yield from _listened(response.body, self._listener(), keep)
            else:
                said = self._whole(json.loads(b"".join(response.body)))
                keep(said)
                yield said.text
        except (ValueError, RecursionError):  # neither JSON nor UTF-8, or JSON nested beyond reason
            raise ModelFault(SHAPELESS) from None

    def _listener(self) -> Listener:
        return responses.ResponsesListener() if self.address.api == RESPONSES else chat_completions.ChatListener()

    def _whole(self, document: object) -> Said:
        return responses.whole(document) if self.address.api == RESPONSES else chat_completions.whole(document)


def _listened(body: Iterator[bytes], listener: Listener, keep: Callable[[Said], None]) -> Iterator[str]:
    for event in events_of(body):
        if event.strip() == _DONE:
            break
        if piece := listener.hear(json.loads(event)):
            yield piece
    keep(listener.end())


def _check(response: Response) -> None:
    """ModelFault by status and headers, before anything of the body is read."""
    if response.status in _PASSING:
        raise _Passing(f"status {response.status}", _wait(response.headers.get("retry-after")))
    if response.status != 200:
        raise ModelFault(f"status {response.status}")
    if "html" in response.headers.get("content-type", ""):
        raise ModelFault("the address answers with a web page")
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise ModelFault("the answer is compressed, which was not asked for")
    length = response.headers.get("content-length", "")
    if length.isdigit() and len(length) > 8:
        raise ModelFault(LONG)


def _wait(text: str | None) -> float:
    """Seconds out of a Retry-After header."""
    try:
        wait = read_retry_after(text)
    except (ValueError, OverflowError):
        wait = None
    return _FIRST_WAIT if wait is None else wait


def open_model(text: str, key: str = "") -> Endpoint:
    """The model at an address written URL#NAME; BadInput where it is not one."""
    return Endpoint(read_address(text, key))
