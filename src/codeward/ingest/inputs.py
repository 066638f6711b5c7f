"""Inputs: what the library in use was built from, so that a build can add to it."""

from __future__ import annotations

import json
from pathlib import Path

from codeward.core.faults import BadInput, NotLoaded
from codeward.ingest.build import own_tables
from codeward.store.home import Home


def inputs_in_use(home: Home) -> list[Path]:
    """The archives and files behind the library in use; BadInput when one is no longer there."""
    try:
        manifest = json.loads((home.current() / "manifest.json").read_text(encoding="utf-8"))
    except NotLoaded:
        return []
    paths = dict.fromkeys(Path(file["path"]) for file in manifest["files"].values())
    given = [path for path in paths if not path.is_relative_to(own_tables())]
    for path in given:
        if not path.is_file():
            raise BadInput(f"{path} is gone: the library in use was built from it, so nothing can be added to it")
    return given
