"""Streamed: an answer too large for memory, made while it is sent, by whichever kind of server asks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator, Iterable

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse

from codeward.web.pages.csv_rows import csv_line

_PIECE = 1 << 16
_END = b""


def as_download(
    request: HttpRequest, name: str, kind: str, pieces: Generator[bytes, None, None]
) -> StreamingHttpResponse:
    """A file to save under a name."""
    body = _apart(pieces) if isinstance(request, ASGIRequest) else pieces
    answer = StreamingHttpResponse(body, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def flowing(request: HttpRequest, pieces: Generator[bytes, None, None]) -> StreamingHttpResponse:
    """Server-sent events, each sent as soon as it is made and held back by nothing in between."""
    body = _apart(pieces) if isinstance(request, ASGIRequest) else pieces
    answer = StreamingHttpResponse(body, content_type="text/event-stream; charset=utf-8")
    answer["X-Accel-Buffering"] = "no"
    return answer


def csv_pieces(rows: Iterable[tuple[str, ...]]) -> Generator[bytes, None, None]:
    """Rows as CSV that a spreadsheet takes as text, some thousand bytes at a time."""
    held: list[str] = []
    size = 0
    for row in rows:
        held.append(csv_line(row))
        size += len(held[-1])
        if size > _PIECE:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode() or b"\r\n"


def file_pieces(path) -> Generator[bytes, None, None]:
    """A file, a piece at a time."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


async def _apart(pieces: Generator[bytes, None, None]) -> AsyncIterator[bytes]:
    """Each piece is made in the request's own thread, so that none waits for another's."""
    try:
        while piece := await sync_to_async(next)(pieces, _END):
            yield piece
    finally:
        await sync_to_async(pieces.close)()
