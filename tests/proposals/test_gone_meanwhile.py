"""What somebody deletes while another writes in it: nothing that was typed is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from proposals.models import SavedView, SourceNote
from proposals.services import clusters, saved_views, source_notes, themes, visions
from tests.makers_around import a_group, a_note, a_vision
from tests.makers_packets import a_council
from tests.makers_positions import a_secretary
from tests.makers_proposals import a_catalogue, a_proposal, a_theme, a_unit
from tests.makers_questions import seat_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = pytest.mark.django_db

TYPED = "Den lange tekst, som tog en formiddag"
HTMX: Any = {"HTTP_HX_REQUEST": "true"}


@dataclass(frozen=True)
class Case:
    """A form of a row: where it posts, with what, and how the row is removed."""

    row: Any
    url: str
    data: dict[str, Any]
    remove: Callable[..., object]
    field: str
    name: str


def a_vision_form() -> Case:
    record = a_proposal(1)
    row = a_vision(a_council(), record)
    data = {"number": 1, "title": TYPED, "other_title": "", "other_place": ""}
    url = f"/forslag/visioner/{row.key}/"
    return Case(row, url, data, visions.remove_vision, "title", "Visionen")


def a_theme_form() -> Case:
    row = a_theme(a_catalogue(), 4, "Tomt")
    url, data = f"/forslag/temaer/{row.key}/", {"number": 4, "title": TYPED}
    return Case(row, url, data, themes.remove_theme, "title", "Temaet")


def a_group_form() -> Case:
    row = a_group(a_unit(1), "Gruppe A", "Faxe", "Greve")
    own = list(row.members.values_list("municipality", flat=True))
    data = {"name": TYPED[:24], "members": own, "base": own}
    url = f"/samdrift/1/grupper/{row.pk}/"
    return Case(row, url, data, clusters.remove_cluster, "name", "Gruppen")


def a_note_form() -> Case:
    row = a_note(a_council(), a_proposal(1))
    data = {
        "about": TYPED,
        "kind": row.kind,
        "readings_sted": ["Side 41", "Side 65"],
        "readings_tekst": ["varighed", "værdighed"],
    }
    url = f"/forslag/uens/{row.key}/rettelse/"
    return Case(row, url, data, source_notes.remove_note, "about", "Noten")


def a_settling_form() -> Case:
    row = a_note(a_council(), a_proposal(1))
    url, data = f"/forslag/uens/{row.key}/", {"choice": "own", "own": TYPED}
    return Case(row, url, data, source_notes.remove_note, "chosen", "Noten")


def a_view_form() -> Case:
    a_proposal(1)
    by = a_secretary()
    row = SavedView.objects.create(
        council=a_council(), user=by, kind="simplification", name="Min", query="tema=1"
    )
    url, data = f"/forslag/visninger/{row.pk}/", {"name": TYPED, "is_shared": "False"}
    return Case(row, url, data, saved_views.remove_view, "name", "Visningen")


@pytest.mark.parametrize(
    "make",
    [
        a_vision_form, a_theme_form, a_group_form, a_note_form, a_settling_form,
        a_view_form,
    ],
)  # fmt: skip
def test_what_was_deleted_meanwhile_gives_the_text_back_and_is_put_back_with_it(
    client: Client, make: Callable[[], Case]
) -> None:
    case = make()
    by = a_secretary()
    client.force_login(by)
    case.remove(case.row.pk, by=by)
    data = case.data | {"version": case.row.version}
    typed = TYPED[:24]

    answer = client.post(case.url, data, **HTMX)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert answer["HX-Retarget"] == "body"
    assert f"{case.name} er slettet, mens du skrev" in page
    assert f"Slettet af {by}" in page.replace("&nbsp;", " ")
    assert "Slettet af" in page
    assert typed in page
    model = type(case.row)
    assert not model.objects.filter(pk=case.row.pk).exists()

    # The same again, with the word that brings it back.
    saved = client.post(case.url, data | {"restore": "ja"})

    assert saved.status_code == 302
    row = model.objects.get(pk=case.row.pk)
    assert getattr(row, case.field).startswith(typed)

    # Nothing typed, never there, or somebody else's: it does not exist.
    case.remove(case.row.pk, by=by)
    assert client.get(case.url).status_code == 404
    assert client.post(case.url, {"undo": "1"}).status_code == 404
    nowhere = case.url.replace(f"/{case.row.pk}/", "/999999/").replace(
        getattr(case.row, "key", "-"), "findes-ikke"
    )
    assert client.post(nowhere, data).status_code == 404


def test_who_may_not_see_what_was_deleted_is_not_told_of_it(client: Client) -> None:
    by = a_secretary()
    note = a_note(a_council())
    view = a_view_form()
    other = a_secretary(a_council("hovedstaden"))
    source_notes.remove_note(note.pk, by=by)
    saved_views.remove_view(view.row.pk, by=by)
    assert seat_of(other).council_id != note.council_id
    client.force_login(other)

    for url in (f"/forslag/uens/{note.key}/rettelse/", view.url):
        assert client.post(url, {"name": "x", "about": "x"}).status_code == 404
    assert not SourceNote.objects.exists()
