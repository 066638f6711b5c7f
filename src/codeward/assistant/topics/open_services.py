"""Open services: named without what their code turns on; one question is asked back, with the families it decides."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from codeward.assistant.draft import Draft, listed
from codeward.assistant.reply import CLARIFY, Evidence
from codeward.core.faults import Fault


@dataclass(frozen=True, slots=True)
class OpenService:
    """A kind of service: the words it is known by, what must be asked, and the code families it leads to."""

    cue: re.Pattern[str]
    asks: str
    families: tuple[str, ...]


@cache
def open_services() -> tuple[OpenService, ...]:
    """Every kind, the more particular first."""
    rows = tomllib.loads(files(__package__).joinpath("open_services.toml").read_text("utf-8"))["service"]
    return tuple(OpenService(re.compile(row["cue"]), row["asks"], tuple(row["families"])) for row in rows)


def open_service(plain: str) -> OpenService | None:
    """The kind of service a question names; None where it names none of them."""
    return next((item for item in open_services() if item.cue.search(plain)), None)


def ask_back(draft: Draft, service: OpenService) -> None:
    """The one question that decides, and where the code will be found."""
    draft.kind, draft.waiting_for, draft.asked = CLARIFY, "detail", "find"
    draft.say(
        f"{service.asks} The code is one of {listed(service.families, 'or')}, by those details.",
        *(_family(draft, family) for family in service.families),
        Evidence("service", "asked", service.asks),
        role="verdict",
    )


def _family(draft: Draft, family: str) -> Evidence:
    first = family.split(maxsplit=1)[0]
    try:
        section = draft.page(first).section("status")
    except Fault:
        return Evidence(first, "family", family)
    status = section.fact("status") if section else None
    return Evidence(first, "family", family, status.source if status else None)
