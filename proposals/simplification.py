"""The catalogue of simplification proposals as a document: 8 queries, then pure."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from django.db.models import Prefetch

from core.formats import counted, listed, unbroken
from documents.tree import (
    Block,
    Column,
    Document,
    Fact,
    Facts,
    Group,
    Note,
    PageOf,
    Paragraph,
    Points,
    Reference,
    RichText,
    Row,
    Section,
    Table,
    Words,
    drop_empty,
)
from documents.tree import Point as PointOfList
from proposals.choices import PointKind, TermKind
from proposals.facts import (
    ATTENTION,
    capital,
    figures_fact,
    points,
    rich_text,
    small,
    tally,
    terms_fact,
)
from proposals.models import Illustration, Point, Proposal
from proposals.overview import (
    COLUMNS,
    Counted,
    overview,
    row_of,
    sums,
    theme_title,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from proposals.models import Catalogue, Theme
    from proposals.overview import Themes

HOW_IT_IS_BUILT: Final = (
    "Ideen, gevinster, risici og opmærksomhedspunkter. Punkterne er nummereret, så de "
    "kan nævnes i mødet: ”forslag 7, gevinst 2”."
)
GRAPHIC_IS_MISSING: Final = (
    "Selve grafikken mangler i kilden. Kun overskriften og grundtankerne er gengivet."
)


def document(catalogue: Catalogue) -> Document:
    """Give the catalogue as a document: cover, list of titles, themes, proposals."""
    proposals = _proposals(catalogue)
    pictures = tuple(catalogue.illustrations.prefetch_related("belongs_to"))
    themes = [
        (theme, tuple(rows))
        for theme, rows in groupby(proposals, key=lambda each: each.row.theme)
    ]
    sections = [_theme(theme, rows, pictures) for theme, rows in themes]
    amount = counted(len(proposals), "forslag", "forslag", "ingen forslag")
    if not proposals:
        return Document(f"catalogue:{catalogue.key}", catalogue.title, capital(amount))
    return Document(
        key=f"catalogue:{catalogue.key}",
        title=catalogue.title,
        lead=f"{amount} fra {small(catalogue.author)}" if catalogue.author else amount,
        blocks=_cover(catalogue, themes),
        sections=(overview(catalogue, themes), *sections),
    )


def _proposals(catalogue: Catalogue) -> tuple[Counted, ...]:
    rows = (
        Proposal.objects.filter(catalogue=catalogue)
        .present()
        .select_related("theme")
        .prefetch_related(
            Prefetch("points", Point.objects.all().present()),
            "figures",
            "terms",
            "readings",
        )
        .order_by("theme__number", "number", "pk")
    )
    return tuple(Counted(row, tuple(row.points.all())) for row in rows)


def _cover(catalogue: Catalogue, themes: Themes) -> tuple[Block, ...]:
    key = f"catalogue:{catalogue.key}"
    rows = tuple(
        Row(
            f"{key}/contents/theme:{theme.key}",
            (
                (Reference(f"theme:{theme.key}", theme_title(theme)),),
                (Words(counted(len(proposals), "forslag", "forslag")),),
            ),
        )
        for theme, proposals in themes
    )
    contents = Table(
        key=f"{key}/contents",
        caption="Temaer i kataloget",
        label="Indhold",
        columns=(Column("Tema", names_row=True), Column("Antal", "right", 25)),
        groups=(Group(f"{key}/contents/all", "", rows),),
        has_quiet_head=True,
    )
    built = Paragraph(
        f"{key}/built", "Sådan er et forslag bygget", ((Words(HOW_IT_IS_BUILT),),)
    )
    return (contents, built)


def _theme(
    theme: Theme, proposals: tuple[Counted, ...], pictures: Sequence[Illustration]
) -> Section:
    key = f"theme:{theme.key}"
    amount = counted(len(proposals), "forslag", "forslag")
    table = Table(
        key=f"{key}/table",
        caption=f"Forslag i {small(theme_title(theme))}",
        columns=COLUMNS,
        groups=(
            Group(f"{key}/all", "", tuple(row_of(key, each) for each in proposals)),
        ),
    )
    sections: list[Section] = []
    notes: list[Note] = []
    for proposal in proposals:
        sections.append(_proposal(proposal))
        for picture in pictures:
            owners = _owners(picture)
            if owners and owners[-1].pk == proposal.row.pk:
                sections.append(_illustration(picture, owners))
                notes.append(_belongs(key, picture, owners))
    return Section(
        key=key,
        title=theme.title,
        label=f"Tema {theme.number}",
        lead=f"{amount} med {listed(tally(*sums(proposals)))}.",
        running=theme_title(theme),
        look="theme",
        blocks=(table, *notes),
        sections=tuple(sections),
    )


def _owners(picture: Illustration) -> list[Proposal]:
    """Give the proposals a picture belongs to, in the order they are printed."""
    rows = [row for row in picture.belongs_to.all() if row.number is not None]
    return sorted(rows, key=lambda row: row.number or 0)


def _named(owners: Sequence[Proposal]) -> str:
    return f"forslag {listed([str(row.number) for row in owners])}"


def _belongs(key: str, picture: Illustration, owners: Sequence[Proposal]) -> Note:
    target = f"illustration:{picture.key}"
    return Note(
        f"{key}/{target}",
        (
            Words(f"F{_named(owners)[1:]} hører sammen med illustrationen ”"),
            Reference(target, picture.title),
            Words("” på bilagets side "),
            PageOf(target),
            Words("."),
        ),
    )


def _illustration(picture: Illustration, owners: Sequence[Proposal]) -> Section:
    key = f"illustration:{picture.key}"
    ideas = tuple(
        PointOfList(f"{key}/idea:{number}", str(idea))
        for number, idea in enumerate(picture.ideas, start=1)
    )
    graphic = f"{picture.caption}. {GRAPHIC_IS_MISSING}".lstrip(". ")
    return Section(
        key=key,
        title=picture.title,
        label="Illustration",
        lead=f"Hører til {_named(owners)}.",
        look="long-record",
        blocks=drop_empty(
            Points(f"{key}/ideas", "Grundtanker", ideas),
            Paragraph(f"{key}/graphic", "Grafik", ((Words(graphic),),)),
        ),
    )


def _proposal(proposal: Counted) -> Section:
    row, key = proposal.row, proposal.key

    def of_kind(kind: PointKind) -> tuple[PointOfList, ...]:
        return points(proposal.points, key, kind)

    return Section(
        key=key,
        title=row.title,
        label=f"Forslag {row.number}",
        blocks=drop_empty(
            RichText(f"{key}/idea", "Ideen", rich_text(row.idea)),
            Points(f"{key}/gains", "Gevinster", of_kind(PointKind.GAIN)),
            Points(f"{key}/risks", "Risici", of_kind(PointKind.RISK)),
            Points(f"{key}/attentions", ATTENTION, of_kind(PointKind.ATTENTION)),
            Facts(f"{key}/facts", "Oplysninger", _facts(key, row)),
        ),
    )


def _facts(key: str, row: Proposal) -> tuple[Fact, ...]:
    terms = tuple(row.terms.all())
    laws = [term for term in terms if term.kind == TermKind.LAW]
    evidence = [term for term in terms if term.kind == TermKind.EVIDENCE]
    return (
        *figures_fact(key, row.figures.all()),
        *terms_fact(f"{key}/laws", "Regler", laws),
        *terms_fact(f"{key}/evidence", "Belæg", evidence),
        *_readings(f"{key}/titles", row),
    )


def _readings(key: str, row: Proposal) -> tuple[Fact, ...]:
    """Give every other wording of the title, once each, and where in the source it stands.

    The places are the source's own: nothing of ours moves them, and they move nothing.
    """
    places: dict[str, list[str]] = {}
    for reading in row.readings.all():
        if reading.text != row.title:
            place = unbroken(reading.place)
            places.setdefault(reading.text, []).append(place)
    lines = tuple(
        (Words(f"”{text}” (i kilden: {'; '.join(where)})"),)
        for text, where in places.items()
    )
    return (Fact(key, "Andre titler", lines),) if lines else ()
