"""Contents of a coverage document: its groups of codes with their paragraphs, contractors, kin, and its texts.

The exports give a version's codes in tables beside the document (datasets/mcd.py). Groups of procedures and of
diagnoses have no key between them: which belongs to which stands only in their paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from codeward.core.answers import Answer
from codeward.core.codes import Code, procedure
from codeward.core.faults import BadInput
from codeward.core.sources import Source
from codeward.services.coverage_documents import EXPORTS, CoverageDocument
from codeward.services.published_text import lines_of
from codeward.services.view import View
from codeward.store.document_rows import group_counts, row_count, some_rows
from codeward.store.library import Found, Library
from codeward.store.releases import Release

MOST = 100
"""Codes of one group at a time: some groups hold thousands."""
NOT_READ = {
    "Article": "revision history, attachments, addresses on the web, and the drug table of self-administered drugs",
    "LCD": "revision history, comments, attachments and addresses on the web",
    "NCD": "code lists, which CMS publishes apart (quarterly ICD-10 revisions, laboratory NCD manual)",
}
"""What a document may hold beyond what is read here."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A code as published; `until` is filled where the row names the end of a range, `mark` where it has a star."""

    text: str
    code: Code | None
    until: str
    title: str
    mark: str
    source: Source


@dataclass(frozen=True, slots=True)
class Group:
    """One group of codes of a version: its paragraph in lines, how many codes it has, and those asked for.

    `number` is 0 for codes that stand in no group.
    """

    kind: str
    title: str
    number: int
    lines: tuple[str, ...]
    source: Source | None
    total: int
    start: int
    codes: tuple[Listed, ...]

    @property
    def id(self) -> str:
        """`supporting-1`: its name in an address."""
        return f"{self.kind}-{self.number}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of the document under its heading, in lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contractor:
    """A contractor that a version belongs to, and the states it serves on the day."""

    name: str
    number: str
    kind: str
    states: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Kin:
    """A related document by its number; `title` is empty where no loaded list has it."""

    id: str
    kind: str
    title: str
    source: Source


