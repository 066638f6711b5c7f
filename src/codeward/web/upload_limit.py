"""Upload limit: a body larger than any form may send is not kept; the framework writes bodies down before it looks.

A body that says it is too large is read and dropped, so that the browser gets to see the answer; the page then sees the
length it was told and an empty body. One that does not say so and grows too large ends without a page.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings

from codeward.web.pages.upload import AROUND

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
BATCH = "/batch"
ELSEWHERE = 2_000_000
"""Bytes of any other form: the framework writes bodies above 2.5 MB to disk, where no note may lie."""
PATIENCE = 4
"""So many times the limit is read and dropped; a sender of more is cut off."""
_PLAIN = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store"), (b"connection", b"close")]


class UploadLimit:
    """Stands before the application."""

    def __init__(self, application: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with no more of its body than the limit."""
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        most = _most(scope)
        body = _Body(receive, most)
        if _length(scope) > most:
            await body.drop(most * PATIENCE)
            await self.application(scope, body.empty, send)
            return
        await self.application(scope, body.counted, send)
        if body.over:
            await send({"type": "http.response.start", "status": 413, "headers": _PLAIN})
            await send({"type": "http.response.body", "body": b"More was sent than is taken here.\n"})


class _Body:
    """A request's body as it comes in."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.receive, self.most = receive, most
        self.seen = 0
        self.over = self.given = False

    async def drop(self, patience: int) -> None:
        """Read and keep nothing, up to a point."""
        more = True
        while more and self.seen < patience:
            message = await self.receive()
            self.seen += len(message.get("body", b""))
            more = message["type"] == "http.request" and message.get("more_body", False)

    async def empty(self) -> dict[str, Any]:
        """No body; afterwards what comes, which is the end of the connection."""
        if self.given:
            return await self.receive()
        self.given = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def counted(self) -> dict[str, Any]:
        """The next piece; past the limit, the request breaks off."""
        message = await self.receive()
        self.seen += len(message.get("body", b""))
        if self.seen > self.most:
            self.over = True
            return {"type": "http.disconnect"}
        return message


def _most(scope: Scope) -> int:
    batch = scope["path"].startswith(BATCH)
    return AROUND + (int(settings.CODEWARD_BATCH_MEGABYTES * 1_000_000) if batch else ELSEWHERE)


def _length(scope: Scope) -> int:
    told = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(told) if told.isdigit() else 0
