"""Faults: every way in which a server may fail to answer well, by the name of the model that does it."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable
from typing import Any

from model_server.server import Behaviour, Exchange, event
from model_server.wire_forms import events, whole

GOOD = "In short: {{S1}} In detail: {{S2}} Please note: {{S3}} Keep in mind: {{S4}}"
"""A wording that is let through."""
ACCENTED = "In short: {{S1}} Also, {{S2}} Please note \u2014 {{S3}} Keep in mind: {{S4}}"
JSON, HTML, SSE = "application/json", "text/html; charset=utf-8", "text/event-stream"


def _status(line: str, *headers: str, kind: str = JSON) -> Behaviour:
    def answer(x: Exchange) -> None:
        body = b'{"error": {"message": "In short: {{S1}} 99999", "code": 1}}'
        x.head(line, f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers)
        x.send(body)

    return answer


def _first(trouble: Behaviour) -> Behaviour:
    """Trouble once, then well."""
    return lambda x: trouble(x) if x.tries == 1 else x.answer(GOOD)


def _document(make: Callable[[Exchange], Any], kind: str = JSON, *headers: str) -> Behaviour:
    return lambda x: x.send_document(make(x), kind, *headers)


def _both(change: Callable[[dict[str, Any]], Any]) -> Behaviour:
    """An answer whose JSON is changed: the one document, or each event."""

    def answer(x: Exchange) -> None:
        if x.stream:
            x.send_events([change(item) for item in events(x.api, GOOD)])
        else:
            x.send_document(change(whole(x.api, GOOD)))

    return answer


def _chat_choice(change: Callable[[dict[str, Any]], Any]) -> Behaviour:
    """The list of choices (or of outputs) is changed."""

    def changed(document: dict[str, Any]) -> dict[str, Any]:
        for place in ("choices", "output"):
            if place in document:
                return {**document, place: change(document[place])}
        if "response" in document:
            return {**document, "response": changed(document["response"])}
        return {**document, "delta": change(document.get("delta"))}

    return _both(changed)


def _raw(make: Callable[[bytes], bytes], text: str = GOOD) -> Behaviour:
    """Bytes of the body are changed."""

    def answer(x: Exchange) -> None:
        if x.stream:
            x.begin_stream()
            x.send(make(b"".join(map(event, events(x.api, text))) + b"data: [DONE]\n\n"))
        else:
            x.send_document(make(json.dumps(whole(x.api, text), ensure_ascii=False).encode()))

    return answer


def _in_blocks(size: int, text: str = ACCENTED) -> Behaviour:
    """The body in blocks of so many bytes, each sent by itself: letters and JSON are cut."""

    def answer(x: Exchange) -> None:
        body = b"".join(map(event, events(x.api, text))) if x.stream else json.dumps(whole(x.api, text)).encode()
        x.head("200 OK", f"Content-Type: {SSE if x.stream else JSON}", "Transfer-Encoding: chunked")
        for at in range(0, len(body), size):
            block = body[at : at + size]
            x.send(f"{len(block):x}\r\n".encode() + block + b"\r\n")
        x.send(b"0\r\n\r\n")

    return answer


def _with_length(length: str) -> Behaviour:
    def answer(x: Exchange) -> None:
        x.head("200 OK", f"Content-Type: {JSON}", f"Content-Length: {length}")
        x.send(json.dumps(whole(x.api, GOOD)).encode())
        x.wait()

    return answer


def _bare(data: bytes) -> Behaviour:
    return lambda x: x.send(data)


def _begun(then: Callable[[Exchange], None]) -> Behaviour:
    """Half an answer, then something."""

    def answer(x: Exchange) -> None:
        if x.stream:
            x.begin_stream()
            x.send(b"".join(map(event, events(x.api, GOOD)[:4])))
        else:
            x.head("200 OK", f"Content-Type: {JSON}", "Content-Length: 900")
            x.send(json.dumps(whole(x.api, GOOD)).encode()[:40])
        then(x)

    return answer


def _forever(block: bytes, *, stream_head: bool = True, pause: float = 0.0) -> Behaviour:
    """A block again and again."""

    def answer(x: Exchange) -> None:
        if stream_head:
            x.head("200 OK", f"Content-Type: {SSE if x.stream else JSON}")
        x.wait(lambda: x.send(block), pause)

    return answer


def _late(x: Exchange) -> None:
    time.sleep(0.1)
    x.answer(GOOD)


def _events_only(make: Callable[[list[Any]], bytes]) -> Behaviour:
    """What is sent as events, streamed or not."""

    def answer(x: Exchange) -> None:
        x.begin_stream()
        x.send(make(events(x.api, GOOD)))

    return answer


def _joined(documents: list[Any]) -> bytes:
    return b"".join(map(event, documents))


DONE = b"data: [DONE]\n\n"
WELL: dict[str, Behaviour] = {
    "good": lambda x: x.answer(GOOD),
    "late": _late,
    "429-then-good": _first(_status("429 Too Many Requests", "Retry-After: 0")),
    "429-date-then-good": _first(_status("429 Too Many Requests", "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT")),
    "503-then-good": _first(_status("503 Service Unavailable", "Retry-After: 0")),
    "529-then-good": _first(_status("529 Overloaded", "Retry-After: 0")),
    "no-answer-then-good": _first(lambda x: x.reset()),
    "json-as-plain-text": _document(lambda x: whole(x.api, GOOD), "text/plain"),
    "stream-though-whole-asked": _events_only(lambda found: _joined(found) + DONE),
    "whole-though-stream-asked": _document(lambda x: whole(x.api, GOOD)),
    "one-byte-blocks": _in_blocks(1),
    "cut-mid-letter": _in_blocks(3),
    "cut-mid-json": _in_blocks(17),
    "no-done": _events_only(_joined),
    "text-after-done": _events_only(lambda found: _joined(found) + DONE + b"data: {nonsense\n\n"),
    "carriage-returns-too": _raw(lambda body: body.replace(b"\n", b"\r\n")),
    "keep-alive-comments": _events_only(lambda found: b": ping\n\n".join(map(event, found)) + DONE),
    "no-blank-after-colon": _events_only(lambda found: _joined(found).replace(b"data: ", b"data:") + DONE),
    "event-ids-repeat": _events_only(lambda found: b"".join(b"id: 1\n" + event(item) for item in found) + DONE),
    "retry-lines": _events_only(lambda found: b"retry: 1\n\n" + _joined(found) + DONE),
    "unknown-members": _both(lambda document: {**document, "x_new": {"deep": [1]}, "service_tier": None}),
    "usage-comes-last": _events_only(
        lambda found: _joined([*found, {"id": "c1", "choices": [], "usage": {"total_tokens": 9}}]) + DONE
    ),
}
"""Odd, but the answer is whole: its wording is used."""
BADLY: dict[str, Behaviour] = {
    **{
        f"status-{line.split()[0]}": _status(line)
        for line in (
            "400 Bad Request", "401 Unauthorized", "402 Payment Required", "403 Forbidden", "404 Not Found",
            "405 Method Not Allowed", "408 Request Timeout", "409 Conflict", "413 Too Large", "418 Teapot",
            "422 Unprocessable", "425 Too Early", "429 Too Many Requests", "500 Internal", "502 Bad Gateway",
            "503 Unavailable", "504 Gateway Timeout", "529 Overloaded", "206 Partial Content", "299 Odd",
        )
    },
    "429-wait-a-minute": _status("429 Too Many Requests", "Retry-After: 60"),
    "429-wait-for-ever": _status("429 Too Many Requests", "Retry-After: 99999999999999999999999"),
    "429-odd-wait": _status("429 Too Many Requests", "Retry-After: \xb2 soon"),
    "204-no-content": _bare(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"),
    "redirect": _status("302 Found", "Location: http://127.0.0.1:9/v1/chat/completions"),
    "redirect-to-itself": _status("307 Temporary Redirect", "Location: /v1/chat/completions"),
    "continues-for-ever": _forever(b"HTTP/1.1 100 Continue\r\n\r\n", stream_head=False),
    "switches-protocol": _bare(b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"),
    "web-page": _document(lambda x: b"<html>In short: {{S1}}</html>", HTML),
    "web-page-500": _status("500 Oops", kind=HTML),
    "nothing": _document(lambda x: b""),
    "json-list": _document(lambda x: [whole(x.api, GOOD)]),
    "json-null": _document(lambda x: None),
    "json-text": _document(lambda x: GOOD),
    "json-number": _document(lambda x: 5),
    "json-cut": _document(lambda x: json.dumps(whole(x.api, GOOD)).encode()[:-9]),
    "json-twice": _document(lambda x: json.dumps(whole(x.api, GOOD)).encode() * 2),
    "json-deep": _document(lambda x: b"[" * 50_000 + b"]" * 50_000),
    "json-long": _document(lambda x: b'{"a": "' + b"x" * 600_000 + b'"}'),
    "utf-16": _document(lambda x: json.dumps(whole(x.api, GOOD)).encode("utf-16-le")[1:]),
    "not-utf-8": _raw(lambda body: body.replace(b"detail", b"det\xff\xfeail")),
    "null-bytes": _raw(lambda body: body.replace(b"detail", b"det\x00ail")),
    "says-gzip-is-not": _document(lambda x: whole(x.api, GOOD), JSON, "Content-Encoding: gzip"),
    "gzip": _document(lambda x: gzip.compress(json.dumps(whole(x.api, GOOD)).encode()), JSON, "Content-Encoding: gzip"),
    "gzip-bomb": _document(lambda x: gzip.compress(b"x" * 9_000_000), JSON, "Content-Encoding: gzip"),
    "odd-encoding": _document(lambda x: whole(x.api, GOOD), JSON, "Content-Encoding: br, zstd"),
    "length-too-long": _with_length("90000"),
    "length-too-short": _with_length("20"),
    "length-negative": _with_length("-5"),
    "length-twice": _with_length("20\r\nContent-Length: 30"),
    "length-no-number": _with_length("lots"),
    "length-immense": _with_length("99999999999"),
    "chunk-sizes-odd": _bare(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n"),
    "chunk-size-immense": _bare(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\nhello"),
    "chunks-without-end": _bare(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n"),
    "no-http": _bare(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "http-0.9": _bare(b"In short: {{S1}} {{S2}}"),
    "headers-odd": _bare(b"HTTP/1.1 200 OK\r\nno colon here\r\n: :\r\n\r\n{}"),
    "headers-long": _bare(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 300_000 + b"\r\n\r\n{}"),
    "headers-drip": _forever(b"X", stream_head=False, pause=0.03),
    "silent": lambda x: x.wait(),
    "closed-at-once": lambda x: x.socket.close(),
    "reset-at-once": lambda x: x.reset(),
    "closed-midway": _begun(lambda x: None),
    "reset-midway": _begun(lambda x: x.reset()),
    "stalls-midway": _begun(lambda x: x.wait()),
    "stalls-after-headers": lambda x: (x.head("200 OK", f"Content-Type: {SSE}"), x.wait())[1],
    "drips": _begun(lambda x: x.wait(lambda: x.send(b" "), 0.03)),
    "endless-comments": _forever(b": ping\n\n", pause=0.01),
    "endless-blanks": _forever(b"\n" * 4000),
    "endless-line": _forever(b"x" * 4000),
    "endless-events": _forever(event({"choices": [{"index": 0, "delta": {"content": "also "}}]})),
    "giant-line": _events_only(lambda found: b"data: " + b"a" * 390_000 + b"\n\n" + _joined(found)),
    "no-choices": _chat_choice(lambda choices: []),
    "choices-null": _chat_choice(lambda choices: None),
    "choices-number": _chat_choice(lambda choices: 7),
    "choices-of-text": _chat_choice(lambda choices: ["In short"]),
    "content-null": lambda x: x.send_events(events(x.api, None)) if x.stream else x.send_document(whole(x.api, None)),
    "empty-object": _both(lambda document: {}),
    "error-with-200": _both(lambda document: {"error": {"message": "overloaded"}, "type": "error"}),
    "cut-by-length": lambda x: x.answer(GOOD, finish="length"),
    "filtered": lambda x: x.answer(GOOD, finish="content_filter"),
    "half-and-length": lambda x: x.answer(GOOD[:30], finish="length"),
    "calls-by-index": lambda x: x.answer(" ", [("a", '{"code": "17311"}'), ("b", "{}")]),
    "call-arguments-odd": lambda x: x.answer(" ", [("a", '{"code": ')]),
    "no-end": lambda x: (
        x.send_events(events(x.api, GOOD)[:-1], done=False)
        if x.stream
        else x.send_document({**whole(x.api, GOOD), "status": None, "choices": []})
    ),
    "done-first": _events_only(lambda found: DONE + _joined(found)),
    "no-json-in-event": _events_only(lambda found: b"data: {nonsense\n\n" + _joined(found)),
    "error-midway": _events_only(lambda found: _joined([*found[:3], {"type": "error", "error": {"m": 1}}, *found[3:]])),
    "pieces-twice": _events_only(lambda found: _joined([item for item in found for _ in (1, 2)]) + DONE),
    "pieces-backwards": _events_only(lambda found: _joined([found[0], *found[-2:0:-1], found[-1]]) + DONE),
    "only-events-without-data": _events_only(lambda found: b"event: message\n\n" * 50),
    "web-page-in-stream": _events_only(lambda found: b"<html><body>504</body></html>"),
    "event-is-list": _events_only(lambda found: b"data: [1, 2]\n\n" + _joined(found)),
    "event-is-null": _events_only(lambda found: b"data: null\n\n" + _joined(found)),
}  # fmt: skip
"""The answer cannot be used, or not all of it."""
