"""The index XML read strictly: whatever is not known, misplaced or missing ends the reading with its place."""

from __future__ import annotations

import io

import pytest

from codeward.datasets.registry import DATASETS

HEADS = "".join(
    f'<head col="{at}">{text}</head>'
    for at, text in enumerate(
        (
            "Substance",
            "Poisoning Accidental (unintentional)",
            "Poisoning Intentional self-harm",
            "Poisoning Assault",
            "Poisoning Undetermined",
            "Adverse effect",
            "Underdosing",
        ),
        start=1,
    )
)


def read(dataset: str, inside: str, heads: str = "", role: str = "") -> list[list[str]]:
    """Rows of an index with one main term."""
    text = f"<ICD10CM.index>{heads}<letter><title>A</title><mainTerm>{inside}</mainTerm></letter></ICD10CM.index>"
    records = DATASETS[dataset].records
    assert records is not None
    return [list(cells) for _, cells, _ in records({role: io.BytesIO(text.encode())})]


def test_a_plain_term_is_read() -> None:
    assert read("icd-10-cm-index", "<title>Ague</title><code>B54</code>")[0][:3] == ["A", "Ague", "Ague"]


@pytest.mark.parametrize(
    ("inside", "problem"),
    [
        ("<code>B54</code>", "mainTerm: has no title"),
        ("<title></title>", "its title is empty"),
        ("<title>Ague</title><code>B54</code><code>B54</code>", "a second element 'code'"),
        ("<title>Ague</title><cause>B54</cause>", "an unknown element 'cause'"),
        ('<title>Ague</title><term level="2"><title>dumb</title></term>', "level is '2', expected '1'"),
        ('<title>Ague</title><cell col="2">B54</cell>', "has table cells"),
    ],
)
def test_what_does_not_fit_the_index_is_refused_with_its_place(inside: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        read("icd-10-cm-index", inside)


ATTACK = HEADS.replace("Assault", "Attack")


@pytest.mark.parametrize(
    ("inside", "heads", "problem"),
    [
        ("<title>Ague</title>", "", "column headings are none; expected Substance"),
        (
            "<title>Ague</title>",
            f"<indexHeading>{ATTACK}</indexHeading>",
            "Poisoning Attack",
        ),
        ('<title>Ague</title><cell col="8">T50</cell>', f"<indexHeading>{HEADS}</indexHeading>", "has '8'"),
        ("<title>Ague</title><code>B54</code>", f"<indexHeading>{HEADS}</indexHeading>", "has 'code'"),
    ],
)
def test_what_does_not_fit_a_table_is_refused(inside: str, heads: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        read("icd-10-cm-drugs", inside, heads)


@pytest.mark.parametrize("text", ["<ICD10CM.tabular/>", "<ICD10CM.index><letter>", "no xml"])
def test_another_file_is_refused(text: str) -> None:
    records = DATASETS["icd-10-cm-index"].records
    assert records is not None
    with pytest.raises(ValueError, match=r"root element|not well-formed"):
        list(records({"": io.BytesIO(text.encode())}))


def test_entities_are_refused() -> None:
    text = '<!DOCTYPE x [<!ENTITY e "boom">]><ICD10CM.index><letter><title>&e;</title></letter></ICD10CM.index>'
    records = DATASETS["icd-10-cm-index"].records
    assert records is not None
    with pytest.raises(ValueError, match="document type"):
        list(records({"": io.BytesIO(text.encode())}))


@pytest.mark.parametrize("code", ["C79.8-", "C79.-", "B54", "[I43]", "A00-A09", "", "S01.00"])
def test_a_printed_code_is_read(code: str) -> None:
    kind = next(item.kind for item in DATASETS["icd-10-cm-index"].columns if item.name == "code")
    assert kind.read(code) == code.strip("[]")


@pytest.mark.parametrize("code", ["C79.8--", "79.8", "C79.81234", "C7981", "see C79", "-"])
def test_what_is_no_code_is_refused(code: str) -> None:
    kind = next(item.kind for item in DATASETS["icd-10-cm-index"].columns if item.name == "code")
    with pytest.raises(ValueError, match="expected an ICD-10-CM code"):
        kind.read(code)


ADDENDA = "Add:         1 G35A    Relapsing MS{blank}Relapsing multiple sclerosis\n\nCodes\n      {n} additions\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (ADDENDA.format(blank=" " * 49, n=2), "holds 1 lines of 'add', its end counts 2 additions"),
        (ADDENDA.format(blank=" " * 49, n=1).replace("1 G35A", "x G35A"), "line 1: expected a code"),
        ("Moved:       1 G35A\n" + ADDENDA.format(blank=" " * 49, n=1), "line 1: expected Add"),
    ],
)
def test_addenda_that_do_not_add_up_are_refused(text: str, problem: str) -> None:
    records = DATASETS["icd-10-cm-addenda"].records
    assert records is not None
    with pytest.raises(ValueError, match=problem):
        list(records({"order": io.BytesIO(text.encode())}))


def test_addenda_of_codes_alone_are_read() -> None:
    text = "Delete:      C4311   Malignant melanoma\nCodes\n      0 additions\n      1 deletions\n"
    records = DATASETS["icd-10-cm-addenda"].records
    assert records is not None
    rows = [list(cells) for _, cells, _ in records({"codes": io.BytesIO(text.encode())})]
    assert rows == [["C4311", "delete", "1", "Malignant melanoma", ""]]
