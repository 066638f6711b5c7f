"""Pricing: what Medicare's fee schedules allow for a claim, line by line, with every factor shown and cited."""

from codeward.services.pricing.claim import price_claim

__all__ = ["price_claim"]
