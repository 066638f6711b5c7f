"""Download: one file from one address, taken up again where it broke off, and checked before it counts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

import httpx2

from codeward.ingest.fetch import contents
from codeward.ingest.fetch.session import Session, check_status
from codeward.ingest.fetch.troubles import Passing, Refused, WrongContent

Tell = Callable[[int, int | None], None]
"""Told the bytes that are here and the bytes there will be, where the publisher says so."""
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")


@dataclass(frozen=True, slots=True)
class Marks:
    """By what a publisher tells one state of a file from another."""

    etag: str = ""
    last_modified: str = ""

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> Marks:
        """As an answer's headers have them."""
        return cls(headers.get("etag", ""), headers.get("last-modified", ""))

    @property
    def exact(self) -> str:
        """The mark that says "byte for byte the same", for If-Range; weak tags do not."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.last_modified

    def differs(self, other: Marks) -> bool:
        """Whether both say something and it is not the same."""
        pairs = ((self.etag, other.etag), (self.last_modified, other.last_modified))
        return any(mine and theirs and mine != theirs for mine, theirs in pairs)


@dataclass(frozen=True, slots=True)
class Received:
    """A whole file, still under its temporary name."""

    path: Path
    marks: Marks


@dataclass
class Transfer:
    """A download under way: `part` holds what has come, beside it the address and marks it came with."""

    session: Session
    url: str
    name: str
    part: Path
    tell: Tell
    known: Marks | None = None
    """Of the file already held: asked for only if changed."""
    broken: int = 0

    def run(self) -> Received | None:
        """The file, None when the one held is still what the publisher has; Trouble when it does not come."""
        self.part.parent.mkdir(parents=True, exist_ok=True)
        return self.session.insist(self.url, self._once, self._size)

    @property
    def _notes(self) -> Path:
        return self.part.with_name(self.part.name + ".json")

    def _size(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0

    def _once(self) -> Received | None:
        begun = self._begun()
        with self.session.ask(self.url, self._headers(begun)) as response:
            if response.status_code == 304:
                return None
            if response.status_code == 416:
                self.forget()
                raise Passing("the publisher has less than what came before: begun anew")
            check_status(response)
            marks = Marks.of(response.headers)
            total = self._receive(response, marks, begun)
        if total is not None and self._size() != total:
            raise Passing(f"{self._size():,} of {total:,} bytes came")
        self._refuse_broken()
        return Received(self.part, marks)

    def _refuse_broken(self) -> None:
        """An archive cut off at a length that looked right is asked for once more, not again and again."""
        if contents.is_whole(self.part, self.name):
            return
        self.forget()
        self.broken += 1
        if self.broken > 1:
            raise WrongContent("what came is not a whole archive")
        raise Passing("what came is not a whole archive: begun anew")

    def _begun(self) -> Marks | None:
        """Marks of what came before, when it may be gone on with; anything else is dropped."""
        with suppress(OSError, ValueError, TypeError, KeyError):
            noted = json.loads(self._notes.read_text(encoding="utf-8"))
            marks = Marks(noted["etag"], noted["last_modified"])
            if noted["url"] == self.url and marks.exact and self._size() > 0:
                return marks
        self.forget()
        return None

    def _headers(self, begun: Marks | None) -> dict[str, str]:
        headers = {"Accept": "*/*", "Accept-Encoding": "identity"}
        if begun is not None:
            return headers | {"Range": f"bytes={self._size()}-", "If-Range": begun.exact}
        if self.known and self.known.etag:
            headers["If-None-Match"] = self.known.etag
        if self.known and self.known.last_modified:
            headers["If-Modified-Since"] = self.known.last_modified
        return headers

    def _receive(self, response: httpx2.Response, marks: Marks, begun: Marks | None) -> int | None:
        """Write what comes; gives how long the whole must be, where that can be known."""
        packed = response.headers.get("content-encoding", "identity").lower() != "identity"
        goes_on = response.status_code == 206
        if goes_on:
            total = self._checked_range(response, marks, begun)
        else:
            self.forget()
            self._note(Marks() if packed else marks)
            length = response.headers.get("content-length", "")
            total = int(length) if length.isdigit() and not packed else None
        if total is not None and total > self.session.patience.largest:
            self.forget()
            raise Refused(f"{total:,} bytes are more than the {self.session.patience.largest:,} that are taken")
        with self.part.open("ab" if goes_on else "wb") as out:
            self._write(response, out, total, packed)
        return total

    def _checked_range(self, response: httpx2.Response, marks: Marks, begun: Marks | None) -> int | None:
        """The length of the whole; begins anew when the piece is not the one asked for, or of another state."""
        found = _RANGE.fullmatch(response.headers.get("content-range", "").strip())
        if begun is None or found is None or int(found[1]) != self._size() or begun.differs(marks):
            self.forget()
            raise Passing("the file changed while it was coming: begun anew")
        return None if found[3] == "*" else int(found[3])

    def _write(self, response: httpx2.Response, out: BinaryIO, total: int | None, packed: bool) -> None:
        """Blocks as they come: the first are looked at, the pace is watched."""
        patience = self.session.patience
        mark, at_mark, beginning = patience.clock(), out.tell(), b"" if out.tell() == 0 else None
        for block in response.iter_bytes() if packed else response.iter_raw():
            out.write(block)
            if beginning is not None:
                beginning = self._look(beginning + block)
            if out.tell() > patience.largest:
                self.forget()
                raise Refused(f"more than the {patience.largest:,} bytes that are taken")
            self.tell(out.tell(), total)
            if patience.clock() - mark > patience.window:
                if out.tell() - at_mark < patience.least:
                    raise Passing("hardly anything comes")
                mark, at_mark = patience.clock(), out.tell()
        if beginning:
            self._look(beginning.ljust(contents.HEAD))

    def _look(self, beginning: bytes) -> bytes | None:
        """None once enough has come to tell that it is the right kind of file."""
        if len(beginning) < contents.HEAD:
            return beginning
        try:
            contents.check_beginning(self.name, beginning)
        except WrongContent:
            self.forget()
            raise
        return None

    def _note(self, marks: Marks) -> None:
        self._notes.write_text(json.dumps({"url": self.url, **asdict(marks)}), encoding="utf-8")

    def forget(self) -> None:
        """Drop what came so far."""
        self.part.unlink(missing_ok=True)
        self._notes.unlink(missing_ok=True)
