"""Medicare Coverage Database exports, weekly: articles, LCDs and NCDs with their codes, contractors and look-ups.

An export is a zip (`current_article.zip`, `all_lcd.zip`, `ncd.zip`) that holds another with one CSV a table; `current`
has the newest versions alone, `all` the earlier and retired ones too. The tables are declared below from the headers
as published. Left out: comments, letters, meetings, addresses on the web, revision histories, sticky notes, update
periods, ICD-9 and primary jurisdiction (it covers few documents: states come from the contractors); the AHA's
descriptions of bill types and revenue codes; and the text of modifiers, which the AMA partly owns.
Texts stay as published, with their markup in entities; they are decoded where they are shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, make_dataclass
from datetime import date, datetime

from codeward.datasets.addresses import Address
from codeward.datasets.declare import UNDATED, Dataset, Days, Edition, Shape, column
from codeward.datasets.kinds import TEXT, VERBATIM, WHOLE, Kind

ALWAYS: Days = ("0001-01-01", "9999-12-31")
NEVER: Days = ("9999-12-31", "0001-01-01")
"""Days of a draft without a first day; no day lies between them."""


def _read_stamp(cell: str) -> str:
    """`2024-05-27 00:00:00`: the day of it."""
    text = cell.strip()
    if not text:
        return ""
    try:
        return datetime.fromisoformat(text[:26]).date().isoformat()
    except ValueError:
        raise ValueError("expected a date as YYYY-MM-DD, with or without a time") from None


DAY = Kind(
    "date (YYYY-MM-DD, time left out)",
    _read_stamp,
    "TEXT",
    "DATE",
    lambda value: date.fromisoformat(str(value)) if value else None,
)

_KINDS: dict[str, Kind] = {"": TEXT, "#": WHOLE, "d": DAY, "v": VERBATIM, "w": TEXT}
"""Marks behind a column's name: `#` number, `d` day, `v` long text as published, `w` wording kept for Level II only."""


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV of the exports: its name, whose export, its columns as `name:mark`, key and the columns of its days."""

    name: str
    title: str
    exports: str
    columns: str
    key: str
    looked_up_by: str = ""
    starts: str = ""
    ends: str = ""
    undated: Days = ALWAYS
    holds_cpt: bool = False

    @property
    def id(self) -> str:
        """`mcd-article-x-hcpc-code`."""
        return f"mcd-{self.name.replace('_', '-')}"


_HCPC = "hcpc_code_version:# hcpc_code_group:# range last_updated long_description:w short_description:w"
_ICD = "icd10_code_id icd10_code_version:# {group}:# range last_updated sort_order:# description"
_ARTICLE = "article_id:# article_version:#"
_LCD = "lcd_id:# lcd_version:#"
_CONTRACTOR = "contractor_id:# contractor_type_id:# contractor_version:#"
_BOTH = "article|lcd"

TABLES = (
    Table(
        "article", "MCD articles", "article",
        f"{_ARTICLE} article_type:# title article_pub_date:d article_eff_date:d article_end_date:d description:v "
        "other_comments:v sad_url status last_updated history_exp:v key_article icd9_covered_para:v "
        "icd9_noncovered_para:v revenue_para:v thirty_percent article_rev_end_date:d source_article_id:# "
        "date_retired:d keywords:v icd10_doc add_icd10_info:v cms_cov_policy:v display_id reference_article",
        "article_id article_version", "article_id display_id", "article_eff_date",
        "article_end_date article_rev_end_date date_retired", NEVER, holds_cpt=True,
    ),
    Table("article_future_retire", "MCD articles to be retired", "article", "article_id:# retire_dt:d",
          "article_id retire_dt", "article_id"),
    Table("article_related_documents", "MCD documents related to an article", "article",
          f"{_ARTICLE} related_num:# r_article_id:# r_article_version:# r_lcd_id:# r_lcd_version:# r_contractor_id:# "
          "last_updated", "article_id article_version related_num", "article_id r_lcd_id"),
    Table("article_related_ncd_documents", "MCD NCDs related to an article", "article",
          f"{_ARTICLE} related_num:# r_ncd_id:# r_ncd_version:# last_updated",
          "article_id article_version related_num", "article_id r_ncd_id"),
    Table("article_type_lookup", "MCD article types", "article", "article_type_id:# description last_updated",
          "article_type_id"),
    Table("article_x_bill_code", "MCD bill types of an article", "article",
          f"{_ARTICLE} bill_code_id bill_code_version:# last_updated",
          "article_id article_version bill_code_id bill_code_version", "article_id"),
    Table("article_x_code_table", "MCD drug code table of an article", "article",
          f"hcpc_code_id hcpc_code_version:# {_ARTICLE} article_type:# code_table_row:# brand_name eff_date:d "
          "end_date:d comments:v last_updated short_description:w long_description:w",
          "article_id article_version code_table_row", "article_id hcpc_code_id", "eff_date", "end_date",
          holds_cpt=True),
    Table("article_x_contractor", "MCD contractors of an article", "article",
          f"{_ARTICLE} article_type:# {_CONTRACTOR} last_updated",
          "article_id article_version contractor_id contractor_type_id contractor_version", "article_id contractor_id"),
    Table("article_x_hcpc_code", "MCD procedure codes of an article", "article", f"hcpc_code_id {_ARTICLE} {_HCPC}",
          "article_id article_version hcpc_code_id hcpc_code_version hcpc_code_group", "article_id hcpc_code_id",
          holds_cpt=True),
    Table("article_x_hcpc_code_group", "MCD procedure code groups of an article", "article",
          f"{_ARTICLE} hcpc_code_group:# paragraph:v last_updated", "article_id article_version hcpc_code_group",
          "article_id", holds_cpt=True),
    Table("article_x_hcpc_modifier", "MCD modifiers of an article", "article",
          f"{_ARTICLE} hcpc_modifier_code_id hcpc_modifier_code_version:# hcpc_modifier_group:# last_updated",
          "article_id article_version hcpc_modifier_code_id hcpc_modifier_code_version hcpc_modifier_group",
          "article_id hcpc_modifier_code_id"),
    Table("article_x_hcpc_modifier_group", "MCD modifier groups of an article", "article",
          f"{_ARTICLE} hcpc_modifier_group:# paragraph:v last_updated",
          "article_id article_version hcpc_modifier_group", "article_id", holds_cpt=True),
    Table("article_x_icd10_covered", "MCD diagnoses that support coverage", "article",
          f"{_ARTICLE} {_ICD.format(group='icd10_covered_group')} asterisk",
          "article_id article_version icd10_code_id icd10_code_version icd10_covered_group",
          "article_id icd10_code_id"),
    Table("article_x_icd10_covered_group", "MCD groups of diagnoses that support coverage", "article",
          f"{_ARTICLE} icd10_covered_group:# paragraph:v last_updated icd10_covered_ast:v",
          "article_id article_version icd10_covered_group", "article_id", holds_cpt=True),
    Table("article_x_icd10_noncovered", "MCD diagnoses that do not support coverage", "article",
          f"{_ARTICLE} {_ICD.format(group='icd10_noncovered_group')}",
          "article_id article_version icd10_code_id icd10_code_version icd10_noncovered_group",
          "article_id icd10_code_id"),
    Table("article_x_icd10_noncovered_group", "MCD groups of diagnoses that do not support coverage", "article",
          f"{_ARTICLE} icd10_noncovered_group:# paragraph:v last_updated",
          "article_id article_version icd10_noncovered_group", "article_id", holds_cpt=True),
    Table("article_x_icd10_pcs_code", "MCD inpatient procedure codes of an article", "article",
          f"{_ARTICLE} range last_updated sort_order:# icd10_pcs_code_id icd10_pcs_code_version:# "
          "icd10_pcs_code_group:# description",
          "article_id article_version icd10_pcs_code_id icd10_pcs_code_version icd10_pcs_code_group",
          "article_id icd10_pcs_code_id"),
    Table("article_x_icd10_pcs_code_group", "MCD inpatient procedure code groups of an article", "article",
          f"{_ARTICLE} last_updated icd10_pcs_code_group:# paragraph:v",
          "article_id article_version icd10_pcs_code_group", "article_id", holds_cpt=True),
    Table("article_x_other_coding_group", "MCD other coding information of an article", "article",
          f"{_ARTICLE} other_coding_group:# paragraph:v codes:v last_updated",
          "article_id article_version other_coding_group", "article_id", holds_cpt=True),
    Table("article_x_revenue_code", "MCD revenue codes of an article", "article",
          f"{_ARTICLE} revenue_code_id revenue_code_version:# range last_updated",
          "article_id article_version revenue_code_id revenue_code_version", "article_id"),
    Table(
        "lcd", "MCD local coverage determinations", "lcd",
        f"{_LCD} title determination_number orig_det_eff_date:d ent_det_end_date:d rev_eff_date:d rev_end_date:d "
        "indication:v diagnoses_support:v icd9_dont_support_para:v icd9_dont_support_ast:v diagnoses_dont_support:v "
        "coding_guidelines:v doc_reqs:v appendices:v util_guide:v source_info:v adv_meeting:v comment_start_dt:d "
        "comment_end_dt:d notice_start_dt:d rev_hist_num history_exp:v last_reviewed_on:d status last_updated "
        "cms_cov_policy:v display_id draft_contact revenue_para:v thirty_percent keywords:v associated_info:v "
        "notice_end_dt:d date_retired:d draft_released_date:d source_lcd_id:# add_icd10_info:v icd10_doc "
        "synopsis_changes:v bibliography:v summary_of_evidence:v analysis_of_evidence:v mcd_publish_date:d issue:v "
        "issue_change:v mac_initiated",
        "lcd_id lcd_version", "lcd_id display_id", "rev_eff_date orig_det_eff_date",
        "rev_end_date ent_det_end_date date_retired", NEVER, holds_cpt=True,
    ),
    Table("lcd_future_retire", "MCD LCDs to be retired", "lcd", "lcd_id:# retire_dt:d", "lcd_id retire_dt", "lcd_id"),
    Table("lcd_related_documents", "MCD documents related to an LCD", "lcd",
          f"{_LCD} related_num:# r_article_id:# r_article_version:# r_lcd_id:# r_lcd_version:# r_contractor_id:# "
          "last_updated", "lcd_id lcd_version related_num", "lcd_id r_article_id"),
    Table("lcd_related_ncd_documents", "MCD NCDs related to an LCD", "lcd",
          f"{_LCD} related_num:# r_ncd_id:# r_ncd_version:# last_updated", "lcd_id lcd_version related_num",
          "lcd_id r_ncd_id"),
    Table("lcd_x_contractor", "MCD contractors of an LCD", "lcd", f"{_LCD} {_CONTRACTOR} last_updated",
          "lcd_id lcd_version contractor_id contractor_type_id contractor_version", "lcd_id contractor_id"),
    Table("lcd_x_hcpc_code", "MCD procedure codes of an LCD", "lcd", f"hcpc_code_id {_LCD} {_HCPC}",
          "lcd_id lcd_version hcpc_code_id hcpc_code_version hcpc_code_group", "lcd_id hcpc_code_id", holds_cpt=True),
    Table("lcd_x_hcpc_code_group", "MCD procedure code groups of an LCD", "lcd",
          f"{_LCD} hcpc_code_group:# paragraph:v last_updated", "lcd_id lcd_version hcpc_code_group", "lcd_id",
          holds_cpt=True),
    Table("contractor", "MCD contractors", _BOTH,
          f"{_CONTRACTOR} contractor_bus_name contractor_number dmerc_rgn address1 address2 address3 city state_id:# "
          "zipcode phone fax status last_updated url email ignore status_flag cmd_name cmd_title "
          "contractor_subtype_id:#",
          "contractor_id contractor_type_id contractor_version", "contractor_id contractor_number"),
    Table("contractor_jurisdiction", "MCD states of a contractor", _BOTH,
          f"{_CONTRACTOR} state_id:# last_updated active_date:d term_date:d",
          "contractor_id contractor_type_id contractor_version state_id active_date", "contractor_id state_id",
          "active_date", "term_date"),
    Table("contractor_oversight", "MCD regions of a contractor", _BOTH, f"{_CONTRACTOR} region_id:# last_updated",
          "contractor_id contractor_type_id contractor_version region_id", "contractor_id"),
    Table("contractor_subtype_lookup", "MCD contractor subtypes", _BOTH, "contractor_subtype_id:# description",
          "contractor_subtype_id"),
    Table("contractor_type_lookup", "MCD contractor types", _BOTH, "contractor_type_id:# description",
          "contractor_type_id"),
    Table("dmerc_region_lookup", "MCD equipment contractor regions", _BOTH,
          "region_id:# description psc_description mac_description super_mac_description", "region_id"),
    Table("region_lookup", "MCD regions", _BOTH, "region_id:# description", "region_id"),
    Table("state_lookup", "MCD states", _BOTH, "state_id:# state_abbrev description", "state_id", "state_abbrev"),
    Table("state_x_region", "MCD regions of a state", _BOTH, "state_id:# region_id:#", "state_id region_id"),
    Table(
        "ncd_trkg", "MCD national coverage determinations", "ncd",
        "NCD_id:# NCD_vrsn_num:# natl_cvrg_type cvrg_lvl_cd NCD_mnl_sect NCD_mnl_sect_title NCD_efctv_dt:d "
        "NCD_impltn_dt:d NCD_trmntn_dt:d itm_srvc_desc:v indctn_lmtn:v xref_txt:v othr_txt:v trnsmtl_num "
        "trnsmtl_issnc_dt:d trnsmtl_url chg_rqst_num pblctn_cd rev_hstry:v under_rvw creatd_tmstmp last_updt_tmstmp "
        "last_clrnc_tmstmp NCD_lab ncd_keyword:v NCD_AMA",
        "NCD_id NCD_vrsn_num", "NCD_id NCD_mnl_sect", "NCD_efctv_dt", "NCD_trmntn_dt", holds_cpt=True,
    ),
    Table("ncd_bnft_ctgry_ref", "MCD benefit categories", "ncd", "bnft_ctgry_cd:# bnft_ctgry_desc", "bnft_ctgry_cd"),
    Table("ncd_pblctn_ref", "MCD publications", "ncd", "pblctn_cd:# pblctn_num pblctn_title", "pblctn_cd"),
    Table("ncd_trkg_bnft_xref", "MCD benefit categories of an NCD", "ncd",
          "NCD_id:# NCD_vrsn_num:# bnft_ctgry_cd:# creatd_tmstmp last_updt_tmstmp",
          "NCD_id NCD_vrsn_num bnft_ctgry_cd", "NCD_id"),
)  # fmt: skip


def export_day(name: re.Match[str]) -> Edition:
    """The day in the archive's name (`current_lcd_2026-10-08.zip`); where there is none, the archive says it."""
    found = name.groupdict()
    if not found["year"]:
        return UNDATED
    day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    return Edition(day.isoformat(), day)


