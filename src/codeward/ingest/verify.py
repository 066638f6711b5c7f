"""Verify: read the cited line of the cited file again and compare it with what the library holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from codeward.core.faults import BadFile, NotFound
from codeward.core.sources import Source
from codeward.datasets.declare import Dataset
from codeward.datasets.registry import DATASETS
from codeward.ingest.files import OfficialFile
from codeward.ingest.plan import make_plan
from codeward.ingest.rows import Part, read_part


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the line still reads as cited; `file_same` says whether the whole file is byte for byte the same."""

    same: bool
    file_same: bool
    words: str


@dataclass(frozen=True, slots=True)
class ToVerify:
    """A citation with the check stored for its line and where its file lies."""

    source: Source
    checked: int
    path: Path
    members: tuple[str, ...]


def verify(source: Source, checked: int, path: Path, members: tuple[str, ...]) -> Verdict:
    """Compare the line with the check stored for it; NotFound when the file is no longer where it was read."""
    return verify_many([ToVerify(source, checked, path, members)])[0]


def verify_many(cited: Sequence[ToVerify]) -> list[Verdict]:
    """A verdict for each citation, in order; each file is read once, however many of its lines are cited."""
    verdicts: dict[int, Verdict] = {}
    by_file: dict[tuple[str, str, Path], list[int]] = {}
    for at, item in enumerate(cited):
        by_file.setdefault((item.source.dataset, item.source.file, item.path), []).append(at)
    for places in by_file.values():
        verdicts |= _verified(cited, places)
    return [verdicts[at] for at in range(len(cited))]


def _verified(cited: Sequence[ToVerify], places: list[int]) -> dict[int, Verdict]:
    """Verdicts on citations of one file."""
    first = cited[places[0]]
    file = OfficialFile(first.path, first.members)
    if not first.path.is_file():
        raise NotFound(
            f"{first.path} is gone: put {first.source.file} back there, or build the library from where it is now"
        )
    try:
        now = _checks_of(first.source, file, {str(cited[at].source.line) for at in places})
    except BadFile as fault:
        bad = Verdict(False, False, f"the file can no longer be read: {fault}")
        return dict.fromkeys(places, bad)
    return {at: _compared(cited[at], now, file) for at in places}


def _compared(item: ToVerify, now: dict[str, int], file: OfficialFile) -> Verdict:
    source, file_same = item.source, file.sha256 == item.source.sha256
    found = now.get(str(source.line))
    if found is None:
        return Verdict(False, file_same, f"line {source.line} of {source.file} is no longer there")
    if found != item.checked:
        return Verdict(False, file_same, f"line {source.line} of {source.file} reads differently now")
    if not file_same:
        return Verdict(True, False, f"line {source.line} reads as cited; elsewhere {source.file} has changed")
    return Verdict(True, True, f"line {source.line} of {source.file} reads as cited (sha256 {source.sha256})")


def _checks_of(source: Source, file: OfficialFile, wanted: set[str]) -> dict[str, int]:
    """The check of each wanted line as the file has it now; the first row of a line counts."""
    dataset, found = DATASETS[source.dataset], {}
    for _, line, check, _ in read_part(dataset, _part(dataset, source, file)):
        if str(line) in wanted and str(line) not in found:
            found[str(line)] = check
            if len(found) == len(wanted):
                break
    return found


def _part(dataset: Dataset, source: Source, file: OfficialFile) -> Part:
    """The part the file was read in, with the files that were read beside it."""
    plan = make_plan([file.path], {dataset.id: dataset}, whole=False)
    for release in plan.releases:
        for part in release.parts:
            if part.main[2].name == file.name:
                return part
    match = dataset.shape_of(file.name)
    if match is None:
        raise NotFound(f"{source.file} is not a file of {dataset.id}")
    return Part(((*match, file),))
