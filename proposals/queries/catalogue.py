"""The list of proposals by theme, and what in it asks for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse

from accounts.models import Municipality
from core import formats
from core.prepared import prepared
from proposals import titles
from proposals.cuts import THEME, WHOLE
from proposals.models import (
    Catalogue,
    CooperationUnit,
    CrossReference,
    Proposal,
    Theme,
    TitleReading,
)
from proposals.queries.found import (
    is_found,
    key_of_entry,
    stances_of,
    terms_of,
    visions_found,
    visions_of,
)
from proposals.queries.texts import own_texts, told_names
from proposals.references import CATALOGUE_WORDS, Names, tokens_in, typed_in
from proposals.stances import Tally
from proposals.trail import Standing, standing_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from accounts.models import Membership
    from proposals.choices import CatalogueKind
    from proposals.cuts import Cut

_SHOWN = (
    *("number", "title", "theme_id", "theme_key", "changed_at", "is_found"),
    *("gains", "risks", "attentions", "json_terms"),
    *("json_step", "json_stances", "municipalities", "json_visions"),
    *("json_readings", "refers_to_itself", "refers_to_removed"),
    *("key", "json_names", "json_texts"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlaggedRow:
    """One proposal, and what is wrong with it, if anything."""

    number: int
    refers_to_itself: bool
    refers_to_removed: bool
    has_two_titles: bool
    typed: tuple[str, ...] = ()
    owner: str = "proposal"

    @property
    def url(self) -> str:
        """Its page."""
        return reverse(f"proposals:{self.owner}", args=[self.number])

    @property
    def name(self) -> str:
        """Give "Forslag 7"."""
        word = "Forslag" if self.owner == "proposal" else "Samdriftsenhed"
        return f"{word} {self.number}"

    @property
    def typed_text(self) -> str:
        """The sentence about references that were typed with a number; "" for none."""
        if not self.typed:
            return ""
        words = formats.listed([f"”{each}”" for each in self.typed])
        return f"{self.name} nævner {words} med tal, der ikke følger med."

    @property
    def links_url(self) -> str:
        """Where its references are put right."""
        return f"{self.url}#links"

    @property
    def wrong_references(self) -> dict[str, str]:
        """A sentence for each way in which its references are wrong, by the check's key."""
        gone = "et forslag" if self.owner == "proposal" else "noget"
        wrong = (
            ("self-reference", "sig selv", self.refers_to_itself),
            ("dead-reference", f"{gone}, der er fjernet", self.refers_to_removed),
        )
        return {
            check: f"{self.name} henviser til {to}."
            for check, to, is_so in wrong
            if is_so
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalRow(FlaggedRow):
    """One proposal in the list.

    Attributes:
        terms: pairs (kind, text) of the laws, actors and others that it names.
        standing: how far it has come after KKR.
        tally: what the council's municipalities think of it.
        visions: pairs (key, "2. Titel") of those it serves.
        is_found: it has what is searched for.
    """

    title: str
    gains: int
    risks: int
    attentions: int
    theme_key: str
    terms: tuple[tuple[str, str], ...]
    changed_at: datetime
    is_found: bool
    standing: Standing
    tally: Tally
    visions: tuple[tuple[str, str], ...]


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

    @property
    def municipalities(self) -> int:
        """How many municipalities are asked what they think."""
        return self.rows[0].tally.all if self.rows else 0


def catalogue_of(seat: Membership, kind: CatalogueKind) -> Catalogue | None:
    """Give the council's catalogue of a kind, if it has one. One query."""
    return Catalogue.objects.visible_to(seat).filter(kind=kind).first()


def proposal_list(catalogue: Catalogue, lexemes: str = "") -> ProposalList:
    """Give the catalogue's proposals by theme. Two queries.

    Args:
        catalogue: with its council.
        lexemes: a ``tsquery``; which rows have it is annotated, and none is left out.
    """
    by_theme: dict[int, list[ProposalRow]] = {}
    keys = key_of_entry(catalogue, Proposal)
    rows: Any = _listed(catalogue.pk, lexemes, keys, is_searched=bool(lexemes))
    for row in rows:
        by_theme.setdefault(row.theme_id, []).append(_row(row))
    groups = tuple(
        ThemeGroup(theme, tuple(by_theme.get(theme.pk, ())))
        for theme in catalogue.themes.all()
    )
    return ProposalList(tuple(row for group in groups for row in group.rows), groups)


def flags(catalogue_pk: int, cut: Cut = WHOLE) -> Flagged:
    """Give the proposals in a cut of a catalogue that something is wrong with. One query."""
    rows = Proposal.objects.filter(catalogue=catalogue_pk).present()
    if cut.kind == THEME:
        rows = rows.filter(theme__key=cut.slug)
    elif cut.slugs:
        rows = rows.filter(key__in=cut.slugs)
    found: Any = _with_flags(
        rows.only("number", "title", "key").order_by("number", "pk")
    )
    flagged = ((row, _flags_of(row)) for row in found)
    return Flagged(
        tuple(
            FlaggedRow(number=row.number, **wrong)
            for row, wrong in flagged
            if any(wrong.values())
        )
    )


def unit_flags(catalogue_pk: int) -> Flagged:
    """Give a catalogue's units that refer wrongly. One query."""
    rows = CooperationUnit.objects.filter(catalogue=catalogue_pk).present()
    found: Any = rows.only("number", "key").order_by("number", "pk")
    told = (
        (row, _references(row, CooperationUnit.owner))
        for row in found.annotate(
            json_names=told_names(CooperationUnit),
            json_texts=own_texts(CooperationUnit),
        )
    )
    return Flagged(
        tuple(
            FlaggedRow(number=row.number, owner="unit", has_two_titles=False, **wrong)
            for row, wrong in told
            if any(wrong.values())
        )
    )


def _references(row: Any, owner: str) -> dict[str, Any]:
    """Work out what is wrong with the references in a record's texts.

    Args:
        row: with ``key``, ``json_names`` and ``json_texts``.
        owner: its kind, "proposal" or "unit".
    """
    names = Names.of_rows(row.json_names)
    found = [names.by_token.get(token) for token in tokens_in(*row.json_texts)]
    word = CATALOGUE_WORDS[owner]
    typed = (each.text for text in row.json_texts for each in typed_in(text, word))
    return {
        "refers_to_itself": any(
            name is not None and (name.owner, name.key) == (owner, row.key)
            for name in found
        ),
        "refers_to_removed": any(name is None or name.number is None for name in found),
        "typed": tuple(dict.fromkeys(typed)),
    }


@prepared
def _listed(
    catalogue: int, lexemes: str, keys: str, *, is_searched: bool
) -> QuerySet[Any]:
    """The catalogue's proposals with all that the list shows, finds and narrows by."""
    rows: Any = Proposal.objects.filter(catalogue=catalogue).present().with_counts()
    return (
        _with_flags(rows.with_status())
        .annotate(
            theme_key=F("theme__key"),
            json_terms=terms_of("proposal"),
            json_stances=stances_of("proposal"),
            json_visions=visions_of("proposal"),
            municipalities=_municipalities(catalogue),
            is_found=is_found("forslag", lexemes, keys, is_searched=is_searched),
        )
        .order_by("number", "pk")
        .values_list(*_SHOWN, named=True)
    )


def _municipalities(catalogue: int) -> Any:
    """How many municipalities the council of a catalogue has, counted once for all rows."""
    council = Catalogue.objects.filter(pk=catalogue).values("council")
    places = Municipality.objects.filter(council__in=council)
    own = places.order_by().values("council")
    count = own.annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count), 0)


