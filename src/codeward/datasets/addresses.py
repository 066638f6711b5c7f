"""Addresses: where a publisher puts the files of a release, as a pattern filled from the release's first day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.core.days import OPEN_END

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Address:
    """One pattern and the releases it fits; `{part}` stands for each part of a publication in several files.

    Places in the pattern: `{year}` 2025, `{yy}` 25, `{month}` january, `{Month}` January, `{mon}` jan, `{Mon}` Jan,
    `{mm}` 01, `{dd}` 01, `{quarter}` 1, `{letter}` a (CMS's name of the quarter), `{fiscal}` 2026 (fiscal year that
    begins in October), `{ncci}` 302 (NCCI version: 30.2), `{half}` 0 or 1, `{part}` f1.

    Patterns of one release are alternatives, tried in turn, unless `part` says that they lead to different files of it
    (ICD-10-CM: descriptions and tables). `seen` names releases whose address was read in a published source; a pattern
    without any is by rule alone.
    """

    url: str
    since: date = date(1990, 1, 1)
    until: date = OPEN_END
    part: str = ""
    seen: str = ""

    def fits(self, effective: date) -> bool:
        """Whether releases of that first day follow this pattern."""
        return self.since <= effective <= self.until

    def fill(self, effective: date, part: str = "") -> str:
        """The address of the release that takes effect on the day."""
        month, quarter = _MONTHS[effective.month - 1], (effective.month - 1) // 3
        return self.url.format(
            year=effective.year,
            yy=f"{effective.year % 100:02d}",
            month=month,
            Month=month.capitalize(),
            mon=month[:3],
            Mon=month[:3].capitalize(),
            mm=f"{effective.month:02d}",
            dd=f"{effective.day:02d}",
            quarter=quarter + 1,
            letter="abcd"[quarter],
            fiscal=effective.year + (effective.month >= 10),
            ncci=f"{effective.year - 1994}{quarter}",
            half=int(effective.month >= 7),
            part=part,
        )
