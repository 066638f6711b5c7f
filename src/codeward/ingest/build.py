"""Build: plan, read, compile, name by content, put in use; a failure anywhere leaves the old library serving."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from itertools import pairwise
from pathlib import Path

from codeward import __version__
from codeward.core.faults import BadFile, BadInput
from codeward.datasets.declare import Dataset
from codeward.datasets.registry import DATASETS
from codeward.ingest import acceptance
from codeward.ingest.downloads import addresses_of
from codeward.ingest.files import OfficialFile
from codeward.ingest.plan import Plan, ReleasePlan, make_plan
from codeward.ingest.rows import files_of
from codeward.ingest.staging import Progress, Staged, stage
from codeward.store.compile import Compiler, StagedFile, StagedRelease
from codeward.store.concepts import write_concepts
from codeward.store.derived.write import write_derived
from codeward.store.documents import write_documents
from codeward.store.home import Home
from codeward.store.library import FORMAT
from codeward.store.meaning.embedder import MODEL_SHA256
from codeward.store.meaning.vectors import EMBEDDED, meanings_wanted, write_meanings
from codeward.store.word_index.write import write_word_index

SHRUNK = 0.5
Now = Callable[[], datetime]
Files = dict[str, tuple[int, OfficialFile]]
"""Every file that is read, by name, with its number in the library."""


@dataclass(frozen=True, slots=True)
class Built:
    """A library that is now in use."""

    hash: str
    folder: Path
    rows: int
    fresh: bool
    left_aside: tuple[tuple[str, str], ...]


def own_tables() -> Path:
    """Codeward's own small tables, which every library holds."""
    return Path(str(resources.files("codeward.datasets") / "tables"))


def build(
    home: Home,
    paths: list[Path],
    *,
    accept: frozenset[str] = frozenset(),
    users: int | None = None,
    now: Now,
    progress: Progress,
) -> Built:
    """Compile the given files and Codeward's own tables into a library and put it in use.

    `accept` names terms accepted now, `users` how many people the operator's AMA licence covers.

    Raises BadFile or BadInput with one line that says what is wrong; the library in use stays as it was.
    """
    plan = make_plan([own_tables(), *paths], DATASETS)
    if all(file.path.is_relative_to(own_tables()) for release in plan.releases for file in files_of(release.parts)):
        raise BadInput("none of the given files belongs to a dataset: " + _aside(plan))
    acceptance.require(home, plan, accept, now, users)
    meaning = meanings_wanted()
    with home.building() as folder:
        files = _number(plan)
        name = _name(plan, meaning)
        final = home.libraries / name
        fresh = not (final / "manifest.json").is_file()
        rows = 0
        if fresh:
            addresses = addresses_of(home, (file.path for _, file in files.values()))
            rows, manifest = _compile(plan, files, addresses, folder, progress)
            if meaning:
                write_meanings(folder, lambda share: progress("reading meanings", 0.92 + 0.08 * share))
            progress("done", 1.0)
            manifest |= {"hash": name, "built": now().astimezone(UTC).isoformat(timespec="seconds")}
            home.finish(folder, name, manifest)
        home.point_to(final)
    return Built(name, final, rows, fresh, tuple(dict.fromkeys(plan.left_aside)))


def _aside(plan: Plan) -> str:
    names = [name for name, _ in plan.left_aside[:3]]
    return ", ".join(names) or "nothing was found"


def _number(plan: Plan) -> Files:
    every = {file.name: file for release in plan.releases for file in files_of(release.parts)}
    return {name: (number, every[name]) for number, name in enumerate(sorted(every), start=1)}


def _name(plan: Plan, meaning: bool) -> str:
    """The hash of everything the rows depend on: format, declarations and the bytes of every file read."""
    digest = hashlib.sha256(f"{FORMAT} {__version__}".encode())
    if meaning:
        digest.update(f"{MODEL_SHA256} {EMBEDDED}".encode())
    with ThreadPoolExecutor() as pool:  # unpacking and hashing both run outside the interpreter's lock
        list(pool.map(lambda file: file.sha256, [f for release in plan.releases for f in files_of(release.parts)]))
    for release in plan.releases:
        columns = [(item.name, item.kind.name, item.headings) for item in release.dataset.columns]
        dataset = release.dataset
        asked = (dataset.looked_up_by, dataset.looked_up_together)
        digest.update(repr((release.name, columns, dataset.key, asked)).encode())
        for file in files_of(release.parts):
            digest.update(f"{file.name} {file.sha256}".encode())
    return digest.hexdigest()[:16]


@dataclass
class _Meter:
    """Reading and storing go on side by side; together they make nine tenths of a build."""

    progress: Progress
    read: float = 0.0
    stored: float = 0.0

    def has_read(self, text: str, share: float) -> None:
        self.read = share
        self.progress(text, 0.3 * self.read + 0.6 * self.stored)

    def has_stored(self, text: str, share: float) -> None:
        self.stored += share
        self.progress(text, 0.3 * self.read + 0.6 * self.stored)


