"""A citation is one word that says exactly where a fact was read, and reads back to the same place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codeward.core.sources import Source, read_citation

SHA = "0" * 64
FILE_NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=40)
PLACES = st.one_of(
    st.integers(1, 3_000_000),
    st.from_regex(
        r"/ICD10CM\.tabular/chapter\[[0-9]{1,2}\]/section\[[0-9]\]/diag(\[[0-9]\])?(@[A-Z])?", fullmatch=True
    ),
    st.from_regex(r"map_ncci/[0-9A-Z]{5}\|[0-9]{1,5}", fullmatch=True),
)
EDITIONS = st.sampled_from(["2025D", "v30.2", "FY2026", "2026-04", "2026Q2-oce", "PY2026"])


def source(file: str, line: int | str, edition: str = "2025D") -> Source:
    """A source of the fee schedule."""
    return Source("mpfs-rvu", edition, file, line, SHA, "https://www.cms.gov/")


def test_a_citation_names_dataset_edition_file_and_line() -> None:
    assert source("PPRRVU2025_Oct.csv", 16).citation == "mpfs-rvu@2025D:PPRRVU2025_Oct.csv#16"


@given(FILE_NAMES, PLACES, EDITIONS)
def test_citation_reads_back_to_the_same_place(file: str, line: int | str, edition: str) -> None:
    cited = source(file, line, edition)
    found = read_citation(cited.citation)
    assert (found.dataset, found.edition, found.file, found.line) == ("mpfs-rvu", edition, file, str(line))


@given(FILE_NAMES, PLACES)
def test_citation_is_one_word(file: str, line: int | str) -> None:
    assert len(source(file, line).citation.split()) == 1


@given(FILE_NAMES, PLACES)
def test_source_object_reads_back_with_its_hash(file: str, line: int | str) -> None:
    found = read_citation(json.dumps(source(file, line).as_dict()))
    assert (found.file, found.line, found.sha256) == (file, str(line), SHA)


@pytest.mark.parametrize(
    "text", ["", "17314", "mpfs-rvu", "mpfs-rvu@2025D", "mpfs-rvu@2025D:file.csv", "{", "{}", "[]", '{"dataset": 1}']
)
def test_other_texts_are_no_citation(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a (citation|source object)"):
        read_citation(text)


def test_source_has_the_fields_of_the_contract() -> None:
    assert {"dataset", "edition", "file", "line", "sha256", "url"} <= set(source("a.csv", 1).as_dict())
