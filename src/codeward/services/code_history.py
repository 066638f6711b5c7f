"""History of one code: what changed about it, from edition to edition and by the days that rows give themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from codeward.core.answers import Fact
from codeward.core.codes import Code
from codeward.core.days import OPEN_END
from codeward.core.sources import Source
from codeward.datasets.declare import Column, Dataset
from codeward.datasets.registry import DATASETS
from codeward.services.cells import OURS, differs, label_of, shown, withheld
from codeward.services.freshness import missing_between
from codeward.services.page import Event, Section
from codeward.services.physician_fees import PAID_BY_RVU, RVU, amount
from codeward.services.subjects import speaking_of
from codeward.store.compare import Row
from codeward.store.library import Library
from codeward.store.pairs import days_of_pairs
from codeward.store.releases import Release

STANDING, WORDING, PAYMENT, LIMITS, EDITS, GROUPING = "standing", "wording", "payment", "limits", "edits", "grouping"
KINDS = {
    STANDING: "Listed, ended, billable",
    WORDING: "Wording",
    PAYMENT: "Payment",
    LIMITS: "Unit limits",
    EDITS: "Edits",
    GROUPING: "Groupings",
}
"""Kinds of event, in the order in which a page offers them."""

DIAGNOSES, SUPPLIES, PAIRS = "icd-10-cm", "hcpcs", "ncci-ptp-"
_KIND_OF = (
    ("ncci-mue", LIMITS), ("ncci-", EDITS), ("mpfs-", PAYMENT), ("opps-", PAYMENT), ("asc-", PAYMENT),
    ("clfs", PAYMENT), ("asp", PAYMENT), ("dmepos", PAYMENT), ("cms-hcc", GROUPING), ("ccsr", GROUPING),
    ("ccir", GROUPING), ("ms-drg", GROUPING), ("hcpcs", STANDING), ("icd-10", STANDING),
)  # fmt: skip
_WORDS = ("title", "long_text", "short_text", "text", "display_name", "definition", "notes", "name", "meaning")
_LABELS = {
    ("mpfs-rvu", "status"): "Status code",
    ("mpfs-rvu", "work"): "Work RVU",
    ("mpfs-rvu", "total_nonfacility"): "Total RVU, non-facility",
    ("mpfs-rvu", "total_facility"): "Total RVU, facility",
    ("mpfs-rvu", "global_days"): "Global period",
    ("opps-addendum-b", "apc"): "APC",
    ("opps-addendum-b", "rate"): "OPPS rate",
    ("opps-addendum-b", "status_indicator"): "OPPS status indicator",
    ("asc-aa", "rate"): "ASC rate",
    ("asc-bb", "rate"): "ASC rate",
}
_PASSED_OVER = {
    "mpfs-rvu": ("pe_nonfacility", "pe_facility", "malpractice", "conversion_factor", "calculation_flag",
                 "imaging_family", "preoperative", "intraoperative", "postoperative"),
    "opps-addendum-b": ("change", "weight", "copayment", "minimum_copayment", "short_text"),
    "asc-aa": ("weight", "short_text"),
    "asc-bb": ("weight", "short_text"),
    "icd-10-cm": ("parent", "chapter", "section"),
    "hcpcs": ("added", "terminated", "action_effective", "action"),
    "hcpcs-modifiers": ("action_effective", "action"),
}  # fmt: skip
"""Columns that follow from others shown, or that tell of the file and not of the code."""

_AMOUNTS = (
    ("amount_nonfacility", "National amount, non-facility", "total_nonfacility", "na_nonfacility"),
    ("amount_facility", "National amount, facility", "total_facility", "na_facility"),
)
_MOST_DAYS = 12
"""Days of one table's edits that are told one by one."""

_FEW = 3
PUT_IN, TAKEN_OUT = "listed", "not listed"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Side:
    """A code's row in one edition; `header`: an edition that lists billable codes alone has narrower ones instead."""

    release: Release
    row: Row | None
    header: bool = False

    @property
    def there(self) -> bool:
        """Whether the edition has the code."""
        return self.row is not None or self.header


def code_history(library: Library, code: Code) -> tuple[Event, ...]:
    """Every change the loaded editions show of a code, newest first."""
    found: dict[tuple[object, ...], Event] = {}
    for dataset, column in speaking_of(code.system):
        for event in _events(library, DATASETS[dataset], column, code.value):
            key = (event.day, event.dataset, event.name, event.subject, event.before, event.after)
            found.setdefault(key, event)
    order = {name: at for at, name in enumerate(DATASETS)}
    return tuple(sorted(found.values(), key=lambda item: (-item.day.toordinal(), order[item.dataset], item.subject)))


