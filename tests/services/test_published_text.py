"""Published text: markup in entities, twice over, becomes lines; hostile text costs no more than its length."""

from __future__ import annotations

import time

import pytest

from codeward.services.coverage.prose import plain_prose
from codeward.services.published_text import lines_of


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        ("Plain words,\nnext line", ("Plain words,", "next line")),
        ("&amp;lt;p&amp;gt;caf&amp;amp;eacute; &amp;lt;b&amp;gt;bold&amp;lt;/b&amp;gt;&amp;lt;/p&amp;gt;after",
         ("café bold", "after")),
        ("&lt;ul&gt;&lt;li&gt;one&lt;/li&gt;&lt;li&gt;two&lt;/li&gt;&lt;/ul&gt;", ("one", "two")),
        ("<p>one\nsentence</p><!-- unseen --><script>alert(1)</script><p>more</p>", ("one sentence", "more")),
        ("a &lt; b", ("a < b",)),
        ("<!-- only this -->", ()),
        ("bad\x00byte", ("badbyte",)),
    ],
)  # fmt: skip
def test_lines(text: str, lines: tuple[str, ...]) -> None:
    assert lines_of(text) == lines


@pytest.mark.parametrize("piece", ["<p", "&amp;lt;", "<!--", "<a ", "&", "</", "<div>", "<aaaaaaaa", "\n"])
def test_a_million_characters_are_read_at_once(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    start = time.process_time()
    lines_of(text)
    assert time.process_time() - start < 3


def test_one_long_tag_that_never_ends() -> None:
    start = time.process_time()
    lines_of("<" + "a" * 1_000_000)
    assert time.process_time() - start < 3


def test_group_prose_reads_a_long_tag_that_never_ends_at_once() -> None:
    start = time.process_time()
    plain_prose("<" + "a" * 1_000_000)
    assert time.process_time() - start < 3
