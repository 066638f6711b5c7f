"""Options that every command takes, and the one place where the environment and the clock are read."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from platformdirs import user_data_dir

from codeward.core.days import read_day
from codeward.core.faults import BadInput
from codeward.datasets.licences import MODES
from codeward.store.library import Library, open_library

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output, nothing else there.")]
OnDay = Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="Date of service.", show_default="today")]
AnyDay = Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="Taken by every command; not used here.")]
LibraryHome = Annotated[
    str,
    typer.Option("--library", metavar="DIR", help="Library home.", show_default="CODEWARD_HOME, else the data folder"),
]


def home_folder(given: str) -> Path:
    """The library home: as given, else CODEWARD_HOME, else the platform's data folder."""
    return Path(given or os.environ.get("CODEWARD_HOME") or user_data_dir("codeward", appauthor=False))


def licence_mode() -> str:
    """The licence mode of this installation: CODEWARD_LICENCE, else whatever was accepted may be shown."""
    mode = os.environ.get("CODEWARD_LICENCE") or MODES[-1]
    if mode not in MODES:
        raise BadInput(f"CODEWARD_LICENCE is {mode!r}: expected {', '.join(MODES)}")
    return mode


def batch_hours() -> float:
    """How long a batch given to the site is kept: CODEWARD_BATCH_HOURS, else a day."""
    return _positive("CODEWARD_BATCH_HOURS", 24)


def batch_megabytes() -> float:
    """The largest file that the site takes as a batch: CODEWARD_BATCH_MEGABYTES, else 200."""
    return _positive("CODEWARD_BATCH_MEGABYTES", 200)


def ask_feedback() -> bool:
    """Whether the site keeps what readers say of answers: CODEWARD_ASK_FEEDBACK, 1 unless it is 0."""
    text = os.environ.get("CODEWARD_ASK_FEEDBACK") or "1"
    if text not in ("0", "1"):
        raise BadInput(f"CODEWARD_ASK_FEEDBACK is {text!r}: expected 0 or 1")
    return text == "1"


def _positive(name: str, default: float) -> float:
    text = os.environ.get(name) or str(default)
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1e6:
        raise BadInput(f"{name} is {text!r}: expected a number above 0, such as {default}")
    return value


def opened(library: str) -> Library:
    """The library in use in a home, read in this installation's licence mode; every command reads through it."""
    return open_library(home_folder(library), licence_mode())


def now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


def day(text: str) -> date:
    """The date of service asked for, else today; BadInput for anything that is not a date."""
    if not text:
        return datetime.now().astimezone().date()
    try:
        return read_day(text)
    except ValueError as error:
        raise BadInput(str(error)) from None


def mirror_setting(given: str) -> str:
    """The mirror to ask instead of the publishers: as given, else CODEWARD_MIRROR, else none."""
    return given or os.environ.get("CODEWARD_MIRROR", "")


def model_setting(given: str) -> str:
    """The language model that helps the assistant, URL#NAME: as given, else CODEWARD_MODEL, else none."""
    return given or os.environ.get("CODEWARD_MODEL", "")


def model_key() -> str:
    """The key that goes with the model: CODEWARD_MODEL_KEY, else none."""
    return os.environ.get("CODEWARD_MODEL_KEY", "").strip()