def timeline(library: Library, code: Code) -> Section:
    """The history as a section of the code's page, with the editions it was read from."""
    facts = library.compared.get(code.system)
    if facts is None:
        names = dict.fromkeys(name for name, _ in speaking_of(code.system))
        facts = library.compared[code.system] = tuple(fact for name in names for fact in _read(library, name))
    return Section("timeline", "Timeline", facts, events=code_history(library, code))


def _read(library: Library, dataset: str) -> Iterator[Fact]:
    """Which editions were compared, and which that came between are not loaded."""
    releases = [item for item in library.editions(dataset) if not item.own_days]
    for origin in (False, True):
        chain = [item for item in releases if item.from_package is origin]
        if len(chain) > 1:
            gaps = [day for pair in pairwise(chain) for day in missing_between(DATASETS[dataset], *pair)]
            words = f"{len(chain)} editions, {len(gaps)} that came between are not loaded"
            span = f"{chain[0].edition} to {chain[-1].edition}"
            yield Fact(f"compared_{dataset}", span, None, DATASETS[dataset].title, words)


def _events(library: Library, dataset: Dataset, column: str, code: str) -> Iterator[Event]:
    editions = library.editions(dataset.id)
    if dataset.id.startswith(PAIRS):
        yield from _pair_events(library, dataset, editions, column, code)
        return
    rows = library.stored(dataset.id, column, code)
    if not rows and dataset.id != DIAGNOSES:
        return
    for origin in (False, True):
        snapshots = [item for item in editions if item.from_package is origin and not item.own_days]
        if len(snapshots) > 1:
            yield from _snapshot_events(library, dataset, snapshots, rows, code)
        dated = [item for item in editions if item.from_package is origin and item.own_days]
        if dated:
            yield from _dated_events(library, dataset, dated[-1], rows, column)
    if dataset.id == SUPPLIES and rows:
        yield from _own_dates(library, dataset, rows[-1])


def _snapshot_events(
    library: Library, dataset: Dataset, chain: list[Release], rows: list[Row], code: str
) -> Iterator[Event]:
    width = len(dataset.columns)
    for subject, held in _by_subject(library, dataset, rows):
        if any(row[width + 3] <= chain[0].id and row[width + 4] >= chain[-1].id for row in held):
            continue
        sides = [_side(library, dataset, release, held, code) for release in chain]
        for before, after in pairwise(sides):
            if before.row is not after.row or before.header != after.header:
                yield from _between(library, dataset, subject, before, after)


def _by_subject(library: Library, dataset: Dataset, rows: list[Row]) -> Iterable[tuple[str, list[Row]]]:
    """A code's rows by the rest of the key, such as the modifier."""
    if len(dataset.key) == 1:
        return [("", rows)]
    others = [(dataset.index[name] + 1, dataset.columns[dataset.index[name]]) for name in dataset.key[1:]]
    found: dict[str, list[Row]] = {}
    for row in rows:
        words = [f"{label_of(item)} {shown(library, item, row[at])}" for at, item in others if row[at]]
        found.setdefault(", ".join(words), []).append(row)
    return found.items()


def _side(library: Library, dataset: Dataset, release: Release, rows: list[Row], code: str) -> _Side:
    width = len(dataset.columns)
    row = next((item for item in rows if item[width + 3] <= release.id <= item[width + 4]), None)
    lists_billable_alone = row is None and dataset.id == DIAGNOSES and library.lists_billable_alone(release)
    return _Side(release, row, lists_billable_alone and library.has_longer(dataset.id, release, code))


def _between(library: Library, dataset: Dataset, subject: str, before: _Side, after: _Side) -> Iterator[Event]:
    note = _gap_note(dataset, before.release, after.release)
    sources = _source(library, before), _source(library, after)

    def event(name: str, label: str, was: str, now: str, kind: str = STANDING) -> Event:
        day = after.release.effective
        return Event(day, kind, dataset.id, name, label, was, now, *sources, subject, note)

    if not (before.there and after.there):
        if before.there != after.there and not _dates_itself(dataset, before, after):
            words = (PUT_IN, TAKEN_OUT) if before.there else (TAKEN_OUT, PUT_IN)
            yield event("listed", "Standing", *words, kind=_standing_kind(dataset))
        return
    if before.row is None or after.row is None:
        if _is_billable(dataset, before) != _is_billable(dataset, after):
            yield event("billable", "Use", _use(dataset, before), _use(dataset, after))
        return
    for name, label, was, now, kind in _cells(library, dataset, before.row, after.row):
        if not (_is_unsaid(library, before, name, was) or _is_unsaid(library, after, name, now)):
            yield event(name, label, was, now, kind)


