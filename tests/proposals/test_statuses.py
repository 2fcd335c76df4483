"""Many proposals get a status at once: previewed, as one act, taken back as one."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from pghistory.models import Context
from pytest_django.asserts import assertContains, assertRedirects

from accounts.choices import Role
from proposals.choices import Status
from proposals.models import Proposal, Step
from proposals.services.records import remove_record
from proposals.services.statuses import SeenOtherwiseError, change_statuses
from proposals.services.steps import add_step
from proposals.trail import Standing, shift_words, standing_of
from tests.makers_packets import a_council, a_user
from tests.makers_proposals import a_proposal, a_step

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
URL = "/forslag/status/"
JUNE, AUGUST = date(2023, 6, 21), date(2023, 8, 30)
CHOSEN = {"valgt": ["7", "9"], "status": "ministry", "taken_on": "20.9.2023"}


@pytest.fixture
def secretariat(client: Client) -> None:
    """Three proposals, and the secretariat of KKR Sjælland signed in."""
    client.force_login(a_user())
    a_step(a_proposal(7), "submitted", JUNE)
    a_step(a_proposal(9), "discussed", AUGUST)
    a_step(a_proposal(12), "ministry", AUGUST)


def hidden(page: Any) -> dict[str, str]:
    """What the form of the confirming button sends."""
    form = page.content.decode().split('id="preview"')[1].split("</form>")[0]
    fields = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {**dict(fields), "skift": "ja"}


def statuses() -> list[str | None]:
    rows = Proposal.objects.with_status().order_by("number")
    return [standing_of(row).status for row in rows]


@pytest.mark.usefixtures("secretariat")
def test_nothing_happens_before_the_button_that_says_what_it_does(
    client: Client,
) -> None:
    before = statuses()
    opened = client.get(f"{URL}?valgt=7&valgt=9,12&status=ministry")
    assertContains(opened, "3\xa0forslag valgt")
    assertContains(opened, '<option value="ministry" selected>')

    preview = client.post(URL, {**CHOSEN, "valgt": ["7", "9", "12"]})

    told = "2\xa0forslag skifter, 1 fra Indmeldt af KKR og 1 fra Drøftes med KL, til Hos ministeriet"
    assertContains(preview, told)
    assertContains(preview, "Har allerede den status.")
    assertContains(preview, "Skift status for 2\xa0forslag")
    assert statuses() == before

    done = client.post(URL, hidden(preview), follow=True)

    assertRedirects(done, "/forslag/tavle/")
    assertContains(done, "2\xa0forslag har nu status Hos ministeriet.")
    assert statuses() == ["ministry", "ministry", "ministry"]
    new = Step.objects.filter(taken_on=date(2023, 9, 20))
    assert new.count() == 2
    events: Any = Step.pgh_event_model.objects  # type: ignore[attr-defined]
    (act,) = {row.pgh_context_id for row in events.filter(taken_on="2023-09-20")}
    assert (
        Context.objects.get(pk=act).metadata["verb"]
        == "skiftede status for 2\xa0forslag"
    )
    assert [row.version for row in Proposal.objects.order_by("number")] == [2, 2, 1]

    undo = {"undo": str(act)}
    assertContains(
        client.post(URL, undo, follow=True),
        "2\xa0forslag har igen den status, de havde.",
    )
    assert statuses() == before
    again = client.post(URL, undo, follow=True)
    assertContains(again, "Intet forslag")


@pytest.mark.usefixtures("secretariat")
def test_what_changed_meanwhile_brings_the_preview_again(client: Client) -> None:
    preview = client.post(URL, CHOSEN)
    somebody = a_user(email="b@kkr.example")
    seven, nine = Proposal.objects.filter(number__in=(7, 9)).order_by("number")
    add_step(nine, by=somebody, status="law", taken_on=date(2023, 9, 1))

    again = client.post(URL, hidden(preview))

    assertContains(again, "er ændret, siden du så dem", status_code=409)
    assertContains(again, "Kræver lovændring", status_code=409)
    assert not Step.objects.filter(status="ministry", proposal=seven).exists()
    client.post(URL, hidden(again))
    assert statuses() == ["ministry", "ministry", "ministry"]

    stale = {seven.pk: "1.1"}
    with pytest.raises(SeenOtherwiseError):
        change_statuses(seven.catalogue_id, seen=stale, by=somebody, status="law")
    remove_record(nine, by=somebody)
    gone = client.post(URL, hidden(again))
    assertContains(gone, "Forslag 9 er der ikke længere.", status_code=422)


@pytest.mark.usefixtures("secretariat")
def test_an_older_day_or_a_refused_value_moves_none(client: Client) -> None:
    older = client.post(URL, {**CHOSEN, "taken_on": "1.7.2023"})
    assertContains(older, "Det seneste skridt er fra 30.\xa0august\xa02023")
    assertContains(older, "Skift status for 1\xa0forslag")
    none = client.post(URL, {**CHOSEN, "taken_on": "1.1.2023"})
    assertContains(none, "Ingen af forslagene skifter status")

    for wrong, told in (
        ({"status": ""}, "Vælg en status."),
        ({"taken_on": "8.11.2023"}, "Dagen er ikke kommet endnu."),
        ({"valgt": []}, "Vælg mindst ét forslag."),
        ({"valgt": ["7", "999999999999"]}, "er der ikke længere"),
        ({"url": "x://y"}, "Skriv hele adressen"),
    ):
        page = client.post(URL, {**CHOSEN, "who": "Mit ord", "skift": "ja", **wrong})
        assertContains(page, told, status_code=422)
        assertContains(page, "Mit ord", status_code=422)
    forged = client.post(URL, {**CHOSEN, "skift": "ja", "set": "7:0.0"})
    assert forged.status_code == 409
    assert Step.objects.count() == 3
    for token in ("x", str(uuid4())):
        assert client.post(URL, {"undo": token}).status_code == 404
    assertContains(client.get(URL), "Vælg først de forslag")
    assertContains(client.get(f"{URL}?valgt=99"), "Forslag 99 er der ikke.")


@pytest.mark.usefixtures("secretariat")
def test_a_step_that_was_edited_since_is_not_taken_back(client: Client) -> None:
    client.post(URL, hidden(client.post(URL, CHOSEN)))
    Step.objects.filter(proposal__number=9, status="ministry").update(version=2)
    events: Any = Step.pgh_event_model.objects  # type: ignore[attr-defined]
    act = events.filter(taken_on="2023-09-20").first().pgh_context_id

    page = client.post(URL, {"undo": str(act)}, follow=True)

    assertContains(page, "1\xa0skridt er rettet siden og står stadig.")
    assert statuses() == ["submitted", "ministry", "ministry"]


@pytest.mark.usefixtures("secretariat")
def test_another_council_finds_none_of_them(client: Client) -> None:
    client.post(URL, hidden(client.post(URL, CHOSEN)))
    events: Any = Step.pgh_event_model.objects  # type: ignore[attr-defined]
    act = events.filter(taken_on="2023-09-20").first().pgh_context_id
    other = a_council("hovedstaden")
    a_proposal(1, council=other)
    client.force_login(a_user(other, email="c@kkr.example"))

    assert client.post(URL, {"undo": str(act)}).status_code == 404
    assertContains(client.post(URL, CHOSEN), "er der ikke længere", status_code=422)
    assert Step.objects.count() == 5
    client.force_login(a_user(role=Role.MEMBER, email="m@kkr.example"))
    assert client.get(URL).status_code == 404


def test_the_sentence_says_from_what() -> None:
    law, none = Standing(Status.LAW), Standing()

    assert shift_words([law] * 3, "Vedtaget") == (
        "3\xa0forslag skifter fra Kræver lovændring til Vedtaget"
    )
    assert shift_words([law, none, law], "Vedtaget") == (
        "3\xa0forslag skifter, 2 fra Kræver lovændring og 1 fra Ingen status, til Vedtaget"
    )
