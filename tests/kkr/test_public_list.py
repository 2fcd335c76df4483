"""What may be seen without signing in is a list by name; all else is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.kkr.routes import all_routes

if TYPE_CHECKING:
    from django.test import Client

PUBLIC = {
    "home",
    "healthz",
    # Signing in.
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    # A signed ticket says whose draft it is; the session may have lapsed.
    "drafts:save",
    # Whoever has the signed address.
    "meetings:approval-agenda-file",
    "meetings:approval-appendix",
    "meetings:approval-appendix-file",
    "meetings:approval-file",
    "meetings:approval-link",
    "meetings:approval-picture",
    "meetings:own-calendar",
    "meetings:subscription-confirm",
    "meetings:subscription-leave",
    "resultcontracts:report-link",
    "resultcontracts:report-link-file",
    "resultcontracts:report-link-measure",
    "resultcontracts:report-link-question",
    # What is published.
    "accessibility",
    "open-data",
    "was",
    "meetings:feed",
    "meetings:subscribe",
    "decisions:ledger",
    "meetings:agenda",
    "meetings:agenda-file",
    "meetings:minutes",
    "meetings:whole-file",
    "meetings:minutes-file",
    "meetings:calendar",
    "meetings:list",
    "meetings:meeting",
    "meetings:changes",
    "meetings:changes-file",
    "meetings:changes-pages",
    "meetings:item",
    "meetings:public",
    "meetings:bundle",
    "meetings:downloads",
    "meetings:selection",
    "meetings:public-data",
    "meetings:public-table",
    "meetings:receipt",
    "meetings:receipt-data",
    "meetings:verify",
    "meetings:public-item",
    "meetings:public-appendix",
    "proposals:catalogue",
    "proposals:proposal",
    "proposals:sent",
    "proposals:unit",
    "proposals:units",
    "meetings:public-file",
    "meetings:public-picture",
    "meetings:packet",
    "meetings:packet-file",
    "meetings:page-picture",
    "search",
    "search-without-text",
}
ROUTES = all_routes()
CLOSED = [route for route in ROUTES if route.name not in PUBLIC]


def test_the_public_routes_are_these_and_no_others() -> None:
    assert {route.name for route in ROUTES if route.is_public} == PUBLIC


def test_no_two_routes_share_a_name() -> None:
    names = [route.name for route in ROUTES]

    assert sorted(names) == sorted(set(names))


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post", "head", "put", "delete"])
def test_everything_else_asks_for_signing_in(client: Client, method: str) -> None:
    answers = {route.url: getattr(client, method)(route.url) for route in CLOSED}

    found = {
        url: (got.status_code, got.headers.get("Location"))
        for url, got in answers.items()
    }
    assert found == {url: (302, f"/log-ind/?next={url}") for url in answers}
    assert len(found) > 40


@pytest.mark.django_db
def test_a_lapsed_session_leaves_the_page_for_htmx_too(client: Client) -> None:
    response = client.post("/moeder/nyt/", headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert response.headers["HX-Redirect"] == "/log-ind/?next=/moeder/nyt/"
