"""`codeward ask`: a question in words, a cited answer out of the library."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from codeward.assistant.bundle import Bundle, bundle_of, read_bundle
from codeward.assistant.memory import Memory
from codeward.assistant.modelled import helper_at
from codeward.assistant.replay import SAME, Comparison, Difference, replay
from codeward.assistant.reply import NOT_LOADED, Reply, Statement, cited
from codeward.assistant.signing import public_key_of
from codeward.core.faults import BadInput
from codeward.store.library import Library
from codeward.tools.asked_documents import replay_document, reply_document
from codeward.tools.cli import output
from codeward.tools.cli.options import AsJson, LibraryHome, OnDay, day, model_key, model_setting, now, opened

LONGEST = 8000
"""Characters of one question, as many as are read."""
HEADS = {
    "answer": "Answer",
    "refuse": "Not answered, and why",
    "not_loaded": "Not in the library",
    "clarify": "One question first",
}


def ask(
    question: Annotated[str, typer.Argument(help="A question in words: codes, dates and states stand in it.")] = "",
    file: Annotated[
        str, typer.Option("--file", metavar="FILE|-", help="One question a line; answers {queries: [...]}.")
    ] = "",
    model: Annotated[
        str, typer.Option("--model", metavar="URL#NAME", help="A language model that words the connecting text.")
    ] = "",
    bundle: Annotated[
        str, typer.Option("--bundle", metavar="FILE", help="Also write the answer as a signed bundle.")
    ] = "",
    replayed: Annotated[
        str, typer.Option("--replay", metavar="FILE", help="Ask a bundle's question again; exit 1 where it changed.")
    ] = "",
    on: OnDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """Ask in a sentence; every statement of the answer is cited, and what is not loaded or not answered is said."""
    if replayed:
        _refuse_beside("--replay", question=question, file=file, bundle=bundle, on=on)
        _replay(read_bundle(Path(replayed)), opened(library), as_json)
        return
    if file:
        _refuse_beside("--file", question=question, bundle=bundle)
    texts = _lines(file) if file else [question]
    for text in texts:
        _bounded(text)
    held, when = opened(library), day(on)
    replies = [_reply(held, text, when, model_setting(model)) for text in texts]
    if bundle:
        _write(Path(bundle), bundle_of(replies[0], held, when, Memory(), now()))
    if as_json:
        found = [reply_document(reply) for reply in replies]
        output.say_json({"queries": found} if file else found[0])
    else:
        for line in (line for reply in replies for line in _told(reply)):
            output.out.print(line, markup=False, soft_wrap=True)
    if not file:
        raise typer.Exit(_status(replies[0]))


def _refuse_beside(option: str, **given: str) -> None:
    for name, value in given.items():
        if value:
            raise BadInput(f"{option} stands alone: leave out the {'question' if name == 'question' else f'--{name}'}")


def _write(file: Path, data: bytes) -> None:
    try:
        file.write_bytes(data)
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror}") from None
    output.err.print(f"bundle written to {file}", markup=False, soft_wrap=True)


def _replay(found: Bundle, held: Library, as_json: bool) -> None:
    own = public_key_of(held.folder.parent.parent) == found.public_key
    compared = replay(found, held)
    if as_json:
        output.say_json(replay_document(found, own, compared))
    else:
        for line in _told_again(found, own, compared):
            output.out.print(line, markup=False, soft_wrap=True)
    raise typer.Exit(0 if compared[0].is_same else 1)


def _told_again(found: Bundle, own: bool, compared: tuple[Comparison, ...]) -> Iterator[str]:
    yield f"{found.question}  (asked {found.body['made']} for {found.body['on']})"
    whose = "this installation" if own else "another installation: compare its key with the one you expect"
    yield f"The signature holds; the key {found.public_key} is that of {whose}."
    for item in compared:
        which = "in use" if item.in_use else "it was answered from"
        yield ""
        yield f"Asked again of library {item.library}, the one {which}: {'the same' if item.is_same else 'CHANGED'}"
        yield from (_difference(line) for line in item.lines)
    if not compared[-1].in_use:
        return
    if found.body["library"]["hash"] != compared[0].library:
        yield ""
        yield f"The library it was answered from ({found.body['library']['hash']}) is no longer here."


def _difference(line: Difference) -> str:
    sides = line.before if line.state == SAME else f"{line.before or '-'}  ->  {line.after or '-'}"
    return f"  {line.state:<8} {line.part}: {sides}"


def _reply(held: Library, text: str, on: date, model: str) -> Reply:
    """The computed answer, worded by a model where one is named; what the model gave and was not taken is told."""
    from codeward.assistant.answer import answer

    if not model:
        return answer(held, text, on)
    helper = helper_at(model, model_key(), held.folder.parent.parent)
    assert helper is not None
    reply = helper.worded(answer(held, text, on, choose=helper.choose))
    if reply.not_polished:
        output.err.print(f"! not worded by the model: {reply.not_polished}", markup=False, soft_wrap=True)
    return reply


def _lines(name: str) -> list[str]:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{name}: {error}") from None
    return [line for line in text.splitlines() if line.strip()]


def _bounded(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadInput("the question is not UTF-8 text") from None
    if not text.strip():
        raise BadInput('no question: expected one, as in `codeward ask "Is 17311 bundled with 88305?"`')
    if len(text) > LONGEST:
        raise BadInput(f"the question has {len(text):,} characters: expected at most {LONGEST:,}; ask it in parts")


def _status(reply: Reply) -> int:
    """3 where data is missing, 1 where the data is there and holds no such thing, else 0: a refusal is an answer."""
    if reply.kind != NOT_LOADED:
        return 0
    return 3 if reply.not_loaded else 1


def _told(reply: Reply) -> Iterator[str]:
    """The verdict first, then why, what would change it and what to know, then the sources by number."""
    yield f"{HEADS[reply.kind]}, as of {reply.as_of}"
    if reply.understood:
        yield f"Understood as: {reply.understood}"
    yield ""
    numbers = {source: number for number, source in enumerate(reply.sources, start=1)}
    for statement in reply.statements:
        yield _line(statement, cited(statement, numbers))
    yield from (f"! {text}" for text in reply.warnings)
    yield from (f"not loaded: {name}" for name in reply.not_loaded)
    if numbers:
        yield ""
        yield from (f"[{number}] {source.citation}" for source, number in numbers.items())
    if reply.polished:
        yield from ("", f"The same statements, connected by {reply.model}:", reply.polished)
    if reply.next_questions:
        yield ""
        yield from (f"next: {text}" for text in reply.next_questions)


def _line(statement: Statement, text: str) -> str:
    if statement.role == "quote":
        return f"  > {text}" + (f" ({statement.passage})" if statement.passage else "")
    return f"! {text}" if statement.role == "caveat" else text
