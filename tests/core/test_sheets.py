"""Spreadsheets out and in: CSV and workbooks as texts that nothing works out."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.sheets import (
    Cell,
    NotReadableError,
    Problem,
    Sheet,
    column_letter,
    read_csv,
    written,
)
from core.sheets.workbooks import write_xlsx

TEXTS = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufeff"),
    max_size=30,
).map(str.strip)


def line(*cells: str | int | Decimal | None) -> str:
    return written(["a"], [cells]).decode("utf-8-sig").split("\r\n", 1)[1][:-2]


def read(data: bytes) -> Sheet:
    return read_csv(data, "ark", most_rows=5)


def test_numbers_have_a_comma_and_nothing_stays_empty() -> None:
    assert line(Decimal("2.82"), Decimal(-3), 1753, None) == "2,82;-3;1753;"
    assert line(Decimal("1E+3")) == "1000"
    assert line("-3,5", "-3-5") == "-3,5;'-3-5"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_text_is_never_worked_out(sign: str) -> None:
    assert line(f"{sign}HYPERLINK(1)").strip('"').startswith(f"'{sign}")


def test_signs_of_the_format_are_quoted() -> None:
    assert line('a;b "c"', "æøå") == '"a;b ""c""";æøå'


def test_a_spreadsheet_knows_the_letters() -> None:
    assert written(["Nøgle"], []) == b"\xef\xbb\xbfN\xc3\xb8gle\r\n"


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4).filter(any))
def test_what_is_written_is_read_again(row: list[str]) -> None:
    head = [f"K{place}" for place in range(len(row))]
    found = read(written(head, [row]))
    assert found.head == tuple(head)
    assert [cell.text for cell in found.rows[0].cells] == row
    assert not any(cell.problem for cell in found.rows[0].cells)


@pytest.mark.parametrize(
    "data",
    ["A;B\r\nø;2\r\n", "A\tB\nø\t2\n", "A,B\nø,2", "\n\nA;B\nø;2"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_other_signs_and_letters_are_read(data: str, encoding: str) -> None:
    found = read(data.encode(encoding))
    assert found.head == ("A", "B")
    assert [cell.text for cell in found.rows[0].cells] == ["ø", "2"]


def test_what_stands_beyond_the_head_is_not_read() -> None:
    found = read(b"A;B" + b";" * 999 + b"\r\nx;y" + b";z" * 999_999)
    assert (found.head, len(found.rows[0].cells)) == (("A", "B"), 2)


def test_rows_are_called_what_the_spreadsheet_calls_them() -> None:
    found = read(b"A;B\r\n\r\n;\r\nx;y\r\n")
    assert [row.number for row in found.rows] == [4]


@pytest.mark.parametrize(
    ("text", "problem"),
    [("=1+1", "formula"), ("@SUM(A1)", "formula"), ("+a", "formula"), ("+45 12", "")],
)
def test_a_formula_is_told_from_a_text(text: str, problem: Problem) -> None:
    assert read(f"A\r\n{text}\r\n".encode()).rows[0].cells == (Cell(text, problem),)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "tom"),
        (b"A\0;B", "regneark"),
        (b'A;B\r\n"x;y', "citationstegn"),
        (b"A\r\n" + b"x\r\n" * 6, "mere end 5 rækker"),
        (b"A\r\n" + b"x" * 200_000, "for lang"),
        (b"A\r\n" + b"x" * 32_768, "mere end 32.767 tegn"),
        (b"A;" * 61, "mere end 60 kolonner"),
    ],
)
def test_what_is_no_table_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(NotReadableError, match=says):
        read(data)


def test_a_workbook_holds_texts_and_nothing_else() -> None:
    texts = ("=1+1", "+x", "-5", "@a", "4-5", "½", "1.753", "\tx", "a\nb", "'=1", "")
    sheet = Sheet.of("Tal", tuple(f"K{n}" for n in range(len(texts))), [texts])
    made = write_xlsx(
        (sheet,),
        title="Prøve",
        widths={"Tal": [10] * len(texts)},
        quiet={"Tal": frozenset({0})},
    )
    page = load_workbook(io.BytesIO(made))["Tal"]
    cells = page[2]
    assert [cell.value or "" for cell in cells] == list(texts)
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert [cell.quotePrefix for cell in cells[:4]] == [True] * 4
    assert page.freeze_panes == "B2"


def test_columns_are_called_as_in_a_spreadsheet() -> None:
    assert [column_letter(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip
