"""The small set on a publisher's site: zips and pages where CMS and the NUCC have theirs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from codeward.datasets.registry import DATASETS
from codeward.ingest.fetch.errand import Errand
from codeward.ingest.fetch.mirror import Mirror
from codeward.store.home import Home
from golden import published, small_set
from publisher import QUICK, Publisher

ZIP = "https://www.cms.gov/files/zip/"
GATE = "/license/ama?file=/files/zip/"
RVU = DATASETS["mpfs-rvu"].landing
HCPCS = DATASETS["hcpcs"].landing
PTP = DATASETS["ncci-ptp-practitioner"].landing
NUCC = DATASETS["nucc-taxonomy"].landing
TODAY = date(2025, 10, 15)
NOW = datetime(2025, 10, 15, 6, 0, tzinfo=UTC)


def zipped(members: dict[str, str]) -> bytes:
    """A zip of these texts, always the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in members.items():
            book.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), text)
    return out.getvalue()


GPCI = published.lines(
    published.GPCI_HEADER.format(year=2025), ("10112,AL,00,ALABAMA,1,0.869,0.575", "04412,TX,00,TEXAS,1,0.945,0.934")
)
GOLDEN = Path(published.__file__).parent
BESIDE = ("county-locality/2025/25LOCCO.csv", "mpfs-anesthesia/2025/ANES2025.csv")
RVU_25A = zipped(
    {"PPRRVU25_JAN.csv": published.rvu(small_set.RVU_2025, "32.3465", 2025, "January"), "GPCI2025.csv": GPCI}
    | {name.rpartition("/")[2]: (GOLDEN / name).read_text("cp1252") for name in BESIDE}
)
RVU_25D = zipped({"PPRRVU2025_Oct.csv": published.rvu(small_set.RVU_2025_OCTOBER, "32.3465", 2025, "October")})
HCPCS_25D = zipped({"HCPC2025_OCT_ANWEB.txt": published.alphanumeric(small_set.SUPPLIES)})
TAXONOMY = published.NUCC_HEADER + "".join(row + "\n" for row in small_set.TAXONOMY)


def open_stand(site: Publisher) -> None:
    """Put out the fee schedule (by pages between), HCPCS, the pair edits (behind terms) and the taxonomy."""
    site.put(ZIP + "rvu25a.zip", RVU_25A)
    site.put(ZIP + "rvu25d.zip", RVU_25D)
    site.page(RVU, *(f"{RVU.removeprefix('https://www.cms.gov')}/rvu25{letter}" for letter in "dcba"))
    for letter in "ad":
        site.page(f"{RVU}/rvu25{letter}", f"{GATE}rvu25{letter}.zip")
    site.put(ZIP + "october-2025-alpha-numeric-hcpcs-file.zip", HCPCS_25D)
    site.page(HCPCS, "/files/zip/october-2025-alpha-numeric-hcpcs-file.zip")
    parts = [f"medicare-ncci-2025q4-practitioner-ptp-edits-ccipra-v313r0-f{at}.zip" for at in range(1, 5)]
    for part, rows in small_set.PAIRS.items():
        name = parts[int(part[1]) - 1]
        site.put(ZIP + name, zipped({f"ccipra-v313r0-{part}.txt": published.ptp(rows)}))
    site.page(PTP, *(GATE + name for name in parts), "/files/zip/medicare-ncci-2025q4-quarterly-additions.zip")
    site.put("https://www.nucc.org/images/stories/CSV/nucc_taxonomy_251.csv", TAXONOMY)
    site.page(NUCC, "/images/stories/CSV/nucc_taxonomy_251.csv", "/images/stories/CSV/nucc_taxonomy_250.csv")


def errand(site: Publisher, home: Path, today: date = TODAY, now: Callable[[], datetime] = lambda: NOW) -> Errand:
    """An errand to this site in place of the publishers."""
    return Errand(Home(home), today, now, lambda text, share: None, Mirror(site.base), QUICK)
