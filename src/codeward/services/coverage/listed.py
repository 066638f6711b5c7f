"""Documents by title: what can be said where the list of documents is loaded and their codes are not."""

from __future__ import annotations

from codeward.services.coverage.macs import Mac, as_contractor, fits_setting, mac_serving, owners_in, same_name
from codeward.services.coverage.subjects import has_words, ways_to_say, words_for
from codeward.services.coverage.values import (
    BY_TITLE,
    NO_POLICY,
    NOT_CHECKED,
    TEXT_ONLY,
    Contractor,
    CoverageQuestion,
    DocumentFinding,
    DocumentVersion,
    Place,
    Related,
)
from codeward.services.coverage_documents import IN_FORCE, LIST, UNSEEN, CoverageDocument, documents_titled
from codeward.services.view import View

PAIRED = (
    "same owner and title; the authoritative link between an LCD and its article stands in the MCD exports, "
    "which are not loaded"
)
CODES_UNREAD = (
    "Which procedure and diagnosis codes the documents list: the tables of the MCD exports are not loaded, so "
    "documents were looked for by title."
)
COMMENTS = "response to comments"
"""Articles that answer what was said of a draft: no policy."""
_PREFIX = "billing and coding: "


def check_by_title(
    view: View, asked: CoverageQuestion, place: Place
) -> tuple[str, str, tuple[Contractor, ...], tuple[DocumentFinding, ...], str]:
    """Verdict, its sentence, the contractor, the documents found, and the words they were found by."""
    mac = mac_serving(place, asked.setting, view.on)
    contractors = (as_contractor(mac, place, asked.setting),) if mac else ()
    ways = _said_ways(view, asked.words) if asked.words.strip() else words_for(asked.procedure)
    named = asked.procedure or f"\u201c{asked.words}\u201d"
    if not ways:
        words = (
            f"Not checked: the code lists of the coverage documents are not loaded, and no title is known for {named}."
        )
        return NOT_CHECKED, words, contractors, (), ""
    every = titled(view, ways)
    shown = " or ".join(f"\u201c{way}\u201d" for way in ways)
    if not every:
        words = (
            f"Not checked: no document of any contractor in the loaded list has {shown} in its title, so under which "
            f"title one on {named} would stand is not known, and code lists are not loaded."
        )
        return NOT_CHECKED, words, contractors, (), shown
    standing = [item for item in every if item.standing in (IN_FORCE, UNSEEN) and _pays(item, asked.setting)]
    if mac is None:
        return NOT_CHECKED, _no_place(place, view), (), _findings(view, standing, every), shown
    mine = [item for item in standing if _owns(item, mac, asked.setting)]
    return _judged(view, mac, mine, every, (named, shown), contractors)


def _judged(
    view: View,
    mac: Mac,
    mine: list[CoverageDocument],
    every: list[CoverageDocument],
    said: tuple[str, str],
    contractors: tuple[Contractor, ...],
) -> tuple[str, str, tuple[Contractor, ...], tuple[DocumentFinding, ...], str]:
    named, shown = said
    who = f"{mac.name} ({mac.jurisdiction})"
    if mine:
        ids = ", ".join(item.id for item in mine)
        unseen = ", ".join(item.id for item in mine if item.standing == UNSEEN)
        words = (
            f"{who} has {ids} on this subject, found by title for {view.on}; the codes listed are not loaded, so "
            f"whether {named} or a diagnosis is among them is not checked: read the text."
        )
        if unseen:
            words += f" Of {unseen} only a later version is loaded."
        return TEXT_ONLY, words, contractors, _findings(view, mine, every), shown
    words = (
        f"No local document: {who} has no LCD or article in the loaded list ({_edition(view)}) with {shown} in its "
        f"title in force on {view.on}. That is not coverage: the service must still be reasonable and necessary for "
        "the patient, and a national determination may govern it."
    )
    view.sources[every[0].source] = None
    return NO_POLICY, words, contractors, (), shown


def _said_ways(view: View, words: str) -> tuple[str, ...]:
    """The first way to say the words that any title has; as typed where none has one."""
    return next(((way,) for way in ways_to_say(words) if titled(view, (way,))), (words,))


def titled(view: View, ways: tuple[str, ...]) -> list[CoverageDocument]:
    """Documents whose title has the words in one of the ways, LCDs first; answers to comments left out."""
    found = {item.id: item for way in ways for item in documents_titled(view, way) if has_words(item.title, way)}
    found = {key: item for key, item in found.items() if not item.title.lower().startswith(COMMENTS)}
    return sorted(found.values(), key=lambda item: (item.kind != "LCD", item.id))


def _no_place(place: Place, view: View) -> str:
    if place.state or place.contract:
        return f"Not checked: which contractor served {place.state or place.zip} on {view.on} is not known here."
    return "Not checked: which contractor decides turns on the place: give a state or ZIP code."


def _edition(view: View) -> str:
    editions = view.library.editions(LIST)
    return f"list of {editions[-1].edition}" if editions else "exports"


def _pays(item: CoverageDocument, setting: str) -> bool:
    return any(not role or fits_setting(role, setting) for _, role in owners_in(item.owner))


def _owns(item: CoverageDocument, mac: Mac, setting: str) -> bool:
    owners = owners_in(item.owner)
    return any(same_name(name, mac.name) and (not role or fits_setting(role, setting)) for name, role in owners)


def _findings(view: View, mine: list[CoverageDocument], every: list[CoverageDocument]) -> tuple[DocumentFinding, ...]:
    return tuple(_finding(view, item, every) for item in mine)


def _finding(view: View, item: CoverageDocument, every: list[CoverageDocument]) -> DocumentFinding:
    view.sources[item.source] = None
    words = f"{item.id} is on this subject by its title; its codes are not loaded: read its text."
    if item.standing == UNSEEN:
        words += f" Loaded is version {item.version} of {item.effective}; the version of the day is not."
    version = DocumentVersion(item.version, item.effective, item.last_day, item.standing, item.source)
    return DocumentFinding(
        item.id, item.kind, item.title, item.owner, item.version, item.effective, item.last_day, item.standing,
        item.address, BY_TITLE, TEXT_ONLY, words, related=_partners(item, every), history=(version,),
        sources=(item.source,),
    )  # fmt: skip


def _partners(item: CoverageDocument, every: list[CoverageDocument]) -> tuple[Related, ...]:
    return tuple(
        Related(other.id, other.kind, other.title, PAIRED, other.source)
        for other in every
        if other.kind != item.kind and other.owner == item.owner and _bare(other.title) == _bare(item.title)
    )


def _bare(title: str) -> str:
    return " ".join(title.lower().removeprefix(_PREFIX).split())
