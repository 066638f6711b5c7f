"""Cues: the words by which notes deny, doubt, date, foresee a condition or give it to another person."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Any

_CUES: dict[str, Any] = tomllib.loads(files(__package__).joinpath("cues.toml").read_text("utf-8"))
_PARTS = {f"{{{name}}}": f"(?:{'|'.join(patterns)})" for name, patterns in _CUES["parts"].items()}


def _joined(patterns: list[str]) -> str:
    """One expression of many, with its parts and blanks spelled out."""
    text = "|".join(patterns)
    for name, part in _PARTS.items():
        text = text.replace(name, part)
    return (
        re.sub(r"(?<![\[\\]) (?!\])", r"\\s{1,6}", text)
        .replace(r"\s{1,6}?", r"\s{0,6}")
        .replace(r"\s{1,6}{1,2}", r"\s{1,2}")
    )


def _any(name: str) -> re.Pattern[str]:
    """A word or phrase that stands by itself."""
    return re.compile(rf"(?<![\w-])(?:{_joined(_CUES[name])})(?!\w)", re.IGNORECASE)


def _after(name: str) -> re.Pattern[str]:
    """What stands right behind a condition, or further on in its clause."""
    table = _CUES[name]
    right, clause = _joined(table["right"]), _joined(table["clause"])
    return re.compile(
        rf"\s{{0,4}}(?:[:=,–—-]\s{{0,3}})?(?:{right})(?!\w)|[^.;:,\n]{{0,{table['within']}}}?(?<!\w)(?:{clause})(?!\w)",
        re.IGNORECASE,
    )


def _behind_list(name: str) -> re.Pattern[str]:
    """What stands behind a list of conditions of which this is not the last."""
    item = r"[\w /-]{1,30}"
    right = _joined(_CUES[name]["right"])
    return re.compile(rf"(?:\s?,\s?{item}?){{0,5}}\s?,?\s(?:and|or)\s{item}?\s(?:{right})(?!\w)", re.IGNORECASE)


DENIES = _any("denies")
NOT = _any("not")
NOT_DENIED = _any("not_denied")
ENDS_DENIAL = _any("ends_denial")
DENIED_AFTER = _after("denied_after")
DENIED_LIST = _behind_list("denied_list")

DOUBTS = _any("doubts")
NOT_DOUBTED = _any("not_doubted")
ENDS_DOUBT = _any("ends_doubt")
DOUBTED_AFTER = _after("doubted_after")

DATES = _any("dates")
DATES_NEAR = _any("dates_near")
NOT_DATED = _any("not_dated")
ENDS_PAST = _any("ends_past")
DATED_AFTER = _after("dated_after")

FORESEES = _any("foresees")
NOT_FORESEEN = _any("not_foreseen")
ENDS_FORESIGHT = _any("ends_foresight")

LEAVES_HISTORY = re.compile(
    r"(?:\b(?:examination|laboratory(?: tests?| studies)?|analysis|CT|MRI|ultrasound|EMG|X-ray|radiography)\s"
    r"(?:\w{1,20}\s){0,3}?(?:show|reveal|demonstrat|suggest|was|were)|\b(?:was admitted|consulted|came to (?:the|our)|attended (?:the|our)"
    r"|presented (?:with|to)|the patient (?:developed|presented|was)))",
    re.IGNORECASE,
)
"""Where text under a history runs on into the present illness, its tests or its course."""

KIN = _any("kin")
NOT_KIN = _any("not_kin")
ENDS_KIN = _any("ends_kin")
KIN_AFTER = _after("kin_after")

SIGN_DENIES = re.compile(r"(?:\(-\)|\[ ?-? ?\]|☐|□|(?<![\w)])-(?=[A-Za-z]))\s{0,3}$|(?<!\S)∅\s{0,2}$")
"""A minus, an empty box or a zero right before a condition: denied."""

SIGN_AFFIRMS = re.compile(r"(?:\(\+\)|\[[xX]\]|[☑☒✓+])\s{0,2}$")
"""A plus or a ticked box right before a condition: affirmed."""

SIGN_DOUBTS = re.compile(r"\?\s{0,2}$|\(\?\)\s{0,2}$")
"""A question mark right before a condition: doubted."""
