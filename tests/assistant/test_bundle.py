"""Bundles: what is signed cannot be changed unseen, and a replay says line by line what became of the answer."""

from __future__ import annotations

import copy
import json
import shutil
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from nacl.signing import SigningKey

from codeward.assistant import replay as replaying
from codeward.assistant.answer import answer
from codeward.assistant.bundle import BadBundle, bundle_in, bundle_of
from codeward.assistant.canonical import canonical, hash_of, read_canonical
from codeward.assistant.memory import Memory
from codeward.assistant.replay import replay
from codeward.assistant.reply import Call, Evidence, Reply, Statement
from codeward.assistant.signing import KEY_FILE, key_of, public_half, signature
from codeward.core.faults import BadInput
from codeward.core.sources import Source
from codeward.store.library import Library, open_library

DAY, NOW = date(2024, 8, 15), datetime(2026, 3, 1, 12, tzinfo=UTC)
LINE = Source("mpfs-rvu", "2024C", "PPRRVU24_JUL.csv", 14, "ab" * 32, "https://www.cms.gov/rvu24c")
FACT = Evidence("17311", "global_days", "000", LINE, "days", since=date(2024, 7, 1))
REPLY = Reply(
    "what of 17311",
    "answer",
    "codes",
    "define",
    (Statement("17311 has 000 global days.", (FACT,), role="verdict"), Statement("A gap.", role="caveat")),
    DAY,
    understood="global days; 17311",
    calls=(Call("look_up", (("on", "2024-08-15"), ("code", "17311"))),),
    warnings=("ncci-mue ends before the day",),
    not_loaded=("mcd",),
)


@pytest.fixture
def library(small_library_home: Path, tmp_path: Path) -> Library:
    """The small library in a home of its own, where a key may be written."""
    home = tmp_path / "home"
    built = (small_library_home / "current").resolve()
    (home / "libraries").mkdir(parents=True)
    (home / "libraries" / built.name).symlink_to(built)
    shutil.copy(small_library_home / "acceptances.jsonl", home)
    (home / "current").symlink_to(Path("libraries") / built.name)
    return open_library(home)


@pytest.fixture
def made(library: Library) -> dict[str, Any]:
    """A bundle as the values of its file."""
    found: dict[str, Any] = json.loads(bundle_of(REPLY, library, DAY, Memory(codes=("17311",)), NOW))
    return found


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every single value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if inner is None:
        yield path
    else:
        for name, item in inner:
            yield from leaves(item, (*path, name))


def changed(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool) or value is None:
        return "x"
    return value + 1 if isinstance(value, int) else value + "0"


def put(values: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    held = copy.deepcopy(values)
    inner: Any = held
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return held


def at(values: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        values = values[step]
    return values


def written(values: Any) -> bytes:
    return json.dumps(values).encode()


def resigned(values: dict[str, Any], key: SigningKey) -> bytes:
    """The values as somebody with a key of his own would sign them."""
    unsigned = {name: value for name, value in values.items() if name != "signature"}
    unsigned["public_key"] = public_half(key)
    return written(unsigned | {"signature": signature(key, canonical(unsigned))})


def test_no_single_value_can_be_changed_unseen(made: dict[str, Any]) -> None:
    paths = list(leaves(made))
    assert len(paths) > 50
    for path in paths:
        with pytest.raises(BadInput):
            bundle_in(written(put(made, path, changed(at(made, path)))))


def test_nothing_can_be_left_out_or_added_unseen(made: dict[str, Any]) -> None:
    for name in made:
        with pytest.raises(BadInput):
            bundle_in(written({key: value for key, value in made.items() if key != name}))
    for name in made["body"]:
        with pytest.raises(BadInput):
            bundle_in(written(made | {"body": {k: v for k, v in made["body"].items() if k != name}}))
    for other in (made | {"more": 1}, put(made, ("body", "more"), 1), put(made, ("body", "claims"), [])):
        with pytest.raises(BadInput):
            bundle_in(written(other))


def test_layout_and_order_are_no_change(made: dict[str, Any]) -> None:
    turned = dict(reversed(made.items()))
    assert bundle_in(json.dumps(turned, indent=4, ensure_ascii=True).encode()).question == "what of 17311"


def test_another_key_is_told_apart_and_still_cannot_sign_what_contradicts_itself(
    library: Library, made: dict[str, Any]
) -> None:
    other = SigningKey.generate()
    assert bundle_in(resigned(made, other)).public_key != public_half(key_of(library.folder.parent.parent))
    for path in (("body", "question"), ("body", "answer"), ("body", "claims", 0, "text"), ("hash",)):
        values = put(made, path, changed(at(made, path)))
        with pytest.raises(BadBundle):
            bundle_in(resigned(values, other))
        if path[0] == "body":
            values["hash"] = hash_of(values["body"])
            with pytest.raises(BadBundle, match="a hash in it"):
                bundle_in(resigned(values, other))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not json",
        b"[]",
        b"null",
        b'{"format": "codeward-answer", "format": "x"}',
        b'{"format": "codeward-answer", "version": 1.0}',
        b'{"format": "codeward-answer", "version": NaN}',
        b'{"format": "codeward-answer", "version": 2}',
        b'{"format": "codeward-answer", "version": 1, "body": "\\ud800"}',
        b"[" * 100_000,
        b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        b"\xff\xfe",
        b" " * 4_000_001,
        b'{"n": ' + b"9" * 10_000 + b"}",
    ],
)
def test_what_is_no_bundle_is_said_in_a_line(data: bytes) -> None:
    with pytest.raises(BadInput) as fault:
        bundle_in(data)
    assert len(str(fault.value).splitlines()) == 1


