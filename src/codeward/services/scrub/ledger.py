"""Ledger: what a run was made of, and which of its parts are done, so that a killed run goes on where it was."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from codeward import __version__
from codeward.services.scrub.inputs import InputFile
from codeward.services.scrub.order import Order
from codeward.store.library import Library

_ENDS = 1 << 20
"""Bytes at either end of an input that are hashed beside its size: the whole of five hundred million lines is not."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The working folder of a run, inside the folder of its results; `note` says why it begins anew, where it does."""

    folder: Path
    buckets: int
    note: str = ""

    def rows(self, file: InputFile) -> Path:
        """The folder of a file's rows, a folder for each bucket in it; whole once it has this name."""
        return self.folder / "rows" / f"{file.number:05}"

    def judged(self, bucket: int) -> Path:
        """The folder of a bucket's findings; whole once it has this name."""
        return self.folder / "judged" / f"{bucket:05}"

    def staged(self, file: InputFile) -> Path:
        """The folder of what a reader of claims made of a file; whole once it has this name."""
        return self.folder / "staged" / f"{file.number:05}"

    def began(self, place: Path) -> Path:
        """An empty folder to work in, which `done` gives the name of `place`."""
        draft = place.with_name(f"{place.name}.part")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        return draft

    def done(self, place: Path) -> None:
        """Name a draft: from now on it is whole, whatever happens."""
        place.with_name(f"{place.name}.part").replace(place)

    def clear(self) -> None:
        """Remove the working folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def open_ledger(library: Library, order: Order, inputs: Sequence[InputFile], buckets: int) -> Ledger:
    """The ledger of a run: the one that was begun where nothing changed since, else a new one."""
    folder = order.out / ".scrub"
    asked = _made_of(library, order, inputs, buckets)
    held = _read(folder / "run.json")
    note = "" if held is None else "asked to begin anew" if order.restart else _difference(held, asked)
    if held is None or note:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        draft = folder / "run.json.part"
        draft.write_text(json.dumps(asked, indent=1), encoding="utf-8")
        draft.replace(folder / "run.json")
    return Ledger(folder, buckets, note)


def _made_of(library: Library, order: Order, inputs: Sequence[InputFile], buckets: int) -> dict[str, Any]:
    return {
        "library": library.hash,
        "licence": sorted(library.licence.closed),
        "code": code_version(),
        "today": order.today.isoformat(),
        "buckets": buckets,
        "inputs": [[str(item.path), item.input, *_fingerprint(item.path)] for item in inputs],
    }


_WHY = {
    "library": "the library is another",
    "licence": "the terms that hold are others",
    "code": "the rules are others",
    "today": "the day is another",
    "buckets": "the memory given is another",
    "inputs": "the inputs changed",
}


def _difference(held: dict[str, Any], asked: dict[str, Any]) -> str:
    return "; ".join(why for key, why in _WHY.items() if held.get(key) != asked[key])


def _fingerprint(path: Path) -> tuple[int, int, str]:
    about = path.stat()
    seen = hashlib.sha256()
    with path.open("rb") as file:
        seen.update(file.read(_ENDS))
        file.seek(max(about.st_size - _ENDS, 0))
        seen.update(file.read(_ENDS))
    return about.st_size, about.st_mtime_ns, seen.hexdigest()


@cache
def code_version() -> str:
    """Codeward's version and a hash of everything that rules are made of."""
    seen = hashlib.sha256()
    for file in _walk(files("codeward.rules")):
        seen.update(file.name.encode() + b"\0" + file.read_bytes())
    return f"{__version__}+{seen.hexdigest()[:16]}"


def _walk(folder: Traversable) -> list[Traversable]:
    found = []
    for item in sorted(folder.iterdir(), key=lambda one: one.name):
        if item.is_dir():
            found += _walk(item)
        elif item.name.endswith((".py", ".sql", ".toml", ".csv")):
            found.append(item)
    return found


def _read(file: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found
