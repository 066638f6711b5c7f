"""Sources: where a fact was read, precisely enough to read it again."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from urllib.parse import quote, unquote

_CITATION = re.compile(r"(?P<dataset>[a-z0-9-]+)@(?P<edition>[^:\s]+):(?P<file>[^#\s]+)#(?P<line>\S+)")


@dataclass(frozen=True, slots=True)
class Source:
    """The line of the file of the edition that says so; `line` is a number, or a path inside an XML or keyed file."""

    dataset: str
    edition: str
    file: str
    line: int | str
    sha256: str
    url: str

    @property
    def citation(self) -> str:
        """One word without blanks that `codeward library verify` takes."""
        place = quote(str(self.line), safe="/[]=|@.")
        return f"{self.dataset}@{self.edition}:{quote(self.file, safe='/!')}#{place}"

    def as_dict(self) -> dict[str, object]:
        """The `source` shape of the JSON contract, plus the citation."""
        return {**asdict(self), "citation": self.citation}


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation as typed, taken apart; `sha256` is empty when the text did not carry one."""

    dataset: str
    edition: str
    file: str
    line: str
    sha256: str = ""


def read_citation(text: str) -> Citation:
    """A citation string, or a `source` object in JSON; ValueError says what was expected."""
    if text.lstrip().startswith("{"):
        return _from_json(text)
    match = _CITATION.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{text!r} is not a citation: expected DATASET@EDITION:FILE#LINE as printed on a page")
    parts = match.groupdict()
    return Citation(parts["dataset"], parts["edition"], unquote(parts["file"]), unquote(parts["line"]))


def _from_json(text: str) -> Citation:
    try:
        found = json.loads(text)
        return Citation(found["dataset"], found["edition"], found["file"], str(found["line"]), found.get("sha256", ""))
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"not a source object: {error}") from None
