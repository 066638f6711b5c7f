"""Report: what came of each file that was asked for, and what was tried for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from codeward.ingest.build import Built

State = Literal["came", "changed", "held", "planned", "not found", "terms", "failed"]
FOUND: tuple[State, ...] = ("came", "changed", "held")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file: `changed` replaced what the same address gave before, `held` was here already."""

    dataset: str
    edition: str
    effective: date | None
    part: str
    state: State
    url: str = ""
    path: Path | None = None
    sha256: str = ""
    bytes: int = 0
    why: str = ""
    tried: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """For lines a person reads."""
        return " ".join(filter(None, (self.dataset, self.edition, self.part)))


@dataclass
class Report:
    """Everything that was asked for; `refused` are files that came and that the build did not take."""

    outcomes: list[Outcome] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    refused: list[tuple[Path, str]] = field(default_factory=list)
    built: Built | None = None

    @property
    def status(self) -> int:
        """0 all there, 1 something not found or left out for its terms, 2 something failed or was refused."""
        if self.refused or any(item.state == "failed" for item in self.outcomes):
            return 2
        return 1 if any(item.state in ("not found", "terms") for item in self.outcomes) else 0
