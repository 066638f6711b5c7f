"""Plan: which of the given files make which releases, what is missing and what is left aside and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from codeward.core.faults import BadFile
from codeward.datasets.declare import Dataset, Edition, Shape
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
                found[dataset.id, edition.id, shape.from_package].append((shape, edition, file))
                claimed = True
        if not claimed:
            plan.left_aside.append((file.name, "no dataset has a file of this name"))
    for (dataset_id, _, from_package), files in _marry(found).items():
        plan.releases.append(_release(datasets[dataset_id], from_package, files, plan))
        if whole and not from_package:
            _refuse_missing(plan.releases[-1])
    plan.releases.sort(key=lambda item: (item.dataset.id, item.from_package, item.edition.effective))
    return plan


def _marry(
    found: dict[tuple[str, str, bool], list[Found]],
) -> dict[tuple[str, str, bool], list[Found]]:
    """Files of one archive that name their edition less exactly join the one that names it best.

    The FY2021 archive holds `icd10cm-order-Jan-2021.txt` beside `icd10cm_tabular_2021.xml`.
    """
    for key, files in list(found.items()):
        dataset_id, edition_id, _ = key
        if not edition_id.startswith("FY"):
            continue
        for other, others in found.items():
            same_archive = {item[2].path for item in files} == {item[2].path for item in others}
            roles = {item[0].role for item in files} & {item[0].role for item in others}
            if other[0] == dataset_id and other != key and same_archive and not roles:
                edition = others[0][1]
                others.extend((shape, edition, file) for shape, _, file in found.pop(key))
                break
    return found


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
    edition = replace(files[0][1], part="", constants=())
    return ReleasePlan(dataset, edition, from_package, _parts(dataset, chosen))


def _refuse_missing(release: ReleasePlan) -> None:
    dataset = release.dataset
    have = {part.main[1].part for part in release.parts}
    missing = [part for part in dataset.parts if part not in have]
    if missing:
        lacks = f"{release.name} lacks part {', '.join(missing)}: expected {', '.join(dataset.parts)}"
        raise BadFile(release.parts[0].main[2].name, lacks)


def _parts(dataset: Dataset, chosen: dict[tuple[str, str], Found]) -> tuple[Part, ...]:
    ranked = sorted(chosen.values(), key=lambda item: (item[0].rank, item[1].part, item[2].name))
    if dataset.records is not None and not dataset.apart:
        return (Part(tuple(ranked)),)
    return tuple(Part((item,)) for item in ranked)