def _is_unsaid(library: Library, side: _Side, name: str, value: str) -> bool:
    """Whether a cell is blank because its edition has no such column."""
    known = name in DATASETS[side.release.dataset].index
    return not value and known and library.is_silent(side.release, name)


def _standing_kind(dataset: Dataset) -> str:
    """Being in a fee schedule or a table of limits is a matter of payment or limits, not of being a code."""
    return next((kind for start, kind in _KIND_OF if dataset.id.startswith(start)), STANDING)


def _source(library: Library, side: _Side) -> Source | None:
    return library.place_of(side.release, side.row) if side.row is not None else None


def _dates_itself(dataset: Dataset, before: _Side, after: _Side) -> bool:
    """Whether the alphanumeric file's own dates tell better when the code came or went."""
    if dataset.id != SUPPLIES:
        return False
    row, name = (before.row, "terminated") if before.row else (after.row, "added")
    return row is not None and row[dataset.index[name] + 1] is not None


def _is_billable(dataset: Dataset, side: _Side) -> bool:
    return side.row is not None and bool(side.row[dataset.index["billable"] + 1])


def _use(dataset: Dataset, side: _Side) -> str:
    if side.row is None:
        return "header (by its narrower codes)"
    return "billable" if _is_billable(dataset, side) else "header"


Cell = tuple[str, str, str, str, str]
"""Column, label, before, after, kind."""


def _cells(library: Library, dataset: Dataset, was: Row, now: Row) -> Iterator[Cell]:
    for at, item in enumerate(dataset.columns, start=1):
        if was[at] == now[at] or not _is_told(dataset, item) or not differs(item, was[at], now[at]):
            continue
        kind = _kind(dataset, item)
        if withheld(dataset, item):
            yield item.name, "Licensed wording", "earlier wording", "other wording", kind
        elif item.name == "billable":
            use = ("header", "billable") if now[at] else ("billable", "header")
            yield item.name, "Use", use[0], use[1], kind
        else:
            yield item.name, _label(dataset, item), shown(library, item, was[at]), shown(library, item, now[at]), kind
    if dataset.id == RVU:
        yield from _amounts(dataset, was, now)


def _is_told(dataset: Dataset, item: Column) -> bool:
    aside = (*_PASSED_OVER.get(dataset.id, ()), *OURS.get(dataset.id, ()), *dataset.key)
    return item.name not in aside


def _label(dataset: Dataset, item: Column) -> str:
    return _LABELS.get((dataset.id, item.name)) or label_of(item).capitalize()


def _kind(dataset: Dataset, item: Column) -> str:
    return WORDING if item.name in _WORDS else _standing_kind(dataset)


def _amounts(dataset: Dataset, was: Row, now: Row) -> Iterator[Cell]:
    """National amounts, worked out from the totals and the factor of each edition."""
    for name, label, total, absent in _AMOUNTS:
        before, after = (_amount(dataset, row, total, absent) for row in (was, now))
        if before != after:
            yield name, label, before, after, PAYMENT


def _amount(dataset: Dataset, row: Row, total: str, absent: str) -> str:
    status, na, units, factor = (_loaded(dataset, row, name) for name in ("status", absent, total, "conversion_factor"))
    if status not in PAID_BY_RVU or na or not isinstance(units, Decimal) or not isinstance(factor, Decimal):
        return "none"
    return str(amount(units, factor))


def _loaded(dataset: Dataset, row: Row, name: str) -> object:
    at = dataset.index[name]
    return dataset.columns[at].kind.load(row[at + 1])


def _gap_note(dataset: Dataset, before: Release, after: Release) -> str:
    missing = missing_between(dataset, before, after)
    if not missing:
        return ""
    return f"not loaded between {before.edition} and {after.edition}: it may have changed as early as {missing[0]}"


