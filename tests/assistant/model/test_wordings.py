"""Nothing that a model says by itself is let through, and hardly a faithful wording is lost."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from itertools import permutations

import pytest

from codeward.assistant.model.draft import Draft, Refused
from codeward.assistant.model.order import order_of
from codeward.assistant.model.phrases import ANY, CLOSING, fact_words, fault_in, phrases_before
from codeward.assistant.reply import CLARIFY, REFUSE, Reply, cited
from model_server.mutations import (
    INJECTIONS,
    OPERATORS,
    RELATIONS,
    correct,
    out_of_order,
    relation,
    slots,
    with_order_in_note,
)  # fmt: skip
from model_server.replies import DELETED, PAIR, REPLIES, UNITS

ROLES = ("verdict", "why", "quote", "note", "change", "caveat")


def worded(reply: Reply, text: str, pieces: int = 0) -> str | None:
    """What is shown of a model's text; None where it is refused."""
    draft = Draft(reply)
    parts = [text[at : at + pieces] for at in range(0, len(text), pieces)] if pieces else [text]
    try:
        for part in parts:
            list(draft.add(part))
        return draft.end()
    except Refused:
        return None


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.intent)
def test_a_correct_wording_is_let_through_with_every_statement_verbatim(reply: Reply) -> None:
    shown = worded(reply, correct(reply))
    assert shown is not None
    numbers = {source: number for number, source in enumerate(reply.sources, start=1)}
    assert all(shown.count(cited(item, numbers)) == 1 for item in reply.statements)


@pytest.mark.parametrize("name", OPERATORS)
def test_no_mutated_answer_is_let_through(name: str) -> None:
    rng = random.Random(name)
    texts = {(reply.intent, OPERATORS[name](reply, rng)): reply for reply in REPLIES for _ in range(60)}
    assert len(texts) >= 30
    assert [text for (_, text), reply in texts.items() if worded(reply, text) is not None] == []


def test_more_than_a_thousand_mutated_answers_are_tried() -> None:
    found = {(name, text) for name, spoil in OPERATORS.items() for reply in REPLIES
             for rng in [random.Random(name)] for text in [spoil(reply, rng) for _ in range(60)]}  # fmt: skip
    assert len(found) >= 1_000


def test_no_false_relation_of_true_statements_is_let_through() -> None:
    rng = random.Random(6)
    made = [(reply, relation(reply, pattern, rng)) for reply in REPLIES for pattern in RELATIONS for _ in range(2)]
    made += [(reply, out_of_order(reply, rng)) for reply in REPLIES for _ in range(12)]
    assert len({text for _, text in made}) >= 200
    assert [text for reply, text in made if worded(reply, text) is not None] == []


OPENERS = (
    "In short: ", "Here is the answer: ", "To answer your question: ", "In short, ", "Briefly: ", "The short answer: ",
    "The answer to your question: ", "The answer is this: ", "Thank you for your question. Here is the answer:\n",
    "Hello! Here is the answer.\n\n", "Here is the short answer to your question:\n\n", "Summary: ", "In summary, ",
    "To begin with the answer: ", "Let me start with the answer.\n", "Answer: ", "Put simply: ", "",
    "Thanks for asking! ",
    "Happy to help. In short: ", "The bottom line is this: ", "In reply to your question: ",
    "Regarding your question: ",
    "To be brief: ", "Here is a short answer. ",
)  # fmt: skip
BEFORE = {
    "verdict": ("Also, ", "And ", "In addition, ", ""),
    "why": ("In detail: ", "Here are the details: ", "Also, ", "In addition, ", "Note that ", "Looking closer: ", "",
            "Moreover, ", "Furthermore, ", "For context: ", "As background: ", "Here are some more details:\n",
            "The facts are as follows: ", "It is also worth knowing that ", "And also: ", "To explain further: ",
            "By way of background, ", "Besides, ", "On top of that, ", "Here is a closer look:\n"),
    "quote": ("The document says: ", "To quote the document: ", "In the words of the document: ", "", "Also, ",
              "The official text reads: ", "From the document: ", "And here is the official wording: "),
    "note": ("From the practice notes: ", "Also, ", "A practice note says: ", "", "Here is a practice note: "),
    "change": ("What would change the answer: ", "Here is what would change the answer:\n", "", "Also, ",
               "And what could change this answer: "),
    "caveat": ("Please note: ", "Keep in mind: ", "However, ", "A caveat: ", "Please keep in mind that ",
               "But note that ",
               "A further point: ", "That said, ", "Please be aware that ", "", "And there is a caveat: ",
               "As a caution: ", "Please also note: ", "Here is another word of caution: "),
}  # fmt: skip
CLOSERS = ("", "", "", " I hope this helps.", " I hope this helps!", "\n\nHope that helps.",
           " Let me know if you have more questions.", "\nPlease feel free to ask further questions.",
           " The sources are cited beside each statement.",
           " If you have other questions, just ask.")  # fmt: skip
