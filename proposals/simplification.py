"""The catalogue of simplification proposals, or a cut of it, as a document.

Two queries, then pure.

Source: docs/rules.md R-102.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from core.formats import counted, listed, unbroken
from documents.tree import (
    Block,
    Column,
    Document,
    Fact,
    Facts,
    Group,
    Inline,
    Note,
    PageOf,
    Paragraph,
    Points,
    Reference,
    Row,
    Section,
    Table,
    Words,
    drop_empty,
)
from documents.tree import Point as PointOfList
from proposals.choices import PointKind, TermKind
from proposals.cuts import OVERVIEW, WHOLE, Field
from proposals.facts import (
    ATTENTION,
    actors_facts,
    capital,
    figures_fact,
    left_out,
    points,
    removed_since,
    rich_block,
    small,
    tally,
    terms_fact,
    visions_fact,
)
from proposals.overview import columns, overview, row_of, sums, theme_title
from proposals.queries.printed import illustrations, proposals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from proposals.cuts import Cut
    from proposals.models import Catalogue, Illustration, Theme
    from proposals.overview import Themes
    from proposals.queries.printed import PrintedProposal

    type Pictures = Sequence[tuple[Illustration, dict[int, int]]]

HOW_IT_IS_BUILT: Final = (
    "Ideen, gevinster, risici og opmærksomhedspunkter. Punkterne er nummereret, så de "
    "kan nævnes i mødet: ”forslag 7, gevinst 2”."
)
GRAPHIC_IS_MISSING: Final = (
    "Selve grafikken mangler i kilden. Kun overskriften og grundtankerne er gengivet."
)


def document(catalogue: Catalogue, cut: Cut = WHOLE) -> Document:
    """Give the catalogue as a document: cover, list of titles, themes, proposals.

    A cut has only its own part of them, with the same keys.

    Raises:
        LookupError: the theme or proposal that was chosen is no more.
    """
    found = proposals(catalogue, cut)
    if not found:
        return _empty(catalogue, cut)
    key, said = cut.document_key(catalogue.key), left_out(cut)
    if cut.is_of_record:
        [record] = found
        return _one(catalogue, record, key, cut)
    themes = [
        (theme, tuple(rows))
        for theme, rows in groupby(found, key=lambda each: each.row.theme)
    ]
    if cut.kind == OVERVIEW:
        own = overview(catalogue, themes, has_pages=False)
        title = f"{catalogue.title}, oversigt"
        return Document(key, title, sections=(own,))
    pictures = illustrations(catalogue)
    if cut.is_of_chosen:
        return _chosen(catalogue, themes, pictures, cut)
    sections = tuple(_theme(theme, rows, pictures, cut) for theme, rows in themes)
    if not cut.is_whole:
        [section] = sections
        title = f"{catalogue.title}, {small(theme_title(found[0].row.theme))}"
        own = replace(section, running="", lead=f"{section.lead} {said}".rstrip())
        return Document(key, title, sections=(own,))
    amount = counted(len(found), "forslag", "forslag")
    lead = f"{amount} fra {small(catalogue.author)}" if catalogue.author else amount
    if cut.has(Field.OVERVIEW, "proposal"):
        sections = (overview(catalogue, themes), *sections)
    return Document(
        key=key,
        title=catalogue.title,
        lead=f"{lead}. {said}" if said else lead,
        blocks=_cover(catalogue, themes),
        sections=sections,
    )


def _chosen(
    catalogue: Catalogue, themes: Themes, pictures: Pictures, cut: Cut
) -> Document:
    """Give the proposals that were picked, under a list of them by theme."""
    key = cut.document_key(catalogue.key)
    found = [each for _, own in themes for each in own]
    groups = tuple(
        Group(
            f"{key}/theme:{theme.key}",
            theme_title(theme),
            tuple(row_of(key, each) for each in own),
        )
        for theme, own in themes
    )
    caption = "De valgte forslag"
    table = Table(f"{key}/table", caption, columns(), groups)
    lead = f"{capital(_named([each.row.number or 0 for each in found]))}."
    said = (lead, removed_since(cut, len(found)), left_out(cut))
    return Document(
        key,
        f"{catalogue.title}, {counted(len(found), 'valgt', 'valgte')} forslag",
        " ".join(filter(None, said)),
        (table,) if cut.has(Field.OVERVIEW, "proposal") else (),
        tuple(_with_pictures(found, pictures, cut)),
    )


def _with_pictures(
    found: Sequence[PrintedProposal], pictures: Pictures, cut: Cut
) -> Iterator[Section]:
    """Give proposals, each followed by the pictures of which it is the last owner.

    A picture of several is printed where all of them are.
    """
    there = {each.row.pk for each in found}
    for each in found:
        yield replace(_proposal(each, cut), running=theme_title(each.row.theme))
        for picture, owners in pictures:
            if owners and [*owners][-1] == each.row.pk and there.issuperset(owners):
                yield _illustration(picture, [*owners.values()])


def _empty(catalogue: Catalogue, cut: Cut) -> Document:
    if not cut.is_whole and cut.kind != OVERVIEW:
        raise LookupError(cut.of)
    amount = counted(0, "forslag", "forslag", "ingen forslag")
    return Document(cut.document_key(catalogue.key), catalogue.title, capital(amount))


def _one(catalogue: Catalogue, record: PrintedProposal, key: str, cut: Cut) -> Document:
    """Give one proposal by itself, as it is printed in the whole."""
    title = f"{catalogue.title}, forslag\N{NO-BREAK SPACE}{record.row.number}"
    section = replace(_proposal(record, cut), lead=left_out(cut))
    return Document(key, title, sections=(section,))


def _cover(catalogue: Catalogue, themes: Themes) -> tuple[Block, ...]:
    key = f"catalogue:{catalogue.key}"
    rows = tuple(
        Row(
            f"{key}/contents/theme:{theme.key}",
            (
                (Reference(f"theme:{theme.key}", theme_title(theme)),),
                (Words(counted(len(own), "forslag", "forslag")),),
            ),
        )
        for theme, own in themes
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
    theme: Theme, own: tuple[PrintedProposal, ...], pictures: Pictures, cut: Cut
) -> Section:
    key = f"theme:{theme.key}"
    amount = counted(len(own), "forslag", "forslag")
    table = Table(
        key=f"{key}/table",
        caption=f"Forslag i {small(theme_title(theme))}",
        columns=columns(),
        groups=(Group(f"{key}/all", "", tuple(row_of(key, each) for each in own)),),
    )
    sections: list[Section] = []
    notes: list[Note] = []
    for proposal in own:
        sections.append(_proposal(proposal, cut))
        for picture, owners in pictures:
            if owners and [*owners][-1] == proposal.row.pk:
                numbers = [*owners.values()]
                sections.append(_illustration(picture, numbers))
                notes.append(_belongs(key, picture, numbers))
    return Section(
        key=key,
        title=theme.title,
        label=f"Tema {theme.number}",
        lead=f"{amount} med {listed(tally(*sums(own)))}.",
        running=theme_title(theme),
        look="theme",
        blocks=(table, *notes),
        sections=tuple(sections),
    )


def _named(numbers: Sequence[int]) -> str:
    return f"forslag {listed([str(number) for number in numbers])}"


def _belongs(key: str, picture: Illustration, owners: Sequence[int]) -> Note:
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


def _illustration(picture: Illustration, owners: Sequence[int]) -> Section:
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


def _proposal(proposal: PrintedProposal, cut: Cut) -> Section:
    row, key = proposal.row, proposal.key

    def of_kind(kind: PointKind) -> tuple[PointOfList, ...]:
        return points(proposal.points, key, kind, proposal.names)

    attentions = cut.has(Field.ATTENTIONS, "proposal")
    return Section(
        key=key,
        title=row.title,
        label=f"Forslag {row.number}",
        blocks=drop_empty(
            rich_block(f"{key}/idea", "Ideen", row.idea, proposal.names),
            Points(f"{key}/gains", "Gevinster", of_kind(PointKind.GAIN)),
            Points(f"{key}/risks", "Risici", of_kind(PointKind.RISK)),
            Points(
                f"{key}/attentions",
                ATTENTION,
                of_kind(PointKind.ATTENTION) if attentions else (),
            ),
            Facts(f"{key}/facts", "Oplysninger", _facts(proposal, cut)),
        ),
    )


def _facts(proposal: PrintedProposal, cut: Cut) -> tuple[Fact, ...]:
    key = proposal.key
    found: list[Fact] = []
    if cut.has(Field.FIGURES, "proposal"):
        found += figures_fact(key, proposal.figures, proposal.names)
    if cut.has(Field.LAWS, "proposal"):
        laws, evidence = TermKind.LAW, TermKind.EVIDENCE
        found += terms_fact(f"{key}/laws", "Regler", proposal.terms_of(laws))
        found += terms_fact(f"{key}/evidence", "Belæg", proposal.terms_of(evidence))
    if cut.has(Field.ACTORS, "proposal"):
        found += actors_facts(key, proposal)
    if cut.has(Field.REFERENCES, "proposal"):
        found += _references(proposal)
    found += visions_fact(key, proposal.visions)
    if cut.has(Field.TITLES, "proposal"):
        found += _readings(f"{key}/titles", proposal)
    return tuple(found)


def _references(proposal: PrintedProposal) -> tuple[Fact, ...]:
    """Give the proposals that it refers to, each once; a removed one is said to be so."""
    line: list[Inline] = []
    for each in {leaning.key: leaning for leaning in proposal.leans_on}.values():
        line += [Words("; ")] if line else []
        if each.number is None:
            line.append(Words(f"”{each.title}”, som er fjernet"))
        else:
            words = f"Forslag {each.number}" if not line else f"forslag {each.number}"
            line.append(Reference(f"proposal:{each.key}", words))
    key = f"{proposal.key}/references"
    return (Fact(key, "Henviser til", (tuple(line),)),) if line else ()


def _readings(key: str, proposal: PrintedProposal) -> tuple[Fact, ...]:
    """Give every other wording of the title, once each, and where in the source it stands.

    The places are the source's own: nothing of ours moves them, and they move nothing.
    """
    places: dict[str, list[str]] = {}
    for reading in proposal.readings:
        if reading.text != proposal.row.title and not reading.is_short:
            place = unbroken(reading.place)
            places.setdefault(reading.text, []).append(place)
    lines = tuple(
        (Words(f"”{text}” (i kilden: {'; '.join(where)})"),)
        for text, where in places.items()
    )
    return (Fact(key, "Andre titler", lines),) if lines else ()
