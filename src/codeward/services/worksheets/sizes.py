"""Sizes: the code of a length, diameter or area among the steps of its family, and units beyond the last step."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from functools import cache

from codeward.services.worksheets.sheet import Sheet
from codeward.services.worksheets.sites import Place, group_of
from codeward.services.worksheets.tables import table

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Step:
    """One size step: above the step before it and up to and including `most`; None is without end."""

    most: Decimal | None
    code: str


@dataclass(frozen=True, slots=True)
class Family:
    """Codes of one kind of work in one site group, by size; `add_on` counts each `per` beyond the last step."""

    kind: str
    group: str
    sites: frozenset[str]
    steps: tuple[Step, ...]
    add_on: str = ""
    per: Decimal = Decimal(0)

    @property
    def covered(self) -> Decimal:
        """The size that the last step holds."""
        return self.steps[-1].most or Decimal(0)


@cache
def families(name: str) -> tuple[Family, ...]:
    """Families of one table."""
    return tuple(
        Family(
            item.get("kind", ""),
            item["group"],
            frozenset(item["sites"]),
            tuple(Step(Decimal(most) if most else None, code) for most, code in item["steps"]),
            item.get("add_on", ""),
            Decimal(item.get("per", "0")),
        )
        for item in table(name)["family"]
    )


def family_of(name: str, kind: str, place: Place, field: str) -> Family:
    """The family of a kind of work at a place; BadInput when the place lies in no single one."""
    held = [item for item in families(name) if item.kind == kind]
    group = group_of(place, [(item.group, item.sites) for item in held], field)
    return next(item for item in held if item.group == group)


def to_tenth(sheet: Sheet, size: Decimal, unit: str) -> Decimal:
    """A size to the tenth in which steps are printed; a finer one is rounded, and that is said."""
    rounded = size.quantize(TENTH, ROUND_HALF_UP)
    if rounded != size:
        sheet.warn(f"{plain(size)} {unit} was rounded to {plain(rounded)}: size steps are printed to a tenth")
    return rounded


def step_of(family: Family, size: Decimal) -> Step:
    """The step that holds a size; the last one for what lies beyond it."""
    return next((step for step in family.steps if step.most is None or size <= step.most), family.steps[-1])


def further_units(size: Decimal, covered: Decimal, per: Decimal) -> int:
    """How many further units a size needs beyond what is covered, a part counting as a whole."""
    return 0 if size <= covered else int(((size - covered) / per).to_integral_value(ROUND_CEILING))


def band(family: Family, step: Step, unit: str) -> str:
    """A step in words: `above 2.5 and up to 7.5 cm`."""
    at = family.steps.index(step)
    below = family.steps[at - 1].most if at else None
    if step.most is None:
        return f"above {plain(below or Decimal(0))} {unit}"
    return f"above {plain(below)} and up to {plain(step.most)} {unit}" if below else f"up to {plain(step.most)} {unit}"


def plain(number: Decimal) -> str:
    """A number without needless zeros."""
    return f"{number.normalize():f}"
