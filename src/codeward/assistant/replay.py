"""Replay: a bundle's question asked again, and line by line what is the same and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from codeward.assistant.answer import answer
from codeward.assistant.bundle import BadBundle, Bundle, body_of
from codeward.core.faults import Fault
from codeward.services.notes.masking import COVER
from codeward.store.home import Home
from codeward.store.library import Library

SAME, CHANGED, GONE, NEW, NOTED = "same", "changed", "gone", "new", "noted"
"""Noted: it differs, and the answer does not turn on it."""
Values = Mapping[str, Any]
_LISTS = (("warnings", "caveat"), ("not_loaded", "not loaded"))


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of the comparison: a part of the answer, what became of it, and both sides where they differ."""

    part: str
    state: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer of one library beside that of the bundle."""

    library: str
    in_use: bool
    lines: tuple[Difference, ...]

    @property
    def is_same(self) -> bool:
        """Whether statements, values, sources, editions and caveats are all as they were."""
        return all(line.state in (SAME, NOTED) for line in self.lines)


def replay(bundle: Bundle, library: Library) -> tuple[Comparison, ...]:
    """Asked again of the library in use and, where that is another one and is still there, of its own library."""
    compared = [_compared(bundle, library, in_use=True)]
    own = _library_of(bundle, library)
    if own is not None:
        compared.append(_compared(bundle, own, in_use=False))
    return tuple(compared)


def _library_of(bundle: Bundle, library: Library) -> Library | None:
    name = str(bundle.body["library"]["hash"])
    if name == library.hash:
        return None
    with suppress(Fault):
        folder = Home(library.folder.parent.parent).find(name)
        return Library(folder, library.licence) if folder.name == name else None
    return None


def _compared(bundle: Bundle, library: Library, *, in_use: bool) -> Comparison:
    reply = answer(library, bundle.question, bundle.on, memory=bundle.memory)
    after = body_of(reply, library, bundle.on, bundle.memory, "")
    try:
        return Comparison(library.hash, in_use, tuple(compare(bundle.body, after)))
    except (KeyError, TypeError, AttributeError) as error:
        raise BadBundle(f"a part of it is missing or malformed: {error}") from None


def compare(before: Values, after: Values) -> Iterator[Difference]:
    """Two bodies, part by part: what answers, what is said, by which values, from which rows, of which editions."""
    masked = COVER in before["question"]
    yield _difference("program", before["codeward"], after["codeward"], NOTED)
    yield _difference("library", before["library"]["hash"], after["library"]["hash"], NOTED)
    yield _difference("licence mode", before["library"]["licence_mode"], after["library"]["licence_mode"], NOTED)
    yield from _editions(before["editions"], after["editions"])
    yield _difference("date of service", before["as_of"], after["as_of"])
    yield _difference("kind of answer", before["kind"], after["kind"], NOTED if masked else CHANGED)
    yield _difference("understood as", before["understood"], after["understood"], NOTED)
    yield from _claims(_askable(before, masked), _askable(after, masked))
    for name, word in _LISTS:
        yield from _list(word, before[name], after[name])
    yield _difference("calls", _calls(before["calls"]), _calls(after["calls"]), NOTED)


def _difference(part: str, before: str, after: str, otherwise: str = CHANGED) -> Difference:
    return Difference(part, SAME, before) if before == after else Difference(part, otherwise, before, after)


def _askable(body: Values, masked: bool) -> list[Values]:
    """The statements; what was said of identifiers is left out, since they are covered and cannot be asked again."""
    refusals = masked and body["kind"] == "refuse"
    return [item for item in body["claims"] if not (refusals and item["role"] == "verdict" and not item["sources"])]


def _editions(before: list[Values], after: list[Values]) -> Iterator[Difference]:
    was, now = _by_dataset(before), _by_dataset(after)
    for dataset in sorted(was.keys() | now.keys()):
        yield _sides(f"edition of {dataset}", was.get(dataset, ""), now.get(dataset, ""))
    files, others = _files(before), _files(after)
    for place in sorted(files.keys() & others.keys()):
        yield _difference(f"file {place}", f"sha256 {files[place]}", f"sha256 {others[place]}")


def _by_dataset(editions: list[Values]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for item in editions:
        found.setdefault(item["dataset"], []).append(item["edition"])
    return {dataset: ", ".join(sorted(names)) for dataset, names in found.items()}


def _files(editions: list[Values]) -> dict[str, str]:
    return {
        f"{item['dataset']} {item['edition']} {name}": sha256
        for item in editions
        for name, sha256 in item["files"].items()
    }


def _sides(part: str, before: str, after: str) -> Difference:
    """One part where either side may have nothing."""
    if before and after:
        return _difference(part, before, after)
    return Difference(part, GONE, before) if before else Difference(part, NEW, "", after)


def _claims(before: list[Values], after: list[Values]) -> Iterator[Difference]:
    pairs = _paired(before, after)
    for number, (was, now) in enumerate(pairs, 1):
        part = f"statement {number}"
        yield _sides(part, was["text"] if was else "", now["text"] if now else "")
        if was and now:
            yield from _values(part, was["evidence"], now["evidence"])


def _paired(before: list[Values], after: list[Values]) -> list[tuple[Values | None, Values | None]]:
    """Each statement beside the same text, else beside one of the same role about the same facts, else alone."""
    left = list(after)
    found: dict[int, Values] = {}
    for fits in (_same_text, _same_facts):
        for number, was in enumerate(before):
            now = next((item for item in left if number not in found and fits(was, item)), None)
            if now is not None:
                left.remove(now)
                found[number] = now
    pairs: list[tuple[Values | None, Values | None]] = [(was, found.get(at)) for at, was in enumerate(before)]
    return [*pairs, *((None, now) for now in left)]


def _same_text(was: Values, now: Values) -> bool:
    return bool(was["text"] == now["text"])


def _same_facts(was: Values, now: Values) -> bool:
    return was["role"] == now["role"] and (_facts(was) == _facts(now) or was["role"] == "verdict")


def _facts(claim: Values) -> list[tuple[str, str]]:
    return sorted({(item["subject"], item["name"]) for item in claim["evidence"]})


def _values(part: str, before: list[Values], after: list[Values]) -> Iterator[Difference]:
    """Values and sources of facts of the same name, in their order."""
    was, now = _numbered(before), _numbered(after)
    for key in dict.fromkeys((*was, *now)):
        name = f"{part}, {key[0]} {key[1]}".rstrip()
        yield _sides(f"{name}, value", _value(was.get(key)), _value(now.get(key)))
        sources = _source(was.get(key)), _source(now.get(key))
        if any(sources):
            yield _sides(f"{name}, source", *sources)


def _numbered(evidence: list[Values]) -> dict[tuple[str, str, int], Values]:
    """Facts by subject and name; several of one name by their order."""
    found: dict[tuple[str, str, int], Values] = {}
    for item in evidence:
        number = 0
        while (key := (item["subject"], item["name"], number)) in found:
            number += 1
        found[key] = item
    return found


def _value(item: Values | None) -> str:
    if item is None:
        return ""
    days = f" from {item['since']}" * bool(item["since"]) + f" until {item['until']}" * bool(item["until"])
    how = f" ({item['how']})" if item["how"] else ""
    return f"{item['value'] or 'none'}{how}{days}"


def _source(item: Values | None) -> str:
    return f"{item['source']['citation']} sha256 {item['source']['sha256']}" if item and item["source"] else ""


def _list(word: str, before: list[str], after: list[str]) -> Iterator[Difference]:
    for text in dict.fromkeys((*before, *after)):
        yield _sides(f"{word}", text if text in before else "", text if text in after else "")


def _calls(calls: list[Values]) -> str:
    return "; ".join(
        f"{call['service']}({', '.join(f'{name}={value}' for name, value in sorted(call['arguments'].items()))})"
        for call in calls
    )
