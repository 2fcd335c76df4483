"""The home page of each role."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from accounts.choices import Role
from accounts.models import Municipality, Organisation
from core import clock
from core.drafts.models import Draft
from core.history import act
from meetings.models import AgendaItem, Appendix, Meeting
from meetings.services import findings
from meetings.services.packets import ask_for_packet
from tests.makers_packets import (
    a_begun_version,
    a_council,
    a_meeting,
    a_packet,
    a_publication,
    a_user,
    an_appendix,
    approve,
)

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def text_of(client: Client) -> str:
    return client.get("/").content.decode().replace("\u00a0", " ")


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(a_user())
    return client


def test_the_public_is_sent_to_the_published_meetings(client: Client) -> None:
    assertRedirects(client.get("/"), "/moeder/")


def test_the_secretariat_sees_the_next_meeting_and_its_counts(
    secretary: Client,
) -> None:
    a_meeting(slug="2023-10-04")
    a_packet(a_meeting())

    page = text_of(secretary)

    for words in (
        "Tirsdag 7. november 2023",
        "KKR-møde 22. november 2023",
        "Om 15 dage",
        "ons. 22. nov.",
        "Kl. 13.00–16.00, 1 punkt, 2 bilag, 9 sider",
        "1 punkt",
        "2 bilag",
        "9 sider",
        "Pakken er aktuel",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("is_built", "sentence"),
    [(False, "Pakken er ikke bygget endnu"), (True, "Pakken er forældet")],
)
def test_the_packet_waits_for_the_secretariat(
    secretary: Client,
    is_built: bool,  # noqa: FBT001
    sentence: str,
) -> None:
    meeting = a_meeting()
    if is_built:
        a_packet(meeting)
        AgendaItem.objects.update(title="En ny titel")

    response = secretary.get("/")

    assertContains(response, sentence)
    assertContains(response, 'href="/moeder/2023-11-22/pakke/">Byg</a>')


def asked(meeting: Meeting) -> Meeting:
    """The meeting, already with its chairman."""
    meeting.state = "approval"
    meeting.save()
    return meeting


def test_the_days_of_the_next_meeting_are_counted_back(secretary: Client) -> None:
    a_packet(a_meeting())

    page = text_of(secretary)

    for words in ("Udkast til sager", "Nået", "man. 30. okt.", "tir. 7. nov.",
                  "Om 8 dage", "ons. 15. nov."):  # fmt: skip
        assert words in page
    assert page.count('aria-current="step"') == 1
    assert "Send dagsordenen til formandens godkendelse" in page
    assert "/moeder/2023-11-22/tilstand/?til=approval" in page


def test_an_answer_that_is_due_before_the_meeting_waits(secretary: Client) -> None:
    asked(a_meeting())
    AgendaItem.objects.update(
        reply_deadline="dated",
        reply_on=date(2023, 11, 14),
        addressee="Greater Copenhagen EU Office",
        kind="information",
    )

    page = text_of(secretary)

    assert "Svar fra KKR til Greater Copenhagen EU Office" in page
    assert "inden 14. nov." in page
    assert "2.1 er kun til orientering, men svaret skal afgives før mødet" in page


def test_a_cancelled_meeting_asks_for_no_approval(secretary: Client) -> None:
    meeting = a_meeting()
    meeting.fate, meeting.fate_reason = "Aflyst", "Sne"
    meeting.save()

    assert "formandens godkendelse" not in text_of(secretary)


def test_a_cancelled_meeting_is_not_next_and_later_ones_have_a_line(
    secretary: Client,
) -> None:
    off = a_meeting(slug="2023-11-10")
    later = a_meeting(off.council, slug="2023-12-13")
    a_packet(a_meeting(off.council))
    Meeting.objects.filter(pk=off.pk).update(fate="Aflyst", fate_reason="Sne")
    Meeting.objects.filter(pk=later.pk).update(kind="directors")
    AgendaItem.objects.filter(section__meeting=later).update(
        reply_deadline="dated", reply_on=date(2023, 11, 14), addressee="Ministeriet"
    )

    page = text_of(secretary)

    assert '<h2><a href="/moeder/2023-11-22/">KKR-møde 22. november 2023</a>' in page
    assert "10. november" not in page
    assert "K17-møde 13. december 2023" in page
    assert "Udkast til sager 20. nov. Svar til Ministeriet inden 14. nov." in page


def test_two_held_meetings_of_a_day_are_over_and_what_waits_is_listed(
    secretary: Client,
) -> None:
    first = a_publication(a_meeting(slug="2023-11-07")).meeting
    a_meeting(first.council, slug="2023-11-08")
    a_meeting(first.council, slug="2023-11-09")
    Meeting.objects.update(state="held", held_on=date(2023, 11, 7))
    Meeting.objects.filter(pk=first.pk).update(state="closed", is_revising=True)

    page = text_of(secretary)

    assert page.count("Referatet af mødet 7. november 2023 er ikke godkendt") == 2
    assert "Ny version af mødet 7. november 2023 er begyndt" in page


def test_what_is_returned_is_said_of_a_meeting_with_a_new_day(
    secretary: Client,
) -> None:
    meeting = a_begun_version()
    Meeting.objects.update(fate="Udsat til 29. november 2023", fate_reason="Sne")
    AgendaItem.objects.update(title="En ny titel")
    packet = a_packet(meeting)
    meeting.approvals.create(
        packet=packet, name="Ida Bro", expires_on=date(2023, 11, 20), asked_by="S",
        answer="returned", answered_at=clock.now(), remarks="Ret 2.1.",
    )  # fmt: skip

    assert "Ida Bro sendte dagsordenen tilbage" in text_of(secretary)
    assertContains(
        secretary.get(meeting.get_absolute_url()), "Ida Bro sendte dagsordenen tilbage."
    )


def test_a_running_build_waits_for_nobody(client: Client) -> None:
    user = a_user()
    client.force_login(user)
    ask_for_packet(asked(a_meeting()).pk, by=user)

    response = client.get("/")

    assertContains(response, "Pakken bygges nu")
    assertContains(response, "Intet venter på dig.")


def test_only_the_head_of_secretariat_is_asked_to_publish(client: Client) -> None:
    packet = a_packet(meeting := asked(a_meeting()))
    findings.refresh(meeting.pk)
    client.force_login(a_user())
    assertContains(client.get("/"), "har ikke godkendt pakken")
    approve(meeting)
    assertContains(client.get("/"), "Intet venter på dig.")

    client.force_login(a_user(role=Role.CHIEF))
    assertContains(client.get("/"), "Pakken er klar til at blive sendt")
    client.post("/moeder/2023-11-22/udgivelser/", {"packet": packet.pk})

    assertContains(client.get("/"), "Intet venter på dig.")


def test_what_is_known_to_be_missing_waits_too(secretary: Client) -> None:
    meeting = asked(a_meeting())
    Appendix.objects.filter(position=2).update(summary="Resuméet er TBD.")
    AgendaItem.objects.update(kind="")
    a_packet(meeting)
    findings.refresh(meeting.pk)

    page = text_of(secretary)

    assert "2.1 Bilag 2: " in page
    assert "1 advarsel mangler svar" in page
    assert "Venter på dig (2)" in page


def test_an_error_says_where_it_stands_and_what_it_means(secretary: Client) -> None:
    meeting = a_meeting()
    Appendix.objects.filter(position=2).update(status_text="Modsigelse: siger UDKAST.")
    a_packet(meeting)
    findings.refresh(meeting.pk)

    assert "s. 6–9. Fejl, spærrer for udsendelse" in text_of(secretary)


def test_the_latest_changes_are_told_with_who_and_when(client: Client) -> None:
    user = a_user()
    client.force_login(user)
    meeting, other = a_meeting(), a_meeting(a_council("hovedstaden"))
    for verb, row in (("rettede punkt 2.1", meeting), ("rettede noget andet", other)):
        with act(verb, user):
            AgendaItem.objects.filter(section__meeting=row).update(title=verb)

    page = text_of(client)

    assert '<a href="/moeder/2023-11-22/#item-2-1">Rettede punkt 2.1</a>' in page
    assert "i dag kl. " in page
    assert "Rettede noget andet" not in page


def test_one_act_on_many_rows_is_one_change(client: Client) -> None:
    user = a_user()
    client.force_login(user)
    with act("oprettede mødet", user):
        a_meeting(appendices=4)

    assertContains(client.get("/"), "Oprettede mødet", count=1)


def test_a_pile_of_equal_acts_is_told_once_with_its_meeting(client: Client) -> None:
    user, meeting = a_user(), a_meeting()
    client.force_login(user)
    with act("rettede punkt 2.1", user):
        AgendaItem.objects.update(title="En ny titel")
    for position in range(3, 13):
        with act("tilføjede et bilag til punkt 2.1", user):
            an_appendix(AgendaItem.objects.get(), position)

    page = text_of(client)

    assert page.count("bilag til punkt 2.1") == 1
    assert "Tilføjede 10 bilag til punkt 2.1</a><br>" in page
    assert f"{user.name}, mødet {meeting.day}".replace("\u00a0", " ") in page
    assert "Rettede punkt 2.1" in page


def test_ones_own_drafts_wait_for_oneself_alone(client: Client) -> None:
    user, other = a_user(), a_user(email="anden@kkr.example")
    meeting = a_meeting()
    name = f"punkt 2.1, {meeting.name}"
    for who in (user, other):
        Draft.objects.create(
            user=who, key="meetings.agendaitem:1", name=name, page="/", writer=uuid4()
        )
    client.force_login(user)

    page = text_of(client)

    own = "Din kladde til punkt 2.1, KKR-møde 22. november 2023 er ikke gemt"
    assert page.count(own) == 1
    assert "Skriv videre" in page
    Draft.objects.create(user=user, key="x", name=name, page="/", writer=uuid4())
    both = "Dine 2 kladder til punkt 2.1, KKR-møde 22. november 2023 er ikke gemt"
    assert both in text_of(client)


def test_an_act_on_many_rows_does_not_hide_what_was_done_before(
    client: Client,
) -> None:
    user = a_user()
    client.force_login(user)
    item = AgendaItem.objects.get(section__meeting=a_meeting(appendices=30))
    with act("rettede 2.1 Bilag 30", user):
        item.appendices.filter(position=30).update(title="Et andet brev")
    for turn in range(2):
        with act(f"fjernede 2.1 Bilag {turn + 1}", user):
            item.appendices.update(summary=f"Flyttet {turn}")

    page = text_of(client)

    assert "Fjernede 2.1 Bilag 2" in page
    assert "Fjernede 2.1 Bilag 1" in page
    assert "Rettede 2.1 Bilag 30" in page


def test_building_and_publishing_are_told_among_the_changes(client: Client) -> None:
    publication = a_publication()
    client.force_login(a_user())

    page = text_of(client)

    built = '<a href="/moeder/2023-11-22/pakke/">Bilagspakken bygget</a><br>'
    assert built + publication.packet.asked_by in page
    said = '<a href="/moeder/2023-11-22/offentlig/">Mødet sendt</a><br>'
    assert f"{said}Sekretariatschef sjaelland" in page
    assert "Offentliggjorde mødet" not in page


def test_no_meeting_ahead_says_so(secretary: Client) -> None:
    a_meeting(slug="2023-10-04")

    assertContains(secretary.get("/"), "Intet møde er planlagt.")


def test_the_first_day_names_the_steps_and_never_says_nought(secretary: Client) -> None:
    page = text_of(secretary)

    assert "Der er ikke noget møde endnu." in page
    assert "Opret det første møde" in page
    assert "<dt>Brugere</dt><dd>1, dig</dd>" in page
    assert "<dt>Forslag</dt><dd>ingen</dd>" in page
    assert "<dd>0</dd>" not in page


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.MEMBER])
def test_directors_and_members_see_what_is_published(
    client: Client, role: Role
) -> None:
    council = a_council()
    greve = Municipality.objects.create(
        code=253, name="Greve", council=council, population=52000
    )
    place: dict[str, Any] = {"municipality": greve} if role == Role.DIRECTOR else {}
    client.force_login(a_user(role=role, **place))
    a_publication()
    a_publication(a_meeting(slug="2024-01-24"))
    a_packet(a_meeting(slug="2023-12-13"))

    page = text_of(client)

    assert "næste møde i KKR Sjælland om 15 dage" in page
    assert "Læs pakken, 9 sider" in page
    assert "13. december 2023" not in page
    assert ("Greve Kommune" in page) == (role == Role.DIRECTOR)
    Meeting.objects.filter(slug="2023-11-22").update(fate="Aflyst")
    page = text_of(client)
    assert "næste møde i KKR Sjælland om 78 dage" in page
    Meeting.objects.update(fate="Aflyst")
    page = text_of(client)
    assert "næste møde" not in page
    assert "Aflyst" in page


def test_a_reporter_has_no_tasks_yet(client: Client) -> None:
    hus = Organisation.objects.create(slug="hus", name="Erhvervshus Sjælland")
    client.force_login(a_user(role=Role.REPORTER, organisation=hus))

    assertContains(client.get("/"), "Ingen opgaver endnu.")


def test_an_administrator_sees_users_and_roles(client: Client) -> None:
    client.force_login(a_user(role=Role.ADMINISTRATOR))
    a_user()

    response = client.get("/")

    assertContains(response, "secretariat@sjaelland.example")
    assertContains(response, "Opret bruger")


def test_somebody_without_a_seat_is_told_whom_to_ask(client: Client) -> None:
    user = a_user()
    user.memberships.all().delete()
    client.force_login(user)

    assertContains(client.get("/"), "Du har ingen rolle i et KKR endnu.")


@pytest.mark.parametrize("appendices", [1, 4])
def test_the_secretariats_page_asks_eight_queries(
    client: Client, appendices: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(a_user())
    a_packet(a_meeting(appendices=appendices))

    with django_assert_num_queries(8):
        response = client.get("/")

    assertContains(response, "Pakken er aktuel")
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("count", [1, 4])
def test_the_readers_page_asks_five_queries(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for month in range(1, count + 1):
        a_publication(a_meeting(slug=f"2023-0{month}-22"))
    client.force_login(a_user(role=Role.MEMBER))

    with django_assert_num_queries(5):
        response = client.get("/")

    assertContains(response, 'data-label="Sider">9</td>', count=count)


def test_ones_own_meeting_is_found_behind_those_of_other_councils(
    client: Client,
) -> None:
    a_publication(a_meeting(slug="2023-01-22"))
    other = a_council("hovedstaden")
    for day in range(1, 12):
        a_publication(a_meeting(other, slug=f"2023-10-{day:02}", appendices=1))
    client.force_login(a_user(role=Role.MEMBER))

    page = text_of(client)

    assert '<h2 id="nearest"><a href="/moeder/2023-01-22/">' in page
    assert 'href="/moeder/2023-10-11/?kkr=hovedstaden"' in page


def test_a_member_elsewhere_is_led_to_the_meeting_of_the_own_council(
    client: Client,
) -> None:
    other = a_council("hovedstaden")
    a_publication(a_meeting(other))
    client.force_login(a_user(other, role=Role.MEMBER))

    page = text_of(client)

    assert 'href="/moeder/2023-11-22/pakke/?kkr=hovedstaden"' in page
    assert 'href="/moeder/2023-11-22/pakke.pdf?kkr=hovedstaden"' in page
