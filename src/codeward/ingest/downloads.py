"""Downloads: the files fetched from their publishers, and the ledger that says where and when each was had.

HOME/downloads/<dataset>/<file>             as published
HOME/downloads/<dataset>/<day>-<sha>/<file> what was found later under an address that had given something else
HOME/downloads/downloads.jsonl              one line a download, never rewritten
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from codeward.core.faults import BadInput
from codeward.store.home import Home


@dataclass(frozen=True, slots=True)
class Download:
    """One file had from its publisher for one edition; `url` is the publisher's address, a mirror's is not told."""

    dataset: str
    edition: str
    effective: str
    part: str
    url: str
    path: Path
    sha256: str
    bytes: int
    retrieved: str
    etag: str = ""
    last_modified: str = ""

    @property
    def release(self) -> tuple[str, str, str]:
        """What it is a file of; a later download of the same takes its place."""
        return self.dataset, self.edition, self.part

    def is_there(self) -> bool:
        """Whether the file still lies where it was put, as long as it was."""
        return self.path.is_file() and self.path.stat().st_size == self.bytes


class Ledger:
    """Every download of a home, oldest first."""

    def __init__(self, home: Home) -> None:
        self.folder = home.downloads.resolve()
        self._file = self.folder / "downloads.jsonl"
        self.entries = self._read()

    def _read(self) -> list[Download]:
        try:
            lines = self._file.read_text(encoding="utf-8").split("\n")
        except FileNotFoundError:
            return []
        return [entry for at, line in enumerate(lines, start=1) if (entry := self._entry(line, at, len(lines)))]

    def _entry(self, line: str, at: int, last: int) -> Download | None:
        """A line without its end was being written when the machine stopped: that download counts as not made."""
        if not line or at == last:
            return None
        try:
            found = json.loads(line)
            return Download(**{**found, "path": self.folder / found["path"]})
        except (ValueError, TypeError, KeyError):
            raise BadInput(f"{self._file}:{at}: not a line of the download ledger") from None

    def add(self, entry: Download) -> None:
        """Write the download down, on disk before this returns."""
        inside = entry.path.is_relative_to(self.folder)
        path = entry.path.relative_to(self.folder) if inside else entry.path
        line = json.dumps({**asdict(entry), "path": str(path)}, sort_keys=True) + "\n"
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._file.open("ab") as out:
            out.truncate(self._whole())
            out.write(line.encode())
            out.flush()
            os.fsync(out.fileno())
        self.entries.append(entry)

    def _whole(self) -> int:
        """Bytes up to the end of the last whole line."""
        content = self._file.read_bytes()
        return content.rfind(b"\n") + 1

    def held(self, url: str) -> Download | None:
        """The newest file had from this address that is still there."""
        return next((entry for entry in reversed(self.entries) if entry.url == url and entry.is_there()), None)

    def had(self, dataset: str, effective: date, part: str) -> Download | None:
        """The newest download of that file of the release, whatever its edition turned out to be called."""
        found = (entry for entry in reversed(self.entries) if (entry.dataset, entry.part) == (dataset, part))
        return next((entry for entry in found if entry.effective == effective.isoformat()), None)

    def latest(self) -> dict[tuple[str, str, str], Download]:
        """The newest download of each release and part."""
        return {entry.release: entry for entry in self.entries}

    def replaced(self, among: Collection[Path]) -> set[Path]:
        """Those of the files that later ones among them take the place of in every release they were had for."""
        entries = [entry for entry in self.entries if entry.path in among]
        newest = {entry.release: entry.path for entry in entries}
        return {entry.path for entry in entries} - set(newest.values())


def addresses_of(home: Home, paths: Iterable[Path]) -> dict[Path, str]:
    """The publisher's address of each of these files that is byte for byte a file fetched here."""
    known: dict[int, dict[str, str]] = {}
    for entry in Ledger(home).entries:
        known.setdefault(entry.bytes, {})[entry.sha256] = entry.url
    if not known:
        return {}
    sized = [(path, known.get(path.stat().st_size)) for path in set(paths)]
    found = {path: urls.get(file_sha256(path)) for path, urls in sized if urls}
    return {path: url for path, url in found.items() if url}


def file_sha256(path: Path) -> str:
    """Of the file as it lies there, a zip as a whole."""
    digest = sha256()
    with path.open("rb") as stream:
        for block in iter(lambda: stream.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()
