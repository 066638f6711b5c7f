"""Documents by code: what the exports' tables say of a procedure at a place on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from codeward.services.coverage.contractors import Contract, Contracts, triple_of
from codeward.services.coverage.groups import COVERED, NONCOVERED, ReadGroups, parts_of, read_groups
from codeward.services.coverage.judging import Judged, judge
from codeward.services.coverage.prose import plain_prose
from codeward.services.coverage.values import (
    BY_CODE,
    BY_RELATION,
    TEXT_ONLY,
    Contractor,
    CoverageQuestion,
    DocumentFinding,
    Listed,
    Place,
    Related,
)
from codeward.services.coverage.versions import FIRST, Held, held_documents
from codeward.services.coverage_documents import IN_FORCE
from codeward.services.view import View
from codeward.store.coverage import Version, document_row, documents_listing
from codeward.store.library import Found

ARTICLES, CODES = "mcd-article", "mcd-article-x-hcpc-code"
KINDS = {"article": "Article", "lcd": "LCD", "ncd-trkg": "NCD"}
RELATED = "the exports relate them"
_VIEW = "https://www.cms.gov/medicare-coverage-database/view/"
_ADDRESSES = {"article": "article.aspx?articleid={}&ver={}", "lcd": "lcd.aspx?lcdid={}&ver={}",
              "ncd-trkg": "ncd.aspx?ncdid={}&ncdver={}"}  # fmt: skip
_LISTS = (
    ("modifier", "mcd-article-x-hcpc-modifier", "hcpc_modifier_code_id", "hcpc_modifier_group"),
    ("bill type", "mcd-article-x-bill-code", "bill_code_id", ""),
    ("revenue code", "mcd-article-x-revenue-code", "revenue_code_id", ""),
)


@dataclass
class Sought:
    """One question's search of the exports: what was found, and what has to be said beside it."""

    view: View
    asked: CoverageQuestion
    place: Place
    contracts: Contracts = field(init=False)
    unchecked: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.contracts = Contracts(self.view)

    def contractors(self) -> tuple[Contractor, ...]:
        """Who serves the place, as the exports have it."""
        if not self.place.state:
            return ()
        found = self.contracts.serving(self.place, self.asked.setting)
        return tuple(item.contractor for item in found)

    def documents(self) -> tuple[DocumentFinding, ...]:
        """Articles that list the code and serve the place, then LCDs that do, and what both are related to."""
        articles = [self._article(item) for item in self._governing("article")]
        lcds = [self._lcd(item) for item in self._governing("lcd")]
        found = [*articles, *lcds]
        known = {item.id for item in found}
        return (*found, *self._relations(found, known))

    def unseen(self, kind: str = "article") -> tuple[str, ...]:
        """Documents that list the code, of which the version of the day is not loaded."""
        return tuple(f"{FIRST[kind]}{item.number}" for item, _ in self._listing(kind) if item.unseen)

    def _listing(self, kind: str) -> list[tuple[Held, bool]]:
        """Documents of which some version lists the code, and whether the version of the day does."""
        listing = documents_listing(self.view.library, kind, self.asked.procedure)
        held = held_documents(self.view, kind, {number for number, _ in listing})
        return [(item, item.version is not None and (item.number, item.version.version) in listing) for item in held]

    def _governing(self, kind: str) -> list[tuple[Held, Version, tuple[Contract, ...]]]:
        found = []
        for item, lists in self._listing(kind):
            if item.version is None or not lists:
                continue
            rows = parts_of(self.view, f"mcd-{kind}-x-contractor", item.version)
            contracts = self.contracts.of(dict.fromkeys(map(triple_of, rows)))
            serving = tuple(one for one in contracts if self._serves(one))
            if serving:
                found.append((item, item.version, serving))
        return found

    def _serves(self, contract: Contract) -> bool:
        if self.place.state:
            return contract.serves(self.place, self.asked.setting)
        return contract.pays(self.asked.setting)

    def _article(self, found: tuple[Held, Version, tuple[Contract, ...]]) -> DocumentFinding:
        item, version, contracts = found
        code_rows = parts_of(self.view, CODES, version, hcpc_code_id=self.asked.procedure)
        code_groups = frozenset(row.row.hcpc_code_group for row in code_rows)
        asked = (self.asked.procedure, self.asked.diagnoses, code_groups)
        covered = read_groups(self.view, COVERED, version, asked)
        noncovered = read_groups(self.view, NONCOVERED, version, asked)
        document = self._document(item, version, contracts, BY_CODE)
        judged = judge(document.id, self.asked, covered, noncovered)
        self._note(document.id, covered, noncovered)
        groups = (*noncovered.groups, *covered.groups)
        sources = [*document.sources, *(row.source for row in code_rows), *_served_by(contracts)]
        for group in groups:
            sources += group.sources if group.matched else ()
        return self._complete(document, version, judged, replace_groups=(groups, code_groups), sources=sources)

    def _complete(
        self, document: DocumentFinding, version: Version, judged: Judged, *, replace_groups: Any, sources: list[Any]
    ) -> DocumentFinding:
        groups, code_groups = replace_groups
        self.view.sources.update(dict.fromkeys(sources))
        return replace(
            document,
            verdict=judged.verdict,
            words=judged.words,
            groups=groups,
            code_groups=self._texts_of(version, code_groups),
            listed=self._listed(version),
            related=self._related_to("article", version),
            sources=tuple(dict.fromkeys(sources)),
        )

    def _texts_of(self, version: Version, code_groups: frozenset[int]) -> tuple[str, ...]:
        rows = parts_of(self.view, "mcd-article-x-hcpc-code-group", version)
        texts = (plain_prose(row.row.paragraph) for row in rows if row.row.hcpc_code_group in code_groups)
        return tuple(text for text in texts if text)

    def _listed(self, version: Version) -> tuple[Listed, ...]:
        return tuple(
            Listed(kind, str(getattr(row.row, column)), getattr(row.row, group) if group else None, row.source)
            for kind, dataset, column, group in _LISTS
            for row in parts_of(self.view, dataset, version)
        )

    def _lcd(self, found: tuple[Held, Version, tuple[Contract, ...]]) -> DocumentFinding:
        item, version, contracts = found
        document = self._document(item, version, contracts, BY_CODE)
        words = f"{document.id} lists {self.asked.procedure}; an LCD lists no diagnoses: read its text and its article."
        related = self._related_to("lcd", version)
        sources = (*document.sources, *_served_by(contracts))
        self.view.sources.update(dict.fromkeys(sources))
        return replace(document, words=words, related=related, sources=sources)

    def _document(
        self, item: Held, version: Version, contracts: tuple[Contract, ...], why: str, by: str = ""
    ) -> DocumentFinding:
        row: Found[Any] = document_row(self.view.library, item.kind, version)
        ncd = item.kind == "ncd-trkg"
        name = row.row.ncd_mnl_sect if ncd else f"{FIRST[item.kind]}{item.number}"
        title = row.row.ncd_mnl_sect_title if ncd else row.row.title
        history = item.history(self.view.on)
        first, last = next((one.first_day, one.last_day) for one in history if one.version == version.version)
        owner = "CMS" if ncd else "; ".join(dict.fromkeys(one.contractor.name for one in contracts))
        address = _VIEW + _ADDRESSES[item.kind].format(item.number, version.version)
        words = f"{KINDS[item.kind]} {name} is related to {by}: read its text." if by else ""
        return DocumentFinding(
            name, KINDS[item.kind], title, owner, version.version, first, last, IN_FORCE, address, why, TEXT_ONLY,
            words, history=history, sources=(row.source,),
        )  # fmt: skip

    def _related_to(self, kind: str, version: Version) -> tuple[Related, ...]:
        """Documents that a version names, with their titles where they are loaded and in force."""
        found: dict[str, Related] = {}
        for row in parts_of(self.view, f"mcd-{kind}-related-documents", version):
            for other, number in (("article", row.row.r_article_id), ("lcd", row.row.r_lcd_id)):
                if number and (other, number) != (kind, version.document):
                    found.setdefault(f"{FIRST[other]}{number}", self._relation(other, number, row))
        for row in parts_of(self.view, f"mcd-{kind}-related-ncd-documents", version):
            if row.row.r_ncd_id:
                related = self._relation("ncd-trkg", row.row.r_ncd_id, row)
                found.setdefault(related.id, related)
        return tuple(found.values())

    def _relation(self, kind: str, number: int, row: Found[Any]) -> Related:
        held = held_documents(self.view, kind, (number,))
        version = held[0].version if held else None
        if version is None:
            return Related(f"{FIRST[kind]}{number}" if kind != "ncd-trkg" else f"NCD id {number}", KINDS[kind], "",
                           RELATED, row.source)  # fmt: skip
        document = document_row(self.view.library, kind, version).row
        if kind == "ncd-trkg":
            return Related(document.ncd_mnl_sect, "NCD", document.ncd_mnl_sect_title, RELATED, row.source)
        return Related(f"{FIRST[kind]}{number}", KINDS[kind], document.title, RELATED, row.source)

    def _relations(self, found: list[DocumentFinding], known: set[str]) -> list[DocumentFinding]:
        """NCDs first, then LCDs, that the documents found are related to and that hold on the day."""
        out: list[DocumentFinding] = []
        queue = [(document, other) for document in found for other in document.related]
        while queue:
            document, other = queue.pop(0)
            if other.id in known or other.kind == "Article":
                continue
            known.add(other.id)
            made = self._related_finding(other, document.id)
            if made is None:
                self.unchecked[f"{other.id}, which {document.id} is related to, is not loaded for the day."] = None
                continue
            out.append(made)
            queue += [(made, one) for one in made.related]
        return sorted(out, key=lambda item: (item.kind != "NCD", item.id))

    def _related_finding(self, other: Related, by: str) -> DocumentFinding | None:
        kind = {"LCD": "lcd", "NCD": "ncd-trkg"}[other.kind]
        number = self._number(kind, other)
        held = held_documents(self.view, kind, (number,)) if number is not None else []
        if not held or held[0].version is None:
            return None
        made = self._document(held[0], held[0].version, (), BY_RELATION, by)
        self.view.sources.update(dict.fromkeys(made.sources))
        if kind == "ncd-trkg":
            return made
        rows = parts_of(self.view, "mcd-lcd-x-contractor", held[0].version)
        contracts = self.contracts.of(dict.fromkeys(map(triple_of, rows)))
        owner = "; ".join(dict.fromkeys(one.contractor.name for one in contracts))
        return replace(made, owner=owner, related=self._related_to("lcd", held[0].version))

    def _number(self, kind: str, other: Related) -> int | None:
        if kind == "lcd":
            return int(other.id.lstrip("L"))
        release = self.view.edition("mcd-ncd-trkg")
        if release is None:
            return None
        rows = self.view.library.find("mcd-ncd-trkg", release, self.view.on, ncd_mnl_sect=other.id)
        return int(rows[0].row.ncd_id) if rows else None

    def _note(self, name: str, covered: ReadGroups, noncovered: ReadGroups) -> None:
        """What of the groups was not understood, to be said beside the verdict."""
        for number in (*covered.unread, *noncovered.unread):
            text = (
                f"The text of group {number} of {name} speaks of procedures or partner groups in a way that is not "
                "taken apart: its codes are taken as they are listed; read it."
            )
            self.unchecked[text] = None
        for shown in (*covered.by_range, *noncovered.by_range):
            self.unchecked[f"{shown} stands in {name} only within a row marked as a range."] = None


def _served_by(contracts: Iterable[Contract]) -> list[Any]:
    return [row.source for contract in contracts for row in contract.rows[:2]]
