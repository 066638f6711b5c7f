"""How an ICD-10-PCS code stands on a day: by the dates of the Medicare Code Editor, else by the editions loaded."""

from __future__ import annotations

from dataclasses import dataclass

from codeward.core.answers import Fact
from codeward.core.codes import Code
from codeward.core.days import OPEN_END, day_before
from codeward.core.sources import Source
from codeward.datasets.icd_10_pcs import PcsRow
from codeward.datasets.icd_10_pcs_dates import ValidRow
from codeward.services.page import Cell, Line, Section, table
from codeward.services.view import View, when_ended
from codeward.store.code_tables import CODES, DATES, codes_beginning, valid_beginning
from codeward.store.library import Found

Entry = Found[PcsRow]
Span = Found[ValidRow]


@dataclass(frozen=True, slots=True)
class Standing:
    """A code's status on the day, the row with its title, the span that decides, and all it ever had."""

    status: str
    entry: Entry | None
    span: Span | None
    spans: tuple[Span, ...]
    forms: tuple[tuple[Entry, ...], ...]

    @property
    def source(self) -> Source | None:
        """The line that decides."""
        told = self.span or self.entry
        return told.source if told else None


def standing_of(view: View, code: str) -> Standing | None:
    """How the code stands; None when no edition and no date ever had it.

    The dates decide where they are loaded for the day and know the code: they have the updates between two Octobers
    and the years whose list is not loaded.
    """
    entry: Entry | None = view.first(CODES, code=code)
    ever: list[Entry] = view.library.history(CODES, code=code)
    title = entry or nearest(view, ever)
    spans: tuple[Span, ...] = tuple(view.library.history(DATES, code=code)) if view.has(DATES) else ()
    forms = _forms(ever)
    if spans:
        told = _telling(view, spans)
        view.sources[told.source] = None
        status = "active" if told.first_day <= view.on <= told.last_day else absence(view, told)
        return Standing(status, title, told, spans, forms)
    if title is None:
        return None
    return Standing("active" if entry else absence(view, title), title, None, (), forms)


def _telling(view: View, spans: tuple[Span, ...]) -> Span:
    """The span that holds the day, else the last one before it, else the first."""
    begun = [span for span in spans if span.first_day <= view.on]
    return begun[-1] if begun else spans[0]


def absence(view: View, row: Entry | Span) -> str:
    """Why a code is not there on the day: deleted before it, or future."""
    return "deleted" if row.last_day < view.on else "future"


def nearest(view: View, ever: list[Entry]) -> Entry | None:
    """The last form before the day, else the first one after it; a title built from the tables comes last."""
    past = [item for item in ever if item.first_day <= view.on]
    order = [*reversed(past), *(item for item in ever if item not in past)]
    return next((item for item in order if not item.row.built), order[0] if order else None)


def _forms(ever: list[Entry]) -> tuple[tuple[Entry, ...], ...]:
    """Runs of editions without a break and with one official title; a title built from tables makes no new form."""
    forms: list[list[Entry]] = []
    for row in sorted(ever, key=lambda item: (item.first_day, item.release.from_package)):
        if forms and _goes_on(forms[-1], row):
            forms[-1].append(row)
        else:
            forms.append([row])
    return tuple(map(tuple, forms))


def _goes_on(form: list[Entry], row: Entry) -> bool:
    titles = {item.row.title for item in (*form, row) if not item.row.built}
    return len(titles) <= 1 and max(item.last_day for item in form) >= day_before(row.first_day)


def listed_beginning(view: View, beginning: str, most: int) -> tuple[list[Line], int]:
    """The first codes of the day that begin so, and how many: by the editor's dates, else by the list in force."""
    dates, listed = view.edition(DATES), view.edition(CODES)
    if dates is not None:
        spans, total = valid_beginning(view.library, dates, beginning, view.on, most)
        return [_listed_line(span.row.code, _titled(view, span.row.code), span.source) for span in spans], total
    if listed is None:
        return [], 0
    entries, total = codes_beginning(view.library, listed, beginning, most)
    return [_listed_line(item.row.code, item, item.source) for item in entries], total


