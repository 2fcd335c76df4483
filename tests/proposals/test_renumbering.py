"""Another number: everything that prints it is shown first, then follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import User
from documents import plain
from documents.tree import walk
from proposals import cooperation, numbers, simplification
from proposals.choices import PointKind
from proposals.models import CrossReference, Proposal
from proposals.numbers import Move
from proposals.queries.texts import names_of
from proposals.services.numbers import renumber_records
from tests.makers_packets import a_user
from tests.makers_proposals import a_point, a_proposal, a_unit, point_of

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from documents.tree import Document

pytestmark = pytest.mark.django_db

NINTH = "{{forenkling:forslag-9}}"
URL = "/forslag/9/nummer/"


@pytest.mark.parametrize(
    ("to", "way", "expected"),
    [
        (4, "byt", "d:7>4 b:4>7"),
        (5, "byt", "d:7>5"),
        (3, "skub", "d:7>3 a:3>4 b:4>5"),
        (9, "skub", "d:7>9 e:9>8"),
        (2, "skub", "d:7>2"),
        (7, "skub", ""),
    ],
)
def test_those_between_make_room_no_further_than_the_first_gap(
    to: int, way: str, expected: str
) -> None:
    rows = {"a": 3, "b": 4, "d": 7, "e": 9}

    moves = numbers.plan(rows, "d", to, way)

    assert numbers.spelt(moves) == expected
    assert numbers.read(expected) == moves
    after = rows | {move.key: move.new for move in moves}
    assert len(set(after.values())) == len(rows)


def test_those_between_make_room_as_far_as_the_place_that_was_left() -> None:
    rows = {"a": 1, "b": 2, "c": 3, "d": 4}

    assert (
        numbers.spelt(numbers.plan(rows, "c", 1, numbers.SHIFT)) == "c:3>1 a:1>2 b:2>3"
    )
    assert (
        numbers.spelt(numbers.plan(rows, "b", 4, numbers.SHIFT)) == "b:2>4 d:4>3 c:3>2"
    )


@pytest.mark.parametrize(
    "text", ["", "a:1", "a:1>0", "a:1>2 a:2>3", "a:1>2 b:3>2", "a:1>2 x"]
)
def test_what_is_no_whole_set_of_moves_is_none(text: str) -> None:
    assert numbers.read(text) == ()


def words(document: Document) -> str:
    """All that a document says, on one line."""
    found = [
        f"{section.heading} {field.text}"
        for _, section in walk(document)
        for field in plain.fields(section)
    ]
    return " | ".join(found)


@pytest.fixture
def ninth(client: Client) -> Proposal:
    """Proposals 4, 7 and 9, and a unit; three texts refer to 9."""
    fourth = a_proposal(4, idea=f"<p>Som {NINTH} siger.</p>")
    ninth, seventh = a_proposal(9), a_proposal(7)
    unit = a_unit(1, stays=f"det, som {NINTH} dækker")
    a_point(seventh, PointKind.ATTENTION, 1, f"Se {NINTH}")
    a_point(unit, PointKind.ATTENTION, 1, f"Hænger sammen med {NINTH} og forslag 9")
    CrossReference.objects.create(
        proposal=seventh, to=ninth, position=1, wording=f"jf. {NINTH}"
    )
    client.force_login(a_user())
    assert fourth.catalogue.council_id == unit.catalogue.council_id
    return ninth


def test_a_number_is_previewed_changed_everywhere_and_taken_back(
    client: Client, ninth: Proposal, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assertContains(client.get(URL), "Vis, hvad der ændres")
    with django_assert_num_queries(7):
        shown = client.get(URL, {"til": "4", "maade": "byt"})
    for place in (
        "Forenkling 4, ideen",
        "Forenkling 7, opmærksomhedspunkt 1",
        "Forenkling 7, henvisningens ordlyd",
        "Samdrift 1, ”Bliver i kommunen”",
        "Samdrift 1, opmærksomhedspunkt 1",
        "<ins>Se forenkling 4</ins>",
        "Giv 2\xa0nye numre",
    ):
        assertContains(shown, place)
    assert Proposal.objects.get(pk=ninth.pk).number == 9

    moves = "forslag-9:9>4 forslag-4:4>9"
    done = client.post(f"{URL}?til=4&maade=byt", {"moves": moves}, follow=True)

    assert done.redirect_chain == [("/forslag/4/", 302)]
    assertContains(done, "Forslag 9 er nu nummer 4.")
    assertContains(done, "nr. 9")
    assertContains(client.get("/forslag/9/"), ">forenkling 4</a> siger.")
    assertContains(client.get("/samdrift/1/"), ">forenkling 4</a> dækker")
    told = words(simplification.document(ninth.catalogue))
    assert "Forslag 9. Forslag om praktik 4 Som forenkling 4 siger." in told
    assert "Se forenkling 4" in told
    unit = a_unit(2).catalogue
    assert "forenkling 4 og forslag 9" in words(cooperation.document(unit))

    back = "forslag-9:4>9 forslag-4:9>4"
    undone = client.post("/forslag/4/nummer/", {"moves": back, "undo": 1}, follow=True)
    assertContains(undone, "har sit gamle nummer igen")
    assert Proposal.objects.get(pk=ninth.pk).number == 9


def test_numbers_that_changed_meanwhile_are_shown_anew(
    client: Client, ninth: Proposal
) -> None:
    by = User.objects.get()
    first = (Move("forslag-7", 7, 5),)
    renumber_records(ninth.catalogue_id, Proposal, moves=first, by=by)

    stale = client.post(
        f"{URL}?til=7&maade=byt", {"moves": "forslag-9:9>7 forslag-7:7>9"}
    )
    assertContains(stale, "Numrene er ændret siden.", status_code=409)
    assertContains(stale, "forslag-9:9&gt;7", status_code=409)
    taken = client.post(URL, {"moves": "forslag-9:9>5"})
    assert taken.status_code == 409
    queries: tuple[tuple[dict[str, str | int], str], ...] = (
        ({"til": "x"}, "Skriv et nummer."),
        ({"til": 9}, "Det har nummer 9 nu."),
        ({"til": 1000}, "999"),
    )
    for query, sentence in queries:
        assertContains(client.get(URL, query), sentence, status_code=422)
    assert client.post(URL, {"moves": "noget"}).status_code == 422
    assert names_of(ninth.catalogue.council_id).numbered("forenkling", 9)
    assertNotContains(client.get(URL), "Det ændres")


def test_a_point_keeps_its_key_when_numbers_move(ninth: Proposal) -> None:
    seventh = Proposal.objects.get(number=7)
    assert point_of(seventh, PointKind.ATTENTION, 1).text == f"Se {NINTH}"
    assert ninth.key == "forslag-9"
