"""Capabilities: what a model was found to be fit for, kept in a small file of the library home."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path

FILE = "models.json"
MOST_MODELS = 50


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a model may be asked for; before `codeward doctor` was run, everything, because nothing depends on it."""

    pick: bool = True
    """To pick an intent where words do not tell."""
    word: bool = True
    """To connect the statements of a reply."""
    stream: bool = True
    """To send its wording in pieces."""
    probed: bool = False


def known_capabilities(home: Path, shown: str) -> Capabilities:
    """What is kept of a model, by its address as shown; a file that cannot be read counts as none."""
    found = _read(home).get(shown)
    if not isinstance(found, dict):
        return Capabilities()
    return Capabilities(**{item.name: bool(found.get(item.name, True)) for item in fields(Capabilities)})


def keep_capabilities(home: Path, shown: str, found: Capabilities) -> None:
    """Keep what was found, in one step."""
    kept = {**_read(home), shown: asdict(found)}
    home.mkdir(parents=True, exist_ok=True)
    aside = home / f"{FILE}.{os.getpid()}"
    aside.write_text(json.dumps(dict(list(kept.items())[-MOST_MODELS:]), indent=1) + "\n", encoding="utf-8")
    aside.replace(home / FILE)


def _read(home: Path) -> dict[str, object]:
    try:
        found = json.loads((home / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
