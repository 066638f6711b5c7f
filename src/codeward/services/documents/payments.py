"""Payments as the plain values of the JSON contract, for every command that shows one."""

from __future__ import annotations

from decimal import Decimal

from codeward.core.claims import Factor, PaidLine, Payment
from codeward.services.documents.answers import Document


def payment_document(payment: Payment) -> Document:
    """Lines with their factors, the total and what the reader must know; amounts are strings with two decimals."""
    return {
        "lines": [_line(item) for item in payment.lines],
        "total": _money(payment.total),
        "warnings": list(payment.warnings),
    }


def _line(item: PaidLine) -> Document:
    return {
        "number": item.number,
        "code": item.code,
        "amount": _money(item.amount),
        "allowed_per_unit": _money(item.allowed_per_unit),
        "factors": [_factor(factor) for factor in item.factors],
    }


def _factor(factor: Factor) -> Document:
    source = factor.source.as_dict() if factor.source else None
    return {"name": factor.name, "value": factor.value, "source": source}


def _money(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"
