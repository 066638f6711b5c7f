"""Fetcher: gets the files of datasets into the downloads of a home, and says what came of each."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from codeward.core.faults import BadInput
from codeward.datasets.declare import Dataset
from codeward.datasets.registry import DATASETS
from codeward.ingest.downloads import Download, Ledger, file_sha256
from codeward.ingest.fetch import contents, naming, terms
from codeward.ingest.fetch.download import Marks, Received, Transfer
from codeward.ingest.fetch.landing import Link, Reader
from codeward.ingest.fetch.report import Outcome, Report, State
from codeward.ingest.fetch.session import Session
from codeward.ingest.fetch.troubles import NotThere, Refused, Trouble, WrongContent
from codeward.ingest.fetch.wanted import Asked, Wanted, agreed, choose
from codeward.ingest.staging import Progress
from codeward.store.home import Home

Tried = tuple[tuple[str, str], ...]


def can_fetch(dataset: Dataset) -> bool:
    """Whether its publisher has it for anybody to download, at addresses Codeward knows."""
    return bool(dataset.addresses or dataset.links)


def chosen(names: list[str]) -> list[Dataset]:
    """Datasets by id, by family (`ncci`), or every one that can be fetched (`all`); BadInput for any other word."""
    found = [dataset for name in names for dataset in _named(name)]
    return list({dataset.id: dataset for dataset in found}.values())


def _named(name: str) -> list[Dataset]:
    if name in DATASETS:
        if not can_fetch(DATASETS[name]):
            raise BadInput(f"{name} is not fetched: {_why_not(DATASETS[name])}")
        return [DATASETS[name]]
    family = [item for item in DATASETS.values() if name == "all" or item.id.startswith(f"{name}-")]
    fetched = [item for item in family if can_fetch(item)]
    if not fetched:
        raise BadInput(f"no dataset is called {name!r}: see `codeward library status`")
    return fetched


def _why_not(dataset: Dataset) -> str:
    if dataset.publisher.startswith("Codeward"):
        return "it is Codeward's own and in every library"
    if dataset.needs_acceptance == "ama-licensed":
        return "it needs a licence of your own: build it from the file you were delivered"
    if any(shape.from_package for shape in dataset.shapes):
        return "it comes with the starter: `codeward library build --starter --add`"
    return f"no address of its files is known: download it at {dataset.landing} and build it"


class Busy(BadInput):
    """Another process is at it."""


@contextmanager
def alone(home: Home) -> Iterator[None]:
    """Downloads are made by one process at a time; BadInput when another makes them."""
    home.downloads.mkdir(parents=True, exist_ok=True)
    with (home.downloads / "fetch.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Busy(f"another fetch is running in {home.root}") from None
        yield


@dataclass
class Fetcher:
    """Everything a fetch needs; `folder` is where new files go, `accepted` the terms accepted here."""

    session: Session
    reader: Reader
    ledger: Ledger
    folder: Path
    accepted: frozenset[str]
    today: date
    now: Callable[[], datetime]
    progress: Progress
    _seen: dict[str, Download] = field(default_factory=dict)

    def fetch(self, dataset: Dataset, asked: Asked, *, dry_run: bool = False) -> Report:
        """Get the dataset's files of the releases asked for."""
        lacking = terms.lacking(dataset, self.accepted)
        if lacking:
            return Report([_of_dataset(dataset, "terms", lacking)])
        self.progress(f"reading {dataset.id}'s page", 0.0)
        choice = choose(dataset, self.reader, asked, self.today)
        report = Report()
        if choice.shelf.problem:
            report.notes.append((dataset.id, f"its page could not be read: {choice.shelf.problem}"))
        for name in choice.nameless:
            report.outcomes.append(replace(_of_dataset(dataset, "not found", "no such edition"), edition=name))
        for wanted in choice.files:
            report.outcomes.append(self._plan(wanted) if dry_run else self._get(wanted))
        return report

    def _plan(self, wanted: Wanted) -> Outcome:
        """What would be asked for, without asking."""
        for link in wanted.links:
            held = self.ledger.held(link.url)
            if held is not None:
                return _outcome(wanted, "held", held)
        if not wanted.links:
            return _outcome(wanted, "not found", why="no address is known for this release")
        tried = tuple((link.url, "") for link in wanted.links[1:])
        return replace(_outcome(wanted, "planned", tried=tried), url=wanted.links[0].url)

    def _get(self, wanted: Wanted) -> Outcome:
        """Try the addresses in turn; the first that gives the file ends it, a failure of the line does too."""
        tried: Tried = ()
        state: State = "not found"
        links = self._links(wanted)
        while links:
            link = links.pop(0)
            if link.terms and link.terms not in self.accepted:
                tried, state = (*tried, (link.url, f"behind terms not accepted here: {link.terms}")), "terms"
                continue
            try:
                return replace(self._from(wanted, link), tried=tried)
            except WrongContent as trouble:
                tried, state = (*tried, (link.url, str(trouble))), "failed"
                if "agree=yes" not in link.url and "HTML" in str(trouble) and link.terms:
                    links.insert(0, agreed(link))
            except NotThere as trouble:
                tried = (*tried, (link.url, str(trouble)))
            except Refused as trouble:
                tried, state = (*tried, (link.url, str(trouble))), "failed"
            except Trouble as trouble:
                return _outcome(wanted, "failed", tried=(*tried, (link.url, str(trouble))), why=str(trouble))
        why = "; ".join(dict.fromkeys(words for _, words in tried)) or "no address is known for this release"
        return _outcome(wanted, state, tried=tried, why=why)

    def _links(self, wanted: Wanted) -> list[Link]:
        """Addresses to try; a file had before is asked for where it was, unless the page lists a correction of it."""
        had = self.ledger.had(wanted.dataset.id, wanted.day, wanted.part)
        if had is None or not had.is_there():
            return list(wanted.links)
        if wanted.listed:
            return sorted(wanted.links, key=lambda link: (not naming.is_corrected(link.url), link.url != had.url))
        again = Link(had.url, wanted.dataset.needs_acceptance)
        return [again, *(link for link in wanted.links if link.url != had.url)]

    def _from(self, wanted: Wanted, link: Link) -> Outcome:
        """The file at one address: come now, changed since, or still the one that is held."""
        if link.url in self._seen:
            return self._again(wanted, self._seen[link.url])
        held = self.ledger.held(link.url)
        name = naming.file_name(link.url)
        transfer = Transfer(
            self.session,
            link.url,
            name,
            self.folder / wanted.dataset.id / f"{name}.part",
            lambda here, total: self.progress(f"{name} {here / 1e6:,.1f} MB", here / total if total else 0.5),
            Marks(held.etag, held.last_modified) if held else None,
        )
        received = transfer.run()
        if held is not None and received is None:
            return self._again(wanted, held)
        if held is not None and received is not None and file_sha256(received.path) == held.sha256:
            transfer.forget()
            return self._again(wanted, replace(held, **asdict(received.marks)))
        if received is None:
            raise Refused("status 304 for a file that is not here")
        try:
            entry = self._entry(wanted, link, received)
        finally:
            transfer.forget()
        self._record(entry)
        return self._said(wanted, "changed" if held else "came", entry)

    def _said(self, wanted: Wanted, state: State, entry: Download) -> Outcome:
        self._seen[entry.url] = entry
        return _outcome(wanted, state, entry)

    def _again(self, wanted: Wanted, held: Download) -> Outcome:
        """The file is here; its line may be missing, as another dataset brought it, or have marks that are old."""
        edition, day = _edition_in(held.path, wanted)
        mine = replace(held, dataset=wanted.dataset.id, edition=edition, effective=day.isoformat(), part=wanted.part)
        if self.ledger.latest().get(mine.release) != mine:
            self.ledger.add(mine)
        return self._said(wanted, "held", mine)

    def _entry(self, wanted: Wanted, link: Link, received: Received) -> Download:
        """The file under its own name and its ledger line; WrongContent when it holds nothing of the dataset."""
        sha256 = file_sha256(received.path)
        stamp = self.now().astimezone(UTC).isoformat(timespec="seconds")
        path, fresh = self._keep(received, naming.file_name(link.url), sha256, stamp[:10])
        try:
            edition, day = _edition_in(path, wanted)
        except WrongContent:
            if fresh:
                path.unlink()
            raise
        return Download(
            wanted.dataset.id,
            edition,
            day.isoformat(),
            wanted.part,
            link.url,
            path,
            sha256,
            path.stat().st_size,
            stamp,
            received.marks.etag,
            received.marks.last_modified,
        )

    def _keep(self, received: Received, name: str, sha256: str, day: str) -> tuple[Path, bool]:
        """Put it under its name, and say whether it is new there; a different file of the name is never replaced."""
        target = received.path.with_name(name)
        if target.exists() and file_sha256(target) != sha256:
            target = target.parent / f"{day}-{sha256[:8]}" / name
            target.parent.mkdir(exist_ok=True)
        fresh = not target.exists()
        received.path.replace(target)
        return target, fresh

    def _record(self, entry: Download) -> None:
        """Write it down, for the datasets that read the file it replaces too."""
        before = self.ledger.latest().get(entry.release)
        self.ledger.add(entry)
        for other in [item for item in self.ledger.latest().values() if before and item.path == before.path]:
            dataset = DATASETS.get(other.dataset)
            inside = {edition.id for edition in contents.editions_in(entry.path, dataset)} if dataset else set()
            if other.dataset != entry.dataset and other.edition in inside:
                self.ledger.add(
                    replace(
                        entry, dataset=other.dataset, edition=other.edition, effective=other.effective, part=other.part
                    )
                )


