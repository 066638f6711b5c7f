"""Feedback: what a reader thought of an answer, one line in a file of the library home, without a name or address."""

from __future__ import annotations

import fcntl
import json
import os
from datetime import datetime
from pathlib import Path

from codeward.assistant.reading.identifiers import cover_identifiers
from codeward.core.faults import BadInput

FILE = "ask-feedback.jsonl"
VERDICTS = ("useful", "wrong")
LONGEST = 1000
"""Characters of the words beside a verdict."""
LARGEST = 5_000_000
"""Bytes of the file; nothing more is written until somebody has read it and put it away."""


def keep_feedback(home: Path, about: dict[str, str], verdict: str, words: str, now: datetime) -> None:
    """Add a line: the masked question, the hash of the answer, the library, the verdict and masked words."""
    if verdict not in VERDICTS:
        raise BadInput(f"{verdict[:20]!r} is no verdict: expected {' or '.join(VERDICTS)}")
    if len(words) > LONGEST:
        raise BadInput(f"the words have {len(words):,} characters: expected at most {LONGEST:,}")
    said = cover_identifiers(" ".join(words.split()))[0]
    line = {"day": now.date().isoformat(), **about, "verdict": verdict, "words": said}
    data = json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    try:
        _append(home / FILE, data)
    except OSError as error:
        raise BadInput(f"feedback cannot be kept here: {error.strerror}") from None


def _append(file: Path, data: bytes) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if held.tell() + len(data) > LARGEST:
            raise BadInput("no more feedback is kept: the file of it is full")
        held.write(data)
