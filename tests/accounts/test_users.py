"""Users and their roles, as a council's administrator keeps them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth import authenticate
from pghistory.models import Context
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.choices import Role
from accounts.models import Membership, Municipality, Organisation, User
from accounts.services.users import new_password, remove_seat
from core.asked import REMOVE
from core.errors import RuleViolationError
from core.notices import Undo
from tests.makers_packets import PASSWORD, a_council, a_user

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> User:
    user = a_user(role=Role.ADMINISTRATOR)
    client.force_login(user)
    return user


@pytest.fixture
def greve() -> Municipality:
    return Municipality.objects.create(
        code=253, name="Greve", council=a_council(), population=52000
    )


def payload(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Direktøren",
        "email": "Direktoer@greve.example",
        "role": "director",
        "municipality": "",
        "organisation": "",
        **changes,
    }


def test_a_new_user_can_sign_in_with_the_password_shown_once(
    client: Client, admin: User, greve: Municipality
) -> None:
    response = client.post("/brugere/ny/", payload(municipality=greve.pk))

    shown = re.search(r'<span class="mono">(.+?)</span>', response.content.decode())
    assert shown is not None
    user = authenticate(email="direktoer@greve.example", password=shown[1])
    assert user is not None
    seat = Membership.objects.get(user=user)
    assert (seat.role, seat.council, seat.municipality) == (
        Role.DIRECTOR,
        a_council(),
        greve,
    )


def test_a_director_is_of_one_of_the_councils_own_municipalities(
    client: Client, admin: User
) -> None:
    gentofte = Municipality.objects.create(
        code=157, name="Gentofte", council=a_council("hovedstaden"), population=75000
    )
    seat = a_user(role=Role.MEMBER).memberships.get()

    for url in ("/brugere/ny/", f"/brugere/{seat.pk}/"):
        response = client.post(url, payload(municipality=gentofte.pk))

        assertContains(response, "Vælg en kommune fra listen.", status_code=422)
        assertNotContains(client.get(url), "Gentofte")
    assert not Membership.objects.filter(municipality=gentofte).exists()


def test_making_a_user_is_in_the_history_with_who_did_it(
    client: Client, admin: User, greve: Municipality
) -> None:
    client.post("/brugere/ny/", payload(municipality=greve.pk))

    metadata = Context.objects.latest("created_at").metadata
    assert (metadata["who"], metadata["verb"]) == (
        admin.name,
        "gav Direktøren adgang",
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Skriv brugerens navn."),
        ({"email": "ikke en adresse"}, "Skriv en e-mail, for eksempel"),
        ({"email": ""}, "Skriv brugerens e-mail."),
        ({"role": ""}, "Vælg en rolle."),
        ({}, "En kommunaldirektør skal have en kommune."),
        ({"role": "reporter"}, "En indberetter skal have en organisation."),
        ({"municipality": "0"}, "Vælg en kommune fra listen."),
        (
            {"role": "member", "email": "administrator@sjaelland.example"},
            "Brugeren har allerede en rolle i dette KKR.",
        ),
    ],
)
def test_an_incomplete_user_is_told_what_is_missing(
    client: Client, admin: User, changes: dict[str, str], sentence: str
) -> None:
    response = client.post("/brugere/ny/", payload(**changes))

    assertContains(response, sentence, status_code=422)
    assert User.objects.count() == 1


def test_what_was_typed_stays_on_the_page(client: Client, admin: User) -> None:
    response = client.post("/brugere/ny/", payload(name="Direktøren i Greve", role=""))

    assertContains(response, 'value="Direktøren i Greve"', status_code=422)


def test_somebody_known_elsewhere_gets_a_seat_and_keeps_the_password(
    client: Client, admin: User
) -> None:
    user = a_user(a_council("hovedstaden"), Role.MEMBER)

    response = client.post("/brugere/ny/", payload(role="member", email=user.email))

    assertContains(response, "den, brugeren har i forvejen")
    assert user.memberships.count() == 2
    user.refresh_from_db()
    assert user.name == "Medlem hovedstaden"


def test_a_role_is_changed_and_said(client: Client, admin: User) -> None:
    seat = a_user().memberships.get()

    data = payload(name="Sekretariatschefen", role="chief")
    response = client.post(f"/brugere/{seat.pk}/", data, follow=True)

    assertContains(response, "Sekretariatschefen er gemt.")
    seat.refresh_from_db()
    assert seat.role == Role.CHIEF


def test_a_council_keeps_an_administrator(client: Client, admin: User) -> None:
    seat = admin.memberships.get()

    response = client.post(f"/brugere/{seat.pk}/", payload(role="member"))

    assertContains(response, "skal have mindst én administrator.", status_code=422)
    seat.refresh_from_db()
    assert seat.role == Role.ADMINISTRATOR


def test_access_is_closed_and_opened_again_by_its_undo(
    client: Client, admin: User
) -> None:
    seat = a_user().memberships.get()

    response = client.post(f"/brugere/{seat.pk}/adgang/", {"open": "nej"}, follow=True)
    assertContains(response, "er lukket ude.")
    assertContains(response, '<input type="hidden" name="open" value="ja">')
    assert not User.objects.get(pk=seat.user_id).is_active

    client.post(f"/brugere/{seat.pk}/adgang/", {"open": "ja"})
    assert User.objects.get(pk=seat.user_id).is_active


def test_nobody_closes_their_own_access(client: Client, admin: User) -> None:
    seat = admin.memberships.get()

    response = client.post(f"/brugere/{seat.pk}/adgang/", {"open": "nej"}, follow=True)

    assertContains(response, "Du kan ikke lukke din egen adgang.")
    admin.refresh_from_db()
    assert admin.is_active


@pytest.mark.parametrize(
    ("url", "data"),
    [
        ("/brugere/{}/", payload(name="Andet", role="member")),
        ("/brugere/{}/adgang/", {"open": "nej"}),
    ],
)
def test_who_sits_in_two_councils_is_not_one_administrators_to_change(
    client: Client, admin: User, url: str, data: dict[str, str]
) -> None:
    user = a_user(a_council("hovedstaden"))
    seat = Membership.objects.create(user=user, council=a_council(), role=Role.MEMBER)

    client.post(url.format(seat.pk), data)

    user.refresh_from_db()
    assert (user.name, user.is_active) == ("Sekretariat hovedstaden", True)


def test_another_councils_users_do_not_exist(client: Client, admin: User) -> None:
    seat = a_user(a_council("hovedstaden")).memberships.get()

    assert client.get(f"/brugere/{seat.pk}/").status_code == 404
    assert (
        client.post(f"/brugere/{seat.pk}/adgang/", {"open": "nej"}).status_code == 404
    )
    assertNotContains(client.get("/brugere/"), "hovedstaden")


@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMINISTRATOR])
def test_only_the_administrator_sees_users(client: Client, role: Role) -> None:
    place: dict[str, Any] = {}
    if role == Role.DIRECTOR:
        place["municipality"] = Municipality.objects.create(
            code=253, name="Greve", council=a_council(), population=52000
        )
    if role == Role.REPORTER:
        place["organisation"] = Organisation.objects.create(slug="hus", name="Hus")
    client.force_login(a_user(role=role, **place))

    assert client.get("/brugere/").status_code == 404
    assert client.post("/brugere/ny/", payload()).status_code == 404


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_asks_three_queries(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(a_user(role=Role.ADMINISTRATOR))
    for number in range(count - 1):
        a_user(email=f"{number}@kkr.example")

    with django_assert_num_queries(3):
        response = client.get("/brugere/")

    assertContains(response, 'class="table__note"', count=count)


def test_a_new_password_is_long_and_never_the_same() -> None:
    made = {new_password() for _ in range(100)}

    assert len(made) == 100
    assert all(re.fullmatch(r"([a-z2-9]{5}-){3}[a-z2-9]{5}", word) for word in made)


def test_a_seat_is_chosen_among_ones_own(client: Client) -> None:
    user = a_user()
    Membership.objects.create(
        user=user, council=a_council("hovedstaden"), role=Role.SECRETARIAT
    )
    client.force_login(user)

    response = client.post("/plads/", {"council": "hovedstaden"})
    assertRedirects(response, "/", fetch_redirect_response=False)
    assertContains(client.get("/"), "<summary>KKR Hovedstaden</summary>")
    assert client.post("/plads/", {"council": "nordjylland"}).status_code == 404


def test_somebody_shut_out_elsewhere_gets_no_role(client: Client, admin: User) -> None:
    user = a_user(a_council("hovedstaden"), Role.MEMBER)
    User.objects.filter(pk=user.pk).update(is_active=False)

    response = client.post("/brugere/ny/", payload(role="member", email=user.email))

    sentence = "Brugerens adgang er lukket af et andet KKR."
    assertContains(response, sentence, status_code=422)
    assert user.memberships.count() == 1


def test_a_role_is_taken_away_in_ones_own_council_only(
    client: Client, admin: User
) -> None:
    user = a_user(a_council("hovedstaden"))
    seat = Membership.objects.create(user=user, council=a_council(), role=Role.MEMBER)
    assertContains(client.get(f"/brugere/{seat.pk}/"), "Fjern rollen i dette KKR")

    response = client.post(f"/brugere/{seat.pk}/fjernelse/", REMOVE, follow=True)

    assertContains(response, "Sekretariat hovedstaden har ingen rolle her længere.")
    assertContains(response, "Fortryd")
    assert [own.council.slug for own in user.memberships.all()] == ["hovedstaden"]
    events: Any = seat.events.model.objects.filter(pgh_obj_id=seat.pk)  # type: ignore[attr-defined]
    assert events.latest("pgh_id").pgh_label == "delete"
    verb = Context.objects.latest("created_at").metadata["verb"]
    assert verb == "fjernede Sekretariat hovedstadens rolle"


def test_a_role_taken_away_is_given_back_by_its_undo(
    client: Client, admin: User
) -> None:
    user = a_user(role=Role.MEMBER)

    url = f"/brugere/{user.memberships.get().pk}/fjernelse/"
    response = client.post(url, REMOVE, follow=True)
    (undo,) = [Undo.read(m.extra_tags) for m in response.context["messages"]]
    assert undo is not None
    client.post(undo.url, undo.fields)

    seat = user.memberships.get()
    assert (seat.role, seat.council) == (Role.MEMBER, a_council())


def test_nobody_takes_away_their_own_role(client: Client, admin: User) -> None:
    seat = admin.memberships.get()
    assertNotContains(client.get(f"/brugere/{seat.pk}/"), "Fjern rollen")

    response = client.post(f"/brugere/{seat.pk}/fjernelse/", REMOVE, follow=True)

    assertContains(response, "Du kan ikke fjerne din egen rolle.")
    assert admin.memberships.exists()


def test_the_last_administrator_keeps_the_role(admin: User) -> None:
    seat, other = admin.memberships.get(), a_user()

    with pytest.raises(RuleViolationError, match="mindst én administrator"):
        remove_seat(seat.pk, by=other)


def test_who_is_shut_out_and_has_no_role_comes_back_with_a_new_password(
    client: Client, admin: User
) -> None:
    user = a_user(role=Role.MEMBER)
    seat = user.memberships.get()
    client.post(f"/brugere/{seat.pk}/adgang/", {"open": "nej"})
    client.post(f"/brugere/{seat.pk}/fjernelse/", REMOVE)

    response = client.post("/brugere/ny/", payload(role="member", email=user.email))

    shown = re.search(r'<span class="mono">(.+?)</span>', response.content.decode())
    assert shown is not None
    assert authenticate(email=user.email, password=shown[1]) == user
    assert authenticate(email=user.email, password=PASSWORD) is None


def test_another_councils_roles_cannot_be_taken_away(
    client: Client, admin: User
) -> None:
    seat = a_user(a_council("hovedstaden")).memberships.get()

    assert client.post(f"/brugere/{seat.pk}/fjernelse/", REMOVE).status_code == 404
    assert Membership.objects.filter(pk=seat.pk).exists()
