"""Library: a built library opened read-only and asked for rows as of a day, each row with its source."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache, partial
from pathlib import Path
from typing import Any, Generic, TypeVar
from urllib.parse import quote

from codeward.core.faults import NotLoaded
from codeward.core.sources import Source
from codeward.datasets.declare import Dataset
from codeward.datasets.kinds import PHRASE
from codeward.datasets.licences import MODES
from codeward.datasets.registry import DATASETS
from codeward.store.home import Home
from codeward.store.licence import Licence, licence_of
from codeward.store.meaning.vectors import Meanings, meanings_of
from codeward.store.releases import Release, in_force
from codeward.store.word_index.read import WordIndex

FORMAT = 10
"""Raised when the shape of a built library changes, so that equal inputs are built anew and older ones not misread."""
SHARED = 3
"""What `sqlite3.threadsafety` says of a serialized build: threads may share a connection (DB-API 2.0)."""

R_co = TypeVar("R_co", covariant=True)
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Found(Generic[R_co]):
    """A row, where it was read, and the days it holds for (the last is 9999-12-31 when open)."""

    row: R_co
    source: Source
    first_day: date
    last_day: date
    release: Release

    @property
    def since_unknown(self) -> bool:
        """Whether the first day is only the first day this edition speaks for."""
        return self.release.own_days and (
            self.release.starts_unknown or (self.first_day <= self.release.known_from and self.release.from_package)
        )


@dataclass(frozen=True, slots=True)
class CitedPlace:
    """A row found by its place, its stored check, and where its file lay when the library was built."""

    found: Found[Any]
    checked: int
    path: str
    members: tuple[str, ...]


class Library:
    """One built library as the terms that hold let it be read; safe to share between threads."""

    def __init__(self, folder: Path, licence: Licence | None = None) -> None:
        self.folder = folder
        self.licence = licence if licence is not None else licence_of(Home(folder.parent.parent))
        self._local = threading.local()
        self._connection: sqlite3.Connection | None = None
        self._row_factory = lru_cache(maxsize=None)(partial(_loader, self.licence))
        try:
            self.releases = tuple(self._read_releases())
        except sqlite3.DatabaseError as error:
            raise NotLoaded(f"{folder} cannot be read ({error}): build it again") from None
        self._by_id = {release.id: release for release in self.releases}
        self._by_dataset: dict[str, list[Release]] = {}
        self._closed: dict[str, list[Release]] = {}
        for release in self.releases:
            shelf = self._by_dataset if self.licence.opens(release.dataset) else self._closed
            shelf.setdefault(release.dataset, []).append(release)
        self.in_force = lru_cache(maxsize=4096)(self._in_force)
        self._file = lru_cache(maxsize=4096)(self._read_file)
        self._find_kept = lru_cache(maxsize=16_384)(self._find)
        self.find_again = lru_cache(maxsize=16_384)(self._find)
        self.pair_counts: dict[tuple[object, ...], dict[str, int]] = {}
        self._phrase = lru_cache(maxsize=4096)(self._read_phrase)
        self.is_silent = lru_cache(maxsize=4096)(self._is_silent)
        self.lists_billable_alone = lru_cache(maxsize=64)(self._lists_billable_alone)
        self.comparisons: dict[tuple[int, int], object] = {}
        self.compared: dict[str, tuple[Any, ...]] = {}
        self.pair_days: dict[tuple[object, ...], list[tuple[str, date, int, int]]] = {}

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the library was built from and when."""
        try:
            found: dict[str, Any] = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise NotLoaded(f"{self.folder} has no readable manifest ({error}): build it again") from None
        return found

    @cached_property
    def searchable(self) -> str:
        """A condition on documents `d`: none written from a dataset that may not be read."""
        closed = ", ".join(f"'{name}'" for name in self.licence.closed)
        return f" and d.dataset not in ({closed})" if closed else ""

    @cached_property
    def word_index(self) -> WordIndex:
        """The phrases that lead to codes; NotLoaded where the library was built without them."""
        return WordIndex(self.folder)

    @cached_property
    def meanings(self) -> Meanings | None:
        """The meanings of its wordings; None where the library was built without them."""
        return meanings_of(self.folder)

    @property
    def hash(self) -> str:
        """The library's name: equal inputs, equal hash."""
        return self.folder.name

    @property
    def db(self) -> sqlite3.Connection:
        """The connection: one for all threads where SQLite is built to be shared, as it nearly always is.

        A server may give every request a thread of its own, and a fresh connection costs more than a page's questions.
        """
        holder = self if sqlite3.threadsafety == SHARED else self._local
        connection: sqlite3.Connection | None = getattr(holder, "_connection", None)
        if connection is None:
            uri = uri_of(self.folder)
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False, cached_statements=256)
            connection.execute("pragma mmap_size=1073741824")
            holder._connection = connection
        return connection

    def kept_by_thread(self, make: Callable[[Library], Made]) -> Made:
        """What `make` makes of this library, once for each thread: things with a connection of their own."""
        held = self._local.__dict__
        name = f"{make.__module__}.{make.__qualname__}"
        if name not in held:
            held[name] = make(self)
        made: Made = held[name]
        return made

    def release(self, number: int) -> Release:
        """A loaded edition by its number."""
        return self._by_id[number]

    def editions(self, dataset: str) -> list[Release]:
        """Loaded editions of a dataset, oldest first, packages behind; none under terms that do not hold."""
        return self._by_dataset.get(dataset, [])

    def is_closed(self, dataset: str) -> bool:
        """Whether the dataset is loaded but may not be read: its terms were not accepted, or the mode shuts it."""
        return dataset in self._closed

    def _in_force(self, dataset: str, day: date) -> Release | None:
        return in_force(self.editions(dataset), day)

    def find(self, dataset: str, release: Release, day: date, **where: str) -> list[Found[Any]]:
        """Rows of the edition that hold on `day` and match every given column.

        Codeward's own small tables stand behind every line of every page and are remembered.
        """
        if DATASETS[dataset].cadence == "none":
            return self._find_kept(dataset, release, day, tuple(where.items()))
        return self._find(dataset, release, day, tuple(where.items()))

    def _find(self, dataset: str, release: Release, day: date, where: tuple[tuple[str, str], ...]) -> list[Found[Any]]:
        clauses = "".join(f" and {_matches(name, value)}" for name, value in where)
        own = " and first_day <= ? and last_day >= ?" if release.own_days else ""
        days = (day.isoformat(), day.isoformat()) if release.own_days else ()
        table = DATASETS[dataset].table
        rows = self.db.execute(
            f"select * from {table} where first_release <= ? and last_release >= ?{own}{clauses} order by id",
            (release.id, release.id, *days, *(value for _, value in where if value)),
        )
        return [self.found(DATASETS[dataset], row, release) for row in rows]

    def beginning_with(self, dataset: str, release: Release, code: str) -> list[Found[Any]]:
        """Rows of an edition whose code is longer than `code` and begins with it."""
        table = DATASETS[dataset].table
        rows = self.db.execute(
            f"select * from {table} where code > ? and code < ? and first_release <= ? and last_release >= ? "
            "order by code",
            (code, code + "~", release.id, release.id),
        )
        return [self.found(DATASETS[dataset], row, release) for row in rows]

    def neighbours(self, system: str, code: str, most: int) -> list[str]:
        """Codes of a system just before and after where `code` would stand, those with the same beginning first."""
        half = most // 2
        query = (
            f"select d.code from document d where d.system = ? and d.code {{}} ?{self.searchable} "
            "order by d.code {} limit ?"
        )
        before = [row[0] for row in self.db.execute(query.format("<", "desc"), (system, code, half))]
        after = [row[0] for row in self.db.execute(query.format(">", "asc"), (system, code, most - half))]
        return [*reversed(before), *after]

    def codes_of(self, dataset: str, release: Release, beginning: str) -> list[str]:
        """Codes of an edition that begin with a text, in order."""
        rows = self.db.execute(
            f"select distinct code from {DATASETS[dataset].table} where code >= ? and code < ? "
            "and first_release <= ? and last_release >= ? order by code",
            (beginning, beginning + "~", release.id, release.id),
        )
        return [code for (code,) in rows]

    def categories(self, release: Release) -> list[tuple[str, str]]:
        """Path and code of every service category row of an edition."""
        rows = self.db.execute(
            f"select path, code from {DATASETS[release.dataset].table} where first_release <= ? and last_release >= ?",
            (release.id, release.id),
        )
        return [(str(path), str(code)) for path, code in rows]

    def is_listed(self, code: str) -> bool:
        """Whether any loaded list ever had this code, in whatever system."""
        return self.db.execute("select 1 from document where code = ? limit 1", (code,)).fetchone() is not None

    def history(self, dataset: str, **where: str) -> list[Found[Any]]:
        """Every row that ever matched, oldest first, each cited from the edition it first stood in."""
        if not self.editions(dataset):
            return []
        clauses = " and ".join(["true", *(_matches(name, value) for name, value in where.items())])
        rows = self.db.execute(
            f"select * from {DATASETS[dataset].table} where {clauses} order by first_day, id",
            tuple(value for value in where.values() if value),
        )
        declared = DATASETS[dataset]
        at = len(declared.columns) + 3
        return [self.found(declared, row, self._by_id[row[at]]) for row in rows]

    def _is_silent(self, release: Release, column: str) -> bool:
        """Whether an edition says nothing in a column: it was read from a file that does not have it."""
        found = self.db.execute(
            f"select 1 from {DATASETS[release.dataset].table} where first_release <= ? and last_release >= ? "
            f'and "{column}" is not null limit 1',
            (release.id, release.id),
        )
        return found.fetchone() is None

    def _lists_billable_alone(self, release: Release) -> bool:
        """Whether an edition of diagnoses was read from a list without headers."""
        found = self.db.execute(
            f"select 1 from {DATASETS[release.dataset].table} where first_release <= ? and last_release >= ? "
            "and not billable limit 1",
            (release.id, release.id),
        )
        return found.fetchone() is None

    def has_longer(self, dataset: str, release: Release, code: str) -> bool:
        """Whether an edition has a code that begins with this one and is longer."""
        found = self.db.execute(
            f"select 1 from {DATASETS[dataset].table} where code > ? and code < ? and first_release <= ? "
            "and last_release >= ? limit 1",
            (code, code + "~", release.id, release.id),
        )
        return found.fetchone() is not None

    def stored(self, dataset: str, column: str, value: str) -> list[tuple[Any, ...]]:
        """Every row that ever had the value in a column, as stored: id, cells, days, run of editions, place."""
        if not self.editions(dataset):
            return []
        query = f'select * from {DATASETS[dataset].table} where "{column}" = ? order by id'
        return self.db.execute(query, (value,)).fetchall()

    def stored_row(self, dataset: str, row: int) -> tuple[Any, ...]:
        """One row by its id, as stored."""
        found: tuple[Any, ...] = self.db.execute(
            f"select * from {DATASETS[dataset].table} where id = ?", (row,)
        ).fetchone()
        return found

    def place_of(self, release: Release, row: tuple[Any, ...]) -> Source:
        """Where a stored row stands in one of the editions it was published in."""
        dataset = DATASETS[release.dataset]
        _, _, first_release, _, file, line, _ = row[len(dataset.columns) + 1 :]
        if first_release != release.id:
            return self.source_of(dataset.id, row[0], release, file, line)
        name, sha256, url = self._file(file)
        return Source(dataset.id, release.edition, name, line, sha256, url)

    def source_of(self, dataset: str, row: int, release: Release, file: int, line: int | str) -> Source:
        """Where a row stands in the given edition: its own place, or the place it was seen again."""
        again = self.db.execute(
            "select file, line from sighting where dataset = ? and row = ? and release = ?",
            (dataset, row, release.id),
        ).fetchone()
        file, line = again or (file, line)
        name, sha256, url = self._file(file)
        return Source(dataset, release.edition, name, line, sha256, url)

    def has_file(self, release: Release, name: str) -> bool:
        """Whether rows of the edition may cite this file."""
        return any(name == held for held, _ in self.files_of(release))

    def files_of(self, release: Release) -> list[tuple[str, str]]:
        """Names and hashes of the files an edition was read from."""
        rows = self.db.execute(
            "select f.name, f.sha256 from release_file r join file f on f.id = r.file where r.release = ? "
            "order by f.name",
            (release.id,),
        )
        return [(name, sha256) for name, sha256 in rows]

    def places_of_files(self, release: Release) -> list[tuple[str, str, str, bool]]:
        """Name, hash and path of an edition's files, and whether a file lies packed inside what the path names."""
        rows = self.db.execute(
            "select f.name, f.sha256, f.path, f.members from release_file r join file f on f.id = r.file "
            "where r.release = ? order by f.name",
            (release.id,),
        )
        return [(name, sha256, path, bool(json.loads(members))) for name, sha256, path, members in rows]

    def cited_place(self, release: Release, file: str, line: str) -> CitedPlace | None:
        """The row of an edition that stands at this line of this file; scans, for verification and source pages."""
        dataset = DATASETS[release.dataset]
        held = self.db.execute("select id, path, members from file where name = ?", (file,)).fetchone()
        if held is None:
            return None
        number, path, members = held
        place = int(line) if line.isdigit() and len(line) < 16 else line
        row = self.db.execute(
            f"select * from {dataset.table} where file = ? and line = ? and first_release = ?",
            (number, place, release.id),
        ).fetchone()
        checked = row[-1] if row else 0
        if row is None:
            again = self.db.execute(
                "select row, checked from sighting where dataset = ? and release = ? and file = ? and line = ?",
                (dataset.id, release.id, number, place),
            ).fetchone()
            if again is None:
                return None
            row = self.db.execute(f"select * from {dataset.table} where id = ?", (again[0],)).fetchone()
            checked = again[1]
        return CitedPlace(self.found(dataset, row, release), int(checked), path, tuple(json.loads(members)))

    def found(self, dataset: Dataset, row: tuple[Any, ...], release: Release) -> Found[Any]:
        """A stored row, typed, with its place in the given edition."""
        width = len(dataset.columns)
        if not self.licence.opens(dataset.id):
            raise NotLoaded(f"{dataset.id} is under terms that do not hold here: {dataset.needs_acceptance}")
        first_day, last_day = row[width + 1 : width + 3]
        source = self.place_of(release, row)
        typed = self._row_factory(dataset.id)(self, row[1 : width + 1])
        return Found(typed, source, date.fromisoformat(first_day), date.fromisoformat(last_day), release)

    def phrase(self, number: object) -> str:
        """The text behind a phrase number."""
        return self._phrase(number) if number else ""

    def _read_phrase(self, number: object) -> str:
        return str(self.db.execute("select text from phrase where id = ?", (number,)).fetchone()[0])

    def _read_file(self, number: int) -> tuple[str, str, str]:
        found: tuple[str, str, str] = self.db.execute(
            "select name, sha256, url from file where id = ?", (number,)
        ).fetchone()
        return found

    def _read_releases(self) -> Iterator[Release]:
        query = (
            "select id, dataset, edition, effective, from_package, rows, known_from, starts_unknown, own_days "
            "from release order by id"
        )
        for key, dataset, edition, effective, package, rows, known, unknown, own in self.db.execute(query):
            days = (date.fromisoformat(effective), date.fromisoformat(known))
            yield Release(key, dataset, edition, days[0], bool(package), rows, days[1], bool(unknown), bool(own))


