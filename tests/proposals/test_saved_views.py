"""Saved views: kept under a name, own or shared, renamed, deleted, brought back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from django.core.exceptions import ValidationError

from accounts.choices import Role
from accounts.models import Membership
from core.asked import REMOVE
from proposals.choices import CatalogueKind
from proposals.models import SavedView
from proposals.services import saved_views
from tests.makers_packets import a_council, a_user
from tests.makers_proposals import a_proposal, a_reading, a_unit

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import User

pytestmark = pytest.mark.django_db
NEW = "/forslag/visninger/ny/"


@pytest.fixture
def own(client: Client) -> User:
    """The secretariat of KKR Sjælland is signed in, and there is one proposal."""
    user = a_user()
    client.force_login(user)
    a_reading(a_proposal(7), "Noget andet")
    return user


def keep(client: Client, query: str, name: str, **fields: str) -> SavedView:
    """Save what an address shows."""
    client.post(f"{NEW}?{query}", {"name": f" {name.replace(' ', '  ')} ", **fields})
    return SavedView.objects.get(name=name)


def names(client: Client) -> list[tuple[str, int | None, bool]]:
    """What stands beside the list: names, counts, and whether they are shared."""
    views = client.get("/forslag/").context["list"].views
    return [(view.saved.name, view.count, view.saved.is_shared) for view in views]


def test_what_is_seen_is_kept_without_what_is_unknown_paged_or_picked(
    client: Client, own: User
) -> None:
    address = "vis=titler&q=praktik&sorter=titel&tema=x&side=2&valgt=7&fremmed=1"

    form = client.get(f"{NEW}?{address}")
    assert "Titlen er ikke ens" in form.content.decode()
    row = keep(client, address, "Til KL")

    assert (row.name, row.user, row.is_shared) == ("Til KL", own, False)
    assert row.query == "q=praktik&vis=titler&sorter=titel"
    assert row.get_absolute_url() == f"/forslag/?{row.query}"
    keep(client, "vis=titler", "Åbne", is_shared="on")
    assert names(client) == [("Til KL", None, False), ("Åbne", 1, True)]
    shown = client.get(row.get_absolute_url())
    assert shown.context["list"].save_url == ""
    assert "Gem det, du ser nu" not in shown.content.decode()
    assert "Gem det, du ser nu" in client.get("/forslag/?sorter=titel").content.decode()


def test_a_view_of_what_is_gone_says_so_and_shows_the_rest(
    client: Client, own: User
) -> None:
    row = keep(client, "vis=titler", "Til KL")
    SavedView.objects.filter(pk=row.pk).update(query="tema=borte&vis=titler")

    page = client.get("/forslag/?tema=borte&vis=titler").content.decode()

    assert "”Tema: borte” findes ikke her og er udeladt." in page
    assert "Viser 1 af 1\xa0forslag" in page
    assert names(client) == [("Til KL", 1, False)]


@pytest.mark.parametrize(
    ("query", "name", "sentence"),
    [
        ("vis=titler", "", "Skriv et navn til visningen."),
        ("vis=titler", "til kl", "Du har allerede en visning med det navn."),
        ("", "Alt", "Vælg et filter, eller søg, før du gemmer visningen."),
        ("tema=x", "Intet", "Vælg et filter, eller søg, før du gemmer visningen."),
        ("vis=titler", "Nul\0tegn", "tegn er ikke tilladt"),
        ("vis=titler", "n" * 81, "80"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_the_name_stays(
    client: Client, own: User, query: str, name: str, sentence: str
) -> None:
    keep(client, "sorter=titel", "Til KL")

    response = client.post(f"{NEW}?{query}", {"name": name})

    assert response.status_code == 422
    page = response.content.decode()
    assert sentence.lower() in page.lower()
    assert name.replace("\0", "") in page.replace("\0", "")
    assert SavedView.objects.count() == 1


def test_a_view_is_renamed_and_shared_over_the_version_one_has_seen(
    client: Client, own: User
) -> None:
    row = keep(client, "vis=titler", "Til KL")
    url = f"/forslag/visninger/{row.pk}/"

    assert "Slet visningen" in client.get(url).content.decode()
    client.post(url, {"name": "Til ministeren", "is_shared": "True", "version": 1})
    row.refresh_from_db()
    assert (row.name, row.is_shared, row.version) == ("Til ministeren", True, 2)

    stale = client.post(url, {"name": "Til andre", "is_shared": "True", "version": 1})
    assert stale.status_code == 409
    assert "Til ministeren" in stale.content.decode()


def test_deleting_is_undone_unless_another_has_got_its_name(
    client: Client, own: User
) -> None:
    row = keep(client, "vis=titler", "Til KL")
    url = f"/forslag/visninger/{row.pk}/fjernelse/"

    assert client.post(url, {}).status_code == 422
    assert "er slettet" in client.post(url, REMOVE, follow=True).content.decode()
    assert not SavedView.objects.exists()
    client.post(url, {"undo": row.pk})
    assert SavedView.objects.get().query == "vis=titler"
    client.post(url, {"undo": row.pk})  # it is there
    client.post(url, REMOVE)
    keep(client, "sorter=titel", "Til KL")
    response = client.post(url, {"undo": row.pk}, follow=True)
    assert "Du har allerede en visning med det navn." in response.content.decode()
    assert client.post(url, {"undo": "99999"}).status_code == 404


def test_others_see_what_is_shared_and_only_its_owner_takes_it_back(
    client: Client, own: User
) -> None:
    mine = keep(client, "vis=titler", "Min")
    shared = keep(client, "sorter=titel", "Vores", is_shared="on")
    a_unit(1)
    other = a_user(role=Role.CHIEF)
    client.force_login(other)

    assert names(client) == [("Vores", 1, True)]
    url = f"/forslag/visninger/{shared.pk}/"
    assert "Hvem ser den" not in client.get(url).content.decode()
    client.post(url, {"name": "Alles", "is_shared": "False", "version": 1})
    shared.refresh_from_db()
    assert (shared.name, shared.is_shared) == ("Alles", True)
    for of, pk in (("forslag", mine.pk), ("samdrift", shared.pk), ("forslag", 10**30)):
        hidden = f"/{of}/visninger/{pk}/"
        assert client.get(hidden).status_code == 404, hidden
        assert client.post(f"{hidden}fjernelse/", REMOVE).status_code == 404, hidden
    saved_views.remove_view(mine.pk, by=own)
    gone = f"/forslag/visninger/{mine.pk}/fjernelse/"
    assert client.post(gone, {"undo": mine.pk}).status_code == 404
    for stranger in (
        a_user(role=Role.MEMBER),
        a_user(council=a_council("hovedstaden")),
    ):
        client.force_login(stranger)
        assert client.get(url).status_code == 404
        assert client.get(f"{NEW}?vis=titler").status_code == 404


def test_a_name_is_taken_once_by_each_and_once_by_all() -> None:
    a_proposal(7)
    seats = [
        Membership.objects.get(user=a_user(role=role))
        for role in (Role.SECRETARIAT, Role.CHIEF)
    ]

    def create(seat: Membership, *, is_shared: bool) -> None:
        kind = CatalogueKind.SIMPLIFICATION
        keep = partial(saved_views.create_view, seat, kind=kind, query="vis=titler")
        keep(name="Til KL", is_shared=is_shared, by=seat.user)

    for seat in seats:
        create(seat, is_shared=False)
    create(seats[0], is_shared=True)
    taken = "Sekretariatet deler allerede en visning med det navn."
    with pytest.raises(ValidationError, match=taken):
        create(seats[1], is_shared=True)
