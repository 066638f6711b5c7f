"""Bare questions: words that ask something of a code and name none, nor anything else that could be looked up."""

from __future__ import annotations

import re

_WORDS = frozenset({
    "a", "an", "and", "any", "are", "be", "been", "both", "bill", "billed", "billing", "can", "claim", "code",
    "codes", "could", "did", "do", "does", "fee", "for", "go", "goes", "has", "have", "hospital", "how", "i", "if",
    "in", "is", "it", "its", "item", "line", "many", "may", "me", "medicare", "modifier", "modifiers", "mue", "must",
    "my", "need", "needs", "next", "note", "of", "office", "on", "one", "or", "our", "pair", "place", "please",
    "price", "procedure", "put", "report", "rvu", "same", "service", "should", "still", "take", "taxonomy", "that",
    "the", "their", "them", "these", "they", "this", "those", "thing", "to", "unit", "units", "us", "use", "used",
    "valid", "was", "we", "what", "when", "which", "who", "will", "with", "would", "yet", "you", "your", "active",
    "add", "addon", "add-on", "7th", "seventh", "character", "first", "excludes", "excludes1", "excludes2",
    "includes", "crosswalk", "edit", "edits", "limit", "allowed", "drug", "appeal", "assistant", "payable", "paid",
    "pay", "bundled", "billable", "covered", "deny", "denied", "denial", "alone", "primary", "dx", "diagnosis",
    "cpt", "hcpcs", "icd", "icd-10", "global", "period", "status", "bilateral", "indicator", "maximum", "max",
    "type", "there", "also", "too", "again", "now", "ok", "okay", "whats", "what's", "s",
})  # fmt: skip
_TOKEN = re.compile(r"[a-z0-9'-]+")
MOST = 9
"""Words of a question that can be bare; longer ones say something."""
_ASKS = re.compile(
    r"\b(?:code|codes|modifiers?|mue|fee|rvu|price|edits?|units?|limit|taxonomy|place of service"
    r"|add[- ]?on|character|first|excludes\d?|"
    r"crosswalk|assistant|active|valid|covered|billable|bundled|payable|paid|appeal|global|status"
    r"|bilateral|dx|diagnosis)\b"
)


def is_bare(plain: str) -> bool:
    """Whether every word only asks, and something that codes have is asked for."""
    words = _TOKEN.findall(plain)
    return 0 < len(words) <= MOST and bool(_ASKS.search(plain)) and all(word in _WORDS for word in words)