@dataclass(frozen=True, slots=True)
class Contents:
    """What the loaded exports hold of one version; `loaded` says whether they hold documents of its kind at all."""

    loaded: bool
    groups: tuple[Group, ...] = ()
    passages: tuple[Passage, ...] = ()
    contractors: tuple[Contractor, ...] = ()
    kin: tuple[Kin, ...] = ()
    not_read: str = ""


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of codes: how its groups are called, and the columns of code, group, title and star."""

    kind: str
    title: str
    dataset: str
    code: str
    group: str = ""
    label: str = ""
    mark: str = ""
    system: str = ""


_TABLES = {
    "Article": (
        _Table("procedures", "Procedure codes", "mcd-article-x-hcpc-code", "hcpc_code_id", "hcpc_code_group",
               "short_description", "", "procedure"),
        _Table("supporting", "Diagnoses that support coverage", "mcd-article-x-icd10-covered", "icd10_code_id",
               "icd10_covered_group", "description", "asterisk", "icd-10-cm"),
        _Table("not-supporting", "Diagnoses that do not support coverage", "mcd-article-x-icd10-noncovered",
               "icd10_code_id", "icd10_noncovered_group", "description", "", "icd-10-cm"),
        _Table("modifiers", "Modifiers", "mcd-article-x-hcpc-modifier", "hcpc_modifier_code_id",
               "hcpc_modifier_group", "", "", "modifier"),
        _Table("inpatient", "Inpatient procedure codes", "mcd-article-x-icd10-pcs-code", "icd10_pcs_code_id",
               "icd10_pcs_code_group", "description", "", "icd-10-pcs"),
        _Table("bill-types", "Bill types", "mcd-article-x-bill-code", "bill_code_id"),
        _Table("revenue", "Revenue codes", "mcd-article-x-revenue-code", "revenue_code_id"),
        _Table("other", "Other coding information", "mcd-article-x-other-coding-group", "codes",
               "other_coding_group"),
    ),
    "LCD": (
        _Table("procedures", "Procedure codes", "mcd-lcd-x-hcpc-code", "hcpc_code_id", "hcpc_code_group",
               "short_description", "", "procedure"),
    ),
    "NCD": (),
}  # fmt: skip
_WITHOUT_PARAGRAPHS = ("bill-types", "revenue", "other")
_RELATED = {
    "Article": ("mcd-article-related-documents", "mcd-article-related-ncd-documents"),
    "LCD": ("mcd-lcd-related-documents", "mcd-lcd-related-ncd-documents"),
    "NCD": (),
}
_TEXTS = {
    "Article": (
        ("Article text", "description"), ("Coverage rules it rests on", "cms_cov_policy"),
        ("Other comments", "other_comments"), ("More on diagnoses", "add_icd10_info"),
    ),
    "LCD": (
        ("Coverage rules it rests on", "cms_cov_policy"), ("Indications and limitations", "indication"),
        ("Diagnoses that support necessity", "diagnoses_support"),
        ("Diagnoses that do not support necessity", "diagnoses_dont_support"),
        ("Coding guidelines", "coding_guidelines"), ("Documentation", "doc_reqs"),
        ("Utilization and frequency", "util_guide"), ("Associated information", "associated_info"),
        ("Appendices", "appendices"), ("Summary of evidence", "summary_of_evidence"),
        ("Analysis of evidence", "analysis_of_evidence"), ("Synopsis of changes", "synopsis_changes"),
    ),
    "NCD": (
        ("Item or service", "itm_srvc_desc"), ("Indications and limitations", "indctn_lmtn"),
        ("Cross reference", "xref_txt"), ("Other", "othr_txt"), ("Revision history", "rev_hstry"),
    ),
}  # fmt: skip
"""Texts in the order of reading: what limits coverage by frequency, age or earlier treatment stands in them alone."""


@dataclass(frozen=True, slots=True)
class _Read:
    """One version and where it is looked up."""

    view: View
    document: CoverageDocument
    version: Mapping[str, int]

    def newest(self, dataset: str) -> Release | None:
        """The newest loaded export of a table; none is noted."""
        editions = self.view.library.editions(dataset)
        if not editions:
            self.view.missing[dataset] = None
        return editions[-1] if editions else None

    def rows(self, dataset: str, start: int = 0, most: int = 10_000, **more: int) -> list[Found[Any]]:
        """Rows of the version in a table."""
        release = self.newest(dataset)
        found = some_rows(self.view.library, release, {**self.version, **more}, start, most) if release else []
        self.view.sources.update(dict.fromkeys(item.source for item in found))
        return found


def document_contents(
    library: Library, document: CoverageDocument, view: View, shown: str = "", start: int = 0
) -> Answer[Contents]:
    """Everything loaded of one version; `shown` names the group whose codes begin at `start`, others at the first.

    `not_loaded` names the tables that would say more. BadInput for a start that is none.
    """
    if start < 0:
        raise BadInput(f"{start} is no place in a list: expected 0 or more")
    dataset = EXPORTS[document.kind]
    if not library.editions(dataset):
        view.missing[dataset] = None
        return view.answer(Contents(False))
    row = _document_row(library, document)
    read = _Read(view, document, _version(document, row))
    groups = tuple(group for table in _TABLES[document.kind] for group in _groups(read, table, shown, start))
    passages = tuple(_passages(document.kind, row)) if row is not None else ()
    owners = tuple(_contractors(read)) if document.kind != "NCD" else ()
    return view.answer(Contents(True, groups, passages, owners, tuple(_kin(read)), NOT_READ[document.kind]))


def _document_row(library: Library, document: CoverageDocument) -> Any:
    """The document's own row of the exports."""
    dataset = EXPORTS[document.kind]
    column = "ncd_mnl_sect" if document.kind == "NCD" else f"{document.kind.lower()}_id"
    version = "ncd_vrsn_num" if document.kind == "NCD" else f"{document.kind.lower()}_version"
    rows = library.find(dataset, library.editions(dataset)[-1], document.effective,
                        **{column: document.id.lstrip("LA"), version: str(document.version)})  # fmt: skip
    if rows:
        return rows[0].row
    every = library.history(dataset, **{column: document.id.lstrip("LA"), version: str(document.version)})
    return every[-1].row if every else None


def _version(document: CoverageDocument, row: Any) -> dict[str, int]:
    if document.kind == "NCD":
        return {"ncd_id": row.ncd_id if row is not None else -1, "ncd_vrsn_num": document.version}
    stem = document.kind.lower()
    return {f"{stem}_id": int(document.id[1:]), f"{stem}_version": document.version}


def _groups(read: _Read, table: _Table, shown: str, start: int) -> Iterator[Group]:
    """Groups of one table by number; a group may have a paragraph and no codes, or codes and no paragraph."""
    release = read.newest(table.dataset)
    if release is None:
        return
    library = read.view.library
    if not table.group:
        total = row_count(library, release, read.version)
        counts = {0: total} if total else {}
    else:
        counts = group_counts(library, release, read.version, table.group)
    paragraphs = _paragraphs(read, table)
    for number in sorted({*counts, *paragraphs}):
        lines, source = paragraphs.get(number, ((), None))
        total = counts.get(number, 0)
        begin = start if shown == f"{table.kind}-{number}" and start < total else 0
        narrowed = {table.group: number} if table.group else {}
        rows = read.rows(table.dataset, begin, MOST, **narrowed) if total else []
        codes = tuple(_listed(table, row) for row in rows)
        if table.kind == "other":
            lines, codes, total = _other(rows), (), 0
        yield Group(table.kind, table.title, number, lines, source, total, begin, codes)


