"""A fault about a file says file, line, column and problem, and survives the way from a reading process."""

from __future__ import annotations

import pickle

from codeward.core.faults import BadFile


def test_fault_names_the_place() -> None:
    assert str(BadFile("a.csv", "expected a number", 7, "WORK RVU")) == "a.csv:7, column 'WORK RVU': expected a number"


def test_fault_without_a_line_names_the_file() -> None:
    assert str(BadFile("a.zip", "not a readable zip")) == "a.zip: not a readable zip"


def test_fault_crosses_processes_whole() -> None:
    fault = BadFile("a.csv", "expected a number", 7, "WORK RVU")
    assert str(pickle.loads(pickle.dumps(fault))) == str(fault)
