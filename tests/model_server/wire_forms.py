"""Wire forms: what good servers send, whole or as events, in both APIs."""

from __future__ import annotations

from typing import Any

Calls = Any
"""Pairs of a name and its arguments as JSON text."""


def whole(api: str, text: str | None, calls: Calls = (), *, finish: str = "stop") -> dict[str, Any]:
    """An answer in one piece."""
    if api == "chat":
        message: dict[str, Any] = {"role": "assistant", "content": text}
        if calls:
            message["tool_calls"] = [_chat_call(number, *call) for number, call in enumerate(calls)]
        choice = {"index": 0, "message": message, "finish_reason": finish}
        usage = {"prompt_tokens": 5, "completion_tokens": 5, "total_tokens": 10}
        return {
            "id": "c1",
            "object": "chat.completion",
            "created": 1,
            "model": "m",
            "choices": [choice],
            "usage": usage,
        }
    part = {"type": "output_text", "text": text, "annotations": []}
    output: list[dict[str, Any]] = [{"id": "m1", "type": "message", "role": "assistant", "content": [part]}]
    output += [
        {"id": f"f{number}", "type": "function_call", "call_id": f"k{number}", "name": name, "arguments": arguments}
        for number, (name, arguments) in enumerate(calls)
    ]
    return {"id": "r1", "object": "response", "created_at": 1, "model": "m", "output": output, **_ended(finish)}


def _ended(finish: str) -> dict[str, Any]:
    if finish == "stop":
        return {"status": "completed", "error": None, "incomplete_details": None}
    reason = "max_output_tokens" if finish == "length" else finish
    return {"status": "incomplete", "error": None, "incomplete_details": {"reason": reason}}


def _chat_call(number: int, name: str, arguments: str) -> dict[str, Any]:
    return {"id": f"k{number}", "index": number, "type": "function", "function": {"name": name, "arguments": arguments}}


def events(api: str, text: str | None, calls: Calls = (), *, finish: str = "stop", size: int = 7) -> list[Any]:
    """The same answer as events, the text in pieces of `size` letters."""
    pieces = [text[at : at + size] for at in range(0, len(text), size)] if text else []
    return _chunks(pieces, calls, finish) if api == "chat" else _responses(pieces, text or "", calls, finish)


def _chunks(pieces: list[str], calls: Calls, finish: str) -> list[Any]:
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}, *({"content": piece} for piece in pieces)]
    for number, (name, arguments) in enumerate(calls):
        deltas.append({"tool_calls": [_chat_call(number, name, "")]})
        deltas += [
            {"tool_calls": [{"index": number, "function": {"arguments": arguments[at : at + 5]}}]}
            for at in range(0, len(arguments), 5)
        ]
    chunks = [_chunk(delta, None) for delta in deltas]
    return [*chunks, _chunk({}, finish)]


def _chunk(delta: dict[str, Any], finish: str | None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}


def _responses(pieces: list[str], text: str, calls: Calls, finish: str) -> list[Any]:
    found: list[Any] = [{"type": "response.created", "response": {"id": "r1", "status": "in_progress"}}]
    found += [
        {"type": "response.output_text.delta", "item_id": "m1", "output_index": 0, "content_index": 0, "delta": piece}
        for piece in pieces
    ]
    for number, (name, arguments) in enumerate(calls):
        item = {"id": f"f{number}", "type": "function_call", "call_id": f"k{number}", "name": name, "arguments": ""}
        found.append({"type": "response.output_item.added", "output_index": number + 1, "item": item})
        found += [
            {"type": "response.function_call_arguments.delta", "item_id": f"f{number}", "delta": arguments[at : at + 5]}
            for at in range(0, len(arguments), 5)
        ]
    last = {"stop": "response.completed"}.get(finish, "response.incomplete")
    found.append({"type": last, "response": whole("responses", text, calls, finish=finish)})
    return [{**item, "sequence_number": number} for number, item in enumerate(found)]