def _edition_in(path: Path, wanted: Wanted) -> tuple[str, date]:
    """The edition the file itself says it is; WrongContent when it holds no file of the dataset."""
    editions = contents.editions_in(path, wanted.dataset)
    if not editions:
        inside = ", ".join(contents.names_in(path)[:4])
        raise WrongContent(f"it holds no file of {wanted.dataset.id} ({inside})")
    newest = max(editions, key=lambda edition: edition.effective)
    edition = next((item for item in editions if item.effective == wanted.day), newest)
    return edition.id, edition.effective


def _outcome(wanted: Wanted, state: State, entry: Download | None = None, why: str = "", tried: Tried = ()) -> Outcome:
    if entry is None:
        day = None if wanted.day == naming.NEWEST else wanted.day
        return Outcome(wanted.dataset.id, wanted.edition, day, wanted.part, state, why=why, tried=tried)
    day = date.fromisoformat(entry.effective)
    return Outcome(
        entry.dataset,
        entry.edition,
        day,
        entry.part,
        state,
        entry.url,
        entry.path,
        entry.sha256,
        entry.bytes,
        why,
        tried,
    )


def _of_dataset(dataset: Dataset, state: State, why: str) -> Outcome:
    return Outcome(dataset.id, "", None, "", state, why=why)
