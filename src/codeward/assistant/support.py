"""Support: whether every code, number, date and modifier of a reply stands in the facts beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codeward.assistant.reply import Reply, Statement

_TOKEN = re.compile(r"(?<![\w.])(?=[\w.$%-]*\d)[A-Za-z$]{0,4}\d[\w.,/%-]*")
_NAMES = re.compile(r"\b(?:ICD-(?:9|10|11)(?:-(?:CM|PCS))?|UB-04|CMS-1500|CMS-R-131|837[PI]|V2[48])\b", re.IGNORECASE)
"""Names of code systems, forms and models that have a digit: no figure."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def unsupported(reply: Reply) -> list[tuple[str, str]]:
    """Tokens with a digit that a statement says and none of its facts does, each with the statement.

    What the question itself says, and the date of service, need no fact.
    """
    said = tokens(f"{reply.question} {reply.understood} {reply.as_of} {reply.as_of.year}")
    found = []
    for statement in reply.statements:
        known = said | _known(statement)
        found += [(token, statement.text) for token in tokens(statement.text) if not _stands(token, known)]
    return found


def tokens(text: str) -> set[str]:
    """Everything in a text that holds a digit, without punctuation around it, dates taken whole, names left out."""
    return set(_tokens(_NAMES.sub(" ", text)))


def _tokens(text: str) -> Iterator[str]:
    for match in _DAY.finditer(text):
        yield match[0]
    for match in _TOKEN.finditer(_DAY.sub(" ", text)):
        token = match[0].strip("$.,-/%").upper()
        yield from (
            part
            for part in re.split(
                r"[/,-](?=\d{4,}|[A-Z])"
                r"|(?<=\d)/(?=\d)",
                token,
            )
            if any(map(str.isdigit, part))
        )


def _known(statement: Statement) -> set[str]:
    parts = []
    for item in statement.evidence:
        parts += [item.subject, item.name, item.value, item.how, str(item.since or ""), str(item.until or "")]
        parts.append(item.source.edition if item.source else "")
    return tokens(" ".join([*parts, statement.passage]))


def _stands(token: str, known: set[str]) -> bool:
    """A token itself, or a number written with another number of noughts."""
    if (
        token in known
        or token.replace(".", "") in known
        or any(token.replace(".", "") == item.replace(".", "") for item in known)
    ):
        return True
    try:
        number = float(token.replace(",", ""))
    except ValueError:
        return False
    return any(_number(item) == number for item in known)


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return None
