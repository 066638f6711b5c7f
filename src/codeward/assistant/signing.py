"""Signing: this installation's own Ed25519 key, made once, and signatures of anybody's."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from codeward.core.faults import BadInput

KEY_FILE = "answer-signing.key"
"""In the library home: 64 hexadecimal digits that only its owner may read."""


def key_of(home: Path) -> SigningKey:
    """The key of a library home, made at the first need; BadInput where it can be neither read nor written."""
    file = home / KEY_FILE
    try:
        if not file.exists():
            _make(file)
        return SigningKey(bytes.fromhex(file.read_text(encoding="ascii").strip()))
    except (OSError, ValueError) as error:
        raise BadInput(f"{file}: no answer can be signed: {getattr(error, 'strerror', None) or error}") from None


def public_key_of(home: Path) -> str:
    """The public half of a home's key in hexadecimal; empty where it has none yet."""
    with suppress(OSError, ValueError):
        return public_half(SigningKey(bytes.fromhex((home / KEY_FILE).read_text(encoding="ascii").strip())))
    return ""


def public_half(key: SigningKey) -> str:
    """The public half of a key in hexadecimal."""
    return key.verify_key.encode().hex()


def signature(key: SigningKey, data: bytes) -> str:
    """The signature of data in hexadecimal."""
    return key.sign(data).signature.hex()


def is_signed(data: bytes, public_key: str, value: str) -> bool:
    """Whether a signature is that of the data by the owner of a public key."""
    try:
        VerifyKey(bytes.fromhex(public_key)).verify(data, bytes.fromhex(value))
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True


def _make(file: Path) -> None:
    """Whole at once and never a second time: of two who make it together, both go on with the first one's."""
    draft = file.with_name(f".{file.name}-{os.getpid()}-{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as new:
        new.write(SigningKey.generate().encode().hex() + "\n")
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
