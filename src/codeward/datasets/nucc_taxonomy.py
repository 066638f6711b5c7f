"""NUCC health care provider taxonomy, twice a year; loaded unmodified, shown with the NUCC's notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from codeward.datasets.addresses import Address
from codeward.datasets.declare import Dataset, Shape, column
from codeward.datasets.editions import half_year
from codeward.datasets.kinds import TEXT, VERBATIM, WORD


@dataclass(frozen=True, slots=True)
class TaxonomyRow:
    """One provider type; display name and section are missing before version 21.0."""

    code: str = column("Code", kind=WORD, required=True)
    grouping: str = column("Grouping", kind=TEXT, required=True)
    classification: str = column("Classification", kind=TEXT, required=True)
    specialization: str = column("Specialization", kind=TEXT)
    definition: str = column("Definition", kind=VERBATIM)
    notes: str = column("Notes", kind=VERBATIM)
    display_name: str = column("Display Name", kind=TEXT, optional_heading=True)
    section: str = column("Section", kind=TEXT, optional_heading=True)


NUCC_TAXONOMY = Dataset(
    id="nucc-taxonomy",
    title="Health care provider taxonomy",
    row=TaxonomyRow,
    shapes=(Shape(r"^nucc_taxonomy_(?P<year>\d\d)(?P<half>\d)\.csv$", "csv", half_year),),
    key=("code",),
    looked_up_by=("code",),
    cadence="half-year",
    publisher="NUCC",
    licence="Copyright American Medical Association on behalf of the NUCC: load unmodified, show the notice.",
    landing="https://www.nucc.org/index.php/code-sets-mainmenu-41/provider-taxonomy-mainmenu-40/csv-mainmenu-57",
    addresses=(
        Address(
            "https://www.nucc.org/images/stories/CSV/nucc_taxonomy_{yy}{half}.csv",
            date(2019, 1, 1),
            seen="v20.1, v25.1, v26.0",
        ),
    ),
    links=(r"/images/stories/CSV/nucc_taxonomy_(?P<yy>\d\d)(?P<half>[01])\.csv$",),
    invariants=(("regexp_full_match(code, '[0-9A-Z]{9}X')", "a code is not nine characters and an X"),),
)
