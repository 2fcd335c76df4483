"""The list of proposals by theme, and what in it asks for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import JSONObject

from core import formats
from proposals import titles
from proposals.models import Catalogue, CrossReference, Proposal, Theme, TitleReading

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Council, Membership
    from proposals.choices import CatalogueKind


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One proposal in the list.

    Attributes:
        refers_to_itself, has_two_titles: what is wrong with it, if anything.
    """

    number: int
    title: str
    url: str
    gains: int
    risks: int
    attentions: int
    refers_to_itself: bool
    has_two_titles: bool

    @property
    def links_url(self) -> str:
        """Where its references are put right."""
        return f"{self.url}#links"

    @property
    def self_reference_text(self) -> str:
        """The sentence about a reference to itself."""
        return f"Forslag {self.number} henviser til sig selv."


@dataclass(frozen=True, slots=True)
class ThemeGroup:
    """One theme and its proposals."""

    theme: Theme
    rows: tuple[ProposalRow, ...]

    @property
    def with_two_titles(self) -> tuple[ProposalRow, ...]:
        """Those of its proposals whose overview and body read differently."""
        return tuple(row for row in self.rows if row.has_two_titles)


@dataclass(frozen=True, slots=True)
class Flagged:
    """Proposals, and those of them that something is wrong with."""

    rows: tuple[ProposalRow, ...]

    @property
    def self_referring(self) -> tuple[ProposalRow, ...]:
        """Proposals that refer to themselves."""
        return tuple(row for row in self.rows if row.refers_to_itself)

    @property
    def with_two_titles(self) -> tuple[ProposalRow, ...]:
        """Proposals whose overview and body read differently."""
        return tuple(row for row in self.rows if row.has_two_titles)

    @property
    def two_titles_text(self) -> str:
        """The sentence about titles that differ."""
        count = formats.counted(len(self.with_two_titles), "titel", "titler")
        return f"{count} er ikke ens i oversigt og brødtekst."

    @property
    def show_two_titles(self) -> str:
        """The words of the link to them."""
        count = len(self.with_two_titles)
        return f"Vis de {count}" if count > 1 else "Vis den"


@dataclass(frozen=True, slots=True)
class ProposalList(Flagged):
    """The list as the page shows it; sums are of its own rows."""

    groups: tuple[ThemeGroup, ...]

    @property
    def gains(self) -> int:
        """All gains."""
        return sum(row.gains for row in self.rows)

    @property
    def risks(self) -> int:
        """All risks."""
        return sum(row.risks for row in self.rows)

    @property
    def attentions(self) -> int:
        """All attention points."""
        return sum(row.attentions for row in self.rows)


def catalogue_of(seat: Membership, kind: CatalogueKind) -> Catalogue | None:
    """Give the council's catalogue of a kind, if it has one. One query."""
    rows = Catalogue.objects.visible_to(seat.user)
    return rows.filter(council=seat.council, kind=kind).first()


def proposal_list(catalogue: Catalogue) -> ProposalList:
    """Give the catalogue's proposals by theme. Two queries."""
    by_theme: dict[int, list[ProposalRow]] = {}
    rows: Any = _with_flags(Proposal.objects.filter(catalogue=catalogue))
    for row in rows:
        by_theme.setdefault(row.theme_id, []).append(_row(row))
    groups = tuple(
        ThemeGroup(theme, tuple(by_theme.get(theme.pk, ())))
        for theme in catalogue.themes.all()
    )
    return ProposalList(tuple(row for group in groups for row in group.rows), groups)


def flags(council: Council) -> Flagged:
    """Give the proposals of the council with what is wrong. One query."""
    rows: Any = _with_flags(Proposal.objects.filter(catalogue__council=council))
    return Flagged(tuple(_row(row) for row in rows))


def _with_flags(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Annotate what the flags are worked out from."""
    readings = TitleReading.objects.filter(proposal=OuterRef("pk"))
    to_itself = CrossReference.objects.filter(proposal=OuterRef("pk"), to=F("proposal"))
    shown = JSONObject(place="place", text="text", is_overview="is_overview")
    return rows.for_list().annotate(  # type: ignore[attr-defined, no-any-return]
        json_readings=ArraySubquery(readings.values(json=shown)),
        refers_to_itself=Exists(to_itself),
    )


def _row(row: Any) -> ProposalRow:
    rows = [(r["place"], r["text"], r["is_overview"]) for r in row.json_readings]
    overview = titles.overview_of(rows)
    return ProposalRow(
        number=row.number,
        title=row.title,
        url=row.get_absolute_url(),
        gains=row.gains,
        risks=row.risks,
        attentions=row.attentions,
        refers_to_itself=row.refers_to_itself,
        has_two_titles=bool(overview) and titles.differ(overview, row.title),
    )
