"""Files as given: folders walked, zips opened (one zip inside a zip at most), members read within limits."""

from __future__ import annotations

import hashlib
import io
import lzma
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from codeward.core.faults import BadFile, BadInput

MAX_MEMBERS = 2_000
MAX_RATIO = 200
MAX_BYTES = 1_500_000_000
BLOCK = 1 << 18
MAX_CELLS = 20_000_000
_CELL = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
OLDEST_ARCHIVE = 1999
"""Archives that keep no time say 1980; the coverage database began in 1999."""
Closing = IO[bytes] | io.BufferedReader | zipfile.ZipFile

ARCHIVES = (".zip", ".whl")


@dataclass(frozen=True)
class OfficialFile:
    """One readable file: on disk, or a member of a zip (or of a zip inside that zip)."""

    path: Path
    members: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How sources cite it: `rvu25d.zip/PPRRVU2025_Oct.csv`."""
        return "/".join((self.path.name, *self.members))

    @property
    def base(self) -> str:
        """The file's own name, which tells dataset and edition."""
        return PurePosixPath(self.members[-1] if self.members else self.path.name).name

    @cached_property
    def sha256(self) -> str:
        """Of the file itself, not of the zip around it."""
        digest = hashlib.sha256()
        with self.open() as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
        return digest.hexdigest()

    @property
    def size(self) -> int:
        """Bytes of the file itself, unpacked."""
        if not self.members:
            return self.path.stat().st_size
        with zipfile.ZipFile(self.path) as outer:
            return outer.getinfo(self.members[0]).file_size

    @property
    def packed_on(self) -> date:
        """The day on which the outer archive says its member was written; ValueError when it does not say."""
        day = date.min
        if self.members:
            with zipfile.ZipFile(self.path) as outer:
                day = date(*outer.getinfo(self.members[0]).date_time[:3])
        if day.year < OLDEST_ARCHIVE:
            raise ValueError("nothing says of which day it is: put the day into its name, as in NAME_2026-10-08.zip")
        return day

    def open(self) -> io.BufferedReader:
        """A stream of the file's bytes; BadFile when the archive is damaged or out of bounds."""
        beneath: list[Closing] = []
        try:
            stream: IO[bytes] = self.path.open("rb")
            for depth, member in enumerate(self.members):
                beneath.insert(0, stream)
                archive = zipfile.ZipFile(stream if depth == 0 else io.BytesIO(stream.read()))
                beneath.insert(0, archive)
                stream = archive.open(member)
        except (zipfile.BadZipFile, OSError, KeyError, NotImplementedError, RuntimeError) as error:
            for one in beneath:
                one.close()
            raise BadFile(self.name, f"cannot be opened: {error}") from None
        guarded = _Guarded(stream, self.name, tuple(beneath))
        if self.base.endswith(".xz"):
            packed = io.BufferedReader(guarded, BLOCK)
            unpacked = lzma.LZMAFile(packed)  # noqa: SIM115 - closed with the stream that is given out
            guarded = _Guarded(cast(IO[bytes], unpacked), self.name, (packed,))
        return io.BufferedReader(guarded, BLOCK)


class _Guarded(io.RawIOBase):
    """A stream that stops at the size limit and turns a damaged archive into a clear fault."""

    def __init__(self, stream: IO[bytes], name: str, beneath: tuple[Closing, ...]) -> None:
        super().__init__()
        self._stream, self._name, self._left = stream, name, MAX_BYTES
        self._beneath = beneath

    def close(self) -> None:
        """Close the streams and archives it was read through too."""
        if not self.closed:
            super().close()
            for one in (self._stream, *self._beneath):
                one.close()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            block = self._stream.read(len(buffer))
        except (zipfile.BadZipFile, lzma.LZMAError, zlib.error, EOFError, OSError) as error:
            raise BadFile(self._name, f"damaged archive: {error}") from None
        self._left -= len(block)
        if self._left < 0:
            raise BadFile(self._name, f"unpacks to more than {MAX_BYTES:,} bytes")
        buffer[: len(block)] = block
        return len(block)


def check_workbook(content: bytes, name: str) -> None:
    """A workbook is a zip too: its members are held to the same limits before anything unpacks them."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            for member in _members(book, name):
                if member.startswith("xl/worksheets/") and _cells_spanned(book.read(member)) > MAX_CELLS:
                    raise BadFile(f"{name}/{member}", f"spans more than {MAX_CELLS:,} cells: not opened")
    except (zipfile.BadZipFile, zlib.error) as error:
        raise BadFile(name, f"not a readable workbook: {error}") from None


def _cells_spanned(sheet: bytes) -> int:
    """Rows times columns up to the farthest cell, which is what reading a sheet takes room for."""
    cells = set(_CELL.findall(sheet))
    rows = max((int(row) for _, row in cells), default=0)
    wide = max((column for column, _ in cells), key=lambda column: (len(column), column), default=b"")
    columns = 0
    for letter in wide:
        columns = columns * 26 + letter - ord("A") + 1
    return rows * columns


def walk(paths: list[Path]) -> Iterator[OfficialFile]:
    """Every file under the given paths, members of zips included, in a stable order."""
    for path in paths:
        if path.is_dir():
            for inner in sorted(path.rglob("*")):
                if inner.is_file() and not inner.is_symlink():
                    yield from _unpack(inner)
        elif path.is_file():
            yield from _unpack(path)
        else:
            raise BadInput(f"{path}: no such file or folder")


def _unpack(path: Path) -> Iterator[OfficialFile]:
    if path.suffix.lower() not in ARCHIVES:
        yield OfficialFile(path)
        return
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as error:
        raise BadFile(path.name, f"not a readable zip: {error}") from None
    with archive:
        for member in _members(archive, path.name):
            yield from _nested(archive, path, member)


def _nested(archive: zipfile.ZipFile, path: Path, member: str) -> Iterator[OfficialFile]:
    if not member.lower().endswith(".zip"):
        yield OfficialFile(path, (member,))
        return
    with archive.open(member) as stream:
        try:
            inner = zipfile.ZipFile(io.BytesIO(stream.read()))
        except zipfile.BadZipFile as error:
            raise BadFile(f"{path.name}/{member}", f"not a readable zip: {error}") from None
    for name in _members(inner, f"{path.name}/{member}"):
        if name.lower().endswith(".zip"):
            raise BadFile(f"{path.name}/{member}/{name}", "a zip inside a zip inside a zip is not opened")
        yield OfficialFile(path, (member, name))


def _members(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    """Member names worth reading; refuses bombs, links and names that climb out of the archive."""
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise BadFile(name, f"holds {len(infos):,} members: at most {MAX_MEMBERS:,} are opened")
    for info in infos:
        if info.is_dir():
            continue
        where = PurePosixPath(info.filename.replace("\\", "/"))
        if where.is_absolute() or ".." in where.parts or stat.S_ISLNK(info.external_attr >> 16):
            raise BadFile(name, f"member {info.filename!r} points outside the archive")
        if info.file_size > MAX_BYTES:
            raise BadFile(f"{name}/{info.filename}", f"unpacks to {info.file_size:,} bytes: too large")
        if info.file_size > 10_000_000 and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            ratio = info.file_size // max(info.compress_size, 1)
            raise BadFile(f"{name}/{info.filename}", f"packed {ratio}:1, more than {MAX_RATIO}:1: not opened")
        yield info.filename
