"""One person with seats in two councils that have the same dates and numbers.

From either seat only that council's rows are read and written, also where a row of the
other is named by its pk; and a role in one council opens nothing in the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pytest
from django.test import Client

from accounts.choices import Role
from accounts.middleware import SEAT
from accounts.models import Council, Membership, Municipality
from core.asked import REMOVE
from meetings.models import AgendaItem, Appendix, Meeting, Packet, Section
from meetings.views.places import WITHDRAW
from proposals.models import (
    Cluster,
    CooperationUnit,
    Figure,
    Point,
    Proposal,
    SavedView,
    SourceNote,
    Step,
    Theme,
    TitleReading,
    Vision,
)
from tests.kkr import routes
from tests.kkr.every_row import DRAFT, places, word_of
from tests.kkr.routes import all_routes
from tests.kkr.test_access import fingerprint
from tests.kkr.test_every_route import QUERIES, TABLE
from tests.makers_contracts import a_house
from tests.makers_packets import a_council, a_user
from tests.makers_proposals import a_proposal, a_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import User
    from tests.kkr.routes import Route

pytestmark = pytest.mark.django_db
SLUGS = ("sjaelland", "hovedstaden")
OF_USERS = {"accounts:user", "accounts:user-access", "accounts:user-removal"}
OTHER = dict(zip(SLUGS, reversed(SLUGS), strict=True))


@dataclass(frozen=True)
class World:
    """Two councils with rows of the same date and numbers, and routes to them by slug."""

    editor: User
    administrator: User
    routes: dict[str, tuple[Route, ...]]

    def sits_in(self, slug: str, *, editor: bool = True) -> Client:
        """A browser of who acts from the seat in this council."""
        client = Client()
        client.force_login(self.editor if editor else self.administrator)
        session = client.session
        session[SEAT] = slug
        session.save()
        return client


@pytest.fixture(scope="module")
def world(kept: None) -> World:
    ours, theirs = (a_council(slug) for slug in SLUGS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(routes.SAMPLES, "slug", DRAFT)
        found = {each.slug: all_routes(places(each)) for each in (ours, theirs)}
    editor = a_user(ours, Role.SECRETARIAT)
    Membership.objects.create(user=editor, council=theirs, role=Role.CHIEF)
    administrator = a_user(ours, Role.ADMINISTRATOR)
    Membership.objects.create(
        user=administrator, council=theirs, role=Role.ADMINISTRATOR
    )
    return World(editor, administrator, found)


# The editor has another role in each council, the administrator the same. Both seats are
# found by the same code: a run reads from the one that is not the first.
@pytest.mark.parametrize(
    ("editor", "slug"),
    [
        pytest.param(True, SLUGS[0], marks=pytest.mark.drill),
        (True, SLUGS[1]),
        (False, SLUGS[1]),
    ],
)
def test_no_page_shows_a_row_of_the_other_council(
    world: World,
    slug: str,
    editor: bool,  # noqa: FBT001
) -> None:
    client = world.sits_in(slug, editor=editor)
    own, other = (word_of(a_council(name)) for name in (slug, OTHER[slug]))
    pages = []

    for route in world.routes[slug]:
        got = client.get(route.url + QUERIES.get(route.name, ""))
        if not got.streaming and got.status_code == 200:
            pages.append(got.content.decode())

    assert [page for page in pages if other in page] == []
    assert len([page for page in pages if own in page]) > (15 if editor else 1)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("slug", SLUGS)
def test_a_row_of_the_other_council_is_not_found_by_its_pk(
    world: World, slug: str, method: str
) -> None:
    sent = {
        "title": "x",
        "text": "x",
        "direction": "ned",
        "open": "nej",
        "til": "aaben",
        **REMOVE,
        **WITHDRAW,
    }
    clients = [world.sits_in(slug, editor=is_editor) for is_editor in (True, False)]
    before, found = fingerprint(), {}

    for route in world.routes[OTHER[slug]]:
        who = TABLE[route.name][method == "post"]
        is_user = route.name in OF_USERS and who == "admin"
        if who == "own" or is_user:
            ask = getattr(clients[is_user], method)
            found[route.name] = ask(route.url, sent).status_code

    assert found == dict.fromkeys(found, 404)
    assert len(found) > (8 if method == "get" else 15)
    assert without_sessions(fingerprint()) == without_sessions(before)


def without_sessions(tables: dict[str, str]) -> dict[str, str]:
    return {name: rows for name, rows in tables.items() if name != "django_session"}


# A packet is sent once much else is done.
SENDING: Final = "meetings:publications"
# The row that the address names.
LAST: Final = "last"
# Route, and what a form of it sends that names a row of the other council.
NAMED: Final = [
    ("meetings:item", {"pk": "item", "title": "x", "version": 1}),
    ("meetings:item", {"pk": "item", "title": "x", "version": 1, "form": "card"}),
    ("meetings:item-order", {"pk": "item", "direction": "ned"}),
    ("meetings:item-removal", {"pk": "item", **REMOVE}),
    ("meetings:item-removal", {"undo": "gone item"}),
    ("meetings:item-new", {"section": "section", "title": "x"}),
    ("meetings:appendix-file", {"undo": "file"}),
    ("meetings:publications", {"packet": "packet"}),
    (
        "proposals:positions-call",
        {
            "records": "proposal",
            "municipalities": "own municipality",
            "due_on": "1.1.2099",
            "remind_before": "3",
            "version": "1",
        },
    ),
    (
        "proposals:positions-call",
        {
            "records": "own proposal",
            "municipalities": "municipality",
            "due_on": "1.1.2099",
            "remind_before": "3",
            "version": "1",
        },
    ),
    ("proposals:proposal-new", {"title": "x", "theme": "theme"}),
    ("proposals:proposal-removal", {"undo": "gone proposal"}),
    ("proposals:unit-removal", {"undo": "gone unit"}),
    ("proposals:theme-removal", {"undo": "gone theme"}),
    ("proposals:step-new", {"status": "law", "meeting": "meeting"}),
    ("proposals:status-change", {"valgt": "1", "status": "law", "meeting": "meeting"}),
    ("proposals:view-removal", {"undo": "gone view"}),
    ("proposals:link-new", {"to": "other proposal", "wording": "x"}),
    ("proposals:reference", {"to": "other proposal", "wording": "x", "version": 1}),
    ("proposals:shared-new", {"name": "x", "stem": "x", "units": "unit"}),
    ("proposals:shared-units", {"units": "other unit"}),
    ("proposals:shared-removal", {"point": "shared point"}),
    ("proposals:cluster-new", {"name": "x", "members": "municipality"}),
    ("proposals:cluster-removal", {LAST: "gone group", "undo": "1"}),
    ("proposals:figure-removal", {LAST: "gone figure", "undo": "1"}),
    ("proposals:step-removal", {LAST: "gone step", "undo": "1"}),
    ("proposals:served", {"visions": "vision", "base": ""}),
    ("proposals:vision-removal", {"undo": "gone vision"}),
    ("proposals:source-note-removal", {"undo": "gone note"}),
    ("proposals:reading-removal", {"undo": "gone reading"}),
    (
        "proposals:unit-edit",
        {
            "groups_of": "other unit",
            "number": 7,
            "title": "x",
            "scope": "all",
            "version": 1,
        },
    ),
]


def rows_of(council: Council, by: User) -> dict[str, Any]:
    """One pk of each kind of row that a form may name; some rows are removed first."""
    own = {"section__meeting__council": council}
    item = AgendaItem.objects.get(**own)
    gone = AgendaItem(section=item.section, key="vaek", title="x", removed_position=2)
    gone.save()
    found = {"catalogue__council": council}
    proposal, lost = Proposal.objects.filter(**found, number__in=[1, 3])
    unit, away = CooperationUnit.objects.filter(**found, number__lt=8)
    for row in (lost, away):
        row.removed_number, row.number = row.number, None
        row.save()
    AgendaItem(section=item.section, key="to", title="y", position=2).save()
    others = a_proposal(8, council=council), a_unit(8, council=council)
    files = Appendix.objects.filter(item=item, file__isnull=False)
    points = Point.objects.filter(unit=unit, shared__isnull=False)
    return {
        "item": item.pk,
        "gone item": gone.pk,
        "section": Section.objects.get(meeting__council=council).pk,
        "file": files.values_list("file", flat=True).get(),
        "meeting": Meeting.objects.get(council=council).pk,
        "packet": Packet.objects.get(meeting__council=council).pk,
        "theme": Theme.objects.get(**found).pk,
        "proposal": proposal.pk,
        "gone proposal": lost.pk,
        "unit": unit.pk,
        "other proposal": others[0].pk,
        "other unit": others[1].pk,
        "gone unit": away.pk,
        "shared point": points.get().pk,
        "municipality": Municipality.objects.create(
            code=Municipality.objects.count() + 1,
            name=f"Ny {council.slug}",
            council=council,
            population=1,
        ).pk,
        "vision": council.visions.get().pk,
        **deleted(proposal, unit, by),
    }


def deleted(proposal: Proposal, unit: CooperationUnit, by: User) -> dict[str, int]:
    """One pk of each kind of row that is deleted when it goes, and can be taken back."""
    catalogue, place = proposal.catalogue, {"key": "vaek", "position": 9}
    own, plain = {"council": catalogue.council}, {"key": "vaek", "number": 9}
    view = {"user": by, "kind": "simplification", "query": "q=x", "is_shared": True}
    rows: dict[str, Any] = {
        "group": Cluster(unit=unit, name="Væk", **place),
        "figure": Figure(proposal=proposal, printed="1", what="x", position=9),
        "step": Step(proposal=proposal, key="vaek", status="law"),
        "reading": TitleReading(proposal=proposal, place="Væk", text="x", position=9),
        "theme": Theme(catalogue=catalogue, title="Væk", **plain),
        "view": SavedView(name="Væk", **own, **view),
        "vision": Vision(title="Væk", **own, **plain),
        "note": SourceNote(
            **own, **place, about="x", kind="wording",
            readings=[{"place": "A", "text": "a"}, {"place": "B", "text": "b"}],
        ),
    }  # fmt: skip
    found = {}
    for name, row in rows.items():
        row.save()
        found[f"gone {name}"] = row.pk
        row.delete()
    # So that it could use another's.
    unit.clusters.all().delete()
    return found


@pytest.mark.parametrize(("name", "sent"), NAMED, ids=[name for name, _ in NAMED])
def test_a_form_cannot_name_a_row_of_the_other_council(
    world: World, name: str, sent: dict[str, Any]
) -> None:
    theirs, own = (rows_of(a_council(slug), world.editor) for slug in SLUGS)
    theirs |= {f"own {word}": pk for word, pk in own.items()}
    own |= {f"own {word}": pk for word, pk in own.items()}
    client = world.sits_in("hovedstaden")
    (url,) = [r.url for r in world.routes["hovedstaden"] if r.name == name]
    before = without_sessions(fingerprint())

    answer = client.post(*named(url, sent, theirs))

    assert answer.status_code in {302, 404, 422}
    assert without_sessions(fingerprint()) == before
    # It was the row that was refused, and nothing else that the form says.
    done = client.post(*named(url, sent, own))
    is_shown_first = answer.status_code == 422 and done.status_code in {200, 409}
    is_done = without_sessions(fingerprint()) != before
    assert is_done or is_shown_first or name == SENDING


def named(
    url: str, sent: dict[str, Any], rows: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    """Give address and form with the pks of rows for their names."""
    data = {key: rows.get(str(value), value) for key, value in sent.items()}
    last = data.pop(LAST, None)
    return (re.sub(r"/\d+(/\w+/)$", rf"/{last}\1", url) if last else url), data


def places_of_roles(council: Council) -> Iterator[tuple[Role, dict[str, Any]]]:
    greve = Municipality.objects.create(
        code=253, name="Greve", council=council, population=52000
    )
    house = a_house()
    places: dict[Role, dict[str, Any]] = {
        Role.DIRECTOR: {"municipality": greve},
        Role.REPORTER: {"organisation": house},
    }
    yield from ((role, places.get(role, {})) for role in Role)


def test_a_role_in_one_council_opens_nothing_in_the_other(world: World) -> None:
    ours, theirs = (a_council(slug) for slug in SLUGS)
    editors, administrators = {Role.SECRETARIAT, Role.CHIEF}, {Role.ADMINISTRATOR}

    for role, place in places_of_roles(ours):
        user = a_user(ours, role, email=f"{role}@to.example", **place)
        for second in (Role.SECRETARIAT, Role.ADMINISTRATOR):
            Membership.objects.update_or_create(
                user=user, council=theirs, defaults={"role": second}
            )
            for model, may in ((Meeting, editors), (Membership, administrators)):
                rows = model._default_manager.visible_to(user)
                found = set(rows.values_list("council__slug", flat=True))
                held = {ours.slug: role, theirs.slug: second}
                assert found == {slug for slug, is_ in held.items() if is_ in may}
