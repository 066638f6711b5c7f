"""Batches: files of claims that were given to the site, scrubbed in the background and kept for some hours."""

from codeward.services.batches.folder import Batch, Job
from codeward.services.batches.keeping import Arrival, Batches
from codeward.services.batches.outcome import Outcome, read_outcome
from codeward.services.batches.standing import Standing, standing_of

__all__ = ["Arrival", "Batch", "Batches", "Job", "Outcome", "Standing", "read_outcome", "standing_of"]
