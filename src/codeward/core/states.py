"""States: postal letters and names of the states and territories, and the halves CMS splits two of them into."""

from __future__ import annotations

STATES = {
    "AL": "Alabama", "AK": "Alaska", "AS": "American Samoa", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
    "FM": "Federated States of Micronesia", "FL": "Florida", "GA": "Georgia", "GU": "Guam", "HI": "Hawaii",
    "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MH": "Marshall Islands", "MD": "Maryland", "MA": "Massachusetts",
    "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska",
    "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
    "NC": "North Carolina", "ND": "North Dakota", "MP": "Northern Mariana Islands", "OH": "Ohio", "OK": "Oklahoma",
    "OR": "Oregon", "PW": "Palau", "PA": "Pennsylvania", "PR": "Puerto Rico", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VI": "Virgin Islands", "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin",
    "WY": "Wyoming",
}  # fmt: skip
"""USPS Publication 28, appendix B."""

HALVES = {"EK": "KS", "WK": "KS", "EM": "MO", "WM": "MO"}
"""Letters of the carrier files that no postal address has: east and west of Kansas and of Missouri."""

_BY_NAME = {name.upper(): letters for letters, name in STATES.items()}


def state_named(text: str) -> str:
    """The postal letters of a state given by letters or by name; ValueError says what was expected."""
    plain = " ".join(text.split()).upper()
    letters = HALVES.get(plain, plain)
    if letters in STATES:
        return letters
    if plain in _BY_NAME:
        return _BY_NAME[plain]
    raise ValueError(f"{text!r} is no state: expected two letters or a name, for example TX or Texas")
