"""Schedules: fee rows as of one day, remembered by the library from claim to claim."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from codeward.services.view import View
from codeward.store.library import Found
from codeward.store.releases import Release


@dataclass
class Schedules(View):
    """A view whose rows are read once a library: a claim asks for the same few hundred rows as the claim before."""

    held: dict[str, Release | None] = field(default_factory=dict)

    def edition(self, dataset: str) -> Release | None:
        """The edition that answers on the day, found once."""
        if dataset not in self.held:
            self.held[dataset] = super().edition(dataset)
        return self.held[dataset]

    def find(self, dataset: str, **where: str) -> list[Found[Any]]:
        """Rows in force on the day that match."""
        release = self.edition(dataset)
        if release is None:
            return []
        day = self.on if release.own_days else release.effective
        return self.library.find_again(dataset, release, day, tuple(where.items()))
