"""Bundle: an answer with all it rests on, signed, so that it can be shown and asked again years later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from codeward import __version__
from codeward.assistant.canonical import canonical, hash_of, read_canonical
from codeward.assistant.memory import Memory
from codeward.assistant.reply import Reply, plain_text
from codeward.assistant.reply_values import call_values, memory_values, read_memory, statement_values
from codeward.assistant.signing import is_signed, key_of, public_half, signature
from codeward.core.days import read_day
from codeward.core.faults import BadInput
from codeward.store.library import Library

FORMAT, VERSION = "codeward-answer", 1


class BadBundle(BadInput):
    """Not a bundle, or not as it was signed."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose signature and hashes hold; `body` is as docs/reference/answer-bundle.md describes it."""

    body: Mapping[str, Any]
    public_key: str

    @property
    def question(self) -> str:
        """The question, with identifiers masked."""
        return str(self.body["question"])

    @property
    def on(self) -> date:
        """The date of service it was asked for."""
        return read_day(self.body["on"])

    @property
    def memory(self) -> Memory:
        """What the question before had been about."""
        return read_memory(self.body["memory"])


def bundle_of(reply: Reply, library: Library, on: date, before: Memory, now: datetime) -> bytes:
    """The file: the reply to a question asked for `on` with the memory of the one `before`, signed by this home."""
    key = key_of(library.folder.parent.parent)
    unsigned = {
        "format": FORMAT,
        "version": VERSION,
        "body": body_of(reply, library, on, before, now.isoformat(timespec="seconds")),
        "public_key": public_half(key),
    }
    unsigned["hash"] = hash_of(unsigned["body"])
    signed = unsigned | {"signature": signature(key, canonical(unsigned))}
    return json.dumps(signed, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def body_of(reply: Reply, library: Library, on: date, before: Memory, made: str) -> dict[str, Any]:
    """Everything that is signed but for the envelope."""
    computed = plain_text(replace(reply, polished=""))
    return {
        "codeward": __version__,
        "made": made,
        "question": reply.question,
        "on": on.isoformat(),
        "memory": memory_values(before),
        "library": {
            "hash": library.hash,
            "built": str(library.manifest["built"]),
            "licence_mode": library.licence.mode,
        },
        "editions": editions_of(reply),
        "as_of": reply.as_of.isoformat(),
        "kind": reply.kind,
        "topic": reply.topic,
        "intent": reply.intent,
        "understood": reply.understood,
        "calls": [call_values(item) for item in reply.calls],
        "claims": [statement_values(item) for item in reply.statements],
        "warnings": list(reply.warnings),
        "not_loaded": list(reply.not_loaded),
        "answer": computed,
        "model": reply.model,
        "polished": reply.polished,
        "hashes": {
            "question": _hash(reply.question),
            "answer": _hash(computed),
            "claims": [hash_of(statement_values(item)) for item in reply.statements],
        },
    }


def editions_of(reply: Reply) -> list[dict[str, Any]]:
    """Editions that the answer cites, with the hashes of the cited files."""
    held: dict[tuple[str, str], dict[str, str]] = {}
    for source in reply.sources:
        held.setdefault((source.dataset, source.edition), {})[source.file] = source.sha256
    return [
        {"dataset": dataset, "edition": edition, "files": dict(sorted(files.items()))}
        for (dataset, edition), files in sorted(held.items())
    ]


def read_bundle(file: Path) -> Bundle:
    """A bundle of a file; BadBundle where it is none, was changed since it was signed, or is of a later format."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror}") from None
    try:
        return bundle_in(data)
    except BadInput as fault:
        raise BadBundle(f"{file}: {fault}") from None


def bundle_in(data: bytes) -> Bundle:
    """A bundle of the bytes of its file."""
    found = read_canonical(data)
    names = {"format", "version", "body", "public_key", "hash", "signature"}
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise BadBundle("this is not an answer bundle")
    if found.get("version") != VERSION:
        raise BadBundle(
            f"its format has version {str(found.get('version'))[:20]}: this program reads version {VERSION}"
        )
    if found.keys() != names:
        raise BadBundle(f"an answer bundle has exactly {', '.join(sorted(names))}")
    unsigned = {name: value for name, value in found.items() if name != "signature"}
    if not is_signed(canonical(unsigned), found["public_key"], found["signature"]):
        raise BadBundle("its signature does not hold: it was changed after it was signed")
    _check(found["body"], found["hash"])
    return Bundle(found["body"], found["public_key"])


def _check(body: Any, told: str) -> None:
    """Hashes and shapes; who signs with a key of his own can still not leave a body that says two things."""
    if not isinstance(body, dict) or hash_of(body) != told:
        raise BadBundle("its hash is not that of its body")
    try:
        hashes = body["hashes"]
        held = (_hash(body["question"]), _hash(body["answer"]), [hash_of(item) for item in body["claims"]])
        if held != (hashes["question"], hashes["answer"], hashes["claims"]):
            raise BadBundle("a hash in it is not that of what stands there")
        read_day(body["on"])
        read_memory(body["memory"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadBundle(f"a part of it is missing or malformed: {error}") from None


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
