"""The chat-completions API: its requests, and its answers whole or in pieces (OpenAI API reference, "Chat")."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from codeward.assistant.model.listening import BROKE_OFF, CUT_OFF, FILTERED, SHAPELESS, Heard, items, mapping
from codeward.assistant.model.port import Message, ModelFault, Said, Schema


def request(
    name: str, messages: Sequence[Message], schema: Schema | None, tokens: int, *, stream: bool
) -> dict[str, Any]:
    """The body of a request."""
    body: dict[str, Any] = {
        "model": name,
        "messages": [{"role": message.role, "content": message.text} for message in messages],
        "max_tokens": tokens,
        "temperature": 0,
        "stream": stream,
    }
    if schema:
        form = {"name": schema.name, "strict": True, "schema": schema.shape}
        body["response_format"] = {"type": "json_schema", "json_schema": form}
    return body


def whole(document: object) -> Said:
    """An answer that came in one piece."""
    listener = ChatListener()
    listener.hear_choice(_choice(mapping(document), "message") or _fault(SHAPELESS), "message")
    return listener.end()


class ChatListener:
    """Reads chunks; deltas of tool calls belong together by their index."""

    def __init__(self) -> None:
        self._heard, self._finish = Heard(), ""

    def hear(self, event: Any) -> str:
        """The text that a chunk adds; a chunk without choices only counts tokens."""
        chunk = mapping(event)
        if chunk.get("error"):
            raise ModelFault("the server says that it failed")
        choice = _choice(chunk, "delta")
        return self.hear_choice(choice, "delta") if choice else ""

    def hear_choice(self, choice: Mapping[str, Any], part: str) -> str:
        """What the one choice says in its `message` or `delta`."""
        said = mapping(choice.get(part) or {})
        for place, call in enumerate(items(said.get("tool_calls"))):
            function = mapping(mapping(call).get("function") or {})
            self._heard.add_call(call.get("index", place), function.get("name"), function.get("arguments"))
        self._finish = str(choice.get("finish_reason") or self._finish)
        return self._heard.add_text(said.get("content"))

    def end(self) -> Said:
        """All of it; only an answer that says how it ended is whole."""
        if self._finish in ("length", "max_tokens"):
            raise ModelFault(CUT_OFF)
        if self._finish == "content_filter":
            raise ModelFault(FILTERED)
        return self._heard.said() if self._finish else _fault(BROKE_OFF)


def _choice(document: Mapping[str, Any], part: str) -> Mapping[str, Any] | None:
    """The first choice, that of index 0 where several come."""
    choices = [mapping(item) for item in items(document.get("choices"))]
    return next((item for item in choices if item.get("index", 0) == 0 and part in item), None)


def _fault(words: str) -> Any:
    raise ModelFault(words)
