"""The risk adjustment models: what CMS calls each, and the first year it paid by it."""

from __future__ import annotations

import re

MODELS = {
    ("CMS-HCC", "V20"): "CMS-HCC Model V20",
    ("CMS-HCC", "V21"): "CMS-HCC Model V21",
    ("CMS-HCC", "V22"): "CMS-HCC Model V22",
    ("CMS-HCC", "V23"): "CMS-HCC Model V23",
    ("CMS-HCC", "V24"): "CMS-HCC Model V24",
    ("CMS-HCC", "V28"): "CMS-HCC Model V28",
    ("ESRD", "V20"): "CMS-HCC ESRD Model V20",
    ("ESRD", "V21"): "CMS-HCC ESRD Model V21",
    ("ESRD", "V24"): "CMS-HCC ESRD Model V24",
    ("RxHCC", "R05"): "RxHCC Model V05",
    ("RxHCC", "R08"): "RxHCC Model V08",
}
"""Domain and version to the name that the mappings carry (CMS, risk adjustment model software)."""

FIRST_PAYMENT_YEAR = {"22": 2014, "23": 2019, "24": 2020, "28": 2024}
"""Of each version of the CMS-HCC model (CMS, rate announcements for those years)."""

_MODEL = re.compile(r"(?P<domain>CMS-HCC|CMS-HCC ESRD|RxHCC) Model V(?P<number>\d\d)")


def first_day(model: str) -> str:
    """The first day of the model's first payment year, ISO; empty where it is not known here."""
    match = _MODEL.fullmatch(model)
    year = FIRST_PAYMENT_YEAR.get(match["number"]) if match and match["domain"] == "CMS-HCC" else None
    return f"{year}-01-01" if year else ""


def version_of(model: str) -> str:
    """V28 of `CMS-HCC Model V28`."""
    return model.rsplit(" ", 1)[-1]
