"""Pair-edit tabs: two settings by two directions, one shown, filtered and turned page by page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from codeward.core.answers import Fact
from codeward.core.codes import Code
from codeward.core.faults import BadInput
from codeward.services.page import Section, Table
from codeward.services.pair_edits import DIRECTIONS, SETTINGS, PairFilter
from codeward.web.pages.day import Day

SETTING_NAMES = {"practitioner": "Practitioner", "outpatient-hospital": "Outpatient hospital"}
SIDE_NAMES = {"column1": "paid, column 1", "column2": "denied, column 2"}
INDICATORS = {"0": "never bypassed", "1": "bypassed by a modifier"}


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader chose to see."""

    setting: str
    side: str
    begins: str = ""
    indicator: str = ""
    start: int = 0

    @property
    def key(self) -> str:
        """The name of the table that answers it."""
        return f"{self.setting}-{self.side}"

    @property
    def filter(self) -> PairFilter:
        """As the service takes it."""
        return PairFilter(self.begins, self.indicator, self.start)


@dataclass(frozen=True, slots=True)
class Tab:
    """One setting and direction with its count; None when that setting is not loaded."""

    setting: str
    side: str
    total: int | None
    words: str
    here: bool
    href: str

    @property
    def name(self) -> str:
        """What its edits do to this code."""
        return SIDE_NAMES[self.side]


@dataclass(frozen=True, slots=True)
class PairPanel:
    """The tabs and the table of the one chosen."""

    code: Code
    choice: Choice
    tabs: tuple[Tab, ...]
    table: Table | None
    first: int
    last: int
    before: str
    after: str

    @property
    def groups(self) -> list[tuple[str, list[Tab]]]:
        """Tabs by setting."""
        return [(name, [tab for tab in self.tabs if tab.setting == setting]) for setting, name in SETTING_NAMES.items()]

    @property
    def action(self) -> str:
        """Where the filter form goes."""
        return f"{self.code.path}/edits"

    @property
    def filtered(self) -> bool:
        """Whether a filter is on."""
        return bool(self.choice.begins or self.choice.indicator)

    @property
    def here(self) -> Tab:
        """The chosen tab."""
        return next(tab for tab in self.tabs if tab.here)


def choice_in(query: QueryDict) -> Choice:
    """The choice in a page's address; BadInput says what was expected."""
    setting, side = query.get("setting", "practitioner"), query.get("side", "column1")
    start, indicator = query.get("start", "0"), query.get("indicator", "")
    if setting not in SETTINGS:
        raise BadInput(f"{setting!r} is no setting: expected {' or '.join(SETTINGS)}")
    if side not in DIRECTIONS:
        raise BadInput(f"{side!r} is no side: expected {' or '.join(DIRECTIONS)}")
    if indicator not in ("", *INDICATORS):
        raise BadInput(f"{indicator!r} is no modifier indicator: expected 0 or 1")
    if not (start.isascii() and start.isdigit() and len(start) < 8):
        raise BadInput(f"{start!r} is no row to start from: expected a number")
    return Choice(setting, side, query.get("begins", "").strip()[:5], indicator, int(start))


def first_choice(section: Section) -> Choice:
    """The first setting and direction that has an edit, else the first that is loaded."""
    loaded = [choice for choice in CHOICES if _count(section, choice) is not None]
    filled = [choice for choice in loaded if _count(section, choice)]
    return next(iter(filled or loaded), CHOICES[0])


CHOICES = tuple(Choice(setting, side) for setting in SETTINGS for side in DIRECTIONS)


def _fact(section: Section, choice: Choice) -> Fact | None:
    return section.fact(f"pairs_{choice.key}".replace("-", "_"))


def _count(section: Section, choice: Choice) -> int | None:
    fact = _fact(section, choice)
    return int(fact.value or 0) if fact else None


def pair_panel(section: Section, code: Code, choice: Choice, day: Day) -> PairPanel:
    """The panel of one choice; its tab says so when that setting is not loaded."""
    tabs = tuple(_tab(section, code, item, choice, day) for item in CHOICES)
    shown = next((item for item in section.tables if item.name == choice.key), None)
    total = shown.total if shown else 0
    last = choice.start + len(shown.lines) if shown else 0
    most = choice.filter.most
    before = _href(code, replace(choice, start=max(0, choice.start - most)), day) if choice.start else ""
    after = _href(code, replace(choice, start=choice.start + most), day) if last < total else ""
    return PairPanel(code, choice, tabs, shown, choice.start + 1, last, before, after)


def _tab(section: Section, code: Code, item: Choice, chosen: Choice, day: Day) -> Tab:
    fact = _fact(section, item)
    words = fact.meaning if fact else ""
    here = (item.setting, item.side) == (chosen.setting, chosen.side)
    return Tab(item.setting, item.side, _count(section, item), words, here, _href(code, item, day))


def _href(code: Code, choice: Choice, day: Day) -> str:
    wanted = {"setting": choice.setting, "side": choice.side, "begins": choice.begins, "indicator": choice.indicator}
    query = {name: value for name, value in wanted.items() if value}
    query |= {"start": str(choice.start)} if choice.start else {}
    query |= {"on": day.on.isoformat()} if day.asked else {}
    return f"{code.path}/edits?{urlencode(query)}"
