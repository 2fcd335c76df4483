"""Who gets what, forged requests, reading that writes nothing, and headers."""

from __future__ import annotations

import ast
import re
from collections import Counter
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve

from accounts.choices import Role
from accounts.models import Municipality, User
from documents.storage import files
from meetings.models import Publication
from proposals.choices import CatalogueKind
from proposals.models import Catalogue, CooperationUnit, Proposal, Theme
from tests.kkr.routes import all_routes
from tests.makers_contracts import a_house
from tests.makers_packets import a_council, a_meeting, a_packet, a_publication, a_user

pytestmark = pytest.mark.django_db
ROUTES = all_routes()
DRAFT, SENT = "/moeder/2023-12-13/", "/moeder/2023-11-22/"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)


@pytest.fixture(autouse=True, scope="module")
def world(kept: None) -> None:
    """A draft and a published meeting, a proposal and a unit, in KKR Sjælland."""
    a_publication()
    a_packet(a_meeting(slug="2023-12-13"))
    council = a_council()
    catalogue = Catalogue.objects.create(
        council=council, kind=CatalogueKind.SIMPLIFICATION, key="forenkling", title="F"
    )
    theme = Theme.objects.create(catalogue=catalogue, number=1, key="et", title="Et")
    Proposal.objects.create(
        catalogue=catalogue, theme=theme, number=1, key="et", title="Færre målgrupper"
    )
    units = Catalogue.objects.create(
        council=council, kind=CatalogueKind.COOPERATION, key="samdrift", title="S"
    )
    CooperationUnit.objects.create(
        catalogue=units, number=1, key="et", title="Styring", scope="all"
    )


def somebody(role: str) -> Client:
    """A browser of the council's ``role``; "" is the public, "other" another council's."""
    client = Client()
    if not role:
        return client
    if role == "other":
        client.force_login(a_user(a_council("hovedstaden")))
        return client
    known = User.objects.filter(email=f"{role}@sjaelland.example").first()
    client.force_login(known or a_user(role=Role(role), **_place(role)))
    return client


def _place(role: str) -> dict[str, Any]:
    if role == Role.DIRECTOR:
        greve = Municipality(
            code=253, name="Greve", council=a_council(), population=52000
        )
        greve.save()
        return {"municipality": greve}
    if role == Role.REPORTER:
        return {"organisation": a_house()}
    return {}


EVERYBODY = ("", "secretariat", "chief", "director", "member", "reporter",
             "administrator", "other")  # fmt: skip
