"""A note cut into pieces: nothing is lost, overlapping spans are told apart, and long notes are cut in linear time."""

from __future__ import annotations

from time import perf_counter

from hypothesis import given
from hypothesis import strategies as st

import made_case
from codeward.core.codes import Code
from codeward.core.notes import Candidate, Masked, Mention, Note, Standing, Suggestion
from codeward.web.pages.marked_note import counted_standings, pieces_of, without_code

SPANS = st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=12)


def suggestion(text: str, mentions=(), spans=(), masked=()) -> Suggestion:
    """One candidate on the spans given."""
    found = tuple(Mention(text[start:end], start, end, Standing(negated=True), ()) for start, end in mentions)
    code = Candidate(Code("icd-10-cm", "E119"), "", 1.0, True, tuple(spans), "", "")
    return Suggestion(Note(text, tuple(Masked("name", *one) for one in masked), (), ()), found, (code,))


@given(mentions=SPANS, spans=SPANS, masked=SPANS)
def test_pieces_are_the_note(mentions, spans, masked):
    text = "The quick brown fox jumps over it"
    assert "".join(piece.text for piece in pieces_of(suggestion(text, mentions, spans, masked))) == text


def test_a_place_of_two_candidates_names_both():
    pieces = {piece.text: piece for piece in pieces_of(made_case.suggestion())}
    assert pieces["Basal cell carcinoma"].numbers == (2, 3)
    assert pieces["Basal cell carcinoma"].ending.numbers == (3,)
    assert pieces[" of the right upper eyelid"].ending.numbers == (2,)


def test_where_two_standings_meet_the_graver_is_told():
    both = Mention("gout", 0, 4, Standing(negated=True, historical=True), ())
    told = Suggestion(Note("gout", (), (), ()), (both,), ())
    assert pieces_of(told)[0].standing == "denied" and counted_standings(told.mentions) == [("denied", 1)]


def test_what_has_a_candidate_is_not_told_as_without_one():
    assert without_code(made_case.suggestion()) == ["Red scaly spots"]


def test_a_long_note_is_cut_in_linear_time():
    spans = [(at, at + 8) for at in range(0, 180_000, 9)]
    given = suggestion("diabetes " * 20_000, spans, spans, [(at, at + 2) for at, _ in spans])
    started = perf_counter()
    assert len(pieces_of(given)) > 40_000 and without_code(given) == []
    assert perf_counter() - started < 20
