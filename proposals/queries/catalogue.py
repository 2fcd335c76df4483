"""The list of proposals by theme, and what in it asks for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse

from core import formats
from proposals import titles
from proposals.models import Catalogue, CrossReference, Proposal, Theme, TitleReading

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Membership
    from proposals.choices import CatalogueKind


@dataclass(frozen=True, slots=True, kw_only=True)
class FlaggedRow:
    """One proposal, and what is wrong with it, if anything."""

    number: int
    refers_to_itself: bool
    refers_to_removed: bool
    has_two_titles: bool

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("proposals:proposal", args=[self.number])

    @property
    def links_url(self) -> str:
        """Where its references are put right."""
        return f"{self.url}#links"

    @property
    def wrong_references(self) -> dict[str, str]:
        """A sentence for each way in which its references are wrong, by the check's key."""
        wrong = (
            ("self-reference", "sig selv", self.refers_to_itself),
            ("dead-reference", "et forslag, der er fjernet", self.refers_to_removed),
        )
        return {
            check: f"Forslag {self.number} henviser til {to}."
            for check, to, is_so in wrong
            if is_so
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRow(FlaggedRow):
    """One proposal in the list."""

    title: str
    gains: int
    risks: int
    attentions: int


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
    """Proposals with what is wrong with them."""

    rows: tuple[FlaggedRow, ...]

    @property
    def wrong_references(self) -> tuple[tuple[str, str], ...]:
        """References to put right: a sentence each, and where that is done."""
        return tuple(
            (text, row.links_url)
            for row in self.rows
            for text in row.wrong_references.values()
        )

    @property
    def with_two_titles(self) -> tuple[FlaggedRow, ...]:
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

    rows: tuple[ProposalRow, ...]
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
    return Catalogue.objects.visible_to(seat).filter(kind=kind).first()


def proposal_list(catalogue: Catalogue) -> ProposalList:
    """Give the catalogue's proposals by theme. Two queries."""
    by_theme: dict[int, list[ProposalRow]] = {}
    rows: Any = _with_flags(Proposal.objects.filter(catalogue=catalogue).for_list())
    for row in rows:
        by_theme.setdefault(row.theme_id, []).append(_row(row))
    groups = tuple(
        ThemeGroup(theme, tuple(by_theme.get(theme.pk, ())))
        for theme in catalogue.themes.all()
    )
    return ProposalList(tuple(row for group in groups for row in group.rows), groups)


def flags(catalogue_pk: int) -> Flagged:
    """Give a catalogue's proposals that something is wrong with. One query."""
    rows = Proposal.objects.filter(catalogue=catalogue_pk).present()
    found: Any = _with_flags(rows.only("number", "title").order_by("number", "pk"))
    flagged = ((row, _flags_of(row)) for row in found)
    return Flagged(
        tuple(
            FlaggedRow(number=row.number, **wrong)
            for row, wrong in flagged
            if any(wrong.values())
        )
    )


def _with_flags(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Annotate what the flags are worked out from."""
    readings = TitleReading.objects.filter(proposal=OuterRef("pk"))
    own = CrossReference.objects.filter(proposal=OuterRef("pk"))
    shown = JSONObject(place="place", text="text", is_overview="is_overview")
    return rows.annotate(
        json_readings=ArraySubquery(readings.values(json=shown)),
        refers_to_itself=Exists(own.filter(to=F("proposal"))),
        refers_to_removed=Exists(own.filter(to__number__isnull=True)),
    )


def _flags_of(row: Any) -> dict[str, bool]:
    """Work out what is wrong with a proposal read by :func:`_with_flags`."""
    rows = [(r["place"], r["text"], r["is_overview"]) for r in row.json_readings]
    overview = titles.overview_of(rows)
    return {
        "refers_to_itself": row.refers_to_itself,
        "refers_to_removed": row.refers_to_removed,
        "has_two_titles": bool(overview) and titles.differ(overview, row.title),
    }


def _row(row: Any) -> ProposalRow:
    return ProposalRow(
        number=row.number,
        title=row.title,
        gains=row.gains,
        risks=row.risks,
        attentions=row.attentions,
        **_flags_of(row),
    )
