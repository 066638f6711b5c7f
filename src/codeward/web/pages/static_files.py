"""Static files: stamped addresses that browsers may keep, served out of the installed packages."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware


class StampedFiles(StaticFilesStorage):
    """Addresses end in `?v=` and the first characters of the file's hash."""

    def url(self, name: str | None, **options: Any) -> str:
        """The file's address with its stamp."""
        return f"{super().url(name, **options)}?v={_stamp(name or '')}"


@cache
def _stamp(name: str) -> str:
    found = finders.find(name)
    return hashlib.sha256(Path(str(found)).read_bytes()).hexdigest()[:10] if found else "0"


class ServeFiles(WhiteNoiseMiddleware):
    """Serves the files whole: they are small, and streaming them under ASGI costs a warning and a thread."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:
        """The file as one response, with the headers worked out at the start."""
        found = static_file.get_response(request.method, request.META)
        body = b""
        if found.file is not None:
            with found.file as opened:
                body = opened.read()
        response = HttpResponse(body, status=int(found.status))
        del response["content-type"]
        for name, value in found.headers:
            response[name] = value
        return response
