"""Where reading stands: the loop, the parties and claim in hand, and what is ready to be handed out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from codeward.core.claims import Finding, ReadClaim
from codeward.ingest.claims.x12.finished import finished
from codeward.ingest.claims.x12.open_claim import OpenClaim, OpenLine, Party
from codeward.ingest.claims.x12.rules import finding
from codeward.ingest.claims.x12.segments import Place, Segments

MOST_CLAIMS = 5000
"""Claims of one transaction set (TR3 section 1.3.2); ids beyond are not compared with each other."""

Step = tuple[Callable[["Hand", list[str]], None], int, int]
"""What to do with a segment, how many elements that looks at, and how many the segment may have, its id included."""


class Wanted(NamedTuple):
    """A party whose address must follow, what to call it, and where it stands."""

    faults: list[Finding]
    words: str
    place: Place
    owner: Party | None
    long_zip: bool


class Hand:
    """The state of one file being read.

    `level` is the loop: H header, A billing provider, B subscriber, C patient, M claim, O another payer, L line.
    `kind` is P or I, empty outside of both; `modern` is false for version 004010.
    """

    __slots__ = (
        "billing", "claim", "component", "entity", "ids", "kind", "level", "levels", "line", "modern", "out", "patient",
        "segments", "street", "subscriber", "today", "uncompared", "wanted",
    )  # fmt: skip

    def __init__(self, segments: Segments, today: date | None) -> None:
        self.segments, self.today = segments, today
        self.out: list[ReadClaim] = []
        self.kind, self.modern, self.component = "", True, ":"
        self.ids: set[str] = set()
        self.begin_set()

    def begin_set(self) -> None:
        """Forget all parties: a transaction set begins."""
        self.level, self.entity, self.levels = "H", "", 0
        self.billing: Party | None = None
        self.subscriber: Party | None = None
        self.patient: Party | None = None
        self.claim: OpenClaim | None = None
        self.line: OpenLine | None = None
        self.wanted: Wanted | None = None
        self.street = False
        self.ids.clear()
        self.uncompared = False

    def place(self, segment: str) -> Place:
        """Where the segment read last stands."""
        return Place(self.segments.number, self.segments.offset, segment)

    def loose(self, fault: Finding) -> None:
        """Hand out a fault of the file, which belongs to no one claim."""
        self.out.append(ReadClaim(None, (fault,), f"segment {self.segments.number}"))

    def misplaced(self, segment: str, why: str, *, severity: str = "") -> None:
        """A segment is not what or where it should be: told with the claim in hand, else by itself."""
        fault = finding("X12.SEGMENT", f"{self.place(segment)}: {why}", severity=severity)
        if self.claim is not None:
            self.claim.faults.append(fault)
        else:
            self.loose(fault)

    def close_address(self) -> None:
        """A party ended: tell of the address it should have had."""
        if self.wanted is not None:
            wanted, self.wanted = self.wanted, None
            wanted.faults.append(
                finding("X12.N4", f"{wanted.place}: {wanted.words} has no N4 with city, state and ZIP")
            )

    def finish_claim(self) -> None:
        """Check the claim in hand, if there is one, and hand it out."""
        if self.wanted is not None:
            self.close_address()
        if self.claim is not None:
            self.out.append(finished(self, self.claim))
            self.claim = self.line = None