def _with_flags(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Annotate what the flags are worked out from."""
    readings = TitleReading.objects.filter(proposal=OuterRef("pk"))
    own = CrossReference.objects.filter(proposal=OuterRef("pk"))
    shown = JSONObject(
        place="place", text="text", is_overview="is_overview", is_short="is_short"
    )
    return rows.annotate(
        json_readings=ArraySubquery(readings.values(json=shown)),
        refers_to_itself=Exists(own.filter(to=F("proposal"))),
        refers_to_removed=Exists(own.filter(to__number__isnull=True)),
        json_names=told_names(Proposal),
        json_texts=own_texts(Proposal),
    )


def _flags_of(row: Any) -> dict[str, Any]:
    """Work out what is wrong with a proposal read by :func:`_with_flags`."""
    rows = [
        (r["place"], r["text"], r["is_overview"])
        for r in row.json_readings
        if not r["is_short"]
    ]
    overview = titles.overview_of(rows)
    wrong = _references(row, Proposal.owner)
    return {
        "refers_to_itself": row.refers_to_itself or wrong["refers_to_itself"],
        "refers_to_removed": row.refers_to_removed or wrong["refers_to_removed"],
        "typed": wrong["typed"],
        "has_two_titles": bool(overview) and titles.differ(overview, row.title),
    }


def _row(row: Any) -> ProposalRow:
    return ProposalRow(
        number=row.number,
        title=row.title,
        gains=row.gains,
        risks=row.risks,
        attentions=row.attentions,
        theme_key=row.theme_key,
        terms=tuple((term["kind"], term["text"]) for term in row.json_terms),
        changed_at=row.changed_at,
        is_found=row.is_found,
        standing=standing_of(row),
        tally=Tally.of(row.json_stances, row.municipalities),
        visions=visions_found(row.json_visions),
        **_flags_of(row),
    )