def _titled(view: View, code: str) -> Entry | None:
    found: Entry | None = view.first(CODES, code=code)
    return found or nearest(view, view.library.history(CODES, code=code))


def _listed_line(code: str, entry: Entry | None, source: Source) -> Line:
    title = Cell(entry.row.title) if entry else Cell("", meaning="its title is not loaded")
    return Line((Cell(code, Code("icd-10-pcs", code)), title), entry.source if entry else source)


def status_section(view: View, standing: Standing) -> Section:
    """Status, days and short title, each with its line."""
    source, entry = standing.source, standing.entry
    facts = [
        Fact("status", standing.status, source, "Status on the day"),
        Fact("billable", standing.status == "active", source, "Valid for inpatient hospital claims"),
    ]
    facts += _span_facts(standing.span) if standing.span else _form_facts(view, standing)
    if entry is not None and entry.row.short_title:
        facts.append(Fact("short_title", entry.row.short_title, entry.source, "Short title"))
    if entry is not None and entry.row.built:
        words = "Made of the table's labels; no list of codes with the official titles is loaded for this edition."
        facts.append(Fact("built", True, entry.source, "Built title", words))
    return Section("status", "Status and dates", tuple(facts), missing=() if standing.span else _unlisted(view))


def _unlisted(view: View) -> tuple[str, ...]:
    return () if view.has(CODES) else (CODES,)


def _span_facts(span: Span) -> list[Fact]:
    facts = [Fact("first_day", span.first_day.isoformat(), span.source, "Valid from")]
    if span.last_day != OPEN_END:
        facts.append(Fact("last_day", span.last_day.isoformat(), span.source, "Valid until"))
    return facts


def _form_facts(view: View, standing: Standing) -> list[Fact]:
    form = next((form for form in standing.forms if standing.entry in form), ())
    if not form:
        return []
    last = _latest(form)
    facts = [Fact("first_day", form[0].first_day.isoformat(), form[0].source, "Listed since the edition of")]
    if last.last_day != OPEN_END:
        facts.append(Fact("last_day", view.last_day_text(last), last.source, "Listed until"))
    return facts


def _latest(form: tuple[Entry, ...]) -> Entry:
    return max(form, key=lambda item: item.last_day)


def history_section(view: View, standing: Standing) -> Section:
    """The days the code was valid, and its titles through the loaded editions."""
    valid = [Line((Cell(span.first_day.isoformat()), Cell(_last(span))), span.source) for span in standing.spans]
    listed = [_form_line(view, form) for form in standing.forms]
    tables = (
        table("spans", "Valid, by the Medicare Code Editor", ("From", "To"), valid),
        table("history", "As the loaded editions have it", ("From", "To", "Title"), listed),
    )
    return Section("history", "Through the editions", tables=tuple(item for item in tables if item.lines))


def _last(span: Span) -> str:
    return "" if span.last_day == OPEN_END else span.last_day.isoformat()


def _form_line(view: View, form: tuple[Entry, ...]) -> Line:
    title = next((item.row.title for item in reversed(form) if not item.row.built), form[-1].row.title)
    until = view.last_day_text(_latest(form))
    return Line((Cell(form[0].first_day.isoformat()), Cell(until), Cell(title)), form[-1].source)


def standing_text(view: View, name: str, standing: Standing) -> str:
    """The standing in a sentence."""
    span, entry = standing.span, standing.entry
    if standing.status == "active":
        since = f" since {span.first_day}" if span else ""
        until = f"; {span.last_day} is its last day" if span and span.last_day != OPEN_END else ""
        text = f"{name} is a valid code{since}{until}."
        return text if entry else f"{text} No loaded edition lists it, so its title is not known here."
    if standing.status == "deleted":
        when = f"on {span.last_day}" if span else when_ended(view, entry) if entry else ""
        return f"{name} was last valid {when}; it cannot be used after that."
    first = span.first_day if span else entry.first_day if entry else view.on
    return f"{name} is valid from {first} on, not before."
