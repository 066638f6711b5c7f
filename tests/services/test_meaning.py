"""Meaning adds what words do not say, says so, and changes nothing where it is not at hand."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest

from codeward.core.faults import BadInput
from codeward.services.search import Hit, meaning, search
from codeward.services.search.find import speller_of
from codeward.services.search.narrowing import Narrowing
from codeward.services.search.question import read_question, spelled_out
from codeward.services.search.ranking import rank
from codeward.services.search.reasons import reason
from codeward.store.library import Library
from codeward.store.meaning import embedder as embedding
from codeward.store.meaning import vectors
from codeward.store.meaning.embedder import WIDTH, Vectors, embedder
from codeward.store.meaning.vectors import Meanings, as_said, write_meanings
from codeward.store.meaning.wordpiece import LONGEST, pieces
from codeward.store.search import wording
from making import build_library

ON = date(2025, 11, 1)
MEANS = {"sunspot": "actinic keratosis"}
ASKED = "sunspot eyelid"


class Made:
    """An embedder of our own making: words that are the same, or said to be, have the same vector."""

    def embed(self, text: str) -> Vectors:
        return next(found for _, found in self.embed_all([text]))[0]

    def embed_all(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Vectors]]:
        for at, text in enumerate(texts):
            words = [one for word in text.lower().split() for one in MEANS.get(word, word).split()]
            found = sum(map(_vector, words), np.zeros(WIDTH))
            yield [at], (found / max(1.0, np.linalg.norm(found)))[None, :].astype(np.float32)


def _vector(word: str) -> np.ndarray:
    return np.random.default_rng(zlib.crc32(word.encode())).normal(size=WIDTH) * 0.05


@pytest.fixture
def with_meanings(small_library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """A copy of the small library with the meanings that `Made` gives, which reads questions, too."""
    folder = tmp_path / "libraries" / small_library.folder.name
    shutil.copytree(small_library.folder, folder)
    monkeypatch.setattr(vectors, "embedder", Made)
    monkeypatch.setattr(meaning, "embedder", Made)
    write_meanings(folder, lambda share: None)
    return Library(folder, small_library.licence)


def hits(library: Library, text: str) -> list[Hit]:
    return list(search(library, text, ON).value.hits)


def test_what_no_word_says_is_found_by_meaning_and_says_so(small_library: Library, with_meanings: Library) -> None:
    index = with_meanings.word_index
    question = read_question(ASKED, speller_of(index))
    narrowing = Narrowing(index, question, ON.toordinal())
    near = meaning.nearness(with_meanings, ASKED, question, speller_of(index))
    found = {index.code_text(item.row): item for item in rank(index, question, narrowing, nearness=near)}
    assert "L570" not in [index.code_text(item.row) for item in rank(index, question, narrowing)]
    why = reason(with_meanings, index, question, found["L570"])
    assert why.startswith("near in meaning: ")
    assert "actinic keratosis" in why.lower()


def test_meaning_raises_what_is_near_to_it(small_library: Library, with_meanings: Library) -> None:
    plain, near = (
        {hit.code.shown: hit.score for hit in hits(library, "sunspot skin")}
        for library in (small_library, with_meanings)
    )
    assert near["L57.0"] > plain.get("L57.0", 0.0) + 10


def test_a_wording_that_says_the_words_keeps_its_own_reason(with_meanings: Library) -> None:
    first = hits(with_meanings, "actinic keratosis")[0]
    assert first.code.shown == "L57.0"
    assert "meaning" not in first.why


@pytest.mark.parametrize("text", [ASKED, "basal cell right upper eyelid", "actinic keratosis", "ketorolac", "17311"])
def test_without_the_extra_a_library_with_meanings_answers_as_one_without(
    small_library: Library, with_meanings: Library, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(meaning, "embedder", lambda: None)
    answer, plain = search(with_meanings, text, ON), search(small_library, text, ON)
    assert answer.value == plain.value
    assert [item.text for item in answer.warnings] == [item.text for item in plain.warnings]


@pytest.mark.parametrize("text", ["17311", "qzxv", "18.3"])
def test_what_has_no_word_of_a_code_set_has_no_meaning(
    small_library: Library, with_meanings: Library, text: str
) -> None:
    assert hits(with_meanings, text) == hits(small_library, text)


def test_codes_out_of_force_are_not_found_by_meaning(with_meanings: Library) -> None:
    found = search(with_meanings, "sunspot skin", date(1999, 1, 1)).value.hits
    assert "icd-10-cm" not in {hit.code.system for hit in found}


def test_meanings_of_another_model_are_not_read(with_meanings: Library) -> None:
    (with_meanings.folder / "search" / vectors.MADE_BY).write_text('{"model": "another", "scale": 400.0}')
    assert Library(with_meanings.folder, with_meanings.licence).meanings is None


def test_the_short_list_by_signs_holds_the_nearest(with_meanings: Library) -> None:
    meanings = with_meanings.meanings
    assert isinstance(meanings, Meanings)
    asked = Made().embed("basal cell carcinoma of skin of left upper eyelid")
    nearest = meanings.nearest(asked, 5)
    near = meanings.near(asked, nearest)
    assert near[0] > 0.6
    assert list(near) == sorted(near, reverse=True)
    assert max(meanings.near(asked, np.arange(len(with_meanings.word_index.phrases)))) == near[0]


def test_titles_stand_first_among_phrases_one_a_family(small_library: Library) -> None:
    index = small_library.word_index
    families = max(index.family_of) + 1
    codes = index.phrases["code"][:families].tolist()
    assert [index.family_of[code] for code in codes] == list(range(families))


def test_an_abbreviation_is_embedded_in_whole_words(small_library: Library) -> None:
    speller = speller_of(small_library.word_index)
    assert spelled_out("bcc r eyelid", speller) == "basal cell carcinoma r eyelid"
    assert read_question("bcc", speller).parts


def test_an_index_path_is_read_as_a_sentence() -> None:
    assert as_said("Hypoplasia, hypoplastic > endometrium", "index") == "Hypoplasia endometrium"
    assert as_said("Pain, unspecified", "title") == "Pain, unspecified"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("hello world", [101, 7592, 2088, 102]),
        ("Héllo, WORLD", [101, 7592, 1010, 2088, 102]),
        ("", [101, 102]),
        ("x" * 101, [101, 100, 102]),
    ],
)
def test_texts_are_cut_into_the_pieces_of_the_model(text: str, numbers: list[int]) -> None:
    assert pieces(text) == numbers


@pytest.mark.parametrize("text", ["a" * 1_000_000, "a " * 500_000, "_" * 1_000_000])
def test_a_long_text_is_cut_off(text: str) -> None:
    assert len(pieces(text)) <= LONGEST


def test_a_build_that_asks_for_meanings_without_the_extra_says_what_to_do(
    tmp_path: Path, small_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CODEWARD_MEANING", "1")
    monkeypatch.setattr(vectors, "embedder", lambda: None)
    with pytest.raises(BadInput, match=r"pip install 'codeward\[meaning\]'"):
        build_library(tmp_path, small_files)
    assert not (tmp_path / "current").exists()


def test_a_build_that_does_not_ask_for_meanings_writes_none(small_library: Library) -> None:
    assert small_library.meanings is None
    assert not list((small_library.folder / "search").glob("meaning*"))


def test_a_file_that_is_not_the_known_model_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.onnx").write_bytes(b"another model")
    carrier = type("Carrier", (), {"locate_file": staticmethod(lambda name: tmp_path / "model.onnx")})
    monkeypatch.setattr(embedding.metadata, "distribution", lambda name: carrier)
    assert embedder.__wrapped__() is None


def test_the_real_model_knows_what_a_heart_attack_is(
    tmp_path: Path, small_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("onnxruntime", reason="the extra `meaning` is not installed")
    try:
        metadata.distribution(embedding.PACKAGE)
    except metadata.PackageNotFoundError:
        pytest.skip("the extra `meaning` is not installed")
    model = embedder()
    assert model is not None
    heart, infarction, foot = (
        model.embed(text) for text in ("heart attack", "myocardial infarction", "open wound of foot")
    )
    assert heart @ infarction > heart @ foot + 0.2
    monkeypatch.setenv("CODEWARD_MEANING", "1")
    built = build_library(tmp_path, small_files)
    library = Library(built.folder)
    assert library.meanings is not None
    nearest = library.meanings.nearest(model.embed("rough scaly patch of skin from the sun"), 1)
    assert "keratosis" in wording(library, int(nearest[0])).lower()
