"""Static files whose address carries a stamp of their content, so that browsers may keep them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class StampedFiles(StaticFilesStorage):
    """Addresses end in `?v=` and the first characters of the file's hash."""

    def url(self, name: str | None, **options: Any) -> str:
        """The file's address with its stamp."""
        return f"{super().url(name, **options)}?v={_stamp(name or '')}"


@cache
def _stamp(name: str) -> str:
    found = finders.find(name)
    return hashlib.sha256(Path(str(found)).read_bytes()).hexdigest()[:10] if found else "0"