def uri_of(folder: Path) -> str:
    """The database as SQLite opens it for reading what never changes."""
    return f"file:{quote(str(folder / 'reference.db'))}?mode=ro&immutable=1"


def _matches(name: str, value: str) -> str:
    """A condition on a column; an empty text asks for rows where nothing stands."""
    return f'"{name}" = ?' if value else f'"{name}" is null'


def _nothing(value: object) -> None:
    """Stands for whatever a withheld column holds."""


def _loader(licence: Licence, dataset_id: str) -> Any:
    """A function that turns the stored cells of a dataset into its row, withheld columns empty."""
    dataset = DATASETS[dataset_id]
    loads = [item.kind.load for item in dataset.columns]
    for at in licence.withheld(dataset):
        loads[at] = _nothing
    phrases = [at for at, item in enumerate(dataset.columns) if item.kind is PHRASE]

    def load(library: Library, cells: tuple[Any, ...]) -> Any:
        values = [one(cell) for one, cell in zip(loads, cells, strict=True)]
        for at in phrases:
            values[at] = library.phrase(values[at])
        return dataset.row(
            *["" if value is None and text else value for value, text in zip(values, _texts(dataset_id), strict=True)]
        )

    return load


@cache
def _texts(dataset_id: str) -> tuple[bool, ...]:
    return tuple(item.kind.parquet == "VARCHAR" for item in DATASETS[dataset_id].columns)


