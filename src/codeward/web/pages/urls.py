"""Addresses of the reading pages."""

from __future__ import annotations

from django.urls import path, re_path, register_converter

from codeward.core.codes import SYSTEMS
from codeward.web.pages.views import pcs
from codeward.web.pages.views.api import openapi_document, tool_api, tools_api
from codeward.web.pages.views.ask import ask_bundle, ask_feedback, ask_page, ask_steps
from codeward.web.pages.views.batch import (
    batch_file,
    batch_findings,
    batch_forget,
    batch_of,
    batch_page,
    batch_resume,
)
from codeward.web.pages.views.browse import browse_cpt, browse_hcpcs, browse_page
from codeward.web.pages.views.case import case_export, case_page
from codeward.web.pages.views.changes import changes_csv, changes_page, dataset_changes
from codeward.web.pages.views.claim import cell_suggestions, check_page
from codeward.web.pages.views.codes import code_page
from codeward.web.pages.views.compare import compare_page
from codeward.web.pages.views.coverage import coverage_document_page, coverage_page
from codeward.web.pages.views.coverage_check import coverage_check_page
from codeward.web.pages.views.coverage_states import state_page, states_page
from codeward.web.pages.views.crosswalk import crosswalk_page
from codeward.web.pages.views.data_room import data_page, dataset_page
from codeward.web.pages.views.denials import denial_page, denials_page
from codeward.web.pages.views.diagnosis_index import index_page, table_page
from codeward.web.pages.views.diagnosis_tree import browse_page as diagnosis_tree_page
from codeward.web.pages.views.edits import edits_page
from codeward.web.pages.views.feeds import code_feed, dataset_feed
from codeward.web.pages.views.groups import drg_group_page, drg_list_page, drg_page, gems_page, hcc_page
from codeward.web.pages.views.home import home_page
from codeward.web.pages.views.library import library_page
from codeward.web.pages.views.locality import locality_page
from codeward.web.pages.views.ncci_manual import manual_chapter_page, manual_page
from codeward.web.pages.views.notice import notice_page, notice_pdf_page
from codeward.web.pages.views.pair import pair_form, pair_page
from codeward.web.pages.views.practice_notes import practice_note_page, practice_notes_page
from codeward.web.pages.views.search import search_page, suggestions
from codeward.web.pages.views.source import source_page
from codeward.web.pages.views.terms import terms_page
from codeward.web.pages.views.touched import my_changes
from codeward.web.pages.views.worksheets import worksheet_page, worksheets_page

EDITIONS = r"(?P<dataset>[a-z0-9-]+)/(?P<before>[^/]+?)\.\.(?P<after>[^/]+?)"


class SystemConverter:
    """A code system as it stands in an address."""

    regex = "|".join(SYSTEMS)

    def to_python(self, value: str) -> str:
        """The system's name."""
        return value

    def to_url(self, value: str) -> str:
        """The system's name."""
        return value


register_converter(SystemConverter, "system")

