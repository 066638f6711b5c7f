"""State tiles: a map of the states as a grid of squares, coloured and lettered by their contractor's jurisdiction."""

from __future__ import annotations

from dataclasses import dataclass

from codeward.services.coverage.macs import Mac
from codeward.services.coverage_states import Served

TILE, GAP = 40, 3
_ROWS = (
    "AK . . . . . . . . . . ME",
    ". . . . . . . . . . VT NH",
    ". WA ID MT ND MN IL WI MI NY RI MA",
    ". OR NV WY SD IA IN OH PA NJ CT .",
    ". CA UT CO NE MO KY WV VA MD DE .",
    ". . AZ NM KS AR TN NC SC DC . .",
    ". . . . OK LA MS AL GA . . .",
    "HI . . . TX . . . . FL PR VI",
    "GU MP AS FM MH PW . . . . . .",
)
"""Roughly where the states lie, one tile each; the territories of the Pacific stand at the foot."""
PLACES = {
    letters: (column * (TILE + GAP), row * (TILE + GAP))
    for row, line in enumerate(_ROWS)
    for column, letters in enumerate(line.split())
    if letters != "."
}
WIDTH, HEIGHT = 12 * (TILE + GAP) - GAP, len(_ROWS) * (TILE + GAP) - GAP


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of the map: where it stands, what it says, and the class of its colour."""

    letters: str
    x: int
    y: int
    label: str
    words: str
    colour: str

    @property
    def middle(self) -> int:
        """Where its letters are centred."""
        return self.x + TILE // 2


def tiles(states: tuple[Served, ...], kind: str) -> tuple[Tile, ...]:
    """Tiles in reading order for A/B contractors, or with `kind` dme for those of equipment."""
    found = []
    for state in states:
        mac = state.dme if kind == "dme" else state.ab
        label = mac.jurisdiction.removeprefix("DME ") if mac else "?"
        words = f"{state.name}: {mac.jurisdiction}, {mac.name}" if mac else f"{state.name}: not known for this day"
        x, y = PLACES[state.letters]
        found.append(Tile(state.letters, x, y, label, words, f"j-{label.lower()}" if mac else "j-none"))
    return tuple(sorted(found, key=lambda item: (item.y, item.x)))


def legend(states: tuple[Served, ...], kind: str) -> tuple[tuple[Mac, str, str], ...]:
    """Each jurisdiction once, with the class of its colour and its states."""
    macs: dict[str, tuple[Mac, list[str]]] = {}
    for state in states:
        mac = state.dme if kind == "dme" else state.ab
        if mac is not None:
            macs.setdefault(mac.jurisdiction, (mac, []))[1].append(state.letters)
    return tuple(
        (mac, f"j-{name.removeprefix('DME ').lower()}", " ".join(sorted(letters)))
        for name, (mac, letters) in sorted(macs.items())
    )