_DATED = r"(?:[-_](?P<year>20\d\d)[-_]?(?P<month>\d\d)[-_]?(?P<day>\d\d))?(?: ?\(\d+\))?"
_WITHIN = r"(?:[^/]+_csv\.zip/|(?:[^/]+/)*)"


def _shapes(table: Table) -> tuple[Shape, ...]:
    """`all` before `current`: of one day's two exports the fuller is read."""
    local = (f"all_(?:{table.exports})", f"current_(?:{table.exports})")
    stems: tuple[str, ...] = ("ncd",) if table.exports == "ncd" else local
    return tuple(
        Shape(rf"/{stem}{_DATED}\.zip/{_WITHIN}{table.name}\.csv$", "csv", export_day, encoding="latin-1", rank=rank)
        for rank, stem in enumerate(stems)
    )


def _row(table: Table) -> type:
    """The row's class, a field a column: `NCD_id` is the field `ncd_id`."""
    key = table.key.lower().split()
    fields = []
    for text in table.columns.split():
        heading, _, mark = text.partition(":")
        name, kind = heading.lower(), _KINDS[mark]
        required = name in key and kind is not DAY
        fields.append((name, object, column(heading, kind=kind, required=required, descriptor=mark == "w")))
    made = make_dataclass(f"Mcd{table.name.title().replace('_', '')}Row", fields, frozen=True, slots=True)
    made.__doc__ = f"{table.title}: one row of {table.name}.csv."
    return made


