"""Workbooks from outside: read as texts in a child process, or refused with a reason."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from core.sheets import Cell, Sheet
from documents.intake.sheets import RefusedSheets, read_sheets
from documents.intake.sheets.child import answer_for
from documents.intake.sheets.sentences import REFUSALS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def workbook(*rows: tuple[Any, ...], merged: int = 0) -> bytes:
    book: Any = Workbook()
    book.active.title = "Tal"
    for row in rows:
        book.active.append(row)
    for at in range(merged):
        book.active.merge_cells(f"A{2 * at + 3}:A{2 * at + 4}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(name: str, data: bytes, *, instead: bool = False) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(("A",), ("x",)))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if not (instead and entry.filename == name):
                new.writestr(entry, old.read(entry))
        new.writestr(name, data)
    return out.getvalue()


def test_cells_are_texts_as_a_dane_would_type_them(tmp_path: Path) -> None:
    path = tmp_path / "tal.xlsx"
    path.write_bytes(
        workbook(
            ("Nr. ", "Hvad\nnu", None),
            (1.5, 1753, -2, "beyond the head"),
            (None, None, None),
            (date(2023, 11, 22), "=1+1", "#REF!"),
            (True, " 4-5 ", None),
        )
    )
    book = read_sheets(path, "tal.xlsx")
    assert isinstance(book, tuple)
    (sheet,) = book
    assert (sheet.name, sheet.head) == ("Tal", ("Nr.", "Hvad nu"))
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (2, (Cell("1,5"), Cell("1753"))),
        (4, (Cell("22-11-2023", "date"), Cell("=1+1", "formula"))),
        (5, (Cell("ja"), Cell("4-5"))),
    ]
    assert Sheet.from_json(sheet.to_json()) == sheet


def test_merged_cells_and_formulas_of_many_cells_are_told() -> None:
    book: Any = Workbook()
    page = book.active
    for row in (("A", "B", "C"), (1, "x", "y"), (2, "", ""), (3, "z", "")):
        page.append(row)
    page.merge_cells("B2:B3")
    page.merge_cells("C4:D9")
    page["A4"] = ArrayFormula("A4:A5", "=SUM(A2:A3)")
    page["A5"] = DataTableFormula("A5:A6", r1="A2")
    out = io.BytesIO()
    book.save(out)
    (sheet,) = answer_for(out.getvalue(), 9)["sheets"]
    assert sheet["rows"] == [
        [2, "1", "x", "y"],
        [3, "2", ["", "merged"], ""],
        [4, ["=SUM(A2:A3)", "formula"], "z", ["", "merged"]],
        [5, ["=…", "formula"], "", ["", "merged"]],
    ]


def test_a_csv_file_is_a_book_of_one_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"A;B\r\n1;2\r\n")
    assert read_sheets(path, "forslag.csv") == (
        Sheet.of("forslag.csv", ("A", "B"), [("1", "2")]),
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "old"),
        (b"PK\x03\x04" + b"x" * 600, "damaged"),
        (b"\x89PNG\r\n\x1a\n\0", "not_sheets"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_at_the_door(
    tmp_path: Path, data: bytes, code: str
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    found = read_sheets(path, "a.xlsx")
    assert isinstance(found, RefusedSheets)
    assert found.code == code
    assert found.reason.endswith(".")


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
PAGE = "xl/worksheets/sheet1.xml"
LONG = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>' + b"x" * 32_768
    + b"</t></is></c></row></sheetData></worksheet>"
)  # fmt: skip
CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "macros": (lambda: with_part("xl/vbaProject.bin", b"x"), "macros"),
    "entities": (lambda: with_part("xl/styles.xml", BOMB, instead=True), "entities"),
    "wide entities": (
        lambda: with_part("xl/x.xml", BOMB.decode().encode("utf-16")),
        "entities",
    ),
    "a path outside": (lambda: with_part("../x.txt", b"x"), "paths"),
    "unfolds too far": (lambda: with_part("xl/x.bin", b"\0" * 9_000_000), "too_heavy"),
    "no workbook": (
        lambda: with_part("xl/workbook.xml", b"<x/>", instead=True),
        "empty",
    ),
    "too many rows": (lambda: workbook(("A",), *[(n,) for n in range(7)]), "too_many"),
    "too many columns": (lambda: workbook(tuple(range(61))), "too_wide"),
    "too many merged": (lambda: workbook(("A",), merged=1001), "merged"),
    "too long a text": (lambda: with_part(PAGE, LONG, instead=True), "too_long"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_may_not_come_in_is_refused(name: str) -> None:
    make, code = CASES[name]
    assert answer_for(make(), 5) == {"refused": code}
    assert REFUSALS[code].endswith(".")


def test_a_row_far_below_does_not_keep_the_reader_busy() -> None:
    book: Any = Workbook()
    book.active["A1"], book.active["A1048576"] = "A", "x"
    out = io.BytesIO()
    book.save(out)
    assert answer_for(out.getvalue(), 5) == {"refused": "too_many"}
