"""Masking: identifiers are covered wherever notes have them, and clinical language is left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeward.services.notes.masked_numbers import is_npi
from codeward.services.notes.masking import COVER, mask_identifiers
from services.notes.clinical_terms import KEPT
from services.notes.identifiers import IDENTIFIERS


@pytest.mark.parametrize(("kind", "text", "identifier"), IDENTIFIERS)
def test_an_identifier_is_covered_and_named(kind, text, identifier):
    masked, found = mask_identifiers(text)
    start = text.rindex(identifier)
    assert set(masked[start : start + len(identifier)]) <= {COVER, " ", ","}, masked
    assert kind in {item.kind for item in found if item.start < start + len(identifier) and start < item.end}


@pytest.mark.parametrize("text", KEPT)
def test_clinical_language_is_left_alone(text):
    assert mask_identifiers(text) == (text, ())


def test_the_lists_are_as_long_as_promised():
    assert len(IDENTIFIERS) >= 80
    assert len(KEPT) >= 200
    assert len({kind for kind, _, _ in IDENTIFIERS}) >= 18


