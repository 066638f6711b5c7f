"""Search finds codes by number, words, beginnings and misspelt words, and nothing typed can break it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeward.core.codes import SYSTEMS
from codeward.core.faults import BadInput
from codeward.services.search import Hit, search
from codeward.store.library import Library

ON = date(2025, 11, 1)


def hits(library: Library, text: str, on: date = ON, system: str | None = None, *, billable: bool = False) -> list[Hit]:
    """What was found, best first."""
    return list(search(library, text, on, system, billable=billable, most=50).value.hits)


def codes(library: Library, text: str, on: date = ON, system: str | None = None) -> list[str]:
    """The codes found, best first."""
    return [hit.code.shown for hit in hits(library, text, on, system)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("17311", "17311"),
        ("C44.1121", "C44.1121"),
        ("c44 1121", "C44.1121"),
        ("j1885", "J1885"),
        ("207ND0101X", "207ND0101X"),
        ("LT", "LT"),
        ("11", "11"),
    ],
)
def test_an_exact_code_comes_first(small_library: Library, text: str, first: str) -> None:
    found = hits(small_library, text)[0]
    assert (found.code.shown, found.why, found.score) == (first, "code", 100.0)


def test_the_beginning_of_a_code_finds_its_kin(small_library: Library) -> None:
    assert codes(small_library, "1731")[:5] == ["17311", "17312", "17313", "17314", "17315"]
    assert codes(small_library, "C44.11")[:2] == ["C44.11", "C44.112"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("basal cell right upper eyelid", "C44.1121"),
        ("upper eyelid basal", "C44.1121"),
        ("actinic keratosis", "L57.0"),
        ("ketorolac", "J1885"),
        ("mohs", "207ND0101X"),
        ("dermatopathology", "207ND0900X"),
        ("multiple sclerosis", "G35"),
    ],
)
def test_words_find_the_title(small_library: Library, text: str, code: str) -> None:
    assert code in codes(small_library, text)[:4]


def test_the_code_that_says_every_word_comes_first(small_library: Library) -> None:
    assert codes(small_library, "right lower eyelid", system="icd-10-cm")[0] == "C44.1122"


@pytest.mark.parametrize("text", ["keratos", "basal cell eyel", "ketorol"])
def test_the_last_word_may_be_unfinished(small_library: Library, text: str) -> None:
    assert hits(small_library, text)


@pytest.mark.parametrize(
    ("text", "code", "right"),
    [
        ("kerratosis", "L57.0", "keratosis"),
        ("ketorloac", "J1885", "ketorolac"),
        ("multiple sclreosis", "G35", "sclerosis"),
        ("basel carcinoma", "C44.11", "basal"),
    ],
)
def test_a_misspelt_word_is_corrected_and_said_so(small_library: Library, text: str, code: str, right: str) -> None:
    found = next(hit for hit in hits(small_library, text) if hit.code.shown == code)
    assert right in found.why


def test_a_right_word_is_not_corrected(small_library: Library) -> None:
    assert not any("spelling" in hit.why for hit in hits(small_library, "keratosis"))


def test_an_inclusion_term_is_a_synonym_and_named(small_library: Library) -> None:
    found = hits(small_library, "senile keratosis")[0]
    assert found.code.shown == "L57.0"
    assert found.why == "inclusion term: Senile keratosis"


def test_billable_leaves_headers_out(small_library: Library) -> None:
    every = hits(small_library, "basal cell carcinoma", system="icd-10-cm")
    usable = hits(small_library, "basal cell carcinoma", system="icd-10-cm", billable=True)
    assert {hit.billable for hit in every} == {True, False}
    assert {hit.code.shown for hit in usable} == {"C44.1121", "C44.1122"}


def test_billable_goes_by_the_day(small_library: Library) -> None:
    """G35 was billable until it was split: the day of service decides, not the newest edition."""
    on = date(2025, 5, 1)
    found = next(hit for hit in hits(small_library, "G35", on) if hit.code.shown == "G35")
    assert found.billable is True


def test_a_code_of_a_later_edition_is_not_found_before(small_library: Library) -> None:
    assert "G35.A" not in codes(small_library, "relapsing", date(2025, 5, 1))
    assert "G35.A" in codes(small_library, "relapsing", date(2026, 5, 1))


def test_system_filter_and_facets(small_library: Library) -> None:
    answer = search(small_library, "skin", ON, "hcpcs").value
    assert {hit.code.system for hit in answer.hits} == {"hcpcs"}
    assert answer.facets["icd-10-cm"] > 0
    assert answer.facets["hcpcs"] == len(answer.hits)


def test_most_limits_the_hits_not_the_facets(small_library: Library) -> None:
    answer = search(small_library, "skin", ON, most=1).value
    assert len(answer.hits) == 1
    assert sum(answer.facets.values()) > 1


def test_cpt_is_found_by_its_service_category(small_library: Library) -> None:
    found = hits(small_library, "mohs surgery", system="cpt")
    assert {hit.code.value for hit in found} == {"17311", "17313", "17314"}
    assert all(hit.title.startswith("Procedure") for hit in found)


def test_dental_codes_are_never_found(small_library: Library) -> None:
    assert not [code for code in codes(small_library, "D9999") if code.startswith("D9")]
    assert "D9999" not in codes(small_library, "dental")


def test_one_slip_is_near_and_three_are_not(small_library: Library) -> None:
    assert codes(small_library, "xqzwv") == []


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_text_is_refused(small_library: Library, text: str) -> None:
    with pytest.raises(BadInput, match="nothing to search for"):
        search(small_library, text, ON)


def test_three_hundred_characters_and_no_more(small_library: Library) -> None:
    assert search(small_library, "a" * 300, ON).value.query == "a" * 300
    with pytest.raises(BadInput, match="301 characters"):
        search(small_library, "a" * 301, ON)


@pytest.mark.parametrize(
    "text",
    [
        '"* OR',
        '"',
        "''",
        '"basal',
        "basal AND",
        "NOT basal",
        "NEAR(basal cell, 2)",
        "title:basal",
        "{title}: x",
        "*",
        "^basal",
        "basal -cell",
        "a'; drop table document; --",
        "\x00",
        "basal\x00cell",
        "🩺",
        "🩺 keratosis",
        "%",
        "_",
        "\\",
        "ß",
        "\u202e",
        "ﬁbrosis",
        "a" * 299,
        "1" * 300,
        ". . .",
        "--",
        "((((",
        "\ud800",
        "C44\udcff",
    ],
)
def test_hostile_texts_are_answered_or_refused(small_library: Library, text: str) -> None:
    try:
        found = search(small_library, text, ON).value
    except BadInput as fault:
        assert len(str(fault).splitlines()) == 1
    else:
        assert len(found.hits) <= 10


def test_words_beside_an_emoji_still_count(small_library: Library) -> None:
    assert "L57.0" in codes(small_library, "🩺 keratosis")


@settings(max_examples=200)
@given(st.text(min_size=1, max_size=60))
def test_any_text_is_answered_or_refused(small_library: Library, text: str) -> None:
    try:
        found = search(small_library, text, ON).value
    except BadInput:
        return
    assert all(hit.code.system in SYSTEMS for hit in found.hits)
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in found.hits), reverse=True)


@settings(max_examples=60)
@given(st.sampled_from(["17311", "C441121", "J1885", "207ND0101X", "L570", "G35"]), st.text(" .-", max_size=3))
def test_a_code_is_found_whatever_stands_between(small_library: Library, code: str, noise: str) -> None:
    typed = noise.join(code).lower()
    assert hits(small_library, typed)[0].code.value == code


def test_gap_of_the_answering_edition_is_told(small_library: Library) -> None:
    answer = search(small_library, "keratosis", ON)
    assert "icd-10-cm" in {caveat.dataset for caveat in answer.warnings}
