"""The way of a proposal after KKR: its order, its page, its steps written and taken back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from core import clock
from core.asked import REMOVE
from meetings.models import Meeting
from proposals.choices import Status
from proposals.models import Proposal, Step
from proposals.services.steps import add_step
from proposals.trail import UNDATED, standing_of
from tests.makers_packets import a_council, a_meeting, a_user
from tests.makers_proposals import a_catalogue, a_proposal, a_step

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
JUNE, AUGUST = date(2023, 6, 21), date(2023, 8, 30)
# What was entered, in that order, and what stands newest first.
ORDERS: dict[str, tuple[list[tuple[str, date | None]], list[str]]] = {
    "out of order": (
        [("discussed", AUGUST), ("submitted", JUNE)], ["discussed", "submitted"],
    ),
    "the same day": (
        [("discussed", JUNE), ("ministry", JUNE)], ["ministry", "discussed"],
    ),
    "an idea of unknown day comes first": (
        [("idea", None), ("submitted", JUNE)], ["submitted", "idea"],
    ),
    "of unknown day, entered last": (
        [("submitted", JUNE), ("law", None)], ["law", "submitted"],
    ),
    "of unknown day, between two": (
        [("submitted", JUNE), ("law", None), ("adopted", AUGUST)],
        ["adopted", "law", "submitted"],
    ),
    "of unknown day, and then an older one": (
        [("discussed", AUGUST), ("law", None), ("submitted", JUNE)],
        ["law", "discussed", "submitted"],
    ),
    "two of unknown day": ([("idea", None), ("law", None)], ["law", "idea"]),
    "none": ([], []),
}  # fmt: skip


@pytest.fixture
def secretariat(client: Client) -> None:
    """The secretariat of KKR Sjælland is signed in."""
    client.force_login(a_user())


def test_the_status_is_the_newest_steps_whatever_was_entered_when() -> None:
    for number, (entered, _) in enumerate(ORDERS.values(), 1):
        row = a_proposal(number)
        for status, day in entered:
            a_step(row, status, day)

    found: Any = Proposal.objects.with_status().order_by("number")

    for row, (name, (_, newest_first)) in zip(found, ORDERS.items(), strict=True):
        steps = row.steps.newest_first()
        assert [step.status for step in steps] == newest_first, name
        assert [step.status for step in row.steps.in_order()] == newest_first[::-1]
        standing = standing_of(row)
        assert standing.status == (newest_first[0] if newest_first else None), name
        assert standing.pk == (steps[0].pk if newest_first else 0)
    law = found.filter(json_step__status="law").values_list("number", flat=True)
    assert list(law) == [4, 6, 7]


def test_a_ring_is_filled_in_sixths() -> None:
    assert [status.sixths for status in Status] == [0, 1, 2, 3, 4, 5, 6, 0]
    assert len({status.glyph for status in Status}) == 8


@pytest.mark.usefixtures("secretariat")
def test_a_step_is_written_edited_and_taken_back(client: Client) -> None:
    row = a_proposal(7)
    meeting = a_meeting(slug="2023-06-21")
    typed = {
        "status": "submitted", "taken_on": "21.6.2023", "who": "KKR  Sjælland",
        "place": "Slagelse", "source": "punkt 2.1", "url": "", "note": "Enigt",
        "meeting": str(meeting.pk),
    }  # fmt: skip

    response = client.post("/forslag/7/vejen/nyt/", typed, headers=HTMX)

    step = Step.objects.get()
    assert (step.key, step.taken_on, step.who) == (
        "indmeldt-af-kkr", JUNE, "KKR Sjælland",
    )  # fmt: skip
    assertContains(response, "Skridtet ”Indmeldt af KKR” er tilføjet.")
    assertContains(response, "KKR Sjælland, Slagelse")
    assertContains(response, f"{meeting.name}</a>, punkt 2.1")
    row.refresh_from_db()
    assert row.version == 2

    edit = f"/forslag/7/vejen/{step.pk}/"
    changed = {**typed, "version": "1", "taken_on": "", "url": "https://www.kl.dk/a"}
    assertRedirects(client.post(edit, changed), f"/forslag/7/#step-{step.pk}")
    page = client.get("/forslag/7/")
    assertContains(page, UNDATED)
    assertContains(page, 'href="https://www.kl.dk/a"')

    stale = {**typed, "version": "1", "note": "Uenigt", "url": "https://www.kl.dk/b"}
    conflict = client.post(edit, stale)
    assertContains(conflict, "https://www.kl.dk/a", status_code=409)
    assertContains(conflict, "https://www.kl.dk/b", status_code=409)
    assert Step.objects.get().note == "Enigt"

    gone = client.post(f"{edit}fjernelse/", REMOVE, headers=HTMX)
    assertContains(gone, "Ingen skridt er skrevet.")
    assert not Step.objects.exists()
    client.post(f"{edit}fjernelse/", {"undo": "1"})
    client.post(f"{edit}fjernelse/", {"undo": "1"})
    assert Step.objects.get().url == "https://www.kl.dk/a"
    assert (
        client.post("/forslag/7/vejen/999/fjernelse/", {"undo": "1"}).status_code == 404
    )


@pytest.mark.usefixtures("secretariat")
def test_an_edit_is_undone_and_the_board_gets_its_user_back(client: Client) -> None:
    row = a_proposal(7)
    step = a_step(row, "submitted", JUNE)
    edit = f"/forslag/7/vejen/{step.pk}/"
    typed = {"status": "law", "taken_on": "", "who": "KL", "version": step.version}

    saved = client.post(edit, typed, headers=HTMX)

    assertContains(saved, f'name="undo" value="{step.version + 1}"')
    same = client.post(edit, {**typed, "version": step.version + 1}, headers=HTMX)
    assertContains(same, "er gemt.")
    assertNotContains(same, 'name="undo"')
    undo = {"undo": step.version + 1}
    undone = client.post(edit, undo, headers=HTMX)
    assertContains(undone, "Rettelsen er fortrudt. Skridtet er ”Indmeldt af KKR”.")
    now = Step.objects.get()
    assert (now.status, now.taken_on, now.who) == ("submitted", JUNE, "")
    for late in (undo, {"undo": "x"}):
        refused = client.post(edit, late, follow=True)
        assertContains(refused, "Det er rettet igen siden.")
    assert Step.objects.get().version == now.version
    new = client.post("/forslag/7/vejen/nyt/", {"status": "law", "til": "tavle"})
    assertRedirects(new, "/forslag/tavle/#forslag-7", fetch_redirect_response=False)
    board = client.get("/forslag/tavle/")
    assertContains(board, 'name="til" value="tavle"')
    newest = Step.objects.latest("pk")
    gone = f"/forslag/7/vejen/{newest.pk}/fjernelse/"
    for fields in ({**REMOVE, "til": "tavle"}, {"undo": "1", "til": "tavle"}):
        back = client.post(gone, fields)
        assertRedirects(
            back, "/forslag/tavle/#forslag-7", fetch_redirect_response=False
        )
    assert Step.objects.count() == 2


@pytest.mark.usefixtures("secretariat")
def test_what_cannot_be_kept_is_refused_and_stays_in_the_form(client: Client) -> None:
    a_proposal(7)
    other = Meeting.objects.create(
        council=a_council("hovedstaden"), slug="2023-01-10", held_on=date(2023, 1, 10)
    )
    refused: list[tuple[dict[str, Any], str]] = [
        ({"status": ""}, "Vælg en status."),
        ({"status": "x"}, "Vælg en status fra listen."),
        ({"taken_on": "8.11.2023"}, "Dagen er ikke kommet endnu."),
        ({"taken_on": "31.2.2023"}, "Skriv datoen som dag, måned og år"),
        ({"url": "javascript:alert(1)"}, "Skriv hele adressen"),
        ({"url": "ftp://kl.dk/"}, "Skriv hele adressen"),
        ({"meeting": str(other.pk)}, "Vælg et møde fra listen."),
        ({"note": "x" * 601}, "600"),
    ]
    for wrong, told in refused:
        typed = {"status": "law", "who": "Mit ord", **wrong}
        response = client.post("/forslag/7/vejen/nyt/", typed)
        assertContains(response, told, status_code=422)
        assertContains(response, "Mit ord", status_code=422)
    assert not Step.objects.exists()
    today = {"status": "law", "taken_on": clock.today().isoformat()}
    assert client.post("/forslag/7/vejen/nyt/", today).status_code == 302


@pytest.mark.usefixtures("secretariat")
def test_a_day_that_was_written_later_than_today_can_stay(client: Client) -> None:
    step = a_step(a_proposal(7), "law", date(2023, 11, 22))
    typed = {"status": "law", "taken_on": "22.11.2023", "who": "KL", "version": "1"}

    client.post(f"/forslag/7/vejen/{step.pk}/", typed)

    assert Step.objects.get().who == "KL"


@pytest.mark.usefixtures("secretariat")
def test_the_whole_way_says_what_came_since_the_last_meeting(client: Client) -> None:
    row = a_proposal(7)
    a_step(row, "submitted", JUNE)
    assertContains(client.get("/forslag/7/vejen/"), "ikke holdt noget møde")
    a_meeting(slug="2023-08-01")
    page = client.get("/forslag/7/vejen/")
    assertContains(page, "Intet nyt siden KKR-møde 1.\xa0august\xa02023")
    a_step(row, "discussed", AUGUST)

    page = client.get("/forslag/7/vejen/")

    assertContains(page, "1\xa0nyt skridt siden KKR-møde 1.\xa0august\xa02023")
    assertContains(page, "Nyt siden mødet", count=1)


@pytest.mark.usefixtures("secretariat")
@pytest.mark.parametrize("count", [1, 4])
def test_the_pages_ask_as_much_however_much_they_show(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a_meeting(slug="2023-08-01")
    for number in range(7, 7 + count):
        row = a_proposal(number)
        for _ in range(count):
            a_step(row, "discussed", AUGUST, meeting=Meeting.objects.get())

    for url, queries in (("/forslag/7/vejen/", 4), ("/forslag/tavle/", 5)):
        with django_assert_num_queries(queries):
            page = client.get(url)
        assertContains(page, "KKR-møde 1.\xa0august\xa02023")


@pytest.mark.usefixtures("secretariat")
def test_the_board_has_a_column_a_status_and_a_form_that_moves(client: Client) -> None:
    assertContains(client.get("/forslag/tavle/"), "Ingen forslag.")
    catalogue = a_catalogue()
    assertContains(client.get("/forslag/tavle/"), "Ingen forslag endnu.")
    a_step(a_proposal(7), "discussed", AUGUST)
    page = client.get("/forslag/tavle/")
    for status in Status:
        assertContains(page, f'id="lane-{status.value}"')
    assertNotContains(page, "Ingen status")
    assertContains(page, '<option value="ministry" selected>')
    a_proposal(8)
    assertContains(client.get("/forslag/tavle/"), "Ingen status")

    asked = client.get("/forslag/8/vejen/nyt/?til=tavle&status=law")

    assertContains(asked, '<option value="law" selected>')
    typed = {"til": "tavle", "status": "law"}
    moved = client.post("/forslag/8/vejen/nyt/", typed)
    assertRedirects(moved, "/forslag/tavle/#forslag-8")
    assert catalogue.proposals.get(number=8).steps.get().status == "law"


def test_a_service_takes_no_meeting_of_another_council() -> None:
    other = a_meeting(a_council("hovedstaden"), slug="2023-01-10")
    with pytest.raises(Exception, match="jeres egne møder"):
        add_step(a_proposal(7), by=a_user(), status="law", meeting=other)
    assert not Step.objects.exists()
