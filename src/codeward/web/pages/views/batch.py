"""Batches: a file of claims is given, scrubbed in the background, summed up, paged through, saved and deleted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from codeward.core.claims import SEVERITIES
from codeward.core.faults import BadFile, BadInput, NotFound, NotLoaded
from codeward.services.batches import Batch, Batches, read_outcome, standing_of
from codeward.services.batches.keeping import Busy
from codeward.services.batches.standing import DONE
from codeward.store.findings import (
    Wanted,
    count_findings,
    denied_whole,
    denied_without_charge,
    page_of_findings,
    rows_as_text,
    set_aside,
)
from codeward.web.pages import shelf
from codeward.web.pages.answering import answered
from codeward.web.pages.batch_charts import RULES, months, provider_bars, risk_bars, rule_bars
from codeward.web.pages.batch_findings import finding_row
from codeward.web.pages.checked_claim import SEVERITY
from codeward.web.pages.day import Day
from codeward.web.pages.streamed import as_download, csv_pieces, file_pieces
from codeward.web.pages.upload import TooLarge, received, refuse_other_sites

SHOWN, SET_ASIDE, UNMET = 100, 12, 10
RESULTS = {"findings": "findings", "not-checked": "not_checked", "rejected": "rejected", "risk": "risk"}
"""Files of results as addresses call them."""
KINDS = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}
FORMS = {"csv": "CSV", "json": "JSON", "x12": "X12 837", "parquet": "Parquet"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def batch_page(request: HttpRequest) -> HttpResponse:
    """The form; a file given is kept, its scrub started, and its own page is shown."""
    _batches().sweep(timezone.now())
    library = shelf.library()
    if request.method != "POST":
        return _form(request)
    try:
        arrival, name = received(request, _batches(), _most())
        batch = _batches().start(arrival, name, library, timezone.now(), timezone.localdate())
    except TooLarge:
        return _form(request, f"That is larger than {_megabytes()} MB, which is the most this site takes.", 413)
    except Busy as fault:
        return _form(request, f"{fault}.", 503)
    except (BadFile, BadInput) as fault:
        return _form(request, str(fault), 400)
    return _see(f"/batch/{batch.token}")


@never_cache
@require_safe
def batch_of(request: HttpRequest, token: str) -> HttpResponse:
    """How far a batch is, and once it is done what it came to."""
    batch = _found(token)
    standing = standing_of(batch)
    context = {"batch": batch, "standing": standing, **_kept(batch)}
    if standing.state != DONE:
        return _progress(request, context)
    if request.htmx:
        return HttpResponseClientRefresh()
    if _is_shut(batch):
        return _answered(request, "batch.html", {**context, "shut": True})
    return _answered(request, "batch_summary.html", context | _summary(batch))


def _progress(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    standing = context["standing"]
    context["percent"] = round(standing.share * 100)
    context["seen"] = f"{standing.state}-{context['percent']}-{standing.before}"
    if not request.htmx:
        return _answered(request, "batch.html", context)
    if standing.is_over:
        return HttpResponseClientRefresh()
    if request.GET.get("seen") == context["seen"]:
        return HttpResponse(status=204)
    return _answered(request, "parts/batch_progress.html", context)


def _summary(batch: Batch) -> dict[str, Any]:
    outcome = read_outcome(batch)
    counts = dict(outcome.by_severity)
    findings = batch.result("findings.parquet")
    return {
        "outcome": outcome,
        "heading": _heading(outcome),
        "counts": [(name, *SEVERITY[name], counts.get(name, 0)) for name in SEVERITIES],
        "unmet": outcome.unchecked[:UNMET],
        "more_unmet": outcome.unchecked[UNMET:],
        "set_aside": set_aside(batch.result("rejected.parquet"), SET_ASIDE),
        "uncharged": denied_without_charge(findings),
        "whole": denied_whole(findings),
        "tables": (outcome.by_rule[:RULES], outcome.by_rule[RULES:]),
        "rule_bars": rule_bars(outcome),
        "risk_bars": risk_bars(outcome),
        "provider_bars": provider_bars(outcome),
        "months": months(outcome),
        "editions": outcome.editions,
    }


def _heading(outcome: Any) -> str:
    left = []
    if outcome.not_checked:
        left.append(_many(len(outcome.not_checked), "check could not be made", "checks could not be made"))
    if outcome.rejected_rows:
        left.append(_many(outcome.rejected_rows, "row was set aside", "rows were set aside"))
    rest = " and ".join(left)
    if outcome.verdict == "clean":
        return "Clean: nothing found, nothing left unchecked"
    if not outcome.claims:
        return "No claim was judged" + (f": {rest}" if rest else "")
    if outcome.verdict == "incomplete":
        return f"Incomplete: nothing to stop a claim in what was checked, but {rest}"
    held = sum(count for severity, count in outcome.by_severity if severity != "info")
    return _many(held, "finding", "findings") + (f"; {rest}" if rest else "")


def _many(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"


@never_cache
@require_safe
def batch_findings(request: HttpRequest, token: str) -> HttpResponse:
    """Findings of a batch, filtered, a hundred at a time."""
    batch = _done(token)
    outcome, wanted, start = read_outcome(batch), _wanted(request), _start(request)
    file = batch.result("findings.parquet")
    total = count_findings(file, wanted)
    library = shelf.library()
    same = library if library.hash == outcome.library else None
    rows = [finding_row(item, same) for item in page_of_findings(file, wanted, start, SHOWN)]
    page = _Pages(f"/batch/{token}/findings", wanted)
    context = {
        "batch": batch,
        "job": batch.job(),
        "outcome": outcome,
        "wanted": wanted,
        "filtered": wanted != Wanted(),
        "rules": sorted({item.rule for item in outcome.by_rule}),
        "severities": [(name, SEVERITY[name][1]) for name in SEVERITIES],
        "rows": rows,
        "total": total,
        "first": start + 1,
        "last": start + len(rows),
        "previous": page.at(max(start - SHOWN, 0)) if start else "",
        "next": page.at(start + SHOWN) if start + SHOWN < total else "",
        "csv": _Pages(f"/batch/{token}/findings.csv", wanted).at(0),
        "swapped": same is None,
    }
    return _answered(request, "batch_findings.html", context)


@dataclass(frozen=True, slots=True)
class _Pages:
    """Addresses of pages under one filter."""

    path: str
    wanted: Wanted

    def at(self, start: int) -> str:
        """The page that begins with a row."""
        held = {
            "rule": self.wanted.rule,
            "severity": self.wanted.severity,
            "provider": self.wanted.provider,
            "start": start or "",
        }
        query = urlencode({name: value for name, value in held.items() if value})
        return f"{self.path}?{query}" if query else self.path


@never_cache
@require_safe
def batch_file(request: HttpRequest, token: str, name: str, kind: str) -> HttpResponse:
    """A file of results to save."""
    if name not in RESULTS or kind not in KINDS:
        raise NotFound(f"no file of results is called {name}.{kind}")
    file = _done(token).result(f"{RESULTS[name]}.parquet")
    if kind == "parquet":
        return as_download(request, f"{name}.parquet", KINDS[kind], file_pieces(file))
    wanted = _wanted(request) if name == "findings" else Wanted()
    return as_download(request, f"{name}.csv", KINDS[kind], csv_pieces(rows_as_text(file, wanted)))


@never_cache
@require_POST
def batch_resume(request: HttpRequest, token: str) -> HttpResponse:
    """Scrub a batch that stopped, from where it was."""
    refuse_other_sites(request)
    _batches().resume(_found(token))
    return _see(f"/batch/{token}")


@never_cache
@require_POST
def batch_forget(request: HttpRequest, token: str) -> HttpResponse:
    """Delete a batch and everything of it."""
    refuse_other_sites(request)
    _batches().forget(_found(token))
    return _see("/batch?deleted=1")


def _batches() -> Batches:
    return Batches(Path(settings.CODEWARD_HOME), settings.CODEWARD_BATCH_HOURS)


def _found(token: str) -> Batch:
    batches, now = _batches(), timezone.now()
    batches.sweep(now)
    return batches.find(token, now)


def _done(token: str) -> Batch:
    """A batch whose results may be shown."""
    batch = _found(token)
    if standing_of(batch).state != DONE:
        raise NotFound("this batch has no results yet")
    if _is_shut(batch):
        raise NotLoaded("these results were made under terms that no longer hold here: scrub the file again")
    return batch


def _is_shut(batch: Batch) -> bool:
    """Whether datasets that answered then may not be shown any more."""
    return not set(shelf.library().licence.closed) <= set(batch.job().closed)


def _kept(batch: Batch) -> dict[str, Any]:
    job = batch.job()
    return {"job": job, "form": FORMS[job.form], "ends": _batches().ends(batch), "folder": batch.folder}


def _form(request: HttpRequest, fault: str = "", status: int = 200) -> HttpResponse:
    context = {
        "fault": fault,
        "deleted": request.GET.get("deleted") == "1",
        "megabytes": _megabytes(),
        "hours": f"{settings.CODEWARD_BATCH_HOURS:g}",
        "place": _batches().shelf,
    }
    response = _answered(request, "batch_form.html", context, status=status)
    if status == 503:
        response["Retry-After"] = "60"
    return response


def _answered(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return answered(request, template, context, day=Day(timezone.localdate(), False), status=status)


def _see(path: str) -> HttpResponse:
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return response


def _most() -> int:
    return int(settings.CODEWARD_BATCH_MEGABYTES * 1_000_000)


def _megabytes() -> str:
    return f"{settings.CODEWARD_BATCH_MEGABYTES:g}"


def _wanted(request: HttpRequest) -> Wanted:
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("rule", "severity", "provider")}
    if asked["severity"] and asked["severity"] not in SEVERITIES:
        raise BadInput(f"{asked['severity']!r} is no severity: expected {', '.join(SEVERITIES)}")
    return Wanted(**asked)


def _start(request: HttpRequest) -> int:
    text = request.GET.get("start", "0")
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise BadInput(f"{text!r} is no row number")
    return int(text)
