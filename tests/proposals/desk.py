"""A secretary with a catalogue as a spreadsheet, and what it would do when it is sent."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from core.sheets import Sheet
from proposals.choices import CatalogueKind
from proposals.models import SheetImport
from proposals.services import sheet_files, sheets
from tests.makers import a_secretary
from tests.makers_proposals import a_catalogue

if TYPE_CHECKING:
    from accounts.models import Membership, User
    from core.sheets.back.findings import Preview
    from proposals.models import Catalogue


class Desk:
    """A secretary with a catalogue, and the file that was fetched of it."""

    def __init__(self, kind: CatalogueKind = CatalogueKind.SIMPLIFICATION) -> None:
        self.by: User = a_secretary()
        self.seat: Membership = self.by.memberships.get()
        self.catalogue: Catalogue = a_catalogue(kind=kind)
        self.book: dict[str, list[list[str]]] = {}
        self.fetch()

    def fetch(self) -> None:
        """Fetch the workbook anew."""
        handed = sheet_files.hand_out(self.catalogue, sheet="", by=self.by)
        pages = load_workbook(io.BytesIO(handed.data))
        self.book = {
            page.title: [[str(cell or "") for cell in row] for row in page.values]
            for page in pages
        }

    def cell(self, sheet: str, row: int, name: str, text: str | None = None) -> str:
        """Read a cell, or type in it; ``row`` as the spreadsheet numbers it."""
        lines = self.book[sheet]
        at = lines[0].index(name)
        if text is not None:
            lines[row - 1][at] = text
        return lines[row - 1][at]

    def add(self, sheet: str, **cells: str) -> None:
        """Type a new row."""
        head = self.book[sheet][0]
        self.book[sheet].append(
            [cells.get(name.replace(" ", "_"), "") for name in head]
        )

    def send(self) -> SheetImport:
        """Send the file as it is now."""
        content = [
            Sheet.of(name, tuple(head), [tuple(row) for row in rows]).to_json()
            for name, (head, *rows) in self.book.items()
        ]
        return SheetImport.objects.create(
            catalogue=self.catalogue, name="a.xlsx", sent_by="x", content=content
        )

    def send_file(self, data: bytes, name: str = "a.xlsx") -> SheetImport:
        """Send bytes, through the door that reads them."""
        with tempfile.NamedTemporaryFile() as file:
            file.write(data)
            file.flush()
            path = Path(file.name)
            return sheets.take_in(self.catalogue, path=path, name=name, by=self.by)

    def see(self) -> Preview:
        """Tell what the file would do now."""
        return sheets.look(self.send())[0]

    def let(self, row: SheetImport | None = None) -> SheetImport:
        """Let it."""
        row = row or self.send()
        seen = sheets.look(row)[0].fingerprint
        return sheets.confirm(
            row.pk, fingerprint=seen, correction="", seat=self.seat, by=self.by
        )


def told(found: Preview) -> dict[str, list[str]]:
    """Tell what a file would do, in words."""
    return {
        "changes": [
            f"{c.place.sheet} {c.place.number}: {f.name}: {f.before} > {f.after}"
            for c in found.changes
            for f in c.fields
        ],
        "wrong": [
            f"{w.place.sheet} {w.place.number}: {p.name}: {p.sentence}"
            for w in found.wrong
            for p in w.problems
        ],
        "stale": [f"{s.place.sheet} {s.place.number}" for s in found.stale],
    }
