"""A batch on a cluster: the same steps and rules over rows that Spark reads itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from codeward.core.faults import BadFile, BadInput
from codeward.rules.batch import RAW, STEPS, step_text
from codeward.rules.engines.findings import FINDINGS, NOT_CHECKED, REJECTED, RISK
from codeward.rules.engines.spark import Places, SparkEngine
from codeward.rules.rule import rules
from codeward.store.library import Library

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_FUNCTIONS = {
    "plain_of(t string) returns string": "upper(translate(t, ' .-\t\u2010\u2011\u2012\u2013\u2014\u2015', ''))",
    "day_of(t string) returns date": (
        "case when t = '' then null when coalesce(try_cast(t as date), try_to_date(t, 'M/d/yyyy'), "
        "try_to_date(t, 'yyyyMMdd')) >= date'1850-01-01' then coalesce(try_cast(t as date), "
        "try_to_date(t, 'M/d/yyyy'), try_to_date(t, 'yyyyMMdd')) end"
    ),
    "number_of(t string) returns double": (
        "case when t = '' then null else cast(coalesce(try_cast(t as decimal(18, 6)), "
        "try_cast(replace(replace(t, '$', ''), ',', '') as decimal(18, 6))) as double) end"
    ),
    "whole_of(t string) returns bigint": "try_cast(t as bigint)",
    "pointer_of(t string, n int) returns bigint": (
        "case when t = '' then null when translate(t, 'ABCDEFGHIJKL,', '') = '' "
        "then nullif(ascii(substr(replace(t, ',', ''), n, 1)), 0) - 64 "
        "else try_cast(split_part(t, ',', n) as bigint) end"
    ),
    "day_number(d date) returns bigint": "cast(datediff(d, date'0001-01-01') + 1 as bigint)",
    "ident_of(a int, b string, c string, d string) returns bigint": "xxhash64(a, b, c, d)",
    "told_by(a date, b string, c string, d string, e string, f string, g string, h string, i string, j string) returns "
    "bigint": "xxhash64(a, b, c, d, e, f, g, h, i, j)",
}
DIAGNOSES = (
    "select c.claim, c.scope, cast(u.at + 1 as bigint) as position, u.code, f.day, day_number(f.day) as day_number, "
    "e.era from (select claim, posexplode(split(diagnoses, ',')) as (at, code) from claim_whole "
    "where diagnoses <> '') u join claim_whole c on c.claim = u.claim "
    "join (select claim, min(day) as day from line_in where history = 0 group by claim) f on f.claim = c.claim "
    "join day_era e on e.day = f.day"
)
RESULTS = {"findings": FINDINGS, "not_checked": NOT_CHECKED, "risk": RISK, "rejected": REJECTED}
_TORN = "_torn"
_SEPARATE = r"[\\s,;:/|+]+"


@dataclass(frozen=True, slots=True)
class SparkInput:
    """One input as the cluster sees it: a file or folder of Parquet or of CSV with one header."""

    number: int
    place: str
    kind: str
    separator: str = ","


class SparkBatch:
    """The engine with the steps from rows to findings; `today` tells dates in the future."""

    def __init__(self, library: Library, spark: SparkSession, places: Places, today: date) -> None:
        self.engine = SparkEngine(library, spark, places)
        self.spark, self.today = spark, today
        for head, body in _FUNCTIONS.items():
            spark.sql(f"create or replace temporary function {head} return {body}")
        columns = (("rule_number", "bigint"), *((name, "text") for name in ("rule", "severity", "carc", "rarc")))
        told = [(rule.number, rule.id, rule.severity, rule.carc, " ".join(rule.rarc)) for rule in rules()]
        self.engine.give("rule_text", columns, told)

    def judge(self, inputs: Sequence[SparkInput], places: Sequence[dict[str, str]]) -> dict[str, DataFrame]:
        """The results by name; `places` says of each input which of its columns holds what."""
        frames = [self._raw(item, held) for item, held in zip(inputs, places, strict=True)]
        raw = frames[0]
        for frame in frames[1:]:
            raw = raw.unionByName(frame)
        raw.createOrReplaceTempView("raw")
        self.engine.keep("read_row", self.spark.sql(step_text("read_row")))
        self._know_days()
        for name in STEPS:
            self.engine.keep(name, self.spark.sql(step_text(name)))
        self.engine.keep("diagnosis_in", self.spark.sql(DIAGNOSES))
        self.engine.judge(self.today)
        return {name: self.spark.sql(text) for name, text in RESULTS.items()}

    def columns_of(self, item: SparkInput) -> list[str]:
        """The names of an input's columns; BadFile where the cluster cannot read it."""
        return list(self._read(item).columns)

    def counts(self) -> tuple[int, int, int, int]:
        """Rows, claims, lines and findings of the run."""
        lines = self.spark.table("line_in").where("history = 0").count()
        rows, claims = self.spark.table("read_row").count(), self.spark.table("claim_in").count()
        return rows, claims, lines, self.spark.table("finding").count()

    def _know_days(self) -> None:
        days = [row[0] for row in self.spark.sql("select distinct day from read_row where day is not null").collect()]
        eras = [(day.isoformat(), self.engine.calendar.era_of(day)) for day in sorted(days)]
        self.engine.give("day_era", (("day", "date"), ("era", "bigint")), eras)

    def _read(self, item: SparkInput) -> DataFrame:
        try:
            if item.kind == "parquet":
                return self.spark.read.parquet(item.place)
            return self.spark.read.csv(item.place, header=True, sep=item.separator, quote='"', escape='"')
        except Exception as fault:  # whatever the cluster raises is about the place given
            raise BadFile(item.place, f"the cluster cannot read it: {' '.join(str(fault).split())[:200]}") from None

    def _raw(self, item: SparkInput, places: dict[str, str]) -> DataFrame:
        """Rows numbered as they stand in their file, though many workers read it at once."""
        frame = self._read(item)
        if item.kind == "parquet":
            numbered = frame.selectExpr("*", "_metadata.file_path as _file", "_metadata.row_index + 1 as place")
        else:
            numbered = self._numbered(item, frame)
        files = sorted(row[0] for row in numbered.select("_file").distinct().collect())
        if len(files) > 1 << 18:
            raise BadInput(f"{item.place}: {len(files)} files, expected no more than 262,144")
        columns = (("_file", "text"), ("_number", "bigint"))
        self.engine.give("file_number", columns, [(name, at) for at, name in enumerate(files)])
        joined = numbered.join(self.spark.table("file_number").hint("broadcast"), "_file")
        start = f"(cast({item.number} as bigint) * 262144 + _number) * 17592186044416"
        cells = [f"{expression} as {name}" for name, expression in _cells(places)]
        return joined.selectExpr(
            f"{start} + place as rn", f"{item.number} as input", f"cast({item.number} as bigint) as file", "place",
            "0 as ready", *cells,
        )  # fmt: skip

    def _numbered(self, item: SparkInput, frame: DataFrame) -> DataFrame:
        """Rows of CSV: each worker's block is counted first, so that a row's number is where its block begins."""
        schema = ", ".join(f"`{name}` string" for name in (*frame.columns, _TORN))
        read = self.spark.read.csv(
            item.place, schema=schema, header=True, sep=item.separator, quote='"', escape='"',
            columnNameOfCorruptRecord=_TORN,
        )  # fmt: skip
        met = read.selectExpr(
            "*", "_metadata.file_path as _file", "_metadata.file_block_start as _block",
            "monotonically_increasing_id() as _met",
        )  # fmt: skip
        met.createOrReplaceTempView("met")
        counted = "select _file, _block, min(_met), count(*) from met group by _file, _block"
        blocks = self.spark.sql(counted).collect()
        rows, reached = [], dict[str, int]()
        for file, block, least, count in sorted(tuple(row) for row in blocks):
            rows.append((file, block, least, reached.get(file, 0)))
            reached[file] = reached.get(file, 0) + count
        columns = (("_file", "text"), ("_block", "bigint"), ("_least", "bigint"), ("_before", "bigint"))
        self.engine.give("block_start", columns, rows)
        joined = met.join(self.spark.table("block_start").hint("broadcast"), ["_file", "_block"])
        return joined.withColumn("place", joined["_before"] + joined["_met"] - joined["_least"] + 1)


