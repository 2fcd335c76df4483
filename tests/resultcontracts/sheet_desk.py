"""Somebody with a contract as a spreadsheet, and what it would do when it is sent."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from core.sheets import Sheet
from resultcontracts.models import ContractImport
from resultcontracts.services import sheet_files, sheets

if TYPE_CHECKING:
    from accounts.models import User
    from core.sheets.back.findings import Preview
    from resultcontracts.models import Contract, Round


class Desk:
    """A user with a contract, and the file that was fetched of it."""

    def __init__(
        self, contract: Contract, by: User, about: Round | None = None
    ) -> None:
        self.contract, self.by, self.about = contract, by, about
        self.book: dict[str, list[list[str]]] = {}
        self.fetch()

    def fetch(self) -> None:
        """Fetch the workbook anew."""
        handed = sheet_files.hand_out(
            self.contract, about=self.about, sheet="", by=self.by
        )
        pages = load_workbook(io.BytesIO(handed.data))
        self.book = {
            page.title: [[str(cell or "") for cell in row] for row in page.values]
            for page in pages
        }

    @property
    def said(self) -> dict[str, list[list[str]]]:
        """Give the rows without the name of the file that they are of."""
        return {name: [row[:-1] for row in rows] for name, rows in self.book.items()}

    def row(self, sheet: str, begins: str) -> int:
        """Give the number of the first row whose first column begins so."""
        return next(
            at
            for at, cells in enumerate(self.book[sheet], start=1)
            if cells[1].startswith(begins)
        )

    def type(self, sheet: str, begins: str, **cells: str) -> None:
        """Type in cells of a row."""
        head, line = self.book[sheet][0], self.book[sheet][self.row(sheet, begins) - 1]
        for name, text in cells.items():
            line[head.index(name.replace("_", " "))] = text

    def says(self, sheet: str, begins: str, name: str) -> str:
        """Read a cell."""
        head = self.book[sheet][0]
        return self.book[sheet][self.row(sheet, begins) - 1][head.index(name)]

    def add(self, sheet: str, **cells: str) -> None:
        """Type a new row."""
        head = self.book[sheet][0]
        told = {name.replace("_", " "): text for name, text in cells.items()}
        assert set(told) <= set(head)
        self.book[sheet].append([told.get(name, "") for name in head])

    def send(self) -> ContractImport:
        """Send the file as it is now."""
        content = [
            Sheet.of(name, tuple(head), [tuple(row) for row in rows]).to_json()
            for name, (head, *rows) in self.book.items()
        ]
        return ContractImport.objects.create(
            contract=self.contract,
            round=self.about,
            name="a.xlsx",
            sent_by="x",
            content=content,
        )

    def see(self) -> Preview:
        """Tell what the file would do now."""
        return sheets.look(self.send())[0]

    def let(self, row: ContractImport | None = None) -> ContractImport:
        """Let it."""
        row = row or self.send()
        seen = sheets.look(row)[0].fingerprint
        return sheets.confirm(row.pk, fingerprint=seen, by=self.by)


def told(found: Preview) -> dict[str, list[str]]:
    """Tell what a file would do, in words."""
    return {
        "changes": [
            f"{c.place.name}: {f.name}: {f.before} > {f.after}"
            for c in found.changes
            for f in c.fields
        ],
        "wrong": [
            f"{w.place.sheet} {p.letter} {p.name}: {p.sentence}"
            for w in found.wrong
            for p in w.problems
        ],
        "stale": [s.place.name for s in found.stale],
    }
