"""Sites said: the finger, toe, eyelid or coronary artery that a question names, as the modifier that names it."""

from __future__ import annotations

import re

_FINGERS = (
    r"thumb",
    r"index|2nd|second|pointer",
    r"middle|long|3rd|third",
    r"ring|4th|fourth",
    r"little|pinky|pinkie|small|5th|fifth",
)
_TOES = (
    r"great|big|hallux|1st|first",
    r"2nd|second",
    r"3rd|third|middle",
    r"4th|fourth",
    r"little|pinky|small|5th|fifth",
)
_HANDS = {"left": ("FA", "F1", "F2", "F3", "F4"), "right": ("F5", "F6", "F7", "F8", "F9")}
_FEET = {"left": ("TA", "T1", "T2", "T3", "T4"), "right": ("T5", "T6", "T7", "T8", "T9")}
_LIDS = {("left", "upper"): "E1", ("left", "lower"): "E2", ("right", "upper"): "E3", ("right", "lower"): "E4"}
_ARTERIES = (
    ("LC", r"\bcircumflex\b|\blcx\b"),
    ("LD", r"\bleft anterior descending\b|\blad\b"),
    ("LM", r"\bleft main\b"),
    ("RC", r"\bright coronary\b|\brca\b"),
    ("RI", r"\bramus\b"),
)
_SIDE = re.compile(r"\b(left|right|lt|rt)\b")


def site_modifier(plain: str) -> str:
    """The modifier of the one site that is named with its side; empty where there is none, or the side is not told."""
    artery = next((modifier for modifier, cue in _ARTERIES if re.search(cue, plain)), "")
    if artery:
        return artery
    sides = {{"lt": "left", "rt": "right"}.get(side, side) for side in _SIDE.findall(plain)}
    if len(sides) != 1:
        return ""
    side = sides.pop()
    if re.search(r"\b(?:eye)?lids?\b", plain):
        lids = [lid for lid in ("upper", "lower") if re.search(rf"\b{lid}\b", plain)]
        return _LIDS[side, lids[0]] if len(lids) == 1 else ""
    if re.search(r"\btoes?\b|\bhallux\b", plain):
        return _digit(plain, _TOES, _FEET[side])
    if re.search(r"\bfingers?\b|\bthumb\b", plain):
        return _digit(plain, _FINGERS, _HANDS[side])
    return ""


def _digit(plain: str, named: tuple[str, ...], modifiers: tuple[str, ...]) -> str:
    found = [modifier for cue, modifier in zip(named, modifiers, strict=True) if re.search(rf"\b(?:{cue})\b", plain)]
    return found[0] if len(found) == 1 else ""
