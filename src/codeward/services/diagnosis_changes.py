"""Changes of a diagnosis: what an edition put in the place of a code, and what a code came from, told by structure.

The publisher's conversion table is not among the loaded files, so every pairing here is read off the codes of two
loaded editions, and says by which likeness. Source of the forms: ICD-10-CM conventions, I.A.4 (placeholder X).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from codeward.core.answers import Fact
from codeward.core.codes import Code
from codeward.core.sources import Source
from codeward.datasets.icd_10_cm import DiagnosisRow
from codeward.datasets.icd_10_cm_addenda import AddendumRow
from codeward.datasets.registry import DATASETS
from codeward.services.page import Cell, Line, Section, Sentence, Table, table
from codeward.services.view import View
from codeward.store.diagnosis_tree import has_narrower
from codeward.store.library import Found
from codeward.store.releases import Release

CODES, ADDENDA = "icd-10-cm", "icd-10-cm-addenda"
BILLABLE, HEADER, ABSENT = "billable", "header", ""
NARROWER = "narrower codes that came with the change"
FILLED = "the same characters with the placeholder X filled"
WIDER = "the wider code became billable"
BESIDE = "new codes beside it, under the same wider code"
_SHOWN = 60
_NAMED = 4

Entry = Found[DiagnosisRow]


@dataclass(frozen=True, slots=True)
class Change:
    """Two loaded editions between which a code became or ceased to be billable, and the codes on the other side."""

    ended: bool
    before: Release
    after: Release
    use: str
    own: Entry
    others: tuple[Entry, ...]
    basis: str

    @property
    def when(self) -> str:
        """The day of the change, or the days between which it lies where editions are missing."""
        first = DATASETS[CODES].current_until(self.before.effective)
        if first is None or first >= self.after.effective:
            return f"on {self.after.effective}"
        return f"between {first} and {self.after.effective} (no edition between them is loaded)"


def changes_of(view: View, code: str) -> list[Change]:
    """Every change of the code between loaded editions of one origin, oldest first."""
    release = view.edition(CODES)
    if release is None:
        return []
    editions = [item for item in view.library.editions(CODES) if item.from_package == release.from_package]
    uses = [(item, _use(view, item, code)) for item in sorted(editions, key=lambda item: item.effective)]
    found = []
    for (before, was), (after, now) in pairwise(uses):
        if (was == BILLABLE) != (now == BILLABLE):
            ended = was == BILLABLE
            own = _one(view, before if ended else after, code)
            assert own is not None
            others, basis = (_successors if ended else _predecessors)(view, before, after, code)
            found.append(Change(ended, before, after, now, own, tuple(others), basis))
    return found


def _use(view: View, release: Release, code: str) -> str:
    rows = view.library.find(CODES, release, release.effective, code=code)
    if rows:
        return BILLABLE if rows[0].row.billable else HEADER
    return HEADER if has_narrower(view.library, release, code) else ABSENT


def _billable(view: View, release: Release, beginning: str) -> list[Entry]:
    rows: list[Entry] = view.library.beginning_with(CODES, release, beginning)
    return [item for item in rows if item.row.billable]


def _only_in(view: View, rows: list[Entry], other: Release) -> list[Entry]:
    """Those that the other edition has not as billable codes."""
    return [item for item in rows if _use(view, other, item.row.code) != BILLABLE]


def _successors(view: View, before: Release, after: Release, code: str) -> tuple[list[Entry], str]:
    narrower = _only_in(view, _billable(view, after, code), before)
    if narrower:
        return narrower, NARROWER
    stem = code[: code.find("X", 3)] if "X" in code[3:] else ""
    filled = [item for item in _billable(view, after, stem) if _fills(item.row.code, code)] if stem else []
    filled = _only_in(view, filled, before)
    if filled:
        return filled, FILLED
    wider = [_one(view, after, code[:end]) for end in range(len(code) - 1, 2, -1)]
    became = _only_in(view, [item for item in wider if item is not None and item.row.billable], before)
    if became:
        return became, WIDER
    beside = _only_in(view, _billable(view, after, code[:-1]), before) if len(code) > 3 else []
    return (beside, BESIDE) if beside else ([], "")


def _predecessors(view: View, before: Release, after: Release, code: str) -> tuple[list[Entry], str]:
    wider = [_one(view, before, code[:end]) for end in range(len(code) - 1, 2, -1)]
    split = _only_in(view, [item for item in wider if item is not None and item.row.billable], after)
    if split:
        return split, NARROWER
    held = [_one(view, before, form) for form in _with_placeholder(code)]
    filled = _only_in(view, [item for item in held if item is not None and item.row.billable], after)
    if filled:
        return filled, FILLED
    joined = _only_in(view, _billable(view, before, code), after)
    return (joined, WIDER) if joined else ([], "")


def _one(view: View, release: Release, code: str) -> Entry | None:
    rows: list[Entry] = view.library.find(CODES, release, release.effective, code=code)
    return rows[0] if rows else None


def _fills(new: str, old: str) -> bool:
    """Whether the new code is the old one with some of its placeholders filled."""
    same = len(new) == len(old) and new != old and new[:3] == old[:3]
    return same and all(b in (a, "X") for a, b in zip(new[3:], old[3:], strict=True))


def _with_placeholder(code: str) -> list[str]:
    """Forms the code could have had when a placeholder stood where a character stands now."""
    if len(code) != 7:
        return []
    spans = [(start, end) for start in range(3, 6) for end in range(start + 1, 7)]
    forms = [code[:start] + "X" * (end - start) + code[end:] for start, end in spans]
    return [form for form in dict.fromkeys(forms) if form != code]


def changes(view: View, code: str, found: list[Change]) -> Section:
    """The section that lists the codes on the other side of each change, and what the publisher's addenda say."""
    tables = []
    for at, change in enumerate(found):
        for item in (change.own, *change.others):
            view.sources[item.source] = None
        lines = [
            Line((_cell(item.row.code), Cell(item.row.title), Cell(item.source.edition)), item.source)
            for item in change.others
        ]
        if lines:
            name = f"{'successors' if change.ended else 'predecessors'}-{at}"
            heads = ("Code", "Title", "Edition")
            tables.append(table(name, _caption(change), heads, lines[:_SHOWN], len(lines)))
    tables += _addenda(view, code)
    facts = tuple(fact for change in found if (fact := _alone(change)))
    return Section("changes", "What it came from, what became of it", facts, tuple(tables))


