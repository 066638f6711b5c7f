"""Wording: how sentences out of the tables of meanings run on inside a longer one."""

from __future__ import annotations


def run_on(sentence: str) -> str:
    """A sentence to stand behind a colon: its first letter small unless it begins with an abbreviation."""
    text = sentence.replace(": ", ", ")
    return text if text[:2].isalpha() and text[:2].isupper() else text[:1].lower() + text[1:]
