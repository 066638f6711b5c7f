"""Steps told: each call of the assistant to a service in a few words, for the list of steps."""

from __future__ import annotations

from codeward.assistant.reply import Call

WORDS = {
    "look_up": "looked up {code}",
    "search": "searched for “{text}”",
    "check_pair": "checked the pair {a} and {b}",
    "check_pairs": "checked the pairs among {codes}",
    "explain_denial": "looked up the denial code {code}",
    "cross_icd": "looked up {code} in the equivalence mappings",
    "cross_walk": "looked for crosswalks of {code}",
    "read_ncci_manual": "read the NCCI policy manual on “{text}”",
    "find_practice_notes": "looked through the practice notes",
    "check_coverage": "checked Medicare coverage of {code}",
    "price": "priced {lines}",
    "units": "worked out units",
}
_LONGEST = 120


class _Given(dict[str, str]):
    """Arguments, and nothing for those that were not given."""

    def __missing__(self, name: str) -> str:
        return ""


def step_words(call: Call) -> str:
    """What was asked, in a line."""
    given = {name: value for name, value in call.arguments if value}
    on = given.pop("on", "")
    if call.service in WORDS:
        told = WORDS[call.service].format_map(_Given(given))
    else:
        told = f"{call.service.replace('_', ' ')}: {', '.join(given.values())}"
    told = " ".join(told.split())
    told = told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}…"
    return f"{told} as of {on}" if on else told