BETWEEN = (" ", "\n", "\n\n", "\n- ", ". ")


def faithful(reply: Reply, rng: random.Random) -> str:
    """A wording in one of many styles: phrases, lines, bullets, and any order of the statements that is allowed."""
    order, placed = order_of(reply.statements), []
    while len(placed) < len(reply.statements):
        placed.append(rng.choice([at for at in range(len(reply.statements)) if order.may_follow(at, placed)]))
    between, found = rng.choice(BETWEEN), slots(reply)
    parts = [rng.choice(BEFORE[reply.statements[at].role]) + found[at] for at in placed[1:]]
    return between.join([rng.choice(OPENERS) + found[placed[0]], *parts]) + rng.choice(CLOSERS)


def test_hardly_a_faithful_wording_is_refused() -> None:
    """Faithful is what keeps to phrases as the model is asked to write them, or near ones."""
    rng = random.Random(300)
    made = [(reply, faithful(reply, rng)) for _ in range(80) for reply in REPLIES]
    refused = [text for reply, text in made if worded(reply, text) is None]
    assert len(made) >= 300
    assert len(refused) <= len(made) * 0.02, refused[:10]


def test_a_text_in_pieces_is_judged_as_the_whole() -> None:
    rng = random.Random(1)
    for reply in REPLIES:
        for text in (faithful(reply, rng), correct(reply), relation(reply, RELATIONS[0], rng)):
            assert len({worded(reply, text, size) for size in (0, 1, 2, 3, 7, 50)}) == 1


@pytest.mark.parametrize("role", [*ROLES, CLOSING])
def test_no_phrase_states_anything(role: str) -> None:
    """Every string that may stand between statements is made of these, and none holds a word that states something."""
    found = phrases_before(role)
    assert found
    assert not [(phrase, word) for phrase in found for word in phrase if word in fact_words()]
    assert all(word.replace("'", "").replace("-", "").isalpha() for phrase in found for word in phrase)


@pytest.mark.parametrize("order", INJECTIONS)
def test_an_order_in_a_statement_is_shown_as_what_it_is_and_changes_nothing(order: str) -> None:
    reply = with_order_in_note(PAIR, order)
    shown = worded(reply, correct(reply))
    assert shown is not None
    assert order in shown
    assert worded(reply, f"{correct(reply)} {order}") is None


def test_a_slot_inside_a_statement_is_no_slot() -> None:
    reply = with_order_in_note(UNITS, "{{S1}} {{S9}}")
    shown = worded(reply, correct(reply))
    assert shown is not None
    assert shown.count("At most 6 units") == 1
    assert "{{S9}}" in shown


def test_only_orders_that_keep_the_meaning_are_allowed() -> None:
    found = slots(PAIR)
    allowed = [
        order for order in permutations(range(6)) if worded(PAIR, " ".join(found[at] for at in order)) is not None
    ]
    assert (0, 1, 2, 3, 4, 5) in allowed
    assert (0, 3, 1, 2, 5, 4) in allowed, "the one that points back goes with the one it points at"
    assert all(order[0] == 0 and order.index(2) == order.index(1) + 1 for order in allowed)
    both = slots(DELETED)
    assert worded(DELETED, " ".join([both[1], both[0], *both[2:]])) is None, "the first verdict comes first"


@pytest.mark.parametrize(
    "text", ["also " * 200_000, "{{S1" * 250_000, "-" * 1_000_000, "{{S1}}" * 170_000, " " * 1_000_000]
)
def test_a_megabyte_is_refused_at_once(text: str) -> None:
    begun = time.process_time()
    assert worded(UNITS, text) is None
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("words", ["in short", "also", "the document says", "however", "a practice note says"])
def test_a_phrase_stands_only_before_its_role(words: str) -> None:
    fits = {role for role in ROLES if not fault_in(words, role)}
    assert fits == {
        "in short": {"verdict"}, "also": set(ROLES), "the document says": {"quote"}, "however": {"caveat"},
        "a practice note says": {"note"},
    }[words]  # fmt: skip
    assert ANY not in fits


@pytest.mark.parametrize("kind", [CLARIFY, REFUSE])
def test_refusals_and_questions_back_are_never_reworded(kind: str) -> None:
    from codeward.assistant.model.budget import Budget
    from codeward.assistant.model.endpoint import open_model
    from codeward.assistant.model.wording import polish

    asked = replace(UNITS, kind=kind)
    found = polish(asked, open_model("http://127.0.0.1:9#nobody"), Budget())
    assert found == replace(asked, not_polished=f"a reply of kind {kind} is never reworded")
