"""Layout: the files of a word index and the shape of their rows, shared by writing and reading."""

from __future__ import annotations

import numpy as np

from codeward.store.word_index.phrases import KINDS

FOLDER = "search"
INDEX = "index"
CODES, CODE_WORDS = "codes.npy", "code_words.npy"
PHRASES, SAID, MAY_SAY = "phrases.npy", "said.npy", "may_say.npy"
FAMILIES, FAMILY_STARTS = "families.npy", "family_starts.npy"
WORDS = "words.json"

CODE_ROW = np.dtype(
    [
        ("system", "u1"),
        ("code", "S10"),
        ("first_day", "i4"),
        ("last_day", "i4"),
        ("billable", "?"),
        ("parent", "i4"),
        ("family", "i4"),
        ("side", "u1"),
        ("episode", "u2"),
        ("trimester", "u1"),
        ("other", "?"),
        ("vague", "?"),
        ("dataset", "u1"),
        ("chapter", "u1"),
    ]
)
"""A code once: days as ordinals, `parent` a row or -1, `episode` a place in the list of
episodes, `chapter` the number of the ICD-10-CM chapter (0: none)."""

PHRASE_ROW = np.dtype([("code", "i4"), ("kind", "u1"), ("other", "?"), ("weight", "f4"), ("head", "u2")])
"""A phrase: the row of the code it leads to, the summed rarity of what it says, the stem it is about (0: none)."""

SAID_WIDTH, MAY_WIDTH, CODE_WIDTH = 20, 24, 14
"""Stems kept of a phrase and of a title; the longest real titles have a few more."""

POOLS = ("d", "o", "p")
"""Diagnoses, other texts, ICD-10-PCS: asked apart, so that tens of thousands of one never crowd out another."""


def pool_of(kind: str) -> str:
    """The pool that a kind of phrase is asked in."""
    return {"text": "o", "procedure": "p"}.get(kind, "d")


KIND_AT = {kind: at for at, kind in enumerate(KINDS)}
