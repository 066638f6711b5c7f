"""Claims: a claim as a provider bills it, what checking it finds, and how it is paid; values shared by every door."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from codeward.core.sources import Source

SETTINGS = ("practitioner", "outpatient-hospital", "asc", "dme")
"""Where a claim is adjudicated: which pair and unit tables apply, and which fee schedule."""
SEVERITIES = ("deny", "warn", "info")
"""A payer would deny the line; a person must decide; worth knowing."""


@dataclass(frozen=True, slots=True)
class Patient:
    """Who was treated, as far as edits ask: an id that tells patients apart, birth date and administrative sex."""

    id: str = ""
    birth_date: date | None = None
    sex: str = ""


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One service line (CMS-1500 item 24, 837P loop 2400, 837I SV2).

    `units` are as billed; `measure` is UN, or MJ when they are minutes of anesthesia. `last_day` is the end of a span
    of days, None for one day. Pointers are 1-based places in the claim's diagnoses. The fields after `revenue_code`
    are told of lines of history only: the claim they stood on, who billed it and the Medicare specialty.
    """

    number: int
    code: str
    modifiers: tuple[str, ...] = ()
    units: Decimal = Decimal(1)
    day: date = date.min
    diagnosis_pointers: tuple[int, ...] = ()
    charge: Decimal | None = None
    rendering_npi: str = ""
    place_of_service: str = ""
    last_day: date | None = None
    measure: str = "UN"
    revenue_code: str = ""
    claim_id: str = ""
    billing_npi: str = ""
    specialty: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: diagnoses in order (plain or dotted), lines, and the patient's earlier lines that bear on it.

    `setting` is one of SETTINGS; `payer` is `medicare`, `medicaid` or another payer's name. `locality` is a contractor
    and locality such as `13202-01`; with none, the ZIP of the place of service decides.
    """

    claim_id: str
    lines: tuple[ClaimLine, ...]
    diagnoses: tuple[str, ...] = ()
    patient: Patient = field(default_factory=Patient)
    payer: str = "medicare"
    setting: str = "practitioner"
    billing_npi: str = ""
    rendering_npi: str = ""
    taxonomy: str = ""
    place_of_service: str = ""
    state: str = ""
    zip: str = ""
    locality: str = ""
    clia: str = ""
    qualifying: bool = False
    history: tuple[ClaimLine, ...] = ()

    def rendering_of(self, line: ClaimLine) -> str:
        """The NPI that rendered a line: its own, else the claim's, else the billing NPI."""
        return line.rendering_npi or self.rendering_npi or self.billing_npi

    def place_of(self, line: ClaimLine) -> str:
        """The place of service of a line: its own, else the claim's."""
        return line.place_of_service or self.place_of_service


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong or worth knowing: the rule, the lines it is about, a plain sentence, and what documents allow.

    `code` is what the finding is about: the procedure (column 2 of a pair), the diagnosis, or the NPI; `with_code` is
    its counterpart (column 1, the other diagnosis). `lines` are line numbers of this claim; empty for the whole claim.
    """

    rule: str
    severity: str
    lines: tuple[int, ...]
    code: str
    message: str
    carc: str = ""
    rarc: tuple[str, ...] = ()
    remedy: str = ""
    sources: tuple[Source, ...] = ()
    with_code: str = ""


@dataclass(frozen=True, slots=True, order=True)
class NotChecked:
    """A rule that could not be applied to the claim, and why: data not loaded, or a code that is in no table."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Factor:
    """One step of an amount: what it is, its value in the file's terms, and where that was read."""

    name: str
    value: str
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class PaidLine:
    """What a line is allowed, and every factor on the way there; `amount` is None where it cannot be priced."""

    number: int
    code: str
    amount: Decimal | None
    factors: tuple[Factor, ...]
    allowed_per_unit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """Lines in claim order, their sum, and what the reader must know (a gap, a setting that was assumed)."""

    lines: tuple[PaidLine, ...]
    total: Decimal
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim after checking: `clean` only where nothing was left unchecked, otherwise `findings` or `incomplete`."""

    claim: Claim
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    payment: Payment | None

    @property
    def verdict(self) -> str:
        """`findings` where a payer would deny or a person must decide, `incomplete` where something was not checked."""
        if any(item.severity in ("deny", "warn") for item in self.findings):
            return "findings"
        return "incomplete" if self.not_checked else "clean"


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """A claim as read from a file with the structural faults met in it; `claim` is None where none could be read.

    `place` says where in the file it stands (segment, line or list index), for messages and for resuming.
    """

    claim: Claim | None
    faults: tuple[Finding, ...] = ()
    place: str = ""