def test_canonical_form() -> None:
    assert canonical({"b": [1, None, True], "a": "é\n"}) == '{"a":"é\\n","b":[1,null,true]}'.encode()
    assert read_canonical(b'{ "b": 1,\n "a": 2 }') == {"a": 2, "b": 1}


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    first = key_of(tmp_path)
    assert key_of(tmp_path).encode() == first.encode()
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == [KEY_FILE]


def test_a_spoilt_key_is_a_fault_of_one_line(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_text("not a key\n", encoding="ascii")
    with pytest.raises(BadInput, match="no answer can be signed"):
        key_of(tmp_path)


def states(library: Library, made: dict[str, Any], monkeypatch: pytest.MonkeyPatch, reply: Reply) -> dict[str, str]:
    """What a replay says of each part when it is answered with `reply`; equal parts are numbered."""
    monkeypatch.setattr(replaying, "answer", lambda *_, **__: reply)
    lines = replay(bundle_in(written(made)), library)[0].lines
    return {line.part: line.state for line in lines}


def test_the_same_answer_is_the_same_in_every_line(library: Library, made: dict[str, Any], monkeypatch) -> None:
    assert set(states(library, made, monkeypatch, REPLY).values()) == {"same"}


def test_every_kind_of_change_is_named(library: Library, made: dict[str, Any], monkeypatch) -> None:
    def told(**evidence: Any) -> dict[str, str]:
        fact = replace(FACT, **evidence)
        said = Statement(f"17311 has {fact.value} global days.", (fact,), role="verdict")
        return states(library, made, monkeypatch, replace(REPLY, statements=(said, REPLY.statements[1])))

    value = told(value="010")
    assert value["statement 1"] == value["statement 1, 17311 global_days, value"] == "changed"
    assert value["statement 1, 17311 global_days, source"] == "same"
    moved = told(source=replace(LINE, line=15))
    assert moved["statement 1"] == "same"
    assert moved["statement 1, 17311 global_days, source"] == "changed"
    edition = told(source=replace(LINE, edition="2024D"))
    assert edition["edition of mpfs-rvu"] == "changed"
    again = told(source=replace(LINE, sha256="cd" * 32))
    assert again["file mpfs-rvu 2024C PPRRVU24_JUL.csv"] == "changed"


@pytest.mark.parametrize(
    ("reply", "part", "state", "same"),
    [
        (replace(REPLY, statements=REPLY.statements[:1]), "statement 2", "gone", False),
        (replace(REPLY, statements=(*REPLY.statements, Statement("More."))), "statement 3", "new", False),
        (replace(REPLY, kind="refuse"), "kind of answer", "changed", False),
        (replace(REPLY, as_of=date(2024, 8, 16)), "date of service", "changed", False),
        (replace(REPLY, warnings=()), "caveat", "gone", False),
        (replace(REPLY, not_loaded=("asp", "mcd")), "not loaded", "new", False),
        (replace(REPLY, calls=()), "calls", "noted", True),
        (replace(REPLY, understood="other words"), "understood as", "noted", True),
    ],
)
def test_what_counts(library: Library, made: dict[str, Any], monkeypatch, reply, part, state, same) -> None:
    monkeypatch.setattr(replaying, "answer", lambda *_, **__: reply)
    found = replay(bundle_in(written(made)), library)[0]
    assert state in {line.state for line in found.lines if line.part == part}
    assert found.is_same is same


def test_what_the_engine_answers_is_replayed_the_same(library: Library) -> None:
    for text in (
        "What is 17311?",
        "Is 17311 bundled with 88305?",
        "and what of it",
        "17311 global days, DOB 01/02/1950",
    ):
        reply = answer(library, text, DAY)
        found = bundle_in(bundle_of(reply, library, DAY, Memory(), NOW))
        assert "1950" not in found.question
        assert [line for line in replay(found, library)[0].lines if line.state not in ("same", "noted")] == []


def test_the_library_it_was_answered_from_is_asked_too_while_it_is_there(library: Library, made, monkeypatch) -> None:
    monkeypatch.setattr(replaying, "answer", lambda *_, **__: REPLY)
    newer = made["body"] | {"library": made["body"]["library"] | {"hash": "0" * 16}}
    found = bundle_in(resigned(made | {"body": newer, "hash": hash_of(newer)}, SigningKey.generate()))
    assert [item.in_use for item in replay(found, library)] == [True]
    assert [line.state for line in replay(found, library)[0].lines if line.part == "library"] == ["noted"]
    (library.folder.parent / ("0" * 16)).symlink_to(library.folder.resolve())
    assert [(item.library, item.in_use) for item in replay(found, library)] == [
        (library.hash, True),
        ("0" * 16, False),
    ]
