"""Name words: given names, eponyms and words that are never names, by which persons are told from clinical language."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

_WORDS: dict[str, str] = tomllib.loads(files(__package__).joinpath("names.toml").read_text("utf-8"))


def _set(name: str) -> frozenset[str]:
    return frozenset(_WORDS[name].split())


GIVEN_AND_WORD = _set("given_and_word")
ANY_GIVEN = _set("given") | GIVEN_AND_WORD
GIVEN = _set("given") - GIVEN_AND_WORD
EPONYMS = _set("eponyms")
EPONYM_NOUNS = _set("eponym_nouns")
NOT_NAMES = _set("not_names")
SURNAME_AND_WORD = _set("surname_and_word")
CITIES = _set("cities")

PARTICLES = frozenset(
    "de la las los del della van der den von zu di da dos du el al bin ibn ter le st st. san mac".split()
)

STATES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa"
    "|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada"
    "|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island"
    "|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming|Puerto Rico"
)
STATE_LETTERS = (
    "AL|AK|AZ|AR|CA|CO|CT|DC|DE|FL|GA|HI|IA|ID|IL|IN|KS|KY|LA|MA|MD|ME|MI|MN|MO|MS|MT|NC|ND|NE|NH|NJ|NM|NV|NY|OH|OK|OR|PA|PR|RI|SC|SD"
    "|TN|TX|UT|VA|VT|WA|WI|WV|WY"
)
CLINICAL_LETTERS = frozenset(
    "AL AR CA CO CT DC DE GA HI ID IN LA MA MD ME MI MN MO MS MT NC ND NE OR PA PR SC SD UT VA WA".split()
)
"""State letters that stand for something else in notes: without a ZIP they say nothing."""

BIGGER = frozenset(
    state.casefold()
    for state in (
        *STATES.split("|"),
        "Mexico",
        "Canada",
        "China",
        "India",
        "Cuba",
        "Haiti",
        "Vietnam",
        "Korea",
        "Japan",
        "Philippines",
    )
) | frozenset(
    "us usa u.s. america africa asia europe england germany france italy spain guatemala honduras brazil colombia russia".split()
)
"""States and what is larger: these may stay (45 CFR 164.514(b)(2)(i)(B))."""


def bare(word: str) -> str:
    """A word as the lists have it: no case, no possessive, no closing mark."""
    return re.sub(r"['’]s?$", "", word.rstrip(".,;:)").casefold())
