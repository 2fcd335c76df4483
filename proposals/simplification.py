"""The catalogue of simplification proposals as a document: 8 queries, then pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Final

from django.db.models import Prefetch

from core.formats import counted, listed
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
    count,
    figure_line,
    points,
    rich_text,
    small,
    tally,
    terms_fact,
)
from proposals.models import Illustration, Point, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from proposals.models import Catalogue, Theme

HOW_IT_IS_BUILT: Final = (
    "Ideen, gevinster, risici og opmærksomhedspunkter. Punkterne er nummereret, så de "
    "kan nævnes i mødet: ”forslag 7, gevinst 2”."
)
GRAPHIC_IS_MISSING: Final = (
    "Selve grafikken mangler i kilden. Kun overskriften og grundtankerne er gengivet."
)
COLUMNS: Final = (
    Column("Nr.", width=10, tone="quiet"),
    Column("Forslag", names_row=True),
    Column("Gevinster", "right", 18),
    Column("Risici", "right", 16),
    Column(ATTENTION, "right", 25),
    Column("Bilagets side", "right", 17, tone="strong"),
)
_NOT_A_LETTER: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class _Counted:
    """A proposal with what is counted of it."""

    row: Proposal
    points: tuple[Point, ...] = field(repr=False)

    @property
    def key(self) -> str:
        return f"proposal:{self.row.key}"

    def count(self, kind: str) -> int:
        return sum(point.kind == kind for point in self.points)

    @cached_property
    def counts(self) -> tuple[int, int, int]:
        """Gains, risks, attention points."""
        return (
            self.count(PointKind.GAIN),
            self.count(PointKind.RISK),
            self.count(PointKind.ATTENTION),
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
        sections=(_overview(catalogue, themes), *sections),
    )


def _proposals(catalogue: Catalogue) -> tuple[_Counted, ...]:
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
    return tuple(_Counted(row, tuple(row.points.all())) for row in rows)


type _Themes = Sequence[tuple[Theme, tuple[_Counted, ...]]]


def _cover(catalogue: Catalogue, themes: _Themes) -> tuple[Block, ...]:
    key = f"catalogue:{catalogue.key}"
    rows = tuple(
        Row(
            f"{key}/contents/theme:{theme.key}",
            (
                (Reference(f"theme:{theme.key}", _theme_title(theme)),),
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


def _theme_title(theme: Theme) -> str:
    return f"Tema {theme.number}. {theme.title}"


def _overview(catalogue: Catalogue, themes: _Themes) -> Section:
    everything = [proposal for _, proposals in themes for proposal in proposals]
    key = f"overview:{catalogue.key}"
    groups = tuple(
        Group(
            f"{key}/theme:{theme.key}",
            _theme_title(theme),
            tuple(_row(key, proposal) for proposal in proposals),
        )
        for theme, proposals in themes
    )
    title = f"Oversigt over de {counted(len(everything), 'forslag', 'forslag')}"
    table = Table(
        key=f"{key}/table",
        caption=title,
        columns=COLUMNS,
        groups=groups,
        total=_total(key, everything),
    )
    notes = _differing(everything) + _holes(everything)
    note = Note(
        f"{key}/note",
        (Words(" ".join(("Titlerne er forslagenes egne.", *notes))),),
        is_wide=True,
    )
    return Section(key=key, title=title, look="plain", blocks=(table, note))


def _row(table: str, proposal: _Counted) -> Row:
    key = f"{table}/{proposal.key}"
    gains, risks, attentions = proposal.counts
    return Row(
        key,
        (
            (Words(str(proposal.row.number)),),
            (Reference(proposal.key, proposal.row.title),),
            count(f"{key}/gains", gains),
            count(f"{key}/risks", risks),
            count(f"{key}/attentions", attentions),
            (PageOf(proposal.key),),
        ),
    )


def _total(table: str, proposals: Sequence[_Counted]) -> Row:
    key = f"{table}/total"
    gains, risks, attentions = _sums(proposals)
    return Row(
        key,
        (
            (),
            (Words(counted(len(proposals), "forslag", "forslag")),),
            count(f"{key}/gains", gains),
            count(f"{key}/risks", risks),
            count(f"{key}/attentions", attentions),
            (),
        ),
    )


def _sums(proposals: Iterable[_Counted]) -> tuple[int, int, int]:
    gains, risks, attentions = zip(*(each.counts for each in proposals), strict=True)
    return sum(gains), sum(risks), sum(attentions)


def _holes(proposals: Sequence[_Counted]) -> tuple[str, ...]:
    """Say how many proposals the sum of attention points is of, where some have none."""
    filled = [each for each in proposals if each.counts[2]]
    if len(filled) == len(proposals):
        return ()
    total = sum(each.counts[2] for each in filled)
    return (
        f"Opmærksomhedspunkter: {total} i de {len(filled)} forslag, "
        "hvor feltet er udfyldt.",
    )


def _differing(proposals: Sequence[_Counted]) -> tuple[str, ...]:
    """Say how many titles are worded otherwise in the first other place they stand in."""
    first = [next(iter(each.row.readings.all()), None) for each in proposals]
    pairs = [
        (reading, each.row.title)
        for reading, each in zip(first, proposals, strict=True)
        if reading is not None
    ]
    places = {reading.place for reading, _ in pairs}
    differing = sum(_letters(reading.text) != _letters(own) for reading, own in pairs)
    if not differing or len(places) != 1:
        return ()
    return (
        f"{differing} af dem er formuleret anderledes i oversigten i {places.pop()}; "
        "forskellen står under hvert forslag.",
    )


def _letters(title: str) -> str:
    """Give a title without what is only spelling: marks, spaces, "aa" for "å"."""
    return _NOT_A_LETTER.sub("", title.casefold()).replace("aa", "å")


def _theme(
    theme: Theme, proposals: tuple[_Counted, ...], pictures: Sequence[Illustration]
) -> Section:
    key = f"theme:{theme.key}"
    amount = counted(len(proposals), "forslag", "forslag")
    table = Table(
        key=f"{key}/table",
        caption=f"Forslag i {small(_theme_title(theme))}",
        columns=COLUMNS,
        groups=(Group(f"{key}/all", "", tuple(_row(key, each) for each in proposals)),),
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
        lead=f"{amount} med {listed(tally(*_sums(proposals)))}.",
        running=_theme_title(theme),
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


def _proposal(proposal: _Counted) -> Section:
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
    figures = tuple(
        figure_line(figure, f"{key}/figure:{number}")
        for number, figure in enumerate(row.figures.all(), start=1)
    )
    return (
        *((Fact(f"{key}/figures", "Tal", figures),) if figures else ()),
        *terms_fact(f"{key}/laws", "Regler", laws),
        *terms_fact(f"{key}/evidence", "Belæg", evidence),
        *_readings(f"{key}/titles", row),
    )


def _readings(key: str, row: Proposal) -> tuple[Fact, ...]:
    """Give every other wording of the title, once each, with the places it stands in."""
    places: dict[str, list[str]] = {}
    for reading in row.readings.all():
        if reading.text != row.title:
            places.setdefault(reading.text, []).append(reading.place)
    lines = tuple(
        (Words(f"”{text}” ({'; '.join(where)})"),) for text, where in places.items()
    )
    return (Fact(key, "Andre titler", lines),) if lines else ()