# Address → status for everybody, in that order.
TABLE = {
    "/": "302 200 200 200 200 200 200 200",
    "/moeder/": "200 200 200 200 200 200 200 200",
    "/moeder/nyt/": "302 200 200 404 404 404 404 200",
    SENT: "200 200 200 200 200 200 200 200",
    f"{SENT}pakke/": "200 200 200 200 200 200 200 200",
    f"{SENT}pakke.pdf": "200 200 200 200 200 200 200 200",
    f"{SENT}punkter/2-1/": "200 200 200 200 200 200 200 200",
    f"{SENT}bilag/2-1-bilag-1/": "200 200 200 200 200 200 200 200",
    f"{SENT}aendringer/": "200 200 200 200 200 200 200 200",
    f"{SENT}aendringer/sider.pdf": "404 404 404 404 404 404 404 404",
    f"{SENT}?version=1": "200 200 200 200 200 200 200 200",
    f"{SENT}?version=2": "404 404 404 404 404 404 404 404",
    f"{SENT}pakke/?version=1": "200 200 200 200 200 200 200 200",
    f"{SENT}punkter/2-1/?version=1": "200 200 200 200 200 200 200 200",
    f"{SENT}bilag/2-1-bilag-1/?version=1": "200 200 200 200 200 200 200 200",
    f"{SENT}udgivelser/": "302 200 200 404 404 404 404 404",
    f"{SENT}send/": "302 200 200 404 404 404 404 404",
    f"{SENT}min-kommune/": "302 404 404 200 404 404 404 404",
    DRAFT: "404 200 200 404 404 404 404 404",
    f"{DRAFT}?version=1": "404 404 404 404 404 404 404 404",
    f"{DRAFT}pakke.pdf?version=1": "404 404 404 404 404 404 404 404",
    f"{DRAFT}pakke/": "404 200 200 404 404 404 404 404",
    f"{DRAFT}pakke.pdf": "404 200 200 404 404 404 404 404",
    f"{DRAFT}pakke/sider/2.png": "404 200 200 404 404 404 404 404",
    f"{DRAFT}punkter/2-1/": "404 200 200 404 404 404 404 404",
    f"{DRAFT}bilag/2-1-bilag-1/": "404 200 200 404 404 404 404 404",
    f"{DRAFT}bilag/2-1-bilag-1.pdf": "404 200 200 404 404 404 404 404",
    f"{DRAFT}aendringer/": "404 404 404 404 404 404 404 404",
    f"{DRAFT}offentlig/": "404 404 404 404 404 404 404 404",
    f"{DRAFT}kommentarer/": "302 200 200 404 404 404 404 404",
    f"{DRAFT}gennemlaesning/": "302 200 200 404 404 404 404 404",
    f"{DRAFT}oplysninger/": "302 200 200 404 404 404 404 404",
    "/forslag/": "200 200 200 200 200 200 200 200",
    "/forslag/1/": "200 200 200 200 200 200 200 404",
    "/forslag/1/?version=2": "404 404 404 404 404 404 404 404",
    "/forslag/99/": "404 404 404 404 404 404 404 404",
    "/forslag/udskriv/": "302 200 200 404 404 404 404 200",
    "/forslag/1@2023-11-22/": "200 200 200 200 200 200 200 200",
    "/forslag/1@2023-12-13/": "404 404 404 404 404 404 404 404",
    "/samdrift/": "404 200 200 404 404 404 404 200",
    "/samdrift/1/": "404 200 200 404 404 404 404 404",
    "/brugere/": "302 404 404 404 404 404 200 404",
    "/brugere/ny/": "302 404 404 404 404 404 200 404",
    "/soeg/?q=praktik": "200 200 200 200 200 200 200 200",
    "/soeg/uden-tekst/": "200 200 200 200 200 200 200 200",
    "/aabne-data/": "200 200 200 200 200 200 200 200",
    "/findes-ikke/": "404 404 404 404 404 404 404 404",
}


@pytest.mark.parametrize("role", EVERYBODY, ids=lambda role: role or "public")
def test_each_role_gets_its_pages_and_no_others(role: str) -> None:
    client = somebody(role)
    column = EVERYBODY.index(role)

    found = {url: str(client.get(url).status_code) for url in TABLE}

    assert found == {url: row.split()[column] for url, row in TABLE.items()}


