"""Home: the folder that holds built libraries, the pointer to the one in use, and the lock of a running build.

HOME/libraries/<hash>/        reference.db, parquet/, manifest.json   (never changed once named)
HOME/current                  link to the library in use, replaced in one step
HOME/acceptances.jsonl        which terms were accepted, when, and for how many users
HOME/packages/                downloaded starter packages
HOME/downloads/               files fetched from their publishers, and the ledger of them
HOME/batches/                 claims that people gave to the site, for some hours
HOME/answer-signing.key       the key that answer bundles are signed with
HOME/ask-feedback.jsonl       what readers said of answers
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codeward.core.faults import BadInput, NotFound, NotLoaded

UNFINISHED = "building-"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One line of the ledger: the terms, when they were accepted, and the users of the licence where told."""

    terms: str
    accepted: str
    users: int | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """One library folder and what stands in it."""

    root: Path

    @property
    def libraries(self) -> Path:
        """Where built libraries lie, one folder a hash."""
        return self.root / "libraries"

    @property
    def packages(self) -> Path:
        """Where the starter's packages are kept once downloaded."""
        return self.root / "packages"

    @property
    def downloads(self) -> Path:
        """Where files fetched from their publishers are kept."""
        return self.root / "downloads"

    def current(self) -> Path:
        """The folder of the library in use; NotLoaded when none was built yet."""
        try:
            name = (self.root / "current").readlink()
        except OSError:
            raise NotLoaded(
                f"no library in {self.root}: build one with `codeward library build --starter --accept ama-cpt`"
            ) from None
        return self.root / name

    def point_to(self, library: Path) -> None:
        """Put a built library in use, in one step that cannot be seen half done."""
        fresh = self.root / f".current-{os.getpid()}"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(Path("libraries") / library.name)
        fresh.replace(self.root / "current")
        _sync(self.root)

    def find(self, start: str) -> Path:
        """The one built library whose hash begins with `start`."""
        names = [path for path in self._built() if path.name.startswith(start.lower())]
        if not start or len(names) > 1:
            raise BadInput(f"{start!r} fits {len(names)} libraries: give more of the hash")
        if not names:
            raise NotFound(f"no built library has a hash beginning with {start!r}")
        return names[0]

    def accepted(self) -> dict[str, str]:
        """Terms accepted in this home and when."""
        return {name: entry.accepted for name, entry in self.acceptances().items()}

    def acceptances(self) -> dict[str, Acceptance]:
        """The last line of the ledger for each of the terms; lines from before users were counted have no count."""
        try:
            lines = (self.root / "acceptances.jsonl").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return {}
        held: dict[str, Acceptance] = {}
        for entry in map(json.loads, lines):
            if "withdrawn" in entry:
                held.pop(entry["terms"], None)
            else:
                held[entry["terms"]] = Acceptance(entry["terms"], entry["accepted"], entry.get("users"))
        return held

    def ledger_moved(self) -> int:
        """Changes whenever the ledger of terms does."""
        try:
            return (self.root / "acceptances.jsonl").stat().st_mtime_ns
        except OSError:
            return 0

    def record_acceptance(self, terms: str, when: str, users: int | None = None) -> None:
        """Add terms to the ledger, one line an acceptance; `users` is how many the operator's licence covers."""
        self._add_to_ledger({"terms": terms, "accepted": when} | ({} if users is None else {"users": users}))

    def record_withdrawal(self, terms: str, when: str) -> None:
        """Terms that hold no longer: what was loaded under them stays on disk and is not shown."""
        self._add_to_ledger({"terms": terms, "withdrawn": when})

    def _add_to_ledger(self, entry: dict[str, Any]) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "acceptances.jsonl").open("a", encoding="utf-8") as ledger:
            ledger.write(json.dumps(entry) + "\n")

    def _built(self) -> list[Path]:
        if not self.libraries.is_dir():
            return []
        return sorted(path for path in self.libraries.iterdir() if (path / "manifest.json").is_file())

    @contextmanager
    def building(self) -> Iterator[Path]:
        """A folder to build in, alone; what a killed build left behind is cleared first."""
        self.libraries.mkdir(parents=True, exist_ok=True)
        with (self.root / "build.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise BadInput(f"another build is running in {self.root}") from None
            for left in (*self.libraries.glob(UNFINISHED + "*"), *self.root.glob(".current-*")):
                shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
            folder = self.libraries / f"{UNFINISHED}{os.getpid()}"
            folder.mkdir()
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    def finish(self, folder: Path, name: str, manifest: dict[str, Any]) -> Path:
        """Name a complete build by its hash: manifest last, everything on disk before the rename."""
        shutil.rmtree(folder / "spill", ignore_errors=True)
        target = folder / "manifest.json"
        target.write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")
        for path in (*folder.rglob("*"), folder):
            _sync(path)
        final = self.libraries / name
        if final.exists():
            shutil.rmtree(final)
        folder.rename(final)
        _sync(self.libraries)
        return final


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