def _addenda(view: View, code: str) -> list[Table]:
    rows: list[Found[AddendumRow]] = view.library.history(ADDENDA, code=code)
    for item in rows:
        view.sources[item.source] = None
    lines = [
        Line(
            (
                Cell(f"{item.source.edition}, from {item.release.effective}"),
                Cell(item.row.action),
                Cell(BILLABLE if item.row.billable else HEADER),
                Cell(item.row.title),
            ),
            item.source,
        )
        for item in rows
    ]
    heads = ("Addenda of", "Action", "As", "Title")
    return [table("addenda", "As the publisher's addenda list it", heads, lines)] if lines else []


def _cell(code: str) -> Cell:
    known = Code(CODES, code)
    return Cell(known.shown, known)


def _caption(change: Change) -> str:
    what = "These took its place" if change.ended else "It took the place of these"
    return f"{what} {change.when}. Told by structure: {change.basis}"


def _alone(change: Change) -> Fact | None:
    """Where structure shows nothing: said, so that silence is not read as none."""
    if change.others or not change.ended:
        return None
    text = (
        f"{change.before.edition} had it as a billable code and {change.after.edition} has not; the codes alone do not "
        "show what took its place. The publisher's conversion table, which is not loaded, would."
    )
    return Fact("successor", "not known", change.own.source, "What took its place", text)


def unloaded_edition(view: View) -> str:
    """Name and first day of the edition that should answer on the day and is not loaded; empty where none lacks."""
    if CODES not in view.caveats:
        return ""
    start = DATASETS[CODES].expected_start(view.on)
    return f"{DATASETS[CODES].name_of(start)}, in force from {start}," if start else ""


def change_sentences(view: View, name: str, found: list[Change]) -> tuple[Sentence, ...]:
    """What the page says first of the changes around its day: the one that ended it, or the one that began it."""
    sentences = []
    for change in found:
        if change.ended and change.before.effective <= view.on:
            sentences.append(_ended(view, name, change))
        elif not change.ended and change.others and change.after.effective <= view.on:
            sentences.append(_began(name, change))
    return tuple(sentences)


def _ended(view: View, name: str, change: Change) -> Sentence:
    sources = _sources(change)
    now = "as a header" if change.use == HEADER else "no longer"
    what = f"{change.before.edition} lists {name} as billable, {change.after.edition} {now}"
    tail = f"; by structure its place was taken by {_listed(change)}" if change.others else ""
    return Sentence(f"{what}: the change came {change.when}{tail}.", sources)


def _began(name: str, change: Change) -> Sentence:
    sources = _sources(change)
    text = f"{name} is billable since a change {change.when}; by structure it took the place of {_listed(change)}."
    return Sentence(text, sources)


def _sources(change: Change) -> tuple[Source, ...]:
    return (change.own.source, *(item.source for item in change.others[:_NAMED]))


def _listed(change: Change) -> str:
    names = [Code(CODES, item.row.code).shown for item in change.others]
    if len(names) > _NAMED:
        return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
