"""Prose of coverage documents: markup taken off, and what a group's text says of its role, partners and procedures."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAG = re.compile(r"<(/?)([a-zA-Z!][a-zA-Z0-9]*+)[^<>]*>")
_BLOCKS = frozenset(("p", "br", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6"))
_SILENT = frozenset(("script", "style"))
_TOKEN = re.compile(r"[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)*|[^\sA-Za-z0-9]|\n")
_CODE = re.compile(r"[0-9]{4}[0-9FTUM]|[A-CEGHJ-V][0-9]{4}")
_LABEL = re.compile(r"(primary|secondary)\s+(?:icd-10(?:-cm)?\s+)?diagnos[ei]s(?:\s+codes?)?\s*:?\s*\Z", re.IGNORECASE)
_ENDS = frozenset(".;\n")
_LINKS = frozenset((",", "and", "or", "&", "/", "a", "an", "the", "code", "codes", "from", "one", "any", "of", "in"))
_PROCEDURE = frozenset(("cpt", "hcpcs", "procedure", "procedures"))
_FILLERS = _PROCEDURE | frozenset(("the", "following", "code", "codes", "service", "services", "/", "(", ":", "only"))
_FOR = frozenset(("for", "of", "support", "supports", "supporting"))
_JOINTS = frozenset((",", "and", "or", "&", "/", ";"))
_RUNS = frozenset(("-", "\u2013", "through", "thru", "to"))
_PAIRS = frozenset(("secondary", "dual", "accompanied", "addition"))
_ASKS = _PAIRS | frozenset(
    ("refer", "require", "requires", "required", "requiring", "must", "need", "needs", "with", "plus")
)
_REFUSES = frozenset(("not", "no", "without", "unless", "except"))


@dataclass(frozen=True, slots=True)
class GroupProse:
    """What a group's text says: its role, the groups it needs, and the procedures or procedure groups it is for.

    `needs` are sets of group numbers, of each of which one must hold a diagnosis too. `unread` says that it speaks of
    partners or procedures in a way that is not taken apart here.
    """

    role: str = ""
    needs: tuple[tuple[int, ...], ...] = ()
    codes: frozenset[str] = frozenset()
    code_groups: frozenset[int] = frozenset()
    unread: bool = False

    def is_for(self, code: str, groups: frozenset[int]) -> bool:
        """Whether it is for a procedure that stands in these procedure groups; where it names none, for every one."""
        if not self.codes and not self.code_groups:
            return True
        return code in self.codes or bool(groups & self.code_groups)


def plain_prose(text: str) -> str:
    """Published text as plain words: entities decoded twice, markup off, blocks as lines, then its own entities."""
    source = html.unescape(html.unescape(text))
    pieces, at, silent = [], 0, ""
    for tag in _TAG.finditer(source):
        name = tag[2].lower()
        if not silent:
            pieces.append(source[at : tag.start()])
            pieces.append("\n" if name in _BLOCKS else "")
        if name in _SILENT:
            silent = "" if tag[1] else name
        at = tag.end()
    pieces.append("" if silent else source[at:])
    lines = (" ".join(line.split()) for line in html.unescape("".join(pieces)).splitlines())
    return "\n".join(line for line in lines if line)


def read_group(text: str) -> GroupProse:
    """What a group's plain text says; see GroupProse."""
    tokens = [token.lower() for token in _TOKEN.findall(text)]
    codes, strays = _codes(tokens)
    needs: list[tuple[int, ...]] = []
    groups: set[int] = set()
    unread = bool(strays)
    for sentence in _sentences(tokens):
        named, for_procedures = _groups(sentence)
        words = set(sentence)
        if named and for_procedures:
            groups |= set(named)
        elif named and words & _REFUSES:
            unread = True
        elif named and words & _ASKS:
            needs += [tuple(named)] if words & {"or", "either"} else [(number,) for number in named]
        elif words & _PAIRS and not _LABEL.search(text[-80:]):
            unread = True
    label = _LABEL.search(text[-80:])
    scope = codes | strays if codes else frozenset()
    return GroupProse(label[1].lower() if label else "", tuple(dict.fromkeys(needs)), scope, frozenset(groups), unread)


def _sentences(tokens: list[str]) -> Iterator[list[str]]:
    held: list[str] = []
    for token in tokens:
        if token in _ENDS:
            yield held
            held = []
        else:
            held.append(token)
    yield held


def _groups(sentence: list[str]) -> tuple[list[int], bool]:
    """Group numbers a sentence names (`Group 2 and a code from group 3`, `groups 2, 3`), and whether of procedures."""
    found: list[int] = []
    of_procedures = at = 0
    while at < len(sentence):
        if sentence[at] not in ("group", "groups"):
            at += 1
            continue
        before = set(sentence[max(0, at - 4) : at])
        numbers, at = _numbers(sentence, at + 1)
        found += numbers
        of_procedures += bool(numbers and (_PROCEDURE & (before | set(sentence[at : at + 2]))))
    return list(dict.fromkeys(found)), bool(of_procedures)


def _numbers(sentence: list[str], at: int) -> tuple[list[int], int]:
    """`2, 3 and 4` from a place on, and the place after them."""
    found: list[int] = []
    while at < len(sentence):
        token = sentence[at]
        if token.isascii() and token.isdigit() and len(token) < 4:
            found.append(int(token))
        elif not found or token not in _LINKS:
            break
        at += 1
    return found, at


def _codes(tokens: list[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Procedures that the text says it is for, and others that it names."""
    named: set[str] = set()
    strays: set[str] = set()
    at, ready, refused = 0, True, False
    while at < len(tokens):
        token = tokens[at]
        refused = token in _REFUSES or (refused and token not in _ENDS)
        if _CODE.fullmatch(token.upper()):
            run, at = _run(tokens, at)
            (named if ready and not refused else strays).update(run)
            ready = False
            continue
        ready = token in _FOR or (ready and token in _FILLERS)
        at += 1
    return frozenset(named), frozenset(strays)


def _run(tokens: list[str], at: int) -> tuple[list[str], int]:
    """`11055, 11056 and 11057`, `11055-11057`: the codes, and the place after them."""
    found: list[str] = []
    until = False
    while at < len(tokens):
        token = tokens[at].upper()
        if _CODE.fullmatch(token):
            found += _between(found[-1], token) if until and found else [token]
            until = False
        elif token.lower() in _RUNS:
            until = True
        elif token.lower() not in _JOINTS:
            break
        at += 1
    return found, at


def _between(first: str, last: str) -> list[str]:
    """Codes after the first of a run up to its last; only these two where they do not count up within reason."""
    lead = first[:1] if first[:1].isalpha() else ""
    low, high = first[len(lead) :], last[len(lead) :]
    if not (low.isdigit() and high.isdigit() and last.startswith(lead) and 0 < int(high) - int(low) <= 500):
        return [last]
    return [f"{lead}{number:0{len(low)}d}" for number in range(int(low) + 1, int(high) + 1)]
