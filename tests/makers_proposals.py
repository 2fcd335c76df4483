"""Makers of catalogues, proposals and co-operation units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.sheets import Sheet
from proposals.choices import CatalogueKind, PointKind, Scope
from proposals.models import (
    Catalogue,
    CooperationUnit,
    Point,
    Proposal,
    SharedPoint,
    SheetExport,
    SheetImport,
    Step,
    Theme,
    TitleReading,
)
from proposals.services import sheet_files
from tests.makers_packets import a_council

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import Council, User

GAINS = ("Praktik bruges mere fleksibelt", "Flere løntimer", "Mindre arbejde")


def a_catalogue(
    council: Council | None = None,
    kind: CatalogueKind = CatalogueKind.SIMPLIFICATION,
) -> Catalogue:
    """The council's catalogue of a kind, made where it is missing."""
    found, _ = Catalogue.objects.get_or_create(
        council=council or a_council(),
        kind=kind,
        defaults={"key": str(kind), "title": str(kind.label)},
    )
    return found


def a_theme(catalogue: Catalogue, number: int = 1, title: str = "Styring") -> Theme:
    """A theme of the catalogue, made where it is missing."""
    found, _ = Theme.objects.get_or_create(
        catalogue=catalogue,
        number=number,
        defaults={"key": f"tema-{number}", "title": title},
    )
    return found


def a_proposal(
    number: int = 7,
    *,
    council: Council | None = None,
    gains: tuple[str, ...] = GAINS,
    risks: tuple[str, ...] = ("Forløb kan blive for lange",),
    **fields: Any,
) -> Proposal:
    """A proposal with so many gains and risks, and no attention point."""
    catalogue = a_catalogue(council)
    own = {"title": f"Forslag om praktik {number}", "idea": "<p>En idé.</p>", **fields}
    row = Proposal.objects.create(
        catalogue=catalogue,
        theme=a_theme(catalogue),
        key=f"forslag-{number}",
        number=number,
        **own,
    )
    for kind, texts in ((PointKind.GAIN, gains), (PointKind.RISK, risks)):
        for position, text in enumerate(texts, 1):
            a_point(row, kind, position, text)
    return row


def a_unit(
    number: int = 1,
    *,
    council: Council | None = None,
    gains: tuple[tuple[str, str], ...] = (
        ("Virksomhederne", "Ét sted"),
        ("Virksomhederne", "En partner"),
        ("Borgerne", "Hurtigere hjælp"),
    ),
    **fields: Any,
) -> CooperationUnit:
    """A unit with one task and these gains, as pairs (beneficiary, text)."""
    catalogue = a_catalogue(council, CatalogueKind.COOPERATION)
    own = {"title": f"Enhed om service {number}", "scope": Scope.CLUSTER, **fields}
    row = CooperationUnit.objects.create(
        catalogue=catalogue, key=f"enhed-{number}", number=number, **own
    )
    a_point(row, PointKind.TASK, 1, "Opsøge virksomheder")
    for position, (who, text) in enumerate(gains, 1):
        a_point(row, PointKind.GAIN, position, text, beneficiary=who)
    return row


def a_point(
    record: Proposal | CooperationUnit,
    kind: PointKind,
    position: int,
    text: str,
    **fields: Any,
) -> Point:
    """One point of a record."""
    own = "proposal" if isinstance(record, Proposal) else "unit"
    fields[own] = record
    return Point.objects.create(
        kind=kind, key=f"{kind}-{position}", position=position, text=text, **fields
    )


def a_shared_point(*units: CooperationUnit, stem: str = "Tæt samspil") -> SharedPoint:
    """An attention point that these units share, each with an ending of its own."""
    shared = SharedPoint.objects.create(
        catalogue=units[0].catalogue, key="taet-samspil", name="Tæt dialog", stem=stem
    )
    for unit in units:
        ending = f"med driften i {unit.number}"
        a_point(unit, PointKind.ATTENTION, 1, ending, shared=shared)
    return shared


def a_reading(proposal: Proposal, text: str, **fields: Any) -> TitleReading:
    """How the proposal's title reads in the catalogue's overview, or elsewhere."""
    own = {"place": "2.1 Bilag 3, side 32", "is_overview": True, **fields}
    position = proposal.readings.count() + 1
    return TitleReading.objects.create(
        proposal=proposal, text=text, position=position, **own
    )


def a_step(
    proposal: Proposal,
    status: str = "submitted",
    taken_on: date | None = None,
    **fields: Any,
) -> Step:
    """One step of a proposal's way after KKR, entered after those that are there."""
    key = f"{status}-{proposal.steps.count() + 1}".replace("_", "-")
    return Step.objects.create(
        proposal=proposal, key=key, status=status, taken_on=taken_on, **fields
    )


def texts(record: Proposal | CooperationUnit, kind: PointKind) -> list[str]:
    """The texts of the record's points of a kind, in order; positions have no gaps."""
    rows = record.points.filter(kind=kind, position__isnull=False).order_by("position")
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    return [row.text for row in rows]


def point_of(
    record: Proposal | CooperationUnit, kind: PointKind, position: int
) -> Point:
    """The point at a position."""
    return record.points.get(kind=kind, position=position)


def a_sheet(catalogue: Catalogue, title: str, by: User, at: int = 0) -> SheetImport:
    """A file that was fetched, changes one short title, and came back."""
    sheet_files.hand_out(catalogue, sheet="proposals", by=by)
    export = SheetExport.objects.latest("pk")
    key = list(export.content["proposals"])[at]
    book = Sheet.of(
        "Forslag", ("Nøgle", "Kort titel", "Hentning"), [(key, title, export.name)]
    )
    return SheetImport.objects.create(
        catalogue=catalogue,
        name="forslag.csv",
        sent_by=str(by),
        content=[book.to_json()],
    )
