"""What units share is created and added to more units; who gains is renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils.html import escape
from pghistory.models import Context
from pytest_django.asserts import assertContains, assertNotContains

from accounts.choices import Role
from accounts.models import User
from core.notices import Undo
from proposals.choices import PointKind
from proposals.models import CooperationUnit, SharedPoint
from proposals.services import points, shared
from tests.makers_packets import a_council, a_user
from tests.makers_proposals import a_point, a_shared_point, a_unit, texts

if TYPE_CHECKING:
    from django.test import Client
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = pytest.mark.django_db
NEW = "/samdrift/faelles/nyt/"
SHARED = "/samdrift/faelles/taet-samspil/"
RENAME = "/samdrift/modtagere/?navn="


@pytest.fixture(autouse=True)
def secretariat(client: Client) -> None:
    """The secretariat of KKR Sjælland is signed in."""
    client.force_login(a_user())


def undo(client: Client, response: Response) -> Response:
    """Press the undo of the last message of a page; give the page after."""
    *_, message = response.context["messages"]
    back = Undo.read(message.extra_tags)
    assert back is not None
    assertContains(response, f'action="{escape(back.url)}"')
    return client.post(back.url, dict(back.fields), follow=True)


def gains(unit: CooperationUnit) -> list[tuple[str, str]]:
    rows = unit.points.filter(kind=PointKind.GAIN).order_by("position")
    assert texts(unit, PointKind.GAIN)
    return [(row.beneficiary, row.text) for row in rows]


def test_a_shared_point_is_created_last_in_the_chosen_units(client: Client) -> None:
    first, second, third = a_unit(1), a_unit(2), a_unit(3)
    a_point(first, PointKind.ATTENTION, 1, "Kun her")
    data = {"name": "Tæt dialog", "stem": "Tæt samspil", "units": [first.pk, third.pk]}

    response = client.post(NEW, data, follow=True)

    assertContains(response, "”Tæt dialog” er oprettet i 2\xa0enheder.")
    assert [str(p) for p in first.points.filter(kind=PointKind.ATTENTION)] == [
        "Kun her",
        "Tæt samspil",
    ]
    third.refresh_from_db()
    assert (third.version, second.points.filter(shared=1).count()) == (2, 0)
    told = Context.objects.latest("created_at").metadata["verb"]
    assert told == "oprettede ”Tæt dialog” i enheder"


def test_a_shared_point_taken_back_stands_nowhere_and_can_be_added_again(
    client: Client,
) -> None:
    unit = a_unit(1)
    data = {"name": "Tæt dialog", "stem": "Tæt samspil", "units": [unit.pk]}

    undo(client, client.post(NEW, data, follow=True))
    assertContains(client.get("/samdrift/"), "Står ikke i nogen enhed.")
    there = f"/samdrift/faelles/{SharedPoint.objects.get().key}/enheder/"
    client.post(there, {"units": [unit.pk]})

    assert texts(unit, PointKind.ATTENTION) == [""]
    assertContains(client.get("/samdrift/1/"), "Tæt samspil")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("name", "Skriv et navn."),
        ("stem", "Skriv det, som enhederne er fælles om."),
        ("units", "Vælg mindst én enhed."),
    ],
)
def test_a_new_shared_point_needs_name_beginning_and_unit(
    client: Client, name: str, sentence: str
) -> None:
    data = {"name": "Dialog", "stem": "Tæt samspil", "units": [a_unit(1).pk]}
    del data[name]

    assertContains(client.post(NEW, data), sentence, status_code=422)


def test_another_councils_unit_cannot_be_chosen(client: Client) -> None:
    a_unit(1)
    foreign = a_unit(1, council=a_council("hovedstaden"))

    response = client.post(NEW, {"name": "a", "stem": "b", "units": [foreign.pk]})

    assert response.status_code == 422
    assert not SharedPoint.objects.exists()


def test_only_units_that_lack_a_shared_point_are_offered(client: Client) -> None:
    a_shared_point(a_unit(1))
    other = a_unit(2)

    assertContains(client.get(f"{SHARED}enheder/"), 'type="checkbox"', count=1)
    response = client.post(f"{SHARED}enheder/", {"units": [other.pk]}, follow=True)
    assertContains(response, "”Tæt dialog” er føjet til 1\xa0enhed.")
    undo(client, response)

    assert [row.position for row in other.points.filter(shared__isnull=False)] == [None]


def test_an_ending_written_since_stays_when_the_adding_is_taken_back(
    client: Client,
) -> None:
    a_shared_point(a_unit(1))
    first, second = a_unit(2), a_unit(3)
    chosen = {"units": [first.pk, second.pk]}
    response = client.post(f"{SHARED}enheder/", chosen, follow=True)
    own = first.points.get(shared__isnull=False)
    points.edit_point(own.pk, version=1, text="med jobcentrene", by=User.objects.get())

    said = undo(client, response)

    assertContains(said, "”Tæt dialog” er slettet 1\xa0sted.")
    assertContains(said, "er rettet 1\xa0sted imens og er ikke slettet der.")
    own.refresh_from_db()
    assert (own.text, own.position is None) == ("med jobcentrene", False)
    assert second.points.get(shared__isnull=False).position is None


def test_who_gains_is_renamed_in_every_unit_and_back(client: Client) -> None:
    first, second = a_unit(1), a_unit(2, gains=(("Kommunerne", "Ét sted"),))
    before = gains(first)

    data = {"new": "Borgere og pårørende"}
    response = client.post(f"{RENAME}Borgerne", data, follow=True)
    assert gains(first)[-1] == ("Borgere og pårørende", "Hurtigere hjælp")
    words = "”Borgerne” hedder nu ”Borgere og pårørende” ved 1\xa0gevinst."
    assertContains(response, words)
    # Somebody else writes one of the same name; the undo leaves it alone.
    a_point(second, PointKind.GAIN, 2, "Nyt", beneficiary="Borgere og pårørende")
    undo(client, response)

    second.refresh_from_db()
    assert (gains(first), second.version) == (before, 1)
    assert gains(second)[-1] == ("Borgere og pårørende", "Nyt")


def test_two_who_gain_become_one_and_only_the_renamed_go_back(client: Client) -> None:
    unit = a_unit(1, gains=(("x", "a"), ("y", "b"), ("x", "c"), ("z", "d")))

    data = {"new": "x", "confirmed": "x"}
    response = client.post(f"{RENAME}z", data, follow=True)
    assert gains(unit) == [("x", "a"), ("x", "c"), ("x", "d"), ("y", "b")]
    undo(client, response)

    assert sorted(gains(unit)) == [("x", "a"), ("x", "c"), ("y", "b"), ("z", "d")]


@pytest.mark.parametrize("confirmed", [{}, {"confirmed": "y"}])
def test_the_gains_that_move_are_shown_before_two_become_one(
    client: Client, confirmed: dict[str, str]
) -> None:
    unit = a_unit(1, gains=(("x", "a"), ("z", "d"), ("z", "e")))
    before = gains(unit)

    page = client.post(f"{RENAME}z", {"new": "x", **confirmed})

    assertContains(page, "”x” findes allerede. 2\xa0gevinster flytter dertil")
    assertContains(page, '<a href="/samdrift/1/">Samdrift 1</a> d')
    assert gains(unit) == before


def test_a_name_can_be_written_again_before_two_become_one(client: Client) -> None:
    unit = a_unit(1, gains=(("x", "a"), ("z", "d")))

    page = client.post(f"{RENAME}z", {"new": "x", "again": "1"})

    assertContains(page, "Omdøb i alle enheder")
    assert gains(unit) == [("x", "a"), ("z", "d")]


def test_nobody_who_does_not_gain_can_be_renamed(client: Client) -> None:
    a_unit(1)
    a_unit(1, council=a_council("hovedstaden"), gains=(("Staten", "a"),))

    assert client.get(f"{RENAME}Staten").status_code == 404
    response = client.post(f"{RENAME}Borgerne", {"new": " "})
    sentence = "Skriv, hvem der får gevinsterne."
    assertContains(response, sentence, status_code=422)


def test_those_who_do_not_edit_may_not_rename_or_share(client: Client) -> None:
    a_unit(1)
    client.force_login(a_user(role=Role.MEMBER))

    urls = (NEW, f"{SHARED}enheder/", f"{RENAME}Borgerne")
    assert [client.get(url).status_code for url in urls] == [404, 404, 404]


def test_the_list_leads_to_what_is_shared_and_to_who_gains(client: Client) -> None:
    a_unit(1)

    response = client.get("/samdrift/")

    assertContains(response, f'href="{NEW}"', count=1)
    assertContains(response, f'href="{RENAME}Borgerne"', count=1)
    assertNotContains(response, "går igen i alle")


def test_where_every_unit_has_the_point_there_is_nothing_to_choose(
    client: Client,
) -> None:
    a_shared_point(a_unit(1))

    response = client.get(f"{SHARED}enheder/")

    assertContains(response, "Alle enheder har punktet.")
    assertNotContains(response, "Føj til de valgte")


def test_the_lead_says_alle_only_where_every_unit_has_the_point(
    client: Client,
) -> None:
    a_shared_point(a_unit(1))
    assertContains(client.get("/samdrift/"), "slår igennem i alle 1;")
    a_unit(2)

    page = client.get("/samdrift/")

    assertContains(page, "slår igennem i de enheder, der har punktet;")
    assertNotContains(page, "slår igennem i alle")


def test_only_what_reads_otherwise_gets_a_new_version() -> None:
    one, two, three = (a_unit(number) for number in (1, 2, 3))
    row = a_shared_point(one, two, three)
    by = a_user(email="b@x.example")
    own, gone = (unit.points.get(shared=row) for unit in (two, three))

    def versions() -> list[int]:
        rows = CooperationUnit.objects.order_by("number")
        return list(rows.values_list("version", flat=True))

    first = versions()
    said = shared.use_own_wording(own.pk, version=1, text="Helt egne ord", by=by)
    points.remove_point(gone.pk, by=by)
    assert versions() == [first[0], first[1] + 1, first[2] + 1]
    before = versions()

    # The same words again, another name, a beginning that two of three do not print.
    again = said.row.version
    shared.use_own_wording(own.pk, version=again, text="Helt egne ord", by=by)
    shared.edit_stem(row.pk, version=1, name="Andet navn", stem=row.stem, by=by)
    assert versions() == before
    shared.edit_stem(row.pk, version=2, name="Andet navn", stem="Løst samspil", by=by)
    assert versions() == [before[0] + 1, *before[1:]]