def _compile(
    plan: Plan, files: Files, addresses: dict[Path, str], folder: Path, progress: Progress
) -> tuple[int, dict[str, object]]:
    rows_folder = folder / "rows"
    rows_folder.mkdir()
    names = {number: name for name, (number, _) in files.items()}
    compiler = Compiler(folder, names.__getitem__)
    releases, staged = _store_rows(plan, files, rows_folder, compiler, _Meter(progress))
    _record_files(compiler, plan, releases, files, addresses)
    progress("indexing words", 0.92)
    write_documents(compiler.db)
    write_word_index(compiler.db, folder)
    write_concepts(compiler.db)
    write_derived(compiler.db, folder)
    compiler.close()
    rows_folder.rmdir()
    return sum(item.rows for item in staged), _manifest(plan, staged, files)


def _store_rows(
    plan: Plan, files: Files, folder: Path, compiler: Compiler, meter: _Meter
) -> tuple[list[StagedRelease], list[Staged]]:
    """Store dataset by dataset while the next ones are being read."""
    releases, every = list[StagedRelease](), list[Staged]()
    total = sum(_size(release) for release in plan.releases) or 1
    with closing(stage(plan, folder, meter.has_read)) as groups:
        for staged in groups:
            dataset = plan.releases[staged[0].release].dataset
            _refuse_shrunk(plan, dataset, staged)
            chain = _staged_releases(plan, dataset, staged, files)
            compiler.add(dataset, chain)
            for item in staged:
                item.path.unlink()
            size = sum(_size(release) for release in plan.releases if release.dataset is dataset)
            meter.has_stored(f"stored {dataset.id}", size / total)
            releases += chain
            every += staged
    return sorted(releases, key=lambda item: item.id), every


def _size(release: ReleasePlan) -> int:
    return sum(file.size for file in files_of(release.parts))


def _refuse_shrunk(plan: Plan, dataset: Dataset, staged: list[Staged]) -> None:
    """An edition with fewer than half the rows of the one before it was cut off until shown otherwise."""
    if dataset.counts_vary:
        return
    rows = {at: sum(item.rows for item in staged if item.release == at) for at in _places(plan, dataset)}
    for (first, before), (second, here) in pairwise((at, plan.releases[at]) for at in rows):
        if before.from_package == here.from_package and rows[second] < rows[first] * SHRUNK:
            counts = f"{rows[second]:,} rows, {before.edition} has {rows[first]:,}"
            raise BadFile(here.parts[0].main[2].name, f"{here.name} has {counts}: it looks truncated")


def _places(plan: Plan, dataset: Dataset) -> list[int]:
    return [at for at, release in enumerate(plan.releases) if release.dataset is dataset]


def _number_of(plan: Plan, at: int) -> int:
    """Releases are numbered on; a gap parts two origins, so that their equal rows are never taken for one run."""
    origins = [release.from_package for release in plan.releases[: at + 1]]
    return at + 1 + sum(one != other for one, other in pairwise(origins))


def _staged_releases(plan: Plan, dataset: Dataset, staged: list[Staged], files: Files) -> list[StagedRelease]:
    return [
        StagedRelease(
            _number_of(plan, at),
            dataset,
            plan.releases[at].edition.id,
            plan.releases[at].edition.effective,
            plan.releases[at].from_package,
            tuple(
                StagedFile(item.path, files[item.part.main[2].name][0], item.rows, item.phrases)
                for item in staged
                if item.release == at
            ),
        )
        for at in _places(plan, dataset)
    ]


def _record_files(
    compiler: Compiler,
    plan: Plan,
    releases: list[StagedRelease],
    files: Files,
    addresses: dict[Path, str],
) -> None:
    """Each file with where it is published: the address it was fetched from where that is known, else the page."""
    landing = {f.name: release.dataset.landing for release in plan.releases for f in files_of(release.parts)}
    compiler.db.execute("begin")
    compiler.db.executemany(
        "insert into file values (?, ?, ?, ?, ?, ?)",
        [
            (number, name, file.sha256, str(file.path.resolve()), json.dumps(file.members), url)
            for name, (number, file) in files.items()
            for url in [addresses.get(file.path, landing[name])]
        ],
    )
    compiler.db.executemany("insert into release_file values (?, ?, ?, ?)", _links(plan, releases, files))
    compiler.db.execute("commit")


def _links(plan: Plan, releases: list[StagedRelease], files: Files) -> list[tuple[int, int, str, int]]:
    return [
        (staged.id, files[file.name][0], edition.part, place)
        for staged, release in zip(releases, plan.releases, strict=True)
        for part in release.parts
        for place, (_, edition, file) in enumerate(part.files)
    ]


def _manifest(plan: Plan, staged: list[Staged], files: Files) -> dict[str, object]:
    return {
        "format": FORMAT,
        "codeward": __version__,
        "releases": [
            {
                "dataset": release.dataset.id,
                "edition": release.edition.id,
                "effective": release.edition.effective.isoformat(),
                "rows": sum(item.rows for item in staged if item.release == at),
                "files": sorted({file.name for file in files_of(release.parts)}),
            }
            for at, release in enumerate(plan.releases)
        ],
        "files": {name: {"sha256": file.sha256, "path": str(file.path)} for name, (_, file) in files.items()},
        "left_aside": plan.left_aside,
    }
