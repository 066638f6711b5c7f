"""Where a service is given: the state as asked, or as the loaded ZIP file has it."""

from __future__ import annotations

from codeward.core.answers import Caveat
from codeward.core.faults import BadInput, NotFound
from codeward.core.states import STATES, state_named
from codeward.services.coverage.values import CoverageQuestion, Place
from codeward.services.localities import ZIPS, ZipPlace, place_of_zip, read_zip
from codeward.services.view import View


def read_place(view: View, asked: CoverageQuestion) -> Place:
    """The place asked for; BadInput where state and ZIP disagree, NotFound where the loaded file has no such ZIP."""
    letters = _letters(asked.state)
    if not asked.zip.strip():
        return Place(letters, STATES[letters], how="the state as asked") if letters else Place()
    short, more = read_zip(asked.zip)
    found, how = _zip_place(view, short, more)
    if found is None and not view.library.editions(ZIPS):
        how = "the ZIP file is not loaded"
        return Place(letters, STATES.get(letters, ""), short, how=f"{how}; the state as asked" if letters else how)
    if found is None:
        raise NotFound(f"ZIP {short} is not in the loaded ZIP file ({how}): give the state")
    if letters and letters != found.state:
        raise BadInput(f"ZIP {short} lies in {found.state}, not in {letters}: give one of the two")
    return Place(found.state, found.state_name, short, found.locality.contractor, how, found.sources)


def _letters(text: str) -> str:
    try:
        return state_named(text) if text.strip() else ""
    except ValueError as error:
        raise BadInput(str(error)) from None


def _zip_place(view: View, short: str, more: str) -> tuple[ZipPlace | None, str]:
    """From the edition of the day, else from the nearest: a ZIP seldom changes its state, and the answer says so."""
    editions = view.library.editions(ZIPS)
    if not editions:
        view.missing[ZIPS] = None
        return None, ""
    release = view.library.in_force(ZIPS, view.on)
    day = view.on if release else min(item.effective for item in editions)
    other = View(view.library, day)
    found = place_of_zip(other, short, more)
    edition = other.edition(ZIPS)
    view.sources.update(dict.fromkeys(found.sources if found else ()))
    how = f"read from the ZIP file {edition.edition}" if edition else ""
    if release is None:
        text = f"the state of a ZIP is read from the file of {day}: none is loaded for {view.on}"
        view.caveats[ZIPS] = Caveat(ZIPS, text)
        how += f", since none is loaded for {view.on}"
    return found, how
