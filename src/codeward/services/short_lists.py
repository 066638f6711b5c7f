"""Pages of the short lists: modifiers, places of service, provider taxonomies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from codeward.core.answers import Fact
from codeward.core.codes import Code
from codeward.datasets.hcpcs import AlphanumericRow
from codeward.datasets.modifiers import ModifierRow
from codeward.datasets.nucc_taxonomy import TaxonomyRow
from codeward.datasets.pos import PlaceRow
from codeward.services.page import CodePage, Section, Sentence
from codeward.services.places import rate_sentence
from codeward.services.policy_manual import what_the_manual_says
from codeward.services.view import View
from codeward.store.library import Found

OWN, PUBLISHED, POS, TAXONOMY = "modifiers", "hcpcs-modifiers", "pos", "nucc-taxonomy"


def modifier_page(view: View, code: Code) -> CodePage | None:
    """Own words first, CMS's text beside them for Level II modifiers."""
    own, gone = _own(view, code)
    published: Found[AlphanumericRow] | None = None if _is_cpt(own) else view.first(PUBLISHED, code=code.value)
    if own is None and published is None:
        view.refuse_unknown_day((OWN, PUBLISHED), code)
        return None
    facts: list[Fact] = []
    words: tuple[Sentence, ...] = ()
    if own is not None:
        facts += _own_facts(own)
        text = own.row.meaning if not own.row.effect else f"{own.row.meaning} {own.row.effect}"
        words = (Sentence(text, (own.source,)),)
    if published is not None:
        facts += _published_facts(published)
    missing = () if published or view.has(PUBLISHED) or _is_cpt(own) else (PUBLISHED,)
    section = Section("modifier", "The modifier", tuple(facts), missing=missing)
    ended = gone or (published is not None and _ended(published.row, view.on))
    title, source = (own.row.name, own.source) if own else _published_title(published)
    sections = (section, what_the_manual_says(view, code.value))
    return CodePage(code, title, source, "deleted" if ended else "active", None, words, sections)


def _own(view: View, code: Code) -> tuple[Found[ModifierRow] | None, bool]:
    """Our own row, and whether it ended before the day."""
    own: Found[ModifierRow] | None = view.first(OWN, code=code.value)
    if own is not None:
        return own, False
    past = [item for item in view.library.history(OWN, code=code.value) if item.last_day < view.on]
    return (past[-1], True) if past else (None, False)


def _ended(row: AlphanumericRow, on: date) -> bool:
    return row.terminated is not None and row.terminated < on


def _is_cpt(own: Found[ModifierRow] | None) -> bool:
    return own is not None and own.row.level == "cpt"


def _published_title(found: Found[AlphanumericRow] | None) -> tuple[str | None, None]:
    return (found.row.long_text if found else None), None


def _own_facts(found: Found[ModifierRow]) -> list[Fact]:
    row, source = found.row, found.source
    facts = [
        Fact("level", row.level, source, "Level"),
        Fact("use_on", row.use_on, source, "Goes on"),
        Fact("effect", row.effect, source, "Effect"),
        Fact("changes_payment", row.changes_payment, source, "Changes payment"),
        Fact("ptp_associated", row.ptp_associated, source, "Can bypass an NCCI pair edit"),
        Fact("document", row.document, source, "Rests on"),
    ]
    return [fact for fact in facts if fact.value not in ("", None)]


def _published_facts(found: Found[AlphanumericRow]) -> list[Fact]:
    row, source = found.row, found.source
    facts = [Fact("published_text", row.long_text, source, "CMS's text")]
    if row.added is not None:
        facts.append(Fact("added", row.added.isoformat(), source, "Added"))
    if row.terminated is not None:
        facts.append(Fact("terminated", row.terminated.isoformat(), source, "Last day"))
    return facts


def place_page(view: View, code: Code) -> CodePage | None:
    """A place of service and the rate it pays."""
    found: Found[PlaceRow] | None = view.first(POS, code=code.value)
    if found is None:
        return None
    row, source = found.row, found.source
    facts = (
        Fact("rate", row.rate, source, "Physician fee schedule rate"),
        Fact("document", row.document, source, "Rests on"),
    )
    words = (Sentence(row.meaning, (source,)), rate_sentence(row, found))
    return CodePage(code, row.name, source, "active", None, words, (Section("place", "The place", facts),))


def taxonomy_page(view: View, code: Code) -> CodePage | None:
    """A provider type as NUCC publishes it."""
    found: Found[TaxonomyRow] | None = view.first(TAXONOMY, code=code.value)
    if found is None:
        view.refuse_unknown_day((TAXONOMY,), code)
        return None
    row, source = found.row, found.source
    pairs = (
        ("grouping", "Grouping", row.grouping),
        ("classification", "Classification", row.classification),
        ("specialization", "Specialization", row.specialization),
        ("section", "Section", row.section),
        ("definition", "Definition", row.definition),
        ("notes", "Notes", row.notes),
    )
    facts = tuple(Fact(name, value, source, label) for name, label, value in pairs if value)
    title = row.display_name or " - ".join(part for part in (row.classification, row.specialization) if part)
    return CodePage(code, row.specialization or row.classification, source, "active", None,
                    (Sentence(f"{code.shown} is {title}, in the grouping {row.grouping}.", (source,)),),
                    (Section("taxonomy", "The provider type", facts),))  # fmt: skip


PAGES: dict[str, Callable[[View, Code], CodePage | None]] = {
    "modifier": modifier_page,
    "pos": place_page,
    "taxonomy": taxonomy_page,
}
NEEDED = {"modifier": OWN, "pos": POS, "taxonomy": TAXONOMY}
