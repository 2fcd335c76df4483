"""Where a catalogue is used: the meetings whose appendices are formed of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse

from core import formats
from core.prepared import prepared
from documents.numbering import spans
from meetings.choices import AppendixKind, PacketState
from meetings.models import Appendix, PacketPart
from proposals.choices import CatalogueKind
from proposals.cuts import THEME, WHOLE, cut_of
from proposals.models import Catalogue, Proposal

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from proposals.cuts import Cut
    from proposals.models import Record

SOURCES = {
    CatalogueKind.SIMPLIFICATION: "proposals.simplification",
    CatalogueKind.COOPERATION: "proposals.cooperation",
}

TRAIL, POSITIONS = "proposals.trail", "proposals.positions"
OWNERS = {CatalogueKind.SIMPLIFICATION: "proposal", CatalogueKind.COOPERATION: "unit"}
# What else is formed of a catalogue, and what it tells.
TELLS = {TRAIL: "Vejen efter KKR", POSITIONS: "Kommunernes holdninger"}


@dataclass(frozen=True, slots=True)
class Use:
    """One appendix that prints the catalogue, or tells what came of its records.

    Attributes:
        meeting, url: "KKR-møde 22. november 2023", and its page.
        packet_url: where its packet is read.
        label: "2.1 Bilag 3".
        labels: the pages it has in the latest built packet; none while none is built.
        pages: section key → packet page.
        owner: of the records it prints: "proposal" or "unit".
        is_locked: it was sent, and stays as it was.
        cut: what it prints of the catalogue.
        tells: "Vejen efter KKR", of one that names the records and does not print them.
        themes: ids of those it is about; none is all.
    """

    meeting: str
    url: str
    packet_url: str
    label: str
    labels: tuple[str, ...]
    pages: dict[str, str]
    owner: str = ""
    is_locked: bool = False
    cut: Cut = WHOLE
    tells: str = ""
    themes: frozenset[int] = frozenset()

    def holds(self, record: Record) -> bool:
        """Whether it prints a record as it stands now; an overview only names them all."""
        if self.tells:
            if not isinstance(record, Proposal) or not self.themes:
                return True
            return record.theme_id in self.themes
        if self.cut.kind == THEME:
            return isinstance(record, Proposal) and record.theme.key == self.cut.slug
        return self.cut.is_whole or self.cut.holds(f"{record.owner}:{record.key}")

    def at(self, key: str) -> str:
        """Give "2.1 Bilag 3, side 41", or only the label while no page is known."""
        if self.tells:
            return self.span
        page = self.pages.get(key)
        return f"{self.label}, side {page}" if page else self.label

    def url_at(self, key: str) -> str:
        """Where that is read: the packet's page, or the meeting while none is built."""
        first = self.labels[0] if self.labels and self.tells else ""
        page = first or self.pages.get(key)
        return f"{self.packet_url}?side={page}#laes" if page else self.url

    @property
    def span(self) -> str:
        """Give "2.1 Bilag 2, side 22–29", or only the label while no page is known."""
        return f"{self.label}, side {spans(self.labels)}" if self.labels else self.label


def uses_of(catalogue: Catalogue) -> tuple[Use, ...]:
    """Give the appendices that print the catalogue, the latest meeting first. 1 query."""
    return tuple(use for use in every_use_of(catalogue) if not use.tells)


def every_use_of(catalogue: Catalogue) -> tuple[Use, ...]:
    """Give them with those that tell what came of its records. 1 query."""
    printed = SOURCES[CatalogueKind(catalogue.kind)]
    return _uses(_uses_of(catalogue.council_id, printed, catalogue.pk))


def uses_in(council_pk: int) -> tuple[Use, ...]:
    """Give every use of any of a council's catalogues, likewise. 1 query."""
    return _uses(_uses_in(council_pk))


@prepared
def _uses_of(council: int, printed: str, catalogue: int) -> QuerySet[Appendix]:
    rows: Any = _rows(council).filter(source__in=(printed, *TELLS))
    own: Any = catalogue
    found: QuerySet[Appendix] = rows.filter(catalogue_text=Cast(own, TextField()))
    return found


@prepared
def _uses_in(council: int) -> QuerySet[Appendix]:
    return _rows(council).filter(source__in=(*SOURCES.values(), *TELLS))


def _rows(council: int) -> QuerySet[Appendix]:
    built = PacketPart.objects.filter(
        appendix_pk=OuterRef("pk"), packet__state=PacketState.BUILT
    ).order_by("-packet_id")
    shown = JSONObject(pages="pages", labels="labels")
    own = Catalogue.objects.annotate(as_text=Cast("pk", TextField()))
    own = own.filter(as_text=OuterRef("catalogue_text"))
    return (
        Appendix.objects.present()
        .filter(kind=AppendixKind.GENERATED, item__section__meeting__council=council)
        .select_related(None)
        .select_related("item__section__meeting")
        .annotate(in_packet=Subquery(built.values(json=shown)[:1]))
        .annotate(catalogue_text=KT("options__catalogue"))
        .annotate(catalogue_kind=Subquery(own.values("kind")))
        .order_by("-item__section__meeting__held_on", "item__position", "position")
    )


def _uses(rows: list[Any]) -> tuple[Use, ...]:
    return tuple(_use(row) for row in rows if row.catalogue_kind)


def _use(row: Any) -> Use:
    meeting, packet = row.item.section.meeting, row.in_packet or {}
    return Use(
        meeting=f"KKR-møde {formats.long_date(meeting.held_on)}",
        url=reverse("meetings:meeting", args=[meeting.slug]),
        packet_url=reverse("meetings:packet", args=[meeting.slug]),
        label=row.label,
        labels=tuple(packet.get("labels", ())),
        pages=packet.get("pages", {}),
        owner=OWNERS[row.catalogue_kind],
        is_locked=meeting.is_locked,
        cut=cut_of(row.options),
        tells=TELLS.get(row.source, ""),
        themes=frozenset(row.options.get("themes") or ()),
    )