def _cells(places: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name in RAW:
        if name == "diagnoses":
            yield name, _joined(places, name, [f"dx{number}" for number in range(1, 13)], gaps=True)
        elif name == "modifiers":
            yield name, _joined(places, name, [f"mod{number}" for number in range(1, 5)], gaps=False)
        elif name == "pointers" and name in places:
            yield name, f"trim(both ',' from regexp_replace(upper({_cell(places, name)}), '{_SEPARATE}', ','))"
        else:
            yield name, _cell(places, name)


def _joined(places: dict[str, str], together: str, apart: list[str], *, gaps: bool) -> str:
    parts = [_cell(places, name) for name in apart if name in places]
    filled = ", ".join(f"nullif({part}, '')" for part in parts)
    joined = "''"
    if parts:
        joined = f"rtrim(',', {' || chr(44) || '.join(parts)})" if gaps else f"concat_ws(',', {filled})"
    if together not in places:
        return joined
    several = f"trim(both ',' from regexp_replace({_cell(places, together)}, '{_SEPARATE}', ','))"
    return f"concat_ws(',', nullif({joined}, ''), nullif({several}, ''))"


def _cell(places: dict[str, str], name: str) -> str:
    place = places.get(name)
    if place is None:
        return "''"
    text = f"coalesce(trim(cast(`{place.replace('`', '``')}` as string)), '')"
    return f"case when {text} like '=\"%' then trim(both '\"' from substr({text}, 2)) else {text} end"
