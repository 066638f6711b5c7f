"""Contents: what a downloaded file really is, told from its bytes and not from its name."""

from __future__ import annotations

import zipfile
from functools import lru_cache
from pathlib import Path, PurePosixPath

from codeward.core.faults import BadFile
from codeward.datasets.declare import Dataset, Edition
from codeward.datasets.registry import DATASETS
from codeward.ingest.fetch.troubles import WrongContent
from codeward.ingest.files import walk
from codeward.ingest.plan import make_plan

HEAD = 1024
_MAGIC = {".zip": b"PK", ".xlsx": b"PK", ".pdf": b"%PDF", ".gz": b"\x1f\x8b"}
_PAGE = (b"<!doctype html", b"<html", b"<head")


def check_beginning(name: str, beginning: bytes) -> None:
    """WrongContent when the first bytes are a page's, or not those that files of such a name begin with."""
    suffix = PurePosixPath(name).suffix.lower()
    text = beginning.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(_PAGE) or b"<html" in text:
        raise WrongContent(f"an HTML page came instead of {suffix or 'the file'}")
    if suffix in _MAGIC and not beginning.startswith(_MAGIC[suffix]):
        raise WrongContent(f"what came does not begin as a {suffix} file does")


def is_whole(path: Path, name: str) -> bool:
    """Whether an archive's list of members, which stands at its end, is there; other files cannot tell."""
    if PurePosixPath(name).suffix.lower() not in (".zip", ".xlsx"):
        return True
    return zipfile.is_zipfile(path)


def editions_in(path: Path, dataset: Dataset) -> list[Edition]:
    """Editions of the dataset that the file holds, as a build would read them; none when it is something else's."""
    state = path.stat()
    return [edition for name, edition in _releases_in(path, state.st_mtime_ns, state.st_size) if name == dataset.id]


@lru_cache(maxsize=32)
def _releases_in(path: Path, _changed: int, _size: int) -> tuple[tuple[str, Edition], ...]:
    """Once a file, however many datasets it holds."""
    try:
        plan = make_plan([path], DATASETS, whole=False)
    except (BadFile, ValueError) as fault:
        raise WrongContent(str(fault)) from None
    return tuple((release.dataset.id, release.edition) for release in plan.releases)


def names_in(path: Path) -> list[str]:
    """Names of the files in an archive, or of the file itself."""
    return [file.base for file in walk([path])]
