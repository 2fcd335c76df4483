"""What sources say, written down by editors: notes and readings of titles.

Source: docs/rules.md R-108.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from core.asked import REMOVE
from proposals.models import SourceNote, TitleReading
from proposals.services import source_notes, titles
from tests.makers_around import a_note
from tests.makers_packets import a_council, a_user
from tests.makers_proposals import a_proposal, a_reading, a_unit

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
LIST = "/forslag/uens/"
PLACES, TEXTS = ["Bilag 1", "Bilag 3", ""], ["huse", "centre", ""]
TYPED = {
    "about": "Hvem der samles", "kind": "wording",
    "readings_sted": PLACES, "readings_tekst": TEXTS, "readings_egen": ["2"],
}  # fmt: skip
KEPT = [
    {"place": "Bilag 1", "text": "huse"},
    {"place": "Bilag 3", "text": "centre", "remark": True},
]


def me() -> User:
    """Who is signed in."""
    return User.objects.get(email="secretariat@sjaelland.example")


@pytest.fixture(autouse=True)
def secretariat(client: Client) -> None:
    """The secretariat of KKR Sjælland is signed in."""
    client.force_login(a_user())


def test_a_note_is_written_where_it_belongs_and_refused_with_what_was_typed(
    client: Client,
) -> None:
    unit, proposal = a_unit(1), a_proposal(7)
    a_unit(3, council=a_council("hovedstaden"))
    new = f"{LIST}ny/"
    assertContains(client.get("/samdrift/1/"), f"{new}?om=samdrift-1&amp;art=title")
    opened = client.get(f"{new}?om=forslag-7")
    assertContains(opened, '<option value="forslag-7" selected>')
    assertNotContains(opened, 'value="samdrift-3"')
    one = {"readings_sted": ["Bilag 1"], "readings_tekst": ["huse"]}
    refused: list[tuple[dict[str, Any], str]] = [
        ({"of": "samdrift-3"}, "Vælg fra listen."),
        ({"of": ""}, "Vælg, hvor det hører til."),
        ({"about": " "}, "Skriv, hvad kilderne er uens om."),
        ({"kind": "x"}, "Vælg fra listen."),
        (one, "Skriv, hvad mindst to kilder siger"),
        ({"readings_sted": ["Bilag 1", ""]}, "Skriv både stedet og det, der står"),
        ({"readings_tekst": ["x" * 301, "centre"]}, "300"),
        ({"readings_tekst": ["a\0b", "centre"]}, "centre"),
        ({"readings_sted": ["x"] * 13, "readings_tekst": ["y"] * 13}, "højst 12"),
    ]
    for wrong, told in refused:
        response = client.post(new, {**TYPED, "of": "samdrift-1", **wrong})
        assertContains(response, told, status_code=422)
        assertContains(response, 'maxlength="300" value="', status_code=422)
    assert not SourceNote.objects.exists()

    for of, own in (("samdrift-1", unit), ("forslag-7", proposal), ("rapport", None)):
        written = client.post(new, {**TYPED, "of": of})

        row = SourceNote.objects.latest("pk")
        url = f"{own.get_absolute_url()}#notes" if own else f"{LIST}#note-{row.key}"
        assertRedirects(written, url, fetch_redirect_response=False)
        assert (row.unit or row.proposal, row.readings) == (own, KEPT)
    assertContains(client.get("/samdrift/1/"), "<dd>”huse”</dd>")
    lacking = {**TYPED, **one, "about": "Ny", "kind": "missing", "of": "rapport"}
    client.post(new, lacking)
    row = SourceNote.objects.get(about="Ny")
    assert row.key != "ny"
    assertContains(client.get(f"{LIST}{row.key}/"), "Ret ordlyden")


def test_a_note_is_worded_anew_undone_and_collided_over(
    client: Client,
) -> None:
    unit = a_unit(1)
    row = a_note(a_council(), unit)
    edit = f"{LIST}{row.key}/rettelse/"
    assertContains(client.get(edit), 'value="erhvervscentre"')

    client.post(edit, {**TYPED, "version": 1})

    row.refresh_from_db()
    assert (row.readings, row.version) == (KEPT, 2)
    assertContains(client.get("/samdrift/1/"), 'name="undo" value="2"')
    late = {**TYPED, "readings_tekst": ["huse", "skoler", ""], "version": 1}
    clash = client.post(edit, late)
    for said in ("Bilag 3: centre", "Bilag 3: skoler", "Tekstudgave 1: erhvervscentre"):
        assertContains(clash, said, status_code=409)
    client.post(edit, {**late, "version__seen": 2, "readings__choice": "mine"})
    row.refresh_from_db()
    assert row.readings[1]["text"] == "skoler"
    refused = client.post(edit, {"undo": 2}, follow=True)
    assertContains(refused, "Det er rettet igen siden.")
    client.post(edit, {"undo": 3})
    row.refresh_from_db()
    assert row.readings == KEPT


def test_a_note_is_deleted_after_asking_and_brought_back(client: Client) -> None:
    unit = a_unit(1)
    row = a_note(a_council(), unit)
    removal = f"{LIST}{row.key}/fjernelse/"
    assertContains(client.get(removal), "Tekstudgave 1: ”erhvervscentre”")
    assertContains(client.post(removal), "Slet kun", status_code=422, count=0)
    assert SourceNote.objects.exists()
    gone = client.post(removal, REMOVE, follow=True)
    assertContains(gone, f'name="undo" value="{row.pk}"')
    assert not SourceNote.objects.exists()
    assert client.get(removal).status_code == 404
    for pk in (row.pk, row.pk):
        client.post(removal, {"undo": pk})
    back = SourceNote.objects.get()
    assert (back.unit, back.readings, back.key) == (unit, row.readings, row.key)
    other = a_note(a_council("hovedstaden"), number=2)
    source_notes.remove_note(other.pk, by=me())
    for odd in (other.pk, 999, "x"):
        assert client.post(removal, {"undo": odd}).status_code == 404


def test_a_reading_of_a_title_is_written_or_refused(
    client: Client,
) -> None:
    proposal = a_proposal(7)
    a_reading(proposal, "Som fundet", is_overview=False, place="Bilag 4")
    new = "/forslag/7/titel/ny/"
    typed = {"text": "En anden titel", "place": "Bilag 1, side 21", "is_overview": "on"}
    assertContains(client.get(new, headers=HTMX), "Kilde og sted")
    refused: list[tuple[dict[str, Any], str]] = [
        ({"text": ""}, "Skriv titlen, som den står."),
        ({"place": ""}, "Skriv, hvor titlen står."),
        ({"place": "Bilag 4"}, "Titlen er allerede læst det sted."),
        ({"is_short": "on"}, "Oversigten har ikke korte titler."),
        ({"text": "x" * 251}, "250"),
    ]
    for wrong, told in refused:
        response = client.post(new, {**typed, **wrong}, headers=HTMX)
        assertContains(response, told, status_code=422)
        assertContains(response, 'aria-invalid="true"', status_code=422)
    assert TitleReading.objects.count() == 1

    written = client.post(new, typed, headers=HTMX)

    assertContains(written, "Titlen fra Bilag 1, side 21 er skrevet.")
    assertContains(written, "Titlen er ikke ens i oversigt og brødtekst")
    row = TitleReading.objects.latest("pk")
    assert (row.position, row.proposal_id) == (2, proposal.pk)
    second = client.post(new, {**typed, "place": "Bilag 2"})
    assertContains(second, "Oversigtens titel er allerede skrevet.", status_code=422)


def test_a_reading_of_a_title_is_deleted_after_asking_and_brought_back(
    client: Client,
) -> None:
    row = a_reading(a_proposal(7), "En anden titel", place="Bilag 1, side 21")
    removal = f"/forslag/7/titel/{row.pk}/fjernelse/"
    assertContains(client.get(removal), "Bilag 1, side 21: ”En anden titel”")
    assert client.post(removal).status_code == 422
    gone = client.post(removal, REMOVE, follow=True)
    assertContains(gone, "Titlen fra Bilag 1, side 21 er slettet.")
    assertNotContains(gone, "Titlen er ikke ens i oversigt og brødtekst</h2>")
    assertContains(client.get("/forslag/7/historik/"), "slettede en læsning af titlen")
    for _ in range(2):
        client.post(removal, {"undo": row.pk})
    assert TitleReading.objects.get(pk=row.pk).text == "En anden titel"
    titles.remove_reading(row.pk, by=me())
    a_reading(row.proposal, "En ny", place="Bilag 1, side 21")
    late = client.post(removal, {"undo": row.pk}, follow=True)
    assertContains(late, "Titlen er allerede læst det sted.")
    strange = a_reading(a_proposal(8), "Fremmed")
    titles.remove_reading(strange.pk, by=me())
    for pk in (strange.pk, 999, "x"):
        assert client.post(removal, {"undo": pk}).status_code == 404
