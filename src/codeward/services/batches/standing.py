"""Standing: how far a batch is, worked out from what lies in its folder, so that no restart makes it untrue."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from codeward.services.batches.folder import Batch

WAITING, RUNNING, DONE, FAILED, STOPPED = "waiting", "running", "done", "failed", "stopped"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far: `share` from 0 to 1; `why` a batch ended without a summary; `before` it so many wait or run.

    `unusable` is said of a file that will fail again however often it is tried.
    """

    state: str
    share: float = 0.0
    text: str = ""
    why: str = ""
    unusable: bool = False
    before: int = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state in (DONE, FAILED, STOPPED)


def standing_of(batch: Batch) -> Standing:
    """Done once the summary lies there, failed or stopped where nobody works on it any more."""
    if batch.result("summary.json").is_file():
        return Standing(DONE, 1.0)
    if batch.is_worked_on():
        told = batch.read("progress")
        if told is None:
            return Standing(WAITING, before=_before(batch))
        return Standing(RUNNING, float(told["share"]), str(told["text"]))
    if batch.result("summary.json").is_file():  # it came between the two looks
        return Standing(DONE, 1.0)
    failed = batch.read("failed")
    if failed is None:
        return Standing(STOPPED, why="The process ended without a word: it was killed, or the machine went down.")
    return Standing(FAILED, why=str(failed["why"]), unusable=bool(failed["unusable"]))


def unfinished(shelf: Path) -> list[Batch]:
    """Batches that a process works on or that wait for their turn."""
    every = (Batch(path.parent) for path in shelf.glob("*/job.json"))
    return [batch for batch in every if batch.is_worked_on() and not batch.result("summary.json").is_file()]


def _before(batch: Batch) -> int:
    given = batch.lock.stat().st_mtime
    return sum(other.lock.stat().st_mtime < given for other in unfinished(batch.shelf) if other != batch)
