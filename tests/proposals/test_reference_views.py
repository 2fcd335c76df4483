"""Writing references: kept by key, inserted, refused, offered and taken back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from documents.sources import source
from documents.tree import walk
from proposals.checks import catalogue_findings, unit_findings
from proposals.choices import PointKind
from proposals.models import Point, Proposal
from proposals.numbers import Move
from proposals.services.numbers import renumber_records
from proposals.services.records import edit_record, remove_record
from proposals.services.references import follow_typed
from tests.makers_packets import a_council, a_user
from tests.makers_proposals import a_point, a_proposal, a_unit, point_of

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import User

pytestmark = pytest.mark.django_db

NINTH, SECOND = "{{forenkling:forslag-9}}", "{{samdrift:enhed-2}}"


@pytest.fixture
def by(client: Client) -> User:
    client.force_login(user := a_user())
    a_proposal(7, gains=("Som forslag 9 siger",))
    a_proposal(9, title="Krav om timetal")
    a_unit(2)
    return user


def gain() -> Point:
    return point_of(Proposal.objects.get(key="forslag-7"), PointKind.GAIN, 1)


def test_a_point_is_written_with_a_reference_and_follows(
    client: Client, by: User
) -> None:
    url = f"/forslag/7/punkter/{gain().pk}/"
    typed = {"version": 1, "text": "Se [forenkling 9] og [samdrift 2]"}

    assertContains(client.post(url, typed, follow=True), ">forenkling 9</a> og")
    assert gain().text == f"Se {NINTH} og {SECOND}"
    form = client.get(url)
    assertContains(form, "Se [forenkling 9] og [samdrift 2]</textarea>")
    refs = {"[forenkling 9]": NINTH, "[samdrift 2]": SECOND}

    moves = (Move("forslag-9", 9, 4),)
    renumber_records(gain().proposal.catalogue_id, Proposal, moves=moves, by=by)  # type: ignore[union-attr]
    a_proposal(19, title="En anden")
    Proposal.objects.filter(number=19).update(number=9)
    drawn_before = {
        "version": 2,
        "text": "Se nu [forenkling 9]",
        "text_refs": json.dumps(refs),
    }
    assertContains(client.post(url, drawn_before, follow=True), ">forenkling 4</a>")
    assert gain().text == f"Se nu {NINTH}"
    for wrong in ("[forenkling 99]", "{{samdrift:intet}}"):
        refused = client.post(url, {"version": 3, "text": f"Se {wrong}"})
        assertContains(refused, f"”{wrong}” findes ikke.", status_code=422)
        assertContains(refused, wrong, status_code=422)
    assertContains(client.get("/forslag/4/"), "Forenkling 7, gevinst 1".lower())


def test_two_who_write_collide_in_words_and_not_in_keys(
    client: Client, by: User
) -> None:
    url = f"/forslag/7/punkter/{gain().pk}/"
    client.post(url, {"version": 1, "text": "Se [forenkling 9]"})

    conflict = client.post(url, {"version": 1, "text": "Læs [samdrift 2]"})

    assert conflict.status_code == 409
    page = conflict.content.decode()
    assert "forenkling 9" in page
    assert "samdrift 2" in page
    assert ">Se {{" not in page


@pytest.mark.parametrize(
    ("url", "sent", "shown"),
    [
        ("punkter/{gain}/", {"text": "Halvt"}, "Halvt [forenkling 9]</textarea>"),
        ("punkter/ny/risiko/", {"text": ""}, "[forenkling 9]</textarea>"),
        ("tal/ny/", {"what": "timer"}, "timer [forenkling 9]</textarea>"),
        (
            "ideen/",
            {"idea_html": "<p>Halv</p>", "idea_format": "html", "idea": "Halv"},
            "&lt;p&gt;Halv [forenkling 9]&lt;/p&gt;",
        ),
    ],
)
def test_a_reference_is_inserted_without_a_script_and_nothing_is_saved(
    client: Client, by: User, url: str, sent: dict[str, str], shown: str
) -> None:
    before = Proposal.objects.get(number=7).version
    address = f"/forslag/7/{url.format(gain=gain().pk)}"
    assertContains(client.get(address), "Indsæt henvisning")

    answer = client.post(
        address, {**sent, "version": 1, "indsaet": "1", "henvisning": NINTH}
    )

    assert answer.status_code == 200
    assertContains(answer, shown)
    assertNotContains(answer, "data-form-error")
    assert Proposal.objects.get(number=7).version == before


def test_a_typed_number_is_offered_made_a_reference_and_taken_back(
    client: Client, by: User
) -> None:
    url, at = "/forslag/7/henvisninger/skrevne/", f"point-{gain().pk}"
    assertContains(client.get("/forslag/7/"), "Gør til henvisning")

    done = client.post(url, {"at": at, "typed": "forslag 9"}, follow=True)

    said = "”forslag 9” er nu en henvisning til forenkling 9, Krav om timetal."
    assertContains(done, said)
    assertNotContains(done, "Gør til henvisning")
    assert gain().text == f"Som {NINTH} siger"
    back = {"at": at, "typed": "forslag 9", "undo": NINTH}
    # It takes back what was typed, and is no way to write anything else.
    for typed in ("", "<script>x</script>", "forslag 9 og meget mere"):
        refused = client.post(url, back | {"typed": typed}, follow=True)
        assertContains(refused, "Teksten er rettet siden.")
        assert gain().text == f"Som {NINTH} siger"
    assertContains(client.post(url, back, follow=True), "igen skrevet med tal")
    assert gain().text == "Som forslag 9 siger"
    for sent, said in (
        ({"at": at, "typed": "forslag 99"}, "Der er intet, der hedder ”forslag 99”."),
        ({"at": at, "typed": "forenkling 9"}, "Teksten er rettet siden."),
    ):
        assertContains(client.post(url, sent, follow=True), said)
    others = a_point(a_proposal(6), PointKind.RISK, 9, "Som forslag 9 siger").pk
    for wrong in (
        f"point-{others}",
        "point-0",
        "title",
        "dependency-1",
        "point-x",
        "figure-1",
    ):
        assert client.post(url, {"at": wrong, "typed": "forslag 9"}).status_code == 404


def test_wrong_references_are_errors_before_sending_and_typed_ones_warnings(
    client: Client, by: User
) -> None:
    seventh, gone = Proposal.objects.get(number=7), a_proposal(5)
    unit = a_unit(3, stays="det i {{samdrift:enhed-3}} og samdrift 2")
    a_point(seventh, PointKind.ATTENTION, 1, "Se {{forenkling:forslag-7}}")
    a_point(seventh, PointKind.ATTENTION, 2, "Se {{forenkling:forslag-5}}")
    a_point(unit, PointKind.ATTENTION, 1, "Se {{forenkling:intet}}")
    remove_record(gone, by=by)

    found = catalogue_findings({"catalogue": seventh.catalogue_id})
    of_units = unit_findings({"catalogue": unit.catalogue_id})

    assert [(each.tone, each.text, each.check) for each in (*found, *of_units)] == [
        ("bad", "Forslag 7 henviser til sig selv.", "self-reference"),
        ("bad", "Forslag 7 henviser til et forslag, der er fjernet.", "dead-reference"),
        (
            "partial",
            "Forslag 7 nævner ”forslag 9” med tal, der ikke følger med.",
            "known",
        ),
        ("bad", "Samdriftsenhed 3 henviser til sig selv.", "self-reference"),
        (
            "bad",
            "Samdriftsenhed 3 henviser til noget, der er fjernet.",
            "dead-reference",
        ),
        (
            "partial",
            "Samdriftsenhed 3 nævner ”samdrift 2” med tal, der ikke følger med.",
            "known",
        ),
    ]
    page = client.get("/forslag/7/")
    assertContains(page, "Henviser til sig selv (forenkling 7).")
    assertContains(page, "Henviser til forenkling 5, som er fjernet.")
    assertContains(client.get("/samdrift/3/"), "Henvisningen fører ingen steder hen.")


def test_the_document_links_ideas_points_and_units_of_the_other_catalogue(
    by: User,
) -> None:
    seventh = Proposal.objects.get(number=7)
    follow_typed(seventh, at=f"point-{gain().pk}", typed="forslag 9", by=by)
    idea = f"<p>Hænger sammen med {SECOND}.</p>"
    seventh.refresh_from_db()
    edit_record(seventh, version=seventh.version, by=by, idea=idea)
    build = source("proposals.simplification").build

    document = build({"catalogue": seventh.catalogue_id})

    section = next(s for _, s in walk(document) if s.key == "proposal:forslag-7")
    rich, gains = section.blocks[0], section.blocks[1]
    assert rich.html == "<p>Hænger sammen med samdrift 2.</p>"  # type: ignore[union-attr]
    assert [(link.to, link.is_elsewhere) for link in rich.links] == [  # type: ignore[union-attr]
        ("unit:enhed-2", True)
    ]
    assert gains.items[0].text == "Som forenkling 9 siger"  # type: ignore[union-attr]
    assert [link.to for link in gains.items[0].links] == ["proposal:forslag-9"]  # type: ignore[union-attr]
    assert a_council().pk == seventh.catalogue.council_id


def test_what_a_proposal_was_called_stands_on_its_page(
    client: Client, by: User
) -> None:
    seventh = Proposal.objects.get(number=7)
    assertNotContains(client.get("/forslag/7/"), "Hed tidligere")
    plain = {"number": 8, "title": "Nyt navn", "theme": seventh.theme_id}
    sent = {**plain, "short_title": "Kort", "version": 1}

    client.post("/forslag/7/oplysninger/", sent)

    page = client.get("/forslag/8/")
    assertContains(page, "Hed tidligere")
    assertContains(page, "nr. 7 · ”Forslag om praktik 7”")
    assertContains(page, "kort titel: Kort")
