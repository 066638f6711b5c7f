"""Follow-up: after completed treatment of a cancer it is Z08, of anything else Z09 (Guidelines I.C.21.c.8)."""

from __future__ import annotations

import re
from dataclasses import replace

from codeward.core.codes import Code
from codeward.services.suggest.drafts import Drafts
from codeward.services.suggest.edition import Edition

REASON = "Follow-up after completed treatment of a cancer (Guidelines I.C.21.c.8)"
_CANCER = re.compile(r"\b(?:cancer|carcinoma|melanoma|lymphoma|leukemia|sarcoma|malignan\w+)\b", re.I)


def tell_cancer_apart(drafts: Drafts, text: str, edition: Edition) -> None:
    """Z09 becomes Z08 where the same line says that a cancer was treated."""
    for draft in [item for item in drafts.accepted if item.code.value == "Z09"]:
        entry = edition.entry("Z08")
        lines = (text[start : end + 80].split("\n", maxsplit=1)[0] for start, end in draft.spans)
        if entry is not None and any(_CANCER.search(line) for line in lines):
            draft.turn_down(REASON)
            drafts.add(
                replace(draft, code=Code("icd-10-cm", "Z08"), title=entry.title, accepted=True, spans=list(draft.spans))
            )
