"""Cuts of the catalogues: the same nodes with the same keys, and what was chosen of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from accounts.models import Municipality
from documents import pieces
from documents.inlines import text
from documents.sources import source
from documents.tree import Facts, Table, walk
from meetings.models import Appendix
from proposals import own_cut
from proposals.checks import catalogue_findings
from proposals.choices import Stance
from proposals.models import (
    CooperationUnit,
    CrossReference,
    Figure,
    Point,
    Proposal,
    Term,
)
from proposals.municipal import units as said_of
from proposals.options import MunicipalOptions
from proposals.queries.used_in import uses_of
from tests.makers_around import a_group, a_place
from tests.makers_packets import a_council, a_meeting
from tests.makers_positions import a_position
from tests.makers_proposals import a_proposal, a_reading, a_theme, a_unit

if TYPE_CHECKING:
    from documents.tree import Document, Section

pytestmark = pytest.mark.django_db


def full() -> Proposal:
    """A proposal with one of everything that is printed, and two others around it."""
    row = a_proposal(7, title="Praktik")
    other = a_proposal(8, title="Uddannelse")
    theme = a_theme(row.catalogue, 2, "Ret og pligt")
    Proposal.objects.filter(pk=other.pk).update(theme=theme)
    Point.objects.create(
        proposal=row, kind="attention", key="a", position=1, text="Pas på"
    )
    Figure.objects.create(
        proposal=row, position=1, low=4, high="4.5", printed="4-4½", measure="uger",
        what="praktik",
    )  # fmt: skip
    for position, kind in enumerate(
        ("law", "scheme", "actor", "target_group", "evidence"), 1
    ):
        Term.objects.create(
            proposal=row, kind=kind, position=position, text=f"en {kind}"
        )
    for position in (1, 2):
        CrossReference.objects.create(
            proposal=row, to=other, position=position, wording="forslag 8"
        )
    a_reading(row, "Praktikken", is_overview=False)
    return row


def made(row: Proposal | CooperationUnit, **options: Any) -> Document:
    key = f"proposals.{row.catalogue.kind}"
    return source(key).build({"catalogue": row.catalogue_id, **options})


def section(document: Document, key: str) -> Section:
    return next(own for _, own in walk(document) if own.key == key)


def terms(of: Section) -> dict[str, list[str]]:
    """What stands under "Oplysninger"."""
    return {
        row.term: [text(line) for line in row.lines]
        for block in of.blocks
        if isinstance(block, Facts)
        for row in block.rows
    }


def test_a_cut_has_the_nodes_of_the_whole_and_only_its_own() -> None:
    row = full()
    whole = made(row)
    own = section(whole, "proposal:forslag-7")
    theme, one = (made(row, cut=c) for c in ("theme:tema-1", "proposal:forslag-7"))

    assert section(theme, "proposal:forslag-7") == own
    assert one.sections == (own,)
    assert [each.key for _, each in walk(theme)][1:] == [
        "theme:tema-1",
        "proposal:forslag-7",
    ]
    overview = made(row, cut="overview")
    [table] = [b for b in overview.sections[0].blocks if isinstance(b, Table)]
    assert [column.title for column in table.columns][-1] == "Opmærksomhedspunkter"
    assert [len(group.rows) for group in table.groups] == [1, 1]
    documents = (whole, theme, one, overview)
    assert len({document.key for document in documents}) == len(documents)
    assert [document.title for document in documents] == [
        "Forenklingskatalog",
        "Forenklingskatalog, tema 1. Styring",
        "Forenklingskatalog, forslag\xa07",
        "Forenklingskatalog, oversigt",
    ]


def test_one_record_is_printed_on_its_own_page_and_the_print_is_shared() -> None:
    row, unit = full(), a_unit(1)
    whole = {piece.key: piece for piece in pieces.make(made(row))}
    [one] = pieces.make(made(row, cut="proposal:forslag-7"))
    themed = pieces.make(made(row, cut="theme:tema-1"))

    assert (one.key, one.page_count, one.first_page) == ("proposal:forslag-7", 1, 1)
    assert [piece.key for piece in themed] == ["theme:tema-1", "proposal:forslag-7"]
    assert whole["proposal:forslag-7"].heading == one.heading == "Forslag 7. Praktik"
    [alone] = pieces.make(made(unit, cut="unit:enhed-1"))
    assert alone.heading == "Samdriftsenhed 1. Enhed om service 1"


def test_what_is_left_out_is_said_and_what_is_taken_in_is_there() -> None:
    row = full()
    ordinary = terms(section(made(row), "proposal:forslag-7"))
    fields = ["figures", "laws", "attentions", "titles", "overview"]
    bare = made(row, without=fields, also=["actors", "references"])
    own = section(bare, "proposal:forslag-7")

    assert list(ordinary) == ["Tal", "Regler", "Belæg", "Andre titler"]
    assert ordinary["Tal"] == ["4-4½\xa0uger praktik"]
    assert terms(own) == {
        "Ordninger": ["En scheme"],
        "Aktører": ["En actor"],
        "Målgrupper": ["En target_group"],
        "Henviser til": ["Forslag 8"],
    }
    labels = [getattr(block, "label", "") for block in own.blocks]
    assert labels == ["Ideen", "Gevinster", "Risici", "Oplysninger"]
    said = "Udtræk uden tal, regler og belæg, opmærksomhedspunkter og andre titler."
    assert bare.lead.endswith(said)
    assert not [k for k in (s.key for _, s in walk(bare)) if k.startswith("overview:")]
    one = made(row, cut="proposal:forslag-7", without=["figures"])
    assert one.sections[0].lead == "Udtræk uden tal."
    Proposal.objects.filter(number=8).update(number=None, removed_number=8)
    left = made(row, also=["references"])
    assert terms(section(left, "proposal:forslag-7"))["Henviser til"] == [
        "”Uddannelse”, som er fjernet"
    ]


def test_records_that_were_picked_are_a_cut_of_their_own() -> None:
    row = full()
    third = a_proposal(9, title="Tredje")
    keys = ["proposal:forslag-7", "proposal:forslag-8"]
    picked = made(row, cut="records", records=keys[::-1])
    whole = made(row)

    assert picked.title == "Forenklingskatalog, 2\xa0valgte forslag"
    assert picked.lead == "Forslag 7 og 8."
    assert [each.key for each in picked.sections] == keys
    assert picked.sections[0].blocks == section(whole, keys[0]).blocks
    [table] = picked.blocks
    assert [[text(row.cells[1]) for row in g.rows] for g in table.groups] == [  # type: ignore[union-attr]
        ["Praktik"],
        ["Uddannelse"],
    ]
    same = made(row, cut="records", records=keys)
    other = made(row, cut="records", records=[*keys, "proposal:forslag-9"])
    assert picked == same
    assert len({picked.key, other.key, whole.key}) == 3
    assert [piece.key for piece in pieces.make(picked)] == [picked.key, *keys]
    assert made(row, cut="records", records=keys[:1]) == made(row, cut=keys[0])
    bare = made(row, cut="records", records=keys, without=["overview", "figures"])
    assert (bare.blocks, bare.lead) == ((), "Forslag 7 og 8. Udtræk uden tal.")
    Proposal.objects.filter(pk=third.pk).update(number=None, removed_number=9)
    left = made(row, cut="records", records=[*keys, "proposal:forslag-9"])
    assert left.lead == "Forslag 7 og 8. 1 af de valgte er fjernet siden."
    units = [a_unit(n) for n in (1, 2, 3)]
    some = made(units[0], cut="records", records=["unit:enhed-1", "unit:enhed-3"])
    assert some.lead == "Samdriftsenhed 1 og 3."
    assert some.title == "Samdriftskatalog, 2\xa0valgte enheder"
    assert [each.key for each in some.sections] == ["unit:enhed-1", "unit:enhed-3"]
    with pytest.raises(LookupError):
        made(units[0], cut="records", records=["unit:x", "unit:y"])


def test_the_form_keeps_only_what_was_chosen_and_refuses_anothers() -> None:
    row = full()
    form: Any = source("proposals.simplification").form
    council = row.catalogue.council
    other = a_proposal(1, council=a_council("fyn"), title="Andres").catalogue
    pk = str(row.catalogue_id)

    def read(**data: Any) -> Any:
        bound = form({"catalogue": pk, **data}, council=council)
        return bound.cleaned_data if bound.is_valid() else dict(bound.errors)

    assert read() == {"catalogue": row.catalogue_id}
    assert read(cut="theme:tema-2", without=["figures"]) == {
        "catalogue": row.catalogue_id,
        "cut": "theme:tema-2",
        "without": ["figures"],
    }
    keys = ["proposal:forslag-8", "proposal:forslag-7"]
    assert read(cut="records", records=keys) == {
        "catalogue": row.catalogue_id,
        "cut": "records",
        "records": keys[::-1],
    }
    assert "records" not in read(cut="overview", records=keys)
    assert read(cut="records") == {"records": ["Vælg mindst ét på listen."]}
    assert "records" in read(cut="records", records=["proposal:forslag-1"])
    assert read(cut="theme:tema-9") == {"cut": ["Vælg et udtræk på listen."]}
    assert "without" in read(without=["alt"])
    assert "catalogue" in read(catalogue=str(other.pk))
    again = str(
        form(None, council=council, initial={"cut": "records", "records": keys})
    )
    assert again.count(" checked") == len(keys)
    assert "<details" in again
    assert " open>" in again
    shown = str(form(None, council=council))
    assert " open>" not in shown
    for words in ("Et tema", "2. Ret og pligt", "Et forslag", "8. Uddannelse"):
        assert words in shown
    assert "Andres" not in shown


def test_a_cut_of_what_is_no_more_cannot_be_formed() -> None:
    row, unit = full(), a_unit(1)
    Proposal.objects.filter(pk=row.pk).update(number=None, removed_number=7)

    for of, cut in ((row, "proposal:forslag-7"), (row, "theme:x"), (unit, "unit:x")):
        with pytest.raises(LookupError):
            made(of, cut=cut)
    with pytest.raises(LookupError):
        source("proposals.municipal").build({"municipality": 1})


def test_only_what_a_cut_prints_is_found_wrong_or_said_to_be_used() -> None:
    row = full()
    CrossReference.objects.update(to=row)
    choices = {"catalogue": row.catalogue_id}

    picked = ["proposal:forslag-7", "proposal:forslag-8"]

    def found(cut: str) -> int:
        return len(catalogue_findings({**choices, "cut": cut, "records": picked}))

    wrong = ("", "theme:tema-1", "proposal:forslag-7", "records")
    assert [found(cut) for cut in wrong] == [1] * 4
    for cut in ("overview", "theme:tema-2", "proposal:forslag-8"):
        assert found(cut) == 0, cut
    appendix = Appendix.objects.get(item__section__meeting=a_meeting(), position=1)
    held = []
    cuts = ("", "overview", "theme:tema-1", "theme:tema-2", "proposal:forslag-7")
    for cut in (*cuts, "records"):
        options = {**choices, "cut": cut, "records": picked}
        rows = Appendix.objects.filter(pk=appendix.pk)
        rows.update(source="proposals.simplification", options=options)
        [use] = uses_of(row.catalogue)
        held.append(use.holds(Proposal.objects.select_related("theme").get(number=7)))
    assert held == [True, False, True, False, True, True]


def test_a_municipality_is_told_what_the_catalogues_say_of_it_and_nothing_else() -> (
    None
):
    council = a_council()
    place = Municipality.objects.create(
        code=269, name="Solrød", council=council, population=1
    )
    empty = source("proposals.municipal").build({"municipality": 269})
    a_unit(1)
    a_unit(2, scope="all")
    named = a_proposal(3, title="Som i Solrøds jobcenter")
    a_proposal(4, title="Solrødvejen")

    document = source("proposals.municipal").build({"municipality": 269})

    assert empty.lead == own_cut.NOTHING
    assert document.key == "municipal:269"
    assert document.title == f"Forslag og samdrift for {place}"
    assert document.lead == (
        "2\xa0samdriftsenheder. 1 er for alle kommuner, Solrød med."
    )
    table, mentioned = document.blocks
    assert isinstance(table, Table)
    rows = [row for group in table.groups for row in group.rows]
    assert [text(row.cells[3]) for row in rows] == [own_cut.NOT_FIXED, "med"]
    assert [text(line) for line in mentioned.lines] == [  # type: ignore[union-attr]
        f"Forslag 3. {named.title}"
    ]
    made_of = source("proposals.municipal").made_of(document)
    assert made_of == "2\xa0samdriftsenheder"
    assert pieces.make(document)[0].page_count == 1
    assert document.sections == ()
    _is_told_what_it_thinks(place, named)
    Proposal.objects.all().delete()
    document = source("proposals.municipal").build({"municipality": 269})
    assert text(document.blocks[1].lines[0]) == (  # type: ignore[union-attr]
        "Solrød er ikke nævnt ved navn i 2\xa0samdriftsenheder."
    )


def _is_told_what_it_thinks(place: Municipality, named: Proposal) -> None:
    a_position(named, place.name, Stance.RESERVED, reason="Kun på prøve.")
    a_position(Proposal.objects.get(number=4), "Greve", reason="Greves egen.")

    form = MunicipalOptions(
        {"municipality": place.code, "also": ["positions"]}, council=place.council
    )
    assert form.is_valid()
    made = source("proposals.municipal").build(form.cleaned_data)

    proposals, units = made.sections
    assert proposals.lead == "2\xa0forslag: 1 støtter med forbehold og 1 ikke svaret."
    assert units.lead == "2\xa0samdriftsenheder: 2 ikke svaret."
    [table] = proposals.blocks
    assert isinstance(table, Table)
    rows = [[text(c) for c in row.cells] for g in table.groups for row in g.rows]
    assert [row[0::2] for row in rows] == [
        ["3", "støtter med forbehold"],
        ["4", "ikke svaret"],
    ]
    assert [row[3] for row in rows] == ["Kun på prøve.", ""]
    assert "Greves egen" not in repr(made)
    assert len(pieces.make(made)) == 3


def test_a_municipality_is_told_its_groups_and_nothing_is_guessed() -> None:
    council = a_council()
    own = a_place(council, "Greve")
    one, other, third = a_unit(1), a_unit(2), a_unit(3)
    a_unit(4, scope="more")
    a_group(one, "Gruppe A", "Greve", "Solrød")
    a_group(third, "Nord", "Solrød")
    CooperationUnit.objects.filter(pk=other.pk).update(groups_of=one)

    document = source("proposals.municipal").build({"municipality": own.code})
    table, groups = document.blocks[:2]
    rows = [row for group in table.groups for row in group.rows]  # type: ignore[union-attr]
    assert [text(row.cells[3]) for row in rows] == [
        *("med, Gruppe A", "med, Gruppe A", own_cut.NOT_PLACED, "med")
    ]
    assert [text(line) for line in groups.lines] == [  # type: ignore[union-attr]
        "Gruppe A: Greve og Solrød (samdriftsenhed 1 og 2)."
    ]
    # What was sent says the groups only where they were printed.
    plain, told = (
        [each.sentence for each in said_of(made(one, **also), "Greve")]
        for also in ({}, {"also": ["groups"]})
    )
    every, are = (
        "Samdriftsenhed 4 er for alle 2 kommuner og flere.",
        "er for grupper af kommuner.",
    )
    assert plain == [
        every,
        f"Samdriftsenhed 1, 2 og 3 {are} Greves gruppe er ikke fastlagt.",
    ]
    assert told == [
        every,
        f"Samdriftsenhed 1 og 2 {are} Greve er i Gruppe A.",
        f"Samdriftsenhed 3 {are} Greves gruppe er ikke fastlagt.",
    ]


def test_a_unit_by_itself_says_whom_it_is_for() -> None:
    unit = a_unit(4, scope_text="De 17 kommuner", criterion="som vil")

    said = list(said_of(made(unit, cut="unit:enhed-4"), "Solrød"))

    assert [each.sentence for each in said] == [
        "Samdriftsenhed 4 er for de 17 kommuner; som vil."
    ]
    assert [each.keys for each in said] == [("unit:enhed-4",)]
    assert len(list(said_of(made(unit), "Solrød"))) == 1
