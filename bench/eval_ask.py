"""Questions to answers: right, wrong and unsupported, per topic, over question sets, without a model or with one.

Run: `.venv/bin/python bench/eval_ask.py [--library HOME] [--model URL#NAME] [--cases FILE ...] [--show]`.

Sets: the cases beside the real files (`../cases/questions.json` from CODEWARD_OFFICIAL, where present), Codeward's own
questions, conversations, unseen sets, unanswerable questions and orders (`tests/evals/ask`), and 2,000 generated
questions for support alone. A question is right when the reply is of the right kind, says one of each group of patterns
it must, none it must not, and cites a source where it answers. `unsupported` counts codes, numbers, dates and modifiers
in statements that none of their facts holds. Every citation of the first set is verified against its file.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from codeward.assistant.answer import answer
from codeward.assistant.memory import Memory
from codeward.assistant.reply import ANSWER, Reply
from codeward.assistant.support import unsupported
from codeward.core.sources import Source
from codeward.ingest.verify import ToVerify, verify_many
from codeward.services.citations import cited
from codeward.store.library import Library, open_library
from codeward.tools.cli.options import home_folder

ROOT = Path(__file__).parents[1]
OWN = ROOT / "tests" / "evals" / "ask"
OFFICIAL = Path(os.environ.get("CODEWARD_OFFICIAL", ROOT.parent / "shared" / "data"))
GIVEN = OFFICIAL.parent / "cases" / "questions.json"
ASKED_ON = date(2026, 11, 24)
"""The day of questions that name none."""
Case = dict[str, Any]


@dataclass
class Tally:
    """What came of one set: right per topic, seconds of each answer, faults and sources."""

    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    unsupported: list[str] = field(default_factory=list)
    sources: dict[Source, None] = field(default_factory=dict)


def main() -> None:
    """Ask every set and print what came of it."""
    given = arguments()
    library = open_library(home_folder(given.library))
    asker = Asker(library, given.model)
    sets = given.cases or [path for path in (GIVEN, OWN / "questions.json") if path.exists()]
    for path in sets:
        tally = ask_cases(asker, json.loads(Path(path).read_text(encoding="utf-8")))
        report(Path(path).name, tally, show=given.show)
        if path == GIVEN:
            report_citations(library, tally.sources)
    if not given.cases:
        report_own(asker, show=given.show)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--library", default="", help="library home; default as everywhere")
    parser.add_argument("--model", default="", help="URL#NAME of an OpenAI-compatible model that words the answers")
    parser.add_argument("--cases", type=Path, nargs="*", help="only these files")
    parser.add_argument("--show", action="store_true", help="print what is wrong with each question")
    return parser.parse_args()


@dataclass(frozen=True)
class Asker:
    """A library, and a model that may word what it answers."""

    library: Library
    model: str

    def ask(self, text: str, on: date, memory: Memory) -> Reply:
        """The reply, worded by the model where one is given."""
        reply = answer(self.library, text, on, memory=memory)
        if not self.model:
            return reply
        from codeward.tools.cli.ask_command import worded

        return worded(reply, self.model)


def ask_cases(asker: Asker, cases: Iterable[Case]) -> Tally:
    """Every case by itself, conversations turn by turn."""
    tally = Tally()
    for case in cases:
        memory = Memory()
        for number, turn in enumerate(case.get("turns", [case]), start=1):
            day = turn.get("as_of") or case.get("as_of")
            start = time.perf_counter()
            reply = asker.ask(turn["question"], date.fromisoformat(day) if day else ASKED_ON, memory)
            tally.seconds.append(time.perf_counter() - start)
            memory = reply.memory
            count(tally, f"{case['id']}.{number}", case.get("topic", "all"), turn, reply)
    return tally


def count(tally: Tally, name: str, topic: str, turn: Case, reply: Reply) -> None:
    """One reply into the tally."""
    wrong = list(faults_of(turn, reply))
    tally.asked[topic] += 1
    tally.right[topic] += not wrong
    tally.sources.update(dict.fromkeys(reply.sources))
    tally.unsupported += [f"{name} {token}: {text[:100]}" for token, text in unsupported(reply)]
    if wrong:
        tally.faults.append(f"{name} [{reply.intent}] {turn['question'][:80]!r}: {'; '.join(wrong)[:200]}")


def faults_of(turn: Case, reply: Reply) -> Iterator[str]:
    """What is wrong with a reply."""
    text, kinds = reply.text, turn.get("kinds") or turn.get("kind", "")
    if kinds and reply.kind not in ([kinds] if isinstance(kinds, str) else kinds):
        yield f"kind {reply.kind}, not {kinds}"
    for group in turn.get("must", []):
        if not any(re.search(pattern, text, re.IGNORECASE | re.DOTALL) for pattern in group):
            yield f"lacks {group}"
    for pattern in turn.get("must_not", []):
        if re.search(pattern, text, re.IGNORECASE | re.DOTALL):
            yield f"says {pattern}"
    if reply.kind == ANSWER and not reply.sources:
        yield "cites nothing"


def report(name: str, tally: Tally, *, show: bool) -> None:
    """Figures of one set."""
    total, right = tally.asked.total(), tally.right.total()
    ordered = sorted(tally.seconds)
    say(f"{name}: {right} of {total} right ({100 * right / max(1, total):.1f} %), {len(tally.unsupported)} unsupported")
    for topic in tally.asked:
        say(f"  {topic:<20} {tally.right[topic]:>4} of {tally.asked[topic]}")
    at = [1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95, 0.99)]
    say("  wall ms an answer: median {:.0f}, p95 {:.0f}, p99 {:.0f}".format(*at))
    for text in [*tally.faults, *tally.unsupported] if show else ():
        say(f"    {text}")


def report_citations(library: Library, sources: Iterable[Source]) -> None:
    """How many citations read as cited when their files are read again."""
    rows = [cited(library, json.dumps(source.as_dict())) for source in sources]
    verdicts = verify_many([ToVerify(row.source, row.checked, Path(row.path), row.members) for row in rows])
    say(f"  citations verified: {sum(item.same for item in verdicts)} of {len(verdicts)}")


def report_own(asker: Asker, *, show: bool) -> None:
    """Conversations, unanswerable questions, orders, and generated questions for support."""
    for name in ("follow_ups", "unseen", "unseen_talks", "unanswerable", "injections"):
        path = OWN / f"{name}.json"
        if path.exists():
            report(path.name, ask_cases(asker, json.loads(path.read_text(encoding="utf-8"))), show=show)
    sys.path.insert(0, str(OWN))
    from generated import questions  # the tests' own generator

    tally = Tally()
    for asked in questions(asker.library, 2_000):
        start = time.perf_counter()
        reply = asker.ask(asked.text, asked.on, Memory())
        tally.seconds.append(time.perf_counter() - start)
        count(tally, asked.intent, asked.intent, {"question": asked.text}, reply)
    report("generated", tally, show=show)


def say(text: str) -> None:
    """One line."""
    print(text, flush=True)


if __name__ == "__main__":
    main()
