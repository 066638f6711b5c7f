"""Coverage files for pages: made-up exports with one long article and one text beside what others need."""

from __future__ import annotations

from pathlib import Path

from made_coverage import encoded, made_exports

CODES = 250


def write(folder: Path) -> list[Path]:
    """The archives, in a folder of their own."""
    made = made_exports()
    many = [f"S{number // 10:02d}.{number % 10}XXA" for number in range(CODES)]
    texts = {1: "Group of many:", 2: "Group of one:"}
    made.article(90500, {1: ["G9150"]}, covered={1: many, 2: ["I10"]}, texts=texts)
    made.article(90501, {1: ["J1885"]}, covered={1: ["I10"]})
    said = encoded("Other words on coding.")
    made.add("article_x_other_coding_group", article_id=90500, article_version=1, other_coding_group=1, paragraph=said)
    made.rows["lcd"][0] |= {"util_guide": encoded("Not more than twice in a made-up year.")}
    return made.write(folder)