def test_what_one_may_not_see_looks_like_what_does_not_exist() -> None:
    client = somebody("member")

    draft, nothing = client.get(DRAFT), client.get("/moeder/2030-01-01/")

    # Only the token of the form that signs out differs from answer to answer.
    token = re.compile(r'csrfmiddlewaretoken" value="\w+"')
    shown = [token.sub("", got.content.decode()) for got in (draft, nothing)]
    assert shown[0] == shown[1].replace("2030-01-01", "2023-12-13")


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "htmx"])
def test_a_post_without_a_token_is_refused_everywhere(headers: dict[str, str]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(a_user())

    answers = {r.name: client.post(r.url, headers=headers).status_code for r in ROUTES}

    # A draft is kept by its signed ticket, which no other site has.
    assert answers.pop("drafts:save") == 422
    # Mail programs post to a signed link (RFC 8058); this one is forged.
    assert answers.pop("meetings:subscription-leave") == 404
    assert answers == dict.fromkeys(answers, 403)


@pytest.mark.parametrize("url", ["/log-ind/", "/log-ud/", f"{DRAFT}pakke/", "/plads/"])
def test_a_token_of_somebody_elses_session_is_refused(url: str) -> None:
    other, client = Client(), Client(enforce_csrf_checks=True)
    found = re.search(
        rb'csrfmiddlewaretoken" value="(\w+)"', other.get("/log-ind/").content
    )
    assert found is not None
    client.force_login(a_user())

    data = {"csrfmiddlewaretoken": found[1].decode(), "council": "sjaelland"}

    assert client.post(url, data).status_code == 403


# How often an address was asked for, so that nobody can guess; no record of ours.
COUNTERS = {"django_cache"}


def fingerprint() -> dict[str, str]:
    """A hash of every table's rows."""
    tables = set(connection.introspection.table_names()) - COUNTERS
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            name = connection.ops.quote_name(table)
            cursor.execute(
                "SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"  # noqa: S608
                f" FROM {name} t"
            )
            found[table] = cursor.fetchone()[0]
    return found


ENOUGH = 2
"""Links of one kind that are followed: to one view, with parameters of the same names."""


def kind_of(url: str) -> tuple[str, frozenset[str]]:
    path, _, query = url.partition("?")
    try:
        view = resolve(path).view_name
    except Resolver404:
        view = path
    return view, frozenset(parse_qs(query, keep_blank_values=True))


def crawl(client: Client, *, every: bool) -> dict[str, Any]:
    """Follow links of every kind from the home page.

    Args:
        every: whether every route is asked for, too.
    """
    waiting, seen = ["/", *(route.url for route in ROUTES if every)], {}
    routes, kinds = set(waiting), Counter[tuple[str, frozenset[str]]]()
    while waiting:
        url = waiting.pop().partition("#")[0]
        if url in seen or not url.startswith("/") or url.startswith("/static/"):
            continue
        kinds[kind_of(url)] += 1
        if kinds[kind_of(url)] > ENOUGH and url not in routes:
            continue
        seen[url] = client.get(url)
        if not seen[url].streaming and seen[url].status_code == 200:
            links = re.findall(
                r'(?:href|hx-get|src)="([^"]+)"', seen[url].content.decode()
            )
            waiting += [link.replace("&amp;", "&") for link in links]
    return seen


INLINE = re.compile(
    r"<style|<script(?![^>]* src=)|\sstyle=|\son[a-z]+=|hx-on|javascript:"
)


# What no link of theirs leads to is not there for the two that only follow links: the same
# page says so to everybody. The drill asks every route of them, too.
@pytest.mark.parametrize(
    ("role", "every"),
    [
        ("", True),
        ("secretariat", True),
        ("member", False),
        ("administrator", False),
        pytest.param("member", True, marks=pytest.mark.drill),
        pytest.param("administrator", True, marks=pytest.mark.drill),
    ],
)
def test_reading_everything_is_safe(
    role: str,
    every: bool,  # noqa: FBT001
) -> None:
    client = somebody(role)
    before = fingerprint()

    # A view that knows GET and takes all else for a POST would write for a secretariat.
    if role == "secretariat":
        for route in ROUTES:
            client.head(route.url)
    seen = crawl(client, every=every)

    assert fingerprint() == before
    assert len(seen) > (len(ROUTES) if every else 12)
    assert {got.status_code for got in seen.values()} <= {200, 302, 403, 404, 405}
    policies = {got.headers.get("Content-Security-Policy") for got in seen.values()}
    assert policies == {CSP, f"{CSP}; sandbox"}
    assert [url for url, got in seen.items() if not is_kept_right(got)] == []
    pages = {url: got for url, got in seen.items() if not got.streaming}
    assert [u for u, got in pages.items() if INLINE.search(got.content.decode())] == []


def is_kept_right(got: Any) -> bool:
    """Only a published file may be kept by a cache, and never unasked."""
    rule = got.headers.get("Cache-Control", "")
    return "no-store" in rule or (got.streaming and rule == "public, no-cache")


def test_the_answer_to_a_fault_has_the_policy_and_tells_nothing() -> None:
    client = somebody("")
    client.raise_request_exception = False
    files().delete(Publication.objects.get().file)

    response = client.get(f"{SENT}pakke.pdf")

    assert response.status_code == 500
    assert response.headers["Content-Security-Policy"] == CSP
    assert "Traceback" not in response.content.decode()


def test_views_reach_rows_only_through_visible_to() -> None:
    paths = [
        *settings.BASE_DIR.glob("*/views/*.py"),
        *settings.BASE_DIR.glob("kkr/home/views.py"),
    ]
    strays = []
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Attribute(value=ast.Attribute(attr="objects"), attr=method):
                    if method != "visible_to":
                        strays.append(f"{path.name}:{node.lineno} {method}")

    assert strays == []
    assert len(paths) > 8