def _days_of(table: Table) -> Callable[[list[str]], Days]:
    """First start that is filled in, earliest end; rows without days hold always: their document decides."""
    names = [text.partition(":")[0].lower() for text in table.columns.split()]
    starts, ends = ([names.index(name.lower()) for name in text.split()] for text in (table.starts, table.ends))

    def days(cells: list[str]) -> Days:
        first = next((cells[at] for at in starts if cells[at]), table.undated[0])
        last = min((cells[at] for at in ends if cells[at]), default=ALWAYS[1])
        return table.undated if first == NEVER[0] else (first, last)

    return days


_EXPORTS = "https://downloads.cms.gov/medicare-coverage-database/downloads/exports/"
_ADDRESSES = {
    "article": ("all_article.zip",),
    "lcd": ("all_lcd.zip",),
    _BOTH: ("all_lcd.zip",),
    "ncd": ("ncd.zip",),
}


def _dataset(table: Table) -> Dataset:
    return Dataset(
        id=table.id,
        title=table.title,
        row=_row(table),
        shapes=_shapes(table),
        key=tuple(table.key.lower().split()),
        looked_up_by=tuple(table.looked_up_by.lower().split()),
        days_of=_days_of(table),
        cadence="week",
        publisher="CMS",
        licence="Public domain (US government work), with CPT codes that are the AMA's where codes stand in it."
        if table.holds_cpt
        else "Public domain (US government work).",
        needs_acceptance="ama-cpt" if table.holds_cpt else "",
        may_be_empty=True,
        landing="https://www.cms.gov/medicare-coverage-database/downloads/downloads.aspx",
        addresses=tuple(Address(_EXPORTS + name) for name in _ADDRESSES[table.exports]),
        links=tuple(rf"/downloads/exports/{re.escape(name)}$" for name in _ADDRESSES[table.exports]),
    )


MCD = tuple(_dataset(table) for table in TABLES)
"""Every table of the exports that matters to coverage."""
COMPANIONS = tuple(dataset.id for dataset in MCD if dataset.id not in ("mcd-article", "mcd-lcd", "mcd-ncd-trkg"))
"""Tables that go with a document's own."""
