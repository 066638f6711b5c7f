"""Groups of diagnoses: risk adjustment categories, complications, clinical categories, chronic or not."""

from __future__ import annotations

import re

from codeward.assistant.draft import Draft, told
from codeward.assistant.reply import NOT_LOADED, Evidence
from codeward.assistant.topics.standing import open_page
from codeward.core.answers import Fact
from codeward.services.page import Section

ASKED = (
    ("hcc", r"\bhccs?\b|\brisk[- ]adjust|\braf\b", "CMS-HCC risk adjustment mapping", ("cms-hcc",)),
    (
        "ms-drg",
        r"\bmcc\b|\bccs?\b|\bcc/mcc\b|\bcomplication|\bcomorbid"
        r"|\b(?:ms-?)?drgs?\b",
        "MS-DRG tables",
        ("ms-drg-cc",),
    ),
    ("clinical-groups", r"\bccsr?\b|\bclinical classif|\bchronic\b|\bccir?\b", "clinical classification", ("ccsr",)),
)


def asked_groups(plain: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Sections, titles and datasets of the groupings a question speaks of."""
    return [(name, title, datasets) for name, cue, title, datasets in ASKED if re.search(cue, plain)]


def answer_groups(draft: Draft) -> None:
    """Each grouping asked for, of each diagnosis."""
    for code in draft.question.diagnoses[:4]:
        page = open_page(draft, code.shown, "icd-10-cm")
        for name, title, datasets in asked_groups(draft.question.plain) if page else ():
            section = page.section(name) if page else None
            if section is None or not section.facts or (section.missing and not _of_dataset(section, datasets)):
                _say_not_loaded(draft, code.shown, title, datasets)
            else:
                _say_section(draft, code.shown, section)


def _of_dataset(section: Section, datasets: tuple[str, ...]) -> list[Fact]:
    return [fact for fact in section.facts if fact.source and fact.source.dataset in datasets]


def _say_section(draft: Draft, code: str, section: Section) -> None:
    for fact in section.facts[:4]:
        text = f"{code}: {fact.label or fact.name} {fact.value}. {fact.meaning}".strip()
        draft.say(text, told(code, fact), Evidence(code, fact.label, str(fact.value), fact.source), role="verdict")


def _say_not_loaded(draft: Draft, code: str, title: str, datasets: tuple[str, ...]) -> None:
    draft.kind = NOT_LOADED
    draft.say(
        f"The {title} is not loaded for {draft.on}, so that cannot be told of {code}.",
        Evidence(code, title, "not loaded", None, f"{', '.join(datasets)} {draft.on}"),
        role="verdict",
    )
