"""The Responses API: its requests, and its answers whole or in pieces (OpenAI API reference, "Responses")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from codeward.assistant.model.listening import BROKE_OFF, CUT_OFF, FILTERED, SHAPELESS, Heard, items, mapping
from codeward.assistant.model.port import Message, ModelFault, Said, Schema

_ENDS = ("response.completed", "response.incomplete", "response.failed")


def request(
    name: str, messages: Sequence[Message], schema: Schema | None, tokens: int, *, stream: bool
) -> dict[str, Any]:
    """The body of a request; nothing is to be kept at the server."""
    body: dict[str, Any] = {
        "model": name,
        "input": [{"role": message.role, "content": message.text} for message in messages],
        "max_output_tokens": tokens,
        "temperature": 0,
        "stream": stream,
        "store": False,
    }
    if schema:
        body["text"] = {"format": {"type": "json_schema", "name": schema.name, "strict": True, "schema": schema.shape}}
    return body


def whole(document: object) -> Said:
    """An answer that came in one piece."""
    response = mapping(document)
    _check_end(response)
    heard = Heard()
    for place, item in enumerate(items(response.get("output"))):
        _hear_item(heard, place, mapping(item))
    if not response.get("output"):
        raise ModelFault(SHAPELESS)
    return heard.said()


def _hear_item(heard: Heard, place: int, item: Mapping[str, Any]) -> None:
    if item.get("type") == "function_call":
        heard.add_call(place, item.get("name"), item.get("arguments"))
    elif item.get("type") == "message":
        for part in map(mapping, items(item.get("content"))):
            if part.get("type") == "refusal":
                raise ModelFault(FILTERED)
            heard.add_text(part.get("text"))


def _check_end(response: Mapping[str, Any]) -> None:
    """ModelFault unless the response says that it is complete."""
    status = response.get("status")
    if status == "incomplete":
        reason = mapping(response.get("incomplete_details") or {}).get("reason")
        raise ModelFault(FILTERED if reason == "content_filter" else CUT_OFF)
    if response.get("error") or status in ("failed", "cancelled"):
        raise ModelFault("the server says that it failed")
    if status != "completed":
        raise ModelFault(BROKE_OFF)


class ResponsesListener:
    """Reads events; a call is known by its item, and its arguments come in pieces."""

    def __init__(self) -> None:
        self._heard, self._last = Heard(), None

    def hear(self, event: Any) -> str:
        """The text that an event adds."""
        said = mapping(event)
        kind = said.get("type")
        if kind == "error" or "refusal" in str(kind):
            raise ModelFault(FILTERED if "refusal" in str(kind) else "the server says that it failed")
        if kind in _ENDS:
            self._last = said.get("response")
        if kind == "response.output_text.delta":
            return self._heard.add_text(said.get("delta"))
        self._hear_call(str(kind), said)
        return ""

    def _hear_call(self, kind: str, said: Mapping[str, Any]) -> None:
        if kind == "response.output_item.added":
            item = mapping(said.get("item"))
            if item.get("type") == "function_call":
                self._heard.add_call(item.get("id", ""), item.get("name"), "")
        elif kind == "response.function_call_arguments.delta":
            self._heard.add_call(said.get("item_id", ""), None, said.get("delta"))

    def end(self) -> Said:
        """All of it; only an answer whose last event says so is whole."""
        if self._last is None:
            raise ModelFault(BROKE_OFF)
        _check_end(mapping(self._last))
        return self._heard.said()
