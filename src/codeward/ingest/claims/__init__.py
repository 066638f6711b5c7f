"""Claims in: a file of claims, in any of the four forms people have them in, becomes claims and the faults met."""

from codeward.ingest.claims.json_claims import claim_from_json
from codeward.ingest.claims.reading import read_claims

__all__ = ["claim_from_json", "read_claims"]
