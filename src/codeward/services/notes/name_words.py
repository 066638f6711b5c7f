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

PARTICLES = _set("particles")
PLAIN_PLACES = _set("plain_places")

STATES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa"
    "|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada"
    "|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North"
    " Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island"
    "|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West"
    " Virginia|Wisconsin|Wyoming|Puerto Rico"
)
STATE_LETTERS = (
    "AL|AK|AZ|AR|CA|CO|CT|DC|DE|FL|GA|HI|IA|ID|IL|IN|KS|KY|LA|MA|MD|ME|MI|MN|MO|MS|MT|NC|ND|NE|NH|NJ|NM|NV|NY|OH|OK|OR|PA|PR|RI|SC|SD"
    "|TN|TX|UT|VA|VT|WA|WI|WV|WY"
)
CLINICAL_LETTERS = _set("clinical_letters")
_LONGER_NAMES = (
    "ontario, quebec, alberta, british columbia, new zealand, south africa, south korea, el salvador, costa rica, "
    "dominican republic, sierra leone, saudi arabia, mexico, canada"
)
BIGGER = (
    _set("countries")
    | frozenset(state.casefold() for state in STATES.split("|"))
    | frozenset(_LONGER_NAMES.split(", "))
)
"""States and what is larger than a state."""


def bare(word: str) -> str:
    """A word as the lists have it: no case, no possessive, no closing mark."""
    return re.sub(r"['’]s?$", "", word.rstrip(".,;:)").casefold())
