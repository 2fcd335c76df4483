"""What the sources do not agree on: shown, filtered, settled, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from proposals.choices import NoteKind, PointKind
from proposals.models import CooperationUnit, SourceNote, Term
from proposals.services import source_notes
from tests.makers_around import a_note
from tests.makers_packets import a_council, a_user
from tests.makers_proposals import a_catalogue, a_point, a_proposal, a_reading, a_unit

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
LIST, NOTE = "/forslag/uens/", "/forslag/uens/uens-1/"
TEXT = "Samle erhvervshuse og skoler"


@pytest.fixture(autouse=True)
def secretariat(client: Client) -> None:
    """The secretariat of KKR Sjælland is signed in."""
    client.force_login(a_user())


def a_world() -> CooperationUnit:
    """Unit 1 says "erhvervshuse" in a point and in an actor; another point does, too."""
    unit = a_unit(1)
    a_point(unit, PointKind.EXTRA, 1, TEXT)
    a_point(unit, PointKind.ATTENTION, 1, TEXT)
    Term.objects.create(unit=unit, kind="actor", position=1, text="erhvervshuse")
    target = "point:extra-1 term:actor"
    a_note(a_council(), unit, target=target, standing="erhvervshuse")
    return unit


def said(unit: CooperationUnit) -> list[str]:
    points = unit.points.filter(kind__in=("extra", "attention")).order_by("-kind")
    return [*points.values_list("text", flat=True), unit.terms.get().text]


def test_settling_rewords_what_the_note_names_and_nothing_else(client: Client) -> None:
    unit = a_world()
    assertContains(client.get("/samdrift/1/"), "Uens i kilderne: Hvem der samles")

    settled = client.post(NOTE, {"choice": "1", "version": 1})
    assertRedirects(settled, "/samdrift/1/#notes", fetch_redirect_response=False)
    new = TEXT.replace("erhvervshuse", "erhvervscentre")
    assert said(unit) == [new, TEXT, "erhvervscentre"]
    note = SourceNote.objects.get()
    assert (note.chosen, note.settled_by) == ("erhvervscentre", str(User.objects.get()))
    assert [row["text"] for row in note.readings] == ["erhvervshuse", "erhvervscentre"]
    page = client.get("/samdrift/1/")
    assertContains(page, "Ordene er rettet 2\xa0steder i teksten.")
    assertContains(page, "Afgjort: ”erhvervscentre”")
    assertNotContains(page, "Uens i kilderne: Hvem")

    client.post(NOTE, {"undo": 1})
    assert said(unit) == [TEXT, TEXT, "erhvervshuse"]
    assert SourceNote.objects.get().is_open

    unit.points.filter(kind="extra").update(text="Noget helt andet")
    client.post(NOTE, {"choice": "own", "own": "huse", "version": 3})
    assert said(unit) == ["Noget helt andet", TEXT, "huse"]
    assertContains(client.get("/samdrift/1/"), "står ordene der ikke mere")


def test_only_whole_words_are_reworded_and_once_in_each_place() -> None:
    unit = a_unit(1)
    point = unit.points.get(kind="task")
    unit.points.filter(pk=point.pk).update(text="forråd, rådgivning, råd og råd")
    note = a_note(
        unit.catalogue.council, unit, target=f"point:{point.key}", standing="råd"
    )

    by = User.objects.get()
    source_notes.settle_note(note.pk, version=1, chosen="hjælp", by=by)
    point.refresh_from_db()
    assert point.text == "forråd, rådgivning, hjælp og råd"

    source_notes.reopen_note(note.pk, by=by)
    point.refresh_from_db()
    assert point.text == "forråd, rådgivning, råd og råd"


def test_nothing_is_chosen_beforehand_and_a_second_choice_is_asked_about(
    client: Client,
) -> None:
    a_world()
    page = client.get(NOTE)
    assertNotContains(page, " checked")

    for sent in ({}, {"choice": "7"}, {"choice": "own", "own": " "}):
        assert client.post(NOTE, {**sent, "version": 1}).status_code == 422
    kept = client.post(NOTE, {"choice": "own", "own": "x" * 301, "version": 1})
    assertContains(kept, "x" * 301, status_code=422)
    source_notes.settle_note(
        SourceNote.objects.get().pk, version=1, chosen="huse", by=User.objects.get()
    )
    clash = client.post(NOTE, {"choice": "1", "version": 1})
    assert clash.status_code == 409
    assertContains(clash, "erhvervscentre", status_code=409)
    assert SourceNote.objects.get().chosen == "huse"


def test_all_stand_on_one_page_with_filters(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    a_world()
    council, proposal = a_council(), a_proposal(7)
    a_reading(proposal, "En helt anden titel")
    a_note(council, proposal, number=2, kind="reference", about="Henviser til sig selv")
    a_note(council, number=3, kind="figure", about="Over 40 pct.")
    units: Any = {"catalogue": a_unit(2).catalogue}
    a_note(council, number=4, kind="missing", about="Ingen navne", **units)
    a_note(a_council("hovedstaden"), number=5, about="Fremmed")

    with django_assert_max_num_queries(8):
        page = client.get(LIST)
    assertContains(page, "5\xa0steder · 5\xa0er ikke afgjort")
    assertContains(page, "<b>Titlen er ikke ens i oversigt og brødtekst</b>", count=1)
    assertContains(page, "Rapporten som helhed")
    assertNotContains(page, "Fremmed")
    one = client.get(LIST, {"om": "samdrift", "art": "missing", "vis": "aabne"})
    assertContains(one, "Ingen navne")
    assertNotContains(one, "Hvem der samles</b>")
    assertContains(one, 'aria-current="true">Samdrift</b>')
    none = client.get(LIST, {"vis": "afgjorte"})
    assertContains(none, "Intet passer. Fjern et filter.")
    for odd in ({"om": "\x00"}, {"art": "x"}, {"side": "99"}, {"vis": "'"}):
        assertContains(client.get(LIST, odd), "Over 40 pct.")
    with django_assert_max_num_queries(8):
        listed = client.get("/samdrift/")
    assertContains(listed, "Ingen navne.")
    assertContains(listed, "Kilderne er ikke enige om enhed 1.")


def test_the_database_refuses_half_a_settlement_and_two_owners() -> None:
    a_world()
    rows = SourceNote.objects.all()

    for constraint, fields in (
        ("settled_by_somebody", {"chosen": "x"}),
        ("kind_known", {"kind": "andet"}),
        ("about_one_thing", {"catalogue": a_catalogue(a_council())}),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            rows.update(**fields)
    assert rows.get().kind == NoteKind.WORDING
