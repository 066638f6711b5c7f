"""`codeward price`: what Medicare's fee schedules allow for services of one day, every factor shown."""

from __future__ import annotations

from typing import Annotated

import typer

from codeward.core.claims import SETTINGS, Payment
from codeward.services.documents.payments import payment_document
from codeward.tools.cli import output
from codeward.tools.cli.options import AsJson, LibraryHome, OnDay, day, opened


def price(
    services: Annotated[
        list[str],
        typer.Argument(metavar="CODE[:MOD,...][xUNITS] ...", help="17312x2, 20610:50,RT; anesthesia in minutes."),
    ],
    pos: Annotated[str, typer.Option("--pos", help="Place of service, two digits.")] = "11",
    locality: Annotated[str, typer.Option("--locality", metavar="MAC-LOC", help="Such as 03102-00.")] = "",
    zip_code: Annotated[str, typer.Option("--zip", metavar="ZIP", help="Of the place of service; 5 or 9 digits.")] = "",
    national: Annotated[bool, typer.Option("--national", help="Indices of 1.000.")] = False,
    state: Annotated[str, typer.Option("--state", help="Of the patient, for equipment.")] = "",
    taxonomy: Annotated[str, typer.Option("--taxonomy", help="Of who renders: 363L... is paid 85 %.")] = "",
    setting: Annotated[str, typer.Option("--setting", help=f"{', '.join(SETTINGS)}.")] = SETTINGS[0],
    qp: Annotated[bool, typer.Option("--qp", help="A qualifying APM participant's factor, from 2026.")] = False,
    on: OnDay = "",
    library: LibraryHome = "",
    as_json: AsJson = False,
) -> None:
    """What Medicare allows for services given together on one day, and every factor on the way, each cited."""
    from codeward.services.pricing.quote import PriceQuestion, price_services

    when = day(on)
    asked = PriceQuestion(tuple(services), pos, locality, zip_code, national, state, taxonomy, setting, qp)
    payment = price_services(opened(library), asked, when).value
    document = {"on": when.isoformat(), "setting": setting, **payment_document(payment)}
    output.say_json(document) if as_json else _say(payment)


def _say(payment: Payment) -> None:
    for line in payment.lines:
        amount = "not priced" if line.amount is None else f"${line.amount:,.2f}"
        output.out.print(f"{line.number}  [bold]{line.code}[/]  {amount}")
        for factor in line.factors:
            place = f"  [dim]{factor.source.citation}[/]" if factor.source else ""
            output.out.print(f"     {factor.name}: {factor.value}{place}", soft_wrap=True)
    output.out.print(f"total  [bold]${payment.total:,.2f}[/]")
    for warning in payment.warnings:
        output.out.print(f"[yellow]! {warning}[/]", soft_wrap=True)
