"""Chronic: whether AHRQ's indicator calls a diagnosis chronic, where it is loaded."""

from __future__ import annotations

from dataclasses import dataclass

from codeward.services.view import View

CCIR = "ccir"


@dataclass(frozen=True, slots=True)
class Chronic:
    """Asks the edition of the day, else the first there is; without one nothing counts as chronic."""

    view: View

    def is_chronic(self, code: str) -> bool:
        """Whether the condition lasts a year or longer and limits or needs ongoing care (CCIR)."""
        release = self.view.edition(CCIR) or next(iter(self.view.library.editions(CCIR)), None)
        if release is None:
            return False
        found = self.view.library.find(CCIR, release, release.effective, code=code)
        return bool(found) and found[0].row.indicator == "1"