urlpatterns = [
    path("", home_page, name="home"),
    path("search", search_page, name="search"),
    path("suggest", suggestions, name="suggest"),
    path("source", source_page, name="source"),
    path("library", library_page, name="library"),
    path("terms", terms_page, name="terms"),
    path("data", data_page, name="data"),
    path("data/<str:dataset>", dataset_page, name="dataset"),
    path("changes", changes_page, name="changes"),
    path("changes/mine", my_changes, name="my-changes"),
    re_path(rf"^changes/{EDITIONS}\.csv$", changes_csv, name="changes-csv"),
    re_path(rf"^changes/{EDITIONS}$", dataset_changes, name="dataset-changes"),
    path("browse", browse_page, name="browse"),
    path("hcpcs/browse", browse_hcpcs, name="hcpcs-browse"),
    path("hcpcs/browse/<slug:part>", browse_hcpcs, name="hcpcs-browse-part"),
    path("cpt/browse", browse_cpt, name="cpt-browse"),
    path("cpt/browse/<path:part>", browse_cpt, name="cpt-browse-part"),
    path("compare", compare_page, name="compare"),
    path("feeds/<slug:dataset>.atom", dataset_feed, name="dataset-feed"),
    path("feeds/<system:system>/<str:text>.atom", code_feed, name="code-feed"),
    path("icd-10-cm/browse", diagnosis_tree_page, {"place": ""}, name="diagnosis-tree"),
    path("icd-10-cm/browse/<str:place>", diagnosis_tree_page, name="diagnosis-branch"),
    path("icd-10-cm/index", index_page, {"dataset": "icd-10-cm-index"}, name="diagnosis-index"),
    path("icd-10-cm/external-causes", index_page, {"dataset": "icd-10-cm-external-causes"}, name="external-causes"),
    path("icd-10-cm/neoplasms", table_page, {"dataset": "icd-10-cm-neoplasms"}, name="neoplasms"),
    path("icd-10-cm/drugs", table_page, {"dataset": "icd-10-cm-drugs"}, name="drugs"),
    path("locality", locality_page, name="locality"),
    path("coverage", coverage_page, name="coverage"),
    path("coverage/abn", notice_page, name="coverage-abn"),
    path("coverage/abn.pdf", notice_pdf_page, name="coverage-abn-pdf"),
    path("coverage/check", coverage_check_page, name="coverage-check"),
    path("coverage/states", states_page, name="coverage-states"),
    path("coverage/states/<str:letters>", state_page, name="coverage-state"),
    path("coverage/<str:number>", coverage_document_page, name="coverage-document"),
    path("denials", denials_page, name="denials"),
    path("denials/<str:code>", denial_page, name="denial"),
    path("ncci-manual", manual_page, name="ncci-manual"),
    path("ncci-manual/<str:chapter>", manual_chapter_page, name="ncci-manual-chapter"),
    path("practice-notes", practice_notes_page, name="practice-notes"),
    path("practice-notes/<slug:name>", practice_note_page, name="practice-note"),
    path("icd-10-pcs/browse", pcs.browse_page, name="pcs-browse"),
    path("icd-10-pcs/tables", pcs.tables_page, name="pcs-tables"),
    path("icd-10-pcs/tables/<str:beginning>", pcs.tables_page, name="pcs-table"),
    path("icd-10-pcs/index", pcs.index_page, name="pcs-index"),
    path("icd-10-pcs/index/<str:letter>", pcs.index_page, name="pcs-letter"),
    path("icd-10-pcs/index/<str:letter>/<path:term>", pcs.term_page, name="pcs-term"),
    path("icd-10-pcs/definitions", pcs.definitions_page, name="pcs-definitions"),
    path("icd-10-pcs/definitions/<str:section>", pcs.definitions_page, name="pcs-section"),
    path("gems", gems_page, name="gems"),
    path("api/v1/tools", tools_api, name="api-tools"),
    path("api/v1/tools/<str:name>", tool_api, name="api-tool"),
    path("api/openapi.json", openapi_document, name="api-openapi"),
    path("crosswalk", crosswalk_page, name="crosswalk"),
    path("drg", drg_page, name="drg"),
    path("ms-drg", drg_list_page, name="ms-drg"),
    path("ms-drg/<str:number>", drg_group_page, name="ms-drg-group"),
    path("worksheets", worksheets_page, name="worksheets"),
    path("worksheets/<str:kind>", worksheet_page, name="worksheet"),
    path("hcc/<str:version>/<str:category>", hcc_page, name="hcc"),
    path("check", check_page, name="check"),
    path("check/suggest", cell_suggestions, name="check-suggest"),
    path("case", case_page, name="case"),
    path("case/export", case_export, name="case-export"),
    path("ask", ask_page, name="ask"),
    path("ask/steps", ask_steps, name="ask-steps"),
    path("ask/bundle", ask_bundle, name="ask-bundle"),
    path("ask/feedback", ask_feedback, name="ask-feedback"),
    path("pair", pair_form, name="pair"),
    path("pair/<str:a>/<str:b>", pair_page, name="pair-of"),
    path("batch", batch_page, name="batch"),
    path("batch/<str:token>", batch_of, name="batch-of"),
    path("batch/<str:token>/findings", batch_findings, name="batch-findings"),
    path("batch/<str:token>/resume", batch_resume, name="batch-resume"),
    path("batch/<str:token>/forget", batch_forget, name="batch-forget"),
    path("batch/<str:token>/<slug:name>.<slug:kind>", batch_file, name="batch-file"),
    path("<system:system>/<str:text>", code_page, name="code"),
    path("<system:system>/<str:text>/edits", edits_page, name="edits"),
]
