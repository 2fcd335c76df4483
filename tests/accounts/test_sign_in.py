"""Signing in and out, and a forgotten password: the routes of allauth that are used."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from tests.makers_packets import PASSWORD, a_user

pytestmark = pytest.mark.django_db
WRONG = "E-mail eller adgangskode er forkert."


@pytest.fixture(autouse=True)
def no_attempts() -> None:
    """Counts of failed attempts live in the database's cache table."""
    cache.clear()


def sign_in(client: Client, email: str, password: str) -> Any:
    return client.post("/log-ind/", {"login": email, "password": password})


def test_the_right_password_leads_to_the_home_page(client: Client) -> None:
    user = a_user()

    response = sign_in(client, user.email, PASSWORD)

    assertRedirects(response, "/", fetch_redirect_response=False)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_signing_in_comes_back_to_the_page_that_was_asked_for(client: Client) -> None:
    user = a_user()

    data = {"login": user.email, "password": PASSWORD, "next": "/forslag/"}
    response = client.post("/log-ind/", data)

    assertRedirects(response, "/forslag/", fetch_redirect_response=False)


def test_nothing_is_said_of_having_signed_in(client: Client) -> None:
    user = a_user()

    page = client.post(
        "/log-ind/", {"login": user.email, "password": PASSWORD}, follow=True
    )

    assert not list(page.context["messages"])


def test_signing_in_never_leads_to_another_site(client: Client) -> None:
    user = a_user()

    data = {"login": user.email, "password": PASSWORD, "next": "//evil.example/"}
    response = client.post("/log-ind/", data)

    assertRedirects(response, "/", fetch_redirect_response=False)


@pytest.mark.parametrize("email", ["secretariat@sjaelland.example", "no@one.example"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    client: Client, email: str
) -> None:
    a_user()

    response = sign_in(client, email, "gættet")

    assertContains(response, WRONG)
    assertContains(response, f'value="{email}"')
    assert "_auth_user_id" not in client.session


def test_after_five_wrong_passwords_the_right_one_must_wait(client: Client) -> None:
    user = a_user()
    for _ in range(5):
        sign_in(client, user.email, "gættet")

    response = sign_in(Client(), user.email, PASSWORD)

    said = re.search(
        r"For mange forsøg\. Vent til (\d+)\.(\d\d), og prøv igen\.",
        response.content.decode(),
    )
    assert said is not None
    now = timezone.localtime()
    wait = (int(said[1]) - now.hour) % 24 * 60 + int(said[2]) - now.minute
    # The first of the five was just made, and counts for five minutes.
    assert 4 <= wait <= 6


def test_a_closed_user_does_not_get_in(client: Client) -> None:
    user = a_user()
    user.is_active = False
    user.save()

    response = sign_in(client, user.email, PASSWORD)

    assertRedirects(response, "/log-ind/lukket/")
    assert "_auth_user_id" not in client.session


def test_closing_a_users_access_ends_the_session(client: Client) -> None:
    user = a_user()
    client.force_login(user)
    user.is_active = False
    user.save()

    response = client.get("/moeder/nyt/")

    assertRedirects(response, "/log-ind/?next=/moeder/nyt/")


def test_signing_out_takes_a_post(client: Client) -> None:
    client.force_login(a_user())

    client.get("/log-ud/")
    assert "_auth_user_id" in client.session
    response = client.post("/log-ud/")

    assertRedirects(response, "/log-ind/")
    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_is_changed_through_a_mail(client: Client) -> None:
    user = a_user()

    client.post("/adgangskode/", {"email": user.email})
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[0].body))
    assert found is not None
    page = client.get(found[1], follow=True)
    new = {"password1": "en helt ny adgangskode", "password2": "en helt ny adgangskode"}
    response = client.post(page.redirect_chain[-1][0], new)

    assertRedirects(response, "/adgangskode/skiftet/")
    user.refresh_from_db()
    assert user.check_password("en helt ny adgangskode")


def test_an_unknown_address_gets_no_mail_and_the_same_answer(client: Client) -> None:
    response = client.post("/adgangskode/", {"email": "no@one.example"})

    assertRedirects(response, "/adgangskode/sendt/")
    assert mail.outbox == []


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_email",
        "account_reauthenticate",
        "account_change_password",
        "account_confirm_login_code",
    ],
)
def test_nothing_else_of_the_library_has_an_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)
