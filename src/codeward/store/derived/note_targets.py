"""Note targets: the codes that one line of an ICD-10-CM note names, as prefixes with what the line says of them.

The forms are those of the tabular list: `(I46.9)`, `(J45.-)`, `(O10-O11, O13-O16)`, `(S06.1- to S06.6-)`,
`(E08-E13 with .42)`, `(T36-T50 with fifth or sixth character 5)`, `(I69. with final characters -93)`,
`see categories E08-E10 with ketoacidosis`, and codes without brackets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

CODE = r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?(?![0-9A-Za-z])"
_ITEM = re.compile(
    rf"(?P<first>{CODE})(?:\.?-|\.(?!\d))?(?:\s*(?:to|through)\s+(?P<to>{CODE})|(?<=-)(?P<last>{CODE}))?(?:\.?-|\.)?"
)
_BRACKETS = re.compile(r"\(([^()]*)(?:\)|$)")
_GLUE = re.compile(r"[\s,;]*(?:\b(?:and|or)\b[\s,;]*)?")
_WITH = re.compile(r"\bwith\s+(?P<rest>[^();]+)")
_ORDINALS = {"fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "sixth": 6, "6th": 6, "seventh": 7, "7th": 7}
_PLACES = "|".join(_ORDINALS)
_PLACED = re.compile(
    rf"(?P<one>{_PLACES})(?:\s+(?P<join>or|to)\s+(?P<two>{_PLACES}))?[\s-]+characters?\s+\.?(?P<values>.+)"
)
_FINAL = re.compile(r"final characters?\s+-?(?P<values>\w+)")
_ENDING = re.compile(r"\.?(?P<first>[0-9A-Z]{1,4})(?:-\.?(?P<last>[0-9A-Z]{1,4})|-)?$")
_MARKED = re.compile(rf"(?P<words>.+?)\s+(?:{_PLACES})\s+characters?$")
_ELSEWHERE = re.compile(r"(?:\bsee\b|\bomit code\b|-\s*code\b|\bcode (?:to|the|by|each)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Qualifier:
    """What a note asks of the codes it names beyond their beginning.

    `kind`: `ending` (characters that follow the code), `places` (characters at 1-based `places`, any of `values`),
    `intent` (the fifth or sixth character, whichever tells the intent of a poisoning), `final` (last characters) or
    `title` (words of the title).
    """

    kind: str
    values: tuple[str, ...]
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """Codes that begin with `first`, or a span up to `last`, without dots; narrowed by a qualifier where one stands."""

    first: str
    last: str = ""
    qualifier: Qualifier | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a note: its targets, or why it has none: `lead`, `elsewhere` (code to, see, omit) or `words`."""

    targets: tuple[Target, ...]
    reason: str = ""


def read_line(text: str) -> Line:
    """The targets of one line of a note."""
    line = text.strip()
    groups = [(match, items) for match in _BRACKETS.finditer(line) if (items := _listed(match[1]))]
    if groups:
        tail = _qualifier(line[groups[-1][0].end() :])
        return Line(tuple(target for _, items in groups for target in _narrowed(items, tail)))
    bare = tuple(_targets(line))
    if bare:
        return Line(tuple(_narrowed(bare, _qualifier(line[_last_code(line) :]))))
    if line.endswith(":"):
        return Line((), "lead")
    return Line((), "elsewhere" if _ELSEWHERE.search(line) else "words")


def _listed(inside: str) -> tuple[Target, ...]:
    """The targets of a bracket that holds nothing but codes, what joins them, and a qualifier."""
    qualifier = _WITH.search(inside)
    codes = inside[: qualifier.start()] if qualifier else inside
    targets = tuple(_targets(codes))
    if not targets or _GLUE.sub("", _ITEM.sub("", codes)):
        return ()
    return tuple(_narrowed(targets, _qualifier(inside)))


def _targets(text: str) -> list[Target]:
    return [Target(_plain(item["first"]), _plain(item["to"] or item["last"] or "")) for item in _ITEM.finditer(text)]


def _last_code(text: str) -> int:
    return max(item.end() for item in _ITEM.finditer(text))


def _plain(code: str) -> str:
    return code.replace(".", "")


def _narrowed(targets: tuple[Target, ...], qualifier: Qualifier | None) -> list[Target]:
    return [Target(item.first, item.last, item.qualifier or qualifier) for item in targets]


def _qualifier(text: str) -> Qualifier | None:
    found = _WITH.search(text)
    if not found:
        return None
    rest = found["rest"].strip(" .,")
    if rest.endswith("to indicate intent"):
        return None
    return _placed(rest) or _worded(rest)


def _placed(rest: str) -> Qualifier | None:
    final, placed = _FINAL.match(rest), _PLACED.match(rest)
    if final:
        return Qualifier("final", (final["values"],))
    if not placed:
        return None
    values = _values(placed["values"])
    places = (_ORDINALS[placed["one"]], *((_ORDINALS[placed["two"]],) if placed["two"] else ()))
    if placed["join"] == "or":
        return Qualifier("intent", values)
    return Qualifier("places", values, places)


def _worded(rest: str) -> Qualifier | None:
    marked, ending = _MARKED.match(rest), _ENDING.match(rest)
    if marked:
        return Qualifier("title", (marked["words"].lower(),))
    if ending:
        return Qualifier("ending", tuple(_span(ending["first"], ending["last"] or ending["first"])))
    return Qualifier("title", (rest.lower(),)) if rest[:1].islower() else None


def _values(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for first, last in re.findall(r"\b([0-9A-Z]{1,2})(?:-([0-9A-Z]))?(?![\w])", text):
        found += _span(first, last or first)
    return tuple(found)


def _span(first: str, last: str) -> list[str]:
    if first == last or not (first.isdigit() and last.isdigit()):
        return [first] if first == last else [first, last]
    return [str(value).zfill(len(first)) for value in range(int(first), int(last) + 1)]