class Shelf:
    """The library in use; notices when the pointer or the ledger of terms moves, old readers keep what they have."""

    def __init__(self, home: Home, mode: str = MODES[-1]) -> None:
        self.home, self.mode = home, mode
        self._lock = threading.Lock()
        self._open: tuple[tuple[str, int], Library] | None = None

    def library(self) -> Library:
        """The library in use now; NotLoaded when none was built."""
        try:
            target = str((self.home.root / "current").readlink())
        except OSError:
            target = ""
        state = (target, self.home.ledger_moved())
        held = self._open
        if held is None or held[0] != state or not target:
            with self._lock:
                held = (state, open_library(self.home.root, self.mode))
                self._open = held
        return held[1]


def open_library(place: Path, mode: str = MODES[-1]) -> Library:
    """A library by its home or by its own folder, read in a licence mode; NotLoaded says how to build one."""
    if (place / "reference.db").is_file():
        return _of_this_format(Library(place, licence_of(Home(place.parent.parent), mode)))
    folder = Home(place).current()
    if not (folder / "reference.db").is_file():
        raise NotLoaded(f"{folder} is not a complete library: build it again")
    return _of_this_format(Library(folder, licence_of(Home(place), mode)))


def _of_this_format(library: Library) -> Library:
    if library.manifest.get("format") != FORMAT:
        raise NotLoaded(f"{library.folder} was built by another version of Codeward: build it again")
    return library
