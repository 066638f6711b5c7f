"""Build: plan, read, compile, name by content and put in use; a failure anywhere leaves the old library serving."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from itertools import groupby
from pathlib import Path

from codeward import __version__
from codeward.core.faults import BadFile, BadInput
from codeward.datasets.registry import DATASETS
from codeward.ingest import acceptance
from codeward.ingest.files import OfficialFile
from codeward.ingest.plan import Plan, ReleasePlan, make_plan
from codeward.ingest.rows import files_of
from codeward.ingest.staging import Progress, Staged, stage
from codeward.store.compile import Compiler, StagedFile, StagedRelease
from codeward.store.documents import write_documents
from codeward.store.home import Home

FORMAT = 1
"""Raised when the shape of a built library changes, so that equal inputs are built anew."""

SHRUNK = 0.5
Now = Callable[[], datetime]


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


def build(home: Home, paths: list[Path], *, accept: frozenset[str] = frozenset(), now: Now, progress: Progress) -> Built:
    """Compile the given files and Codeward's own tables into a library and put it in use.

    Raises BadFile or BadInput with one line that says what is wrong; the library in use stays as it was.
    """
    plan = make_plan([own_tables(), *paths], DATASETS)
    if not any(release.dataset.publisher != "Codeward" for release in plan.releases):
        raise BadInput("none of the given files belongs to a dataset: " + _aside(plan))
    acceptance.require(home, plan, accept, now)
    with home.building() as folder:
        files = _number(plan)
        name = _name(plan)
        final = home.libraries / name
        fresh = not (final / "manifest.json").is_file()
        rows = 0
        if fresh:
            rows, manifest = _compile(plan, files, folder, progress)
            manifest |= {"hash": name, "built": now().astimezone(UTC).isoformat(timespec="seconds")}
            home.finish(folder, name, manifest)
        home.point_to(final)
    return Built(name, final, rows, fresh, tuple(plan.left_aside))


def _aside(plan: Plan) -> str:
    names = [name for name, _ in plan.left_aside[:3]]
    return ", ".join(names) or "nothing was found"


def _number(plan: Plan) -> dict[str, tuple[int, OfficialFile]]:
    every = {file.name: file for release in plan.releases for part in release.parts for _, _, file in part.files}
    return {name: (number, every[name]) for number, name in enumerate(sorted(every), start=1)}


def _name(plan: Plan) -> str:
    """The hash of everything the rows depend on: format, declarations and the bytes of every file read."""
    digest = hashlib.sha256(f"{FORMAT} {__version__}".encode())
    for release in plan.releases:
        columns = [(item.name, item.kind.name, item.headings) for item in release.dataset.columns]
        digest.update(repr((release.name, columns)).encode())
        for file in files_of(release.parts):
            digest.update(f"{file.name} {file.sha256}".encode())
    return digest.hexdigest()[:16]


def _compile(
    plan: Plan, files: dict[str, tuple[int, OfficialFile]], folder: Path, progress: Progress
) -> tuple[int, dict[str, object]]:
    rows_folder = folder / "rows"
    rows_folder.mkdir()
    staged = stage(plan, rows_folder, lambda text, share: progress(text, share * 0.6))
    _refuse_shrunk(plan, staged)
    names = {number: name for name, (number, _) in files.items()}
    compiler = Compiler(folder, names.__getitem__)
    releases = _staged_releases(plan, staged, files)
    done, total = 0, sum(item.rows for item in staged) or 1
    for _, group in groupby(releases, key=lambda item: item.dataset.id):
        chain = list(group)
        compiler.add(chain[0].dataset, chain)
        for file in (file for release in chain for file in release.files):
            file.path.unlink()
            done += file.rows
        progress(f"stored {chain[0].dataset.id}", 0.6 + 0.3 * done / total)
    _record_files(compiler, plan, releases, files)
    progress("indexing words", 0.92)
    write_documents(compiler.db)
    compiler.close()
    rows_folder.rmdir()
    progress("done", 1.0)
    return total, _manifest(plan, staged, files)


def _refuse_shrunk(plan: Plan, staged: list[Staged]) -> None:
    """An edition with fewer than half the rows of the one before it is a truncated file until shown otherwise."""
    counts = [sum(item.rows for item in staged if item.release == at) for at in range(len(plan.releases))]
    for at in range(1, len(plan.releases)):
        before, here = plan.releases[at - 1], plan.releases[at]
        if (before.dataset.id, before.from_package) != (here.dataset.id, here.from_package):
            continue
        if counts[at] < counts[at - 1] * SHRUNK:
            problem = f"{here.name} has {counts[at]:,} rows, {before.edition} has {counts[at - 1]:,}: it looks truncated"
            raise BadFile(here.parts[0].main[2].name, problem)


def _staged_releases(
    plan: Plan, staged: list[Staged], files: dict[str, tuple[int, OfficialFile]]
) -> list[StagedRelease]:
    return [
        StagedRelease(
            at + 1,
            release.dataset,
            release.edition.id,
            release.edition.effective,
            release.from_package,
            tuple(
                StagedFile(item.path, files[item.part.main[2].name][0], item.rows)
                for item in staged
                if item.release == at
            ),
        )
        for at, release in enumerate(plan.releases)
    ]


def _record_files(
    compiler: Compiler,
    plan: Plan,
    releases: list[StagedRelease],
    files: dict[str, tuple[int, OfficialFile]],
) -> None:
    landing = {file.name: release.dataset.landing for release in plan.releases for file in files_of(release.parts)}
    compiler.db.execute("begin")
    compiler.db.executemany(
        "insert into file values (?, ?, ?, ?, ?, ?)",
        [
            (number, name, file.sha256, str(file.path.resolve()), json.dumps(file.members), landing[name])
            for name, (number, file) in files.items()
        ],
    )
    compiler.db.executemany("insert into release_file values (?, ?, ?, ?)", _links(plan, releases, files))
    compiler.db.execute("commit")


def _links(
    plan: Plan, releases: list[StagedRelease], files: dict[str, tuple[int, OfficialFile]]
) -> list[tuple[int, int, str, int]]:
    return [
        (staged.id, files[file.name][0], edition.part, place)
        for staged, release in zip(releases, plan.releases, strict=True)
        for part in release.parts
        for place, (_, edition, file) in enumerate(part.files)
    ]


def _manifest(
    plan: Plan, staged: list[Staged], files: dict[str, tuple[int, OfficialFile]]
) -> dict[str, object]:
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


def inputs_of(release: ReleasePlan) -> list[Path]:
    """The archives and files a release was read from, as given."""
    return sorted({file.path for file in files_of(release.parts)})
