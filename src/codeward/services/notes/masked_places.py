"""Masked places: streets, cities, ZIP codes and named institutions, which are smaller than a state."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codeward.core.notes import Masked
from codeward.services.notes.name_words import (
    BIGGER,
    CITIES,
    CLINICAL_LETTERS,
    EPONYMS,
    GIVEN,
    NOT_NAMES,
    PLAIN_PLACES,
    STATE_LETTERS,
    STATES,
    bare,
)

_STREET = re.compile(
    r"(?<![\w/.,-])(?P<x>\d{1,6}[A-Z]?[ ]{1,2}(?:[NSEW]{1,2}\.?[ ]{1,2})?(?:(?:[A-Z][A-Za-z’'-]{0,20}|\d{1,3}(?:st|nd"
    r"|rd|th|ST|ND|RD|TH))[ ]{1,2}){1,4}"
    r"(?:Street|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Court|Ct|Way|Place|Terrace|Circle|Cir|Highway|Hwy|Parkway"
    r"|Pkwy|Trail|Trl|Square|Loop|Pike|Plaza|Drive"
    r"|STREET|AVENUE|AVE|ROAD|RD|BOULEVARD|BLVD|LANE|LN|COURT|TERRACE|CIRCLE|HIGHWAY|HWY|PARKWAY|PKWY|TRAIL|DRIVE"
    r"|(?:St|ST|Dr|DR|Pl)(?!\.?[ ][A-Z][a-z]))(?!\w)\.?"
    r"(?:,?[ ]{0,2}(?:Apt|APT|Apartment|Suite|SUITE|Ste|STE|Unit|UNIT|Floor|Fl|Rm|Room|#)\.?[ ]{0,2}#?[\w-]{1,8})?)"
)
_BOX = re.compile(r"(?<!\w)(?P<x>P\.?[ ]?O\.?[ ]?Box[ ]{1,2}\d{1,7})(?!\d)", re.IGNORECASE)
_CITY = r"(?P<x>(?<![\w’'-])(?:(?:St|Ft|Mt|N|S|E|W)\.?[ ])?[A-Z][A-Za-z’'-]{1,20}(?:[ ][A-Z][A-Za-z’'-]{1,20}){0,2})"
_CITY_STATE_ZIP = re.compile(
    rf"{_CITY},?[ ]{{1,2}}(?:{STATE_LETTERS}|{STATES})\.?,?[ ]{{1,3}}(?P<zip>\d{{5}}(?:-\d{{4}})?)(?![\d-])"
)
_CITY_STATE = re.compile(rf"{_CITY},[ ]{{1,2}}(?:(?P<letters>{STATE_LETTERS})|{STATES})(?![\w-])")
_AFTER_PLACE = re.compile(r"(?<!\w)(?:in|from|near|of|to|at|around|outside)[ ]{1,2}$", re.IGNORECASE)
_ZIP = re.compile(r"(?<!\w)zip(?:[ -]?code)?[ ]{0,2}[:#=]?[ ]{0,3}(?P<x>\d{5}(?:-\d{4})?)(?![\d-])", re.IGNORECASE)
_ZIP_PLUS = re.compile(rf"(?<!\w)(?:{STATE_LETTERS}),?[ ]{{1,3}}(?P<x>\d{{5}}-\d{{4}})(?![\d-])")
_IN_CITY = re.compile(
    r"(?<!\w)(?i:in|from|near|to|at|outside|around|visiting"
    r"|of)[ ]{1,2}(?P<x>(?:[A-Z][a-z]{2,20})(?:[ ][A-Z][a-z]{2,20})?)(?![\w-])"
)
_LIVES_IN = re.compile(
    r"(?<!\w)(?i:lives?|lived|living|resid(?:es?|ed|ing)|resident|born|native|moved|relocated|relocating|travel(?:s"
    r"|ed|led|ing)?|trip|grew[ ]up|raised|visit(?:ed|ing)?[ ]family|commutes?|drove|flew|vacation(?:ed)?|home)"
    r"(?:[ ](?:here|alone|back|recently|originally|out|and))?[ ](?i:in|at|of|from|to|near|outside"
    r"|outside[ ]of)[ ](?:the[ ](?:city|town|village)[ ]of[ ])?(?P<x>(?:(?:St|Ft"
    r"|Mt)\.?[ ])?[A-Z][a-z’'-]{1,20}(?:[ ][A-Z][a-z’'-]{1,20}){0,2})"
)
_LABELLED = re.compile(
    r"(?<!\w)(?i:city|town|county|precinct|street|address"
    r"|birthplace)[ ]{0,2}[:=][ ]{0,3}(?P<x>[A-Z][A-Za-z’'-]{1,20}(?:[ ][A-Z][A-Za-z’'-]{1,20}){0,2})"
)
_COUNTY = re.compile(
    r"(?P<x>(?<![\w’'-])[A-Z][a-z’'-]{2,20}(?:[ ][A-Z][a-z’'-]{2,20})?)[ ](?:County|Township|Parish|Borough)(?!\w)"
)
_INSTITUTION = re.compile(
    r"(?P<x>(?<![\w’'-])(?:St\.?[ ])?[A-Z][A-Za-z’'-]{1,20}(?:[ ](?:[A-Z][A-Za-z’'-]{1,20}|of|and"
    r"|&)){0,4}?[ ](?:Hospital|Medical[ ]Center|Med[ ]Center|Nursing[ ]Home|Health[ ]System|Healthcare"
    r"|Rehabilitation[ ]Center|Infirmary"
    r"|Elementary(?:[ ]School)?|Middle[ ]School|High[ ]School|Assisted[ ]Living|Care[ ]Center|Surgery[ ]Center"
    r"|MEDICAL[ ]CENTER))(?!\w)"
)
_EMPLOYER = re.compile(
    r"(?<!\w)(?i:works?|worked|working|employed|employment)[ ](?:\w{1,15}[ ]){0,4}?(?:at|for|by"
    r"|with)[ ](?P<x>[A-Z][A-Za-z’'&-]{1,20}(?:[ ](?:[A-Z][A-Za-z’'&-]{1,20}|&)){0,3})"
    r"|(?<!\w)(?i:employer)[ ]{0,2}:[ ]{0,3}(?P<y>[A-Z][A-Za-z’'&-]{1,20}(?:[ ](?:[A-Z][A-Za-z’'&-]{1,20}|&)){0,3})"
)
_OPEN_PLACES = frozenset(
    ("general", "university", "memorial", "regional", "community", "new", "north", "south", "east", "west", "st")
)
_PLAIN = PLAIN_PLACES | NOT_NAMES
_NOT_PLACES = _PLAIN | BIGGER
_KNOWN_CITIES = CITIES - EPONYMS


def places_in(text: str) -> Iterator[Masked]:
    """What 45 CFR 164.514(b)(2)(i)(B) calls smaller than a state, and institutions and employers by name."""
    for pattern in (_STREET, _BOX, _ZIP, _ZIP_PLUS):
        for found in pattern.finditer(text):
            yield Masked("place", *found.span("x"))
    yield from _with_state(text)
    yield from _by_words(text)
    for pattern in (_INSTITUTION, _COUNTY):
        for found in pattern.finditer(text):
            if not all(bare(word) in _PLAIN for word in found["x"].split()):
                yield from _proper(text, found.start("x"), found.end("x"))
    for found in _EMPLOYER.finditer(text):
        group = "x" if found["x"] else "y"
        if bare(found[group].split()[0]) not in NOT_NAMES:
            yield Masked("place", *found.span(group))


def _with_state(text: str) -> Iterator[Masked]:
    for found in _CITY_STATE_ZIP.finditer(text):
        words = found["x"].split()
        if bare(words[0]) in GIVEN or bare(words[-1]) in NOT_NAMES:
            continue
        yield from _proper(text, *found.span("x"))
        yield Masked("place", *found.span("zip"))
    for found in _CITY_STATE.finditer(text):
        after = _AFTER_PLACE.search(text[max(0, found.start() - 12) : found.start()])
        clinical = found["letters"] in CLINICAL_LETTERS
        words = [bare(word) for word in found["x"].split()]
        known = words[-1] in CITIES or " ".join(words) in CITIES
        if (
            (known or after or (found["letters"] is None))
            and (known or not clinical or after)
            and words[-1] not in _PLAIN
        ):
            yield from _proper(text, *found.span("x"))


def _proper(text: str, start: int, end: int) -> Iterator[Masked]:
    """A place without everyday words that open it."""
    for word in re.finditer(r"\S+", text[start:end]):
        if bare(word[0]) not in NOT_NAMES or bare(word[0]) in _OPEN_PLACES:
            yield Masked("place", start + word.start(), end)
            return


def _by_words(text: str) -> Iterator[Masked]:
    for found in _IN_CITY.finditer(text):
        words = found["x"].split()
        if bare(words[0]) in _KNOWN_CITIES and " ".join(words).casefold() not in BIGGER:
            yield Masked("place", found.start("x"), found.start("x") + len(words[0]))
    for pattern in (_LIVES_IN, _LABELLED):
        for found in pattern.finditer(text):
            words = found["x"].split()
            if found["x"].casefold() in BIGGER or bare(words[0]) in _NOT_PLACES:
                continue
            while words and (bare(words[-1]) in NOT_NAMES or words[-1].casefold() in BIGGER):
                words.pop()
            yield Masked("place", found.start("x"), found.start("x") + len(" ".join(words)))