def _paragraphs(read: _Read, table: _Table) -> dict[int, tuple[tuple[str, ...], Source | None]]:
    if not table.group or table.kind in _WITHOUT_PARAGRAPHS:
        return {}
    rows = read.rows(f"{table.dataset}-group")
    return {int(getattr(item.row, table.group)): (lines_of(item.row.paragraph or ""), item.source) for item in rows}


def _other(rows: list[Found[Any]]) -> tuple[str, ...]:
    return tuple(
        line for item in rows for line in (*lines_of(item.row.paragraph or ""), *lines_of(item.row.codes or ""))
    )


def _listed(table: _Table, found: Found[Any]) -> Listed:
    row = found.row
    text = str(getattr(row, table.code))
    title = getattr(row, table.label) or "" if table.label else ""
    mark = getattr(row, table.mark) or "" if table.mark else ""
    return Listed(text, _code(table.system, text), getattr(row, "range", "") or "", title, mark, found.source)


def _code(system: str, text: str) -> Code | None:
    if not system:
        return None
    value = text.replace(".", "").strip().upper()
    return procedure(value) if system == "procedure" else Code(system, value)


def _passages(kind: str, row: Any) -> Iterator[Passage]:
    for heading, column in _TEXTS[kind]:
        lines = lines_of(getattr(row, column) or "")
        if lines:
            yield Passage(heading, lines)


def _contractors(read: _Read) -> Iterator[Contractor]:
    """Contractors by name; the key of one is its number, type and version together."""
    stem = read.document.kind.lower()
    named = [item for row in read.rows(f"mcd-{stem}-x-contractor") if (item := _contractor(read, row)) is not None]
    yield from sorted(named, key=lambda item: (item.name, item.number))


def _contractor(read: _Read, row: Found[Any]) -> Contractor | None:
    key = {name: getattr(row.row, name) for name in ("contractor_id", "contractor_type_id", "contractor_version")}
    release = read.newest("mcd-contractor")
    found = some_rows(read.view.library, release, key, 0, 1) if release else []
    if not found:
        return None
    own = found[0].row
    read.view.sources[found[0].source] = None
    kind = _look_up(read, "mcd-contractor-type-lookup", "description", contractor_type_id=own.contractor_type_id)
    return Contractor(own.contractor_bus_name, own.contractor_number, kind, tuple(_states(read, key)), found[0].source)


def _states(read: _Read, key: Mapping[str, int]) -> list[str]:
    """Letters of the states that a contractor serves on the day."""
    release = read.newest("mcd-contractor-jurisdiction")
    rows = some_rows(read.view.library, release, key, 0, 100) if release else []
    served = [item for item in rows if item.first_day <= read.view.on <= item.last_day]
    letters = [_look_up(read, "mcd-state-lookup", "state_abbrev", state_id=item.row.state_id) for item in served]
    return sorted({item for item in letters if item})


def _look_up(read: _Read, dataset: str, column: str, **key: int) -> str:
    release = read.newest(dataset)
    rows = some_rows(read.view.library, release, key, 0, 1) if release else []
    return str(getattr(rows[0].row, column) or "") if rows else ""


def _kin(read: _Read) -> Iterator[Kin]:
    """Related documents, each once."""
    seen: set[str] = set()
    for dataset in _RELATED[read.document.kind]:
        for found in read.rows(dataset):
            for kin in _related(read, found):
                if kin.id not in seen and kin.id != read.document.id:
                    seen.add(kin.id)
                    yield kin


def _related(read: _Read, found: Found[Any]) -> Iterator[Kin]:
    row = found.row
    for kind, letter, column in (("Article", "A", "r_article_id"), ("LCD", "L", "r_lcd_id")):
        number = getattr(row, column, None)
        if number:
            title = _look_up(read, EXPORTS[kind], "title", **{f"{kind.lower()}_id": number})
            yield Kin(f"{letter}{number}", kind, title, found.source)
    if getattr(row, "r_ncd_id", None):
        section = _look_up(read, EXPORTS["NCD"], "ncd_mnl_sect", ncd_id=row.r_ncd_id)
        title = _look_up(read, EXPORTS["NCD"], "ncd_mnl_sect_title", ncd_id=row.r_ncd_id)
        yield Kin(section or f"NCD id {row.r_ncd_id}", "NCD", title, found.source)