def _dated_events(
    library: Library, dataset: Dataset, release: Release, rows: list[Row], column: str
) -> Iterator[Event]:
    """Rows with days of their own: one that follows another at once is a change, the rest began or ended."""
    width = len(dataset.columns)
    held = [row for row in rows if row[width + 3] <= release.id <= row[width + 4] and row[width + 1] <= row[width + 2]]
    if len(dataset.key) > 1:
        yield from _relation_events(library, dataset, release, held, column)
        return
    ordered = sorted(held, key=lambda row: str(row[width + 1]))
    for at, row in enumerate(ordered):
        first, earlier = date.fromisoformat(row[width + 1]), ordered[at - 1] if at else None
        here = library.place_of(release, row)
        if earlier is not None and date.fromisoformat(earlier[width + 2]) + DAY == first:
            before = library.place_of(release, earlier)
            for name, label, was, now, kind in _cells(library, dataset, earlier, row):
                yield Event(first, kind, dataset.id, name, label, was, now, before, here)
        elif not release.starts_unknown and first > release.known_from:
            kind = _standing_kind(dataset)
            yield Event(first, kind, dataset.id, "listed", "Standing", TAKEN_OUT, PUT_IN, None, here)
        last = date.fromisoformat(row[width + 2])
        follows = at + 1 < len(ordered) and date.fromisoformat(ordered[at + 1][width + 1]) == last + DAY
        if last != OPEN_END and not follows:
            kind = _standing_kind(dataset)
            yield Event(last + DAY, kind, dataset.id, "listed", "Standing", PUT_IN, TAKEN_OUT, here, None)


def _relation_events(
    library: Library, dataset: Dataset, release: Release, rows: list[Row], column: str
) -> Iterator[Event]:
    """Edits that name the code beside another: begun and ended, counted by day."""
    width = len(dataset.columns)
    others = [name for name in dataset.key if name in dataset.looked_up_by and name != column]
    by_day: dict[tuple[date, bool], list[Row]] = {}
    for row in rows:
        first, last = (date.fromisoformat(row[width + at]) for at in (1, 2))
        if not release.starts_unknown and (first > release.known_from or not release.from_package):
            by_day.setdefault((first, True), []).append(row)
        if last != OPEN_END:
            by_day.setdefault((last, False), []).append(row)
    label = f"Edits with it as {column.replace('_', ' ')}"
    for (day, begun), found in sorted(by_day.items(), reverse=True)[:_MOST_DAYS]:
        names = sorted({str(row[dataset.index[name] + 1]) for row in found for name in others})
        words = ", ".join(names) if len(names) <= _FEW else f"{len(names)} codes"
        source = library.place_of(release, found[0])
        yield _edit_event(dataset, day, begun, label, words, source)


def _edit_event(dataset: Dataset, day: date, begun: bool, label: str, words: str, source: Source) -> Event:
    if begun:
        return Event(day, EDITS, dataset.id, "edits_begun", label, "", f"{words} begun", None, source)
    return Event(day, EDITS, dataset.id, "edits_ended", label, words, "ended after this day", source, None)


def _pair_events(
    library: Library, dataset: Dataset, editions: list[Release], column: str, code: str
) -> Iterator[Event]:
    """Pair edits begun and ended, counted by day, from the newest cumulative edition of each origin."""
    newest = {item.from_package: item for item in editions}
    label = f"Pair edits with it in column {column[-1]}"
    for release in newest.values():
        days = days_of_pairs(library, dataset.id, release, column, code)
        known = [item for item in days if item[0] == "ended" or item[1] > release.known_from]
        for change, day, count, row in sorted(known, key=lambda item: item[1], reverse=True)[:_MOST_DAYS]:
            source = library.place_of(release, library.stored_row(dataset.id, row))
            noun = "edit" if count == 1 else "edits"
            yield _edit_event(dataset, day, change == "begun", label, f"{count:,} {noun}", source)


def _own_dates(library: Library, dataset: Dataset, row: Row) -> Iterator[Event]:
    """The alphanumeric file's own dates: when a code was added, and its last day."""
    release = next(item for item in library.editions(dataset.id) if item.id == row[len(dataset.columns) + 3])
    source = library.place_of(release, row)
    added, ended = row[dataset.index["added"] + 1], row[dataset.index["terminated"] + 1]
    note = "by the file's own date"
    if added:
        day = date.fromisoformat(added)
        yield Event(day, STANDING, dataset.id, "added", "Added", "", "a code from this day", None, source, "", note)
    if ended:
        day = date.fromisoformat(ended)
        yield Event(
            day,
            STANDING,
            dataset.id,
            "terminated",
            "Last day",
            "a code",
            "ended after this day",
            source,
            source,
            "",
            note,
        )
