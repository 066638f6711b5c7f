"""Plan: which of the given files make which releases, what is missing and what is left aside and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from codeward.core.faults import BadFile
from codeward.datasets.declare import UNDATED, Dataset, Edition, Shape
from codeward.datasets.refused import reason_for
from codeward.ingest.archive_editions import by_archive
from codeward.ingest.files import OfficialFile, walk
from codeward.ingest.rows import Part

Found = tuple[Shape, Edition, OfficialFile]


@dataclass(frozen=True)
class ReleasePlan:
    """One edition of one dataset and the parts it is read from."""

    dataset: Dataset
    edition: Edition
    from_package: bool
    parts: tuple[Part, ...]

    @property
    def name(self) -> str:
        """For progress lines and faults."""
        return f"{self.dataset.id} {self.edition.id}"


@dataclass
class Plan:
    """What a build will read, and what it was given but leaves aside."""

    releases: list[ReleasePlan] = field(default_factory=list)
    left_aside: list[tuple[str, str]] = field(default_factory=list)


def make_plan(paths: Iterable[Path], datasets: Mapping[str, Dataset], *, whole: bool = True) -> Plan:
    """Match every file to the datasets it belongs to; BadFile when `whole` is asked and a part is missing."""
    plan = Plan()
    found: dict[tuple[str, str, bool], list[Found]] = defaultdict(list)
    for file in walk(list(paths)):
        claimed = False
        for dataset in datasets.values():
            match = dataset.shape_of(file.name)
            if match:
                shape, edition = match
                if edition == UNDATED:
                    edition = _dated(dataset, file)
                found[dataset.id, edition.id, shape.from_package].append((shape, edition, file))
                claimed = True
        if not claimed:
            plan.left_aside.append((file.name, reason_for(file.name)))
    for (dataset_id, _, from_package), files in by_archive(found).items():
        plan.releases.append(_release(datasets[dataset_id], from_package, files, plan))
        if whole and not from_package:
            _refuse_missing(plan.releases[-1])
    plan.releases.sort(key=lambda item: (item.dataset.id, item.from_package, item.edition.effective))
    return plan


def _dated(dataset: Dataset, file: OfficialFile) -> Edition:
    """The edition of a file whose name has no day: by what it holds, or by when it was put into its archive."""
    try:
        with file.open() as stream:
            day = dataset.dated_by(stream) if dataset.dated_by else file.packed_on
    except ValueError as error:
        raise BadFile(file.name, str(error)) from None
    return Edition(day.isoformat(), day)


def _release(dataset: Dataset, from_package: bool, files: list[Found], plan: Plan) -> ReleasePlan:
    chosen: dict[tuple[str, str], Found] = {}
    for item in sorted(files, key=lambda item: (item[0].rank, item[2].name)):
        shape, edition, file = item
        variant = edition.part or str(edition.constants)
        held = chosen.get((variant, shape.role))
        if held is None:
            chosen[variant, shape.role] = item
        elif held[0].rank == shape.rank and held[2].sha256 != file.sha256:
            chosen[variant, shape.role] = item
            plan.left_aside.append((held[2].name, f"{file.name} holds the same edition and comes later"))
        else:
            plan.left_aside.append((file.name, f"same edition as {held[2].name}"))
    _prefer_whole(chosen, plan)
    edition = replace(files[0][1], part="", constants=())
    return ReleasePlan(dataset, edition, from_package, _parts(dataset, chosen))


def _prefer_whole(chosen: dict[tuple[str, str], Found], plan: Plan) -> None:
    """A file that holds the whole edition stands for its parts (the policy manual's chapters)."""
    whole = next((item for item in chosen.values() if not item[1].part), None)
    for key, (_, edition, file) in list(chosen.items()):
        if whole is not None and edition.part:
            del chosen[key]
            plan.left_aside.append((file.name, f"{whole[2].name} holds the whole edition"))


def _refuse_missing(release: ReleasePlan) -> None:
    dataset = release.dataset
    have = {part.main[1].part for part in release.parts}
    missing = [part for part in dataset.parts if part not in have]
    if missing:
        lacks = f"{release.name} lacks part {', '.join(missing)}: expected {', '.join(dataset.parts)}"
        raise BadFile(release.parts[0].main[2].name, lacks)


def _parts(dataset: Dataset, chosen: dict[tuple[str, str], Found]) -> tuple[Part, ...]:
    ranked = sorted(chosen.values(), key=lambda item: (item[0].rank, item[1].part, item[2].name))
    if dataset.records is not None and not dataset.apart and not any(edition.part for _, edition, _ in ranked):
        return (Part(tuple(ranked)),)
    return tuple(Part((item,)) for item in ranked)
