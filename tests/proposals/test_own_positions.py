"""What a director's municipality is asked, on its own pages; reminders and deadlines."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from accounts.choices import Role
from core.asked import REMOVE
from meetings.days import calendar
from proposals.choices import PointKind, Stance
from proposals.models import CallLetter, Point, PositionCall
from proposals.queries.own_calls import own_calls
from proposals.services import calls
from proposals.services.call_reminders import remind_the_late
from tests.makers_packets import a_user
from tests.makers_positions import (
    DAY,
    DUE,
    a_call,
    a_place,
    a_position,
    a_secretary,
    director,
    seat_of,
)
from tests.makers_proposals import a_point, a_proposal, a_shared_point, a_unit

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries, Settings

    from accounts.models import User

pytestmark = pytest.mark.django_db
OWN = "/holdninger/"


@pytest.fixture(autouse=True)
def march(settings: Settings) -> None:
    """It is 14 March 2024."""
    settings.CLOCK_DATE = DAY


def text_of(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def test_a_director_is_led_to_what_is_asked_and_what_was_answered(
    client: Client,
    settings: Settings,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first, second, third = (a_proposal(n) for n in (1, 2, 3))
    greve, faxe = director("Greve"), director("Faxe")
    client.force_login(greve)
    assert "I er ikke spurgt om noget endnu." in text_of(client, OWN)
    home = text_of(client, "/")
    assert f'href="{OWN}">Holdninger</a>' in home
    assert "Jeres svar" not in home

    a_call(first, second, third)
    a_position(first, "Greve", Stance.RESERVED, reason="Greves grund.")
    a_position(second, "Faxe", Stance.AGAINST, reason="Faxes hemmelige grund.")
    own = f"/forslag/holdninger/kommuner/{a_place('Greve').code}/"
    with django_assert_num_queries(6):
        home = text_of(client, "/")
    for words in (
        "Jeres svar mangler på 2 af 3 forslag",
        "Frist 5. april 2024. Mangler forslag 2 og 3",
        "om 22 dage",
        f'href="{own}">Svar</a>',
        "Jeres svar om de 3 forslag",
    ):
        assert words in home, words
    page = text_of(client, OWN)
    assert "Frist fredag 5. april 2024" in page
    assert f'href="{own}">Skriv jeres svar' in page
    # Nothing of the others is told where one is led; the other director's is the other's.
    assert "Faxe" not in home + page
    [mine], [other] = own_calls(seat_of(greve)), own_calls(seat_of(faxe))
    assert [line.count for line in mine.tally.lines] == [0, 1, 0, 2]
    assert (other.missing, other.tally.against) == ((1, 3), 1)
    for path in (OWN, own, "/forslag/holdninger/"):
        assertContains(
            client.get(path), f'href="{OWN}" aria-current="page">Holdninger</a>'
        )


def test_what_was_answered_is_still_found_when_the_call_is_closed(
    client: Client, settings: Settings
) -> None:
    records = [a_proposal(n) for n in (1, 2, 3)]
    greve, faxe = director("Greve"), director("Faxe")
    a_call(*records)
    a_position(records[1], "Faxe")
    own = f"/forslag/holdninger/kommuner/{a_place('Greve').code}/"
    client.force_login(greve)
    for record in records:
        a_position(record, "Greve")
    assert "Venter på dig" not in text_of(client, "/")
    assert "I har svaret på alle 3 forslag" in text_of(client, OWN)
    settings.CLOCK_DATE = DUE + timedelta(days=1)
    page = text_of(client, OWN)
    assert "Opkaldet er lukket." in page
    assert f'href="{own}">Se jeres svar' in page
    assert "Jeres svar om de 3 forslag" in text_of(client, "/")
    client.force_login(faxe)
    page = text_of(client, OWN)
    assert "I svarede på 1 af 3 forslag." in page
    assert "Mangler" not in page
    # Of two calls of a catalogue the latest counts.
    a_call(records[0], a_proposal(4), due_on=DUE + timedelta(days=9))
    [mine] = own_calls(seat_of(greve))
    assert (mine.missing, mine.call.is_open) == ((4,), True)


def test_who_is_asked_reads_the_whole_record_with_its_references_in_words(
    client: Client,
) -> None:
    other, record, unit = a_proposal(1), a_proposal(2), a_unit(3)
    token = f"{{{{forenkling:{other.key}}}}}"
    type(record).objects.filter(pk=record.pk).update(idea=f"<p>Som {token} siger.</p>")
    record.points.all().delete()
    a_point(record, PointKind.RISK, 1, f"Det gør {token} dyrere")
    gone = a_point(record, PointKind.GAIN, 1, "Slettet gevinst")
    Point.objects.filter(pk=gone.pk).update(position=None, removed_position=1)
    shared = a_shared_point(unit, stem="Tæt samspil")
    Point.objects.filter(shared=shared).update(text=f"om {token}")
    a_call(record)
    a_call(unit)
    client.force_login(director("Greve"))
    code = a_place("Greve").code
    page = text_of(client, f"/forslag/holdninger/kommuner/{code}/")
    assert "Som forenkling 1 siger." in page
    assert "Det gør forenkling 1 dyrere" in page
    assert "Slettet gevinst" not in page
    assert "Gevinster" not in page
    page += text_of(client, f"/samdrift/holdninger/kommuner/{code}/")
    assert "Gevinster: Virksomhederne" in page
    assert "Tæt samspil om forenkling 1" in page
    assert "{{" not in page
    # What nobody called for is not told.
    assert f"{other.number}. {other.title}" not in page


def test_nobody_else_has_such_a_page_or_is_told_of_a_draft(client: Client) -> None:
    unit, proposal = a_unit(1), a_proposal(1)
    greve = director("Greve")
    calls.create_call(
        unit.catalogue_id, by=a_secretary(), records=[unit.pk],
        municipalities=[a_place("Greve").pk], due_on=DUE, note="",
    )  # fmt: skip
    a_call(proposal, places=("Faxe",))
    director("Lejre")
    client.force_login(greve)
    assert own_calls(seat_of(greve)) == ()
    assert "I er ikke spurgt om noget endnu." in text_of(client, OWN)
    for user in (a_secretary(), a_user(role=Role.MEMBER, email="m@x.example")):
        client.force_login(user)
        assert client.get(OWN).status_code == 404
        assertNotContains(client.get("/"), f'href="{OWN}"')
    client.logout()
    assert client.get(OWN).status_code == 302


def letters(kind: str = "reminder") -> list[tuple[str, date, str]]:
    rows = CallLetter.objects.filter(kind=kind).order_by("pk")
    names = ("municipality__name", "day", "written_by")
    found: list[Any] = list(rows.values_list(*names))
    return found


def test_the_portal_reminds_once_before_the_deadline_and_says_so(
    client: Client, settings: Settings
) -> None:
    first, second = a_proposal(1), a_proposal(2)
    for name in ("Faxe", "Greve"):
        director(name)
    call = a_call(first, second, places=("Faxe", "Greve", "Lejre"))
    a_position(first, "Faxe"), a_position(second, "Faxe")
    client.force_login(a_secretary())
    assert call.reminds_on == DUE - timedelta(days=3) == date(2024, 4, 2)
    told = "Portalen minder selv dem, der mangler, 2. april 2024."
    assert told in text_of(client, "/forslag/holdninger/")

    settings.CLOCK_DATE = date(2024, 4, 1)
    assert remind_the_late() == 0
    settings.CLOCK_DATE = date(2024, 4, 3)  # no worker lived on the second
    assert (remind_the_late(), remind_the_late()) == (1, 0)
    settings.CLOCK_DATE = DUE
    assert remind_the_late() == 0
    assert letters() == [("Greve", date(2024, 4, 3), "")]
    assert (
        "mangler jeres holdning til alle 2"
        in CallLetter.objects.get(kind="reminder").body
    )
    page = text_of(client, "/forslag/holdninger/")
    assert "Senest påmindet 3. april 2024: 1 kommune." in page
    assert told not in page


def test_more_time_is_another_deadline_and_none_after_it_is_reminded_of(
    settings: Settings,
) -> None:
    director("Greve")
    call = a_call(a_proposal(1), places=("Greve",))
    settings.CLOCK_DATE = date(2024, 4, 3)
    assert remind_the_late() == 1
    later: Any = {"due_on": date(2024, 4, 20), "due_reason": "Ferie"}
    calls.set_deadline(call.pk, version=call.version, by=a_secretary(), **later)
    settings.CLOCK_DATE = date(2024, 4, 17)
    # A reminder by hand stands for the portal's.
    calls.remind(call.pk, by=a_secretary())
    assert remind_the_late() == 0
    assert len(letters()) == 2
    PositionCall.objects.update(remind_before=0, due_on=date(2024, 4, 18))
    CallLetter.objects.all().delete()
    assert remind_the_late() == 0
    PositionCall.objects.update(remind_before=60)
    assert remind_the_late() == 1
    settings.CLOCK_DATE = date(2024, 4, 19)
    CallLetter.objects.all().delete()
    assert remind_the_late() == 0, "the call has closed itself"


def test_how_long_before_is_the_calls_own(client: Client) -> None:
    row, faxe = a_proposal(1), a_place("Faxe")
    client.force_login(a_secretary())
    url = "/forslag/holdninger/opkald/"
    data = {
        "due_on": "05.04.2024", "note": "", "records": [row.pk],
        "municipalities": [faxe.pk],
    }  # fmt: skip
    wrong = {
        "": "Skriv antal dage, eller 0.",
        "-1": "Skriv 0 eller mere.",
        "61": "Skriv højst 60 dage.",
        "to": "Skriv et helt tal.",
    }
    for days, words in wrong.items():
        answer = client.post(url, data | {"remind_before": days})
        assertContains(answer, words, status_code=422)
    page = client.post(url, data | {"remind_before": "7"}, follow=True)
    assertContains(page, "fredag 29.\xa0marts\xa02024")
    assert PositionCall.objects.get().remind_before == 7
    again = data | {"remind_before": "0", "version": "1"}
    client.post(url, again)
    assert PositionCall.objects.get().reminds_on is None
    client.post(f"{url}mail/")
    assertContains(
        client.get("/forslag/holdninger/"), "Portalen minder ikke selv om fristen."
    )


def test_the_deadline_stands_in_the_calendars_of_those_it_concerns(
    settings: Settings,
) -> None:
    call = a_call(a_unit(1), places=("Greve",))
    user = a_secretary()

    def days(who: Any) -> list[tuple[date, str]]:
        found = calendar.own_occasions(who)
        return [(each.day, each.url) for each in found if each.what == "Svarfrist"]

    assert days(director("Greve")) == [(DUE, OWN)]
    assert days(user) == [(DUE, "/samdrift/holdninger/")]
    assert days(director("Faxe")) == []
    assert days(a_user(role=Role.MEMBER, email="m@x.example")) == []
    settings.CLOCK_DATE = DUE + timedelta(days=1)
    assert days(user) == []
    assert not PositionCall.objects.get(pk=call.pk).is_open


def test_the_list_says_how_many_the_open_call_waits_for_until_its_day_has_gone(
    client: Client, settings: Settings
) -> None:
    client.force_login(a_secretary())
    for own, record, other in (
        ("/forslag/", a_proposal(1), a_proposal(2)),
        ("/samdrift/", a_unit(1), a_unit(2)),
    ):
        settings.CLOCK_DATE = DAY
        a_call(record, places=("Faxe", "Greve", "Køge"))
        a_position(other, "Faxe")  # nobody asked about that
        a_position(record, "Køge", Stance.DECLINES)
        words = "2 kommuner mangler svar. Frist 5. april 2024."
        page = text_of(client, own)
        assert words in page, own
        assert f'href="{own}holdninger/">Se hvem' in page
        a_position(record, "Faxe")
        assert "1 kommune mangler svar." in text_of(client, own)
        settings.CLOCK_DATE = DUE + timedelta(days=1)
        assert "mangler svar" not in text_of(client, own)
        settings.CLOCK_DATE = DAY
        a_position(record, "Greve")
        assert "mangler svar" not in text_of(client, own)


def test_how_long_before_is_changed_while_the_call_is_open(
    client: Client, settings: Settings
) -> None:
    call, by = a_call(a_proposal(1), places=("Greve",)), a_secretary()
    client.force_login(by)
    there = "/forslag/holdninger/opkald/frist/"
    assert 'value="3"' in text_of(client, there)
    old = {"version": str(call.version)}
    assertContains(
        client.post(there, old | {"remind_before": "61"}), 'value="61"', status_code=422
    )
    client.post(there, old | {"remind_before": "10"})
    page = text_of(client, "/forslag/holdninger/")
    assert "Portalen minder dem, der mangler, 26. marts 2024." in page
    assert f'href="{there}#paamindelse">Ret påmindelsen' in page
    assert "1 forslag × 1 kommune " in page
    # Somebody else said another number meanwhile: neither is lost.
    collided = client.post(there, old | {"remind_before": "5"})
    assert collided.status_code == 409
    call.refresh_from_db()
    assert (call.remind_before, call.due_on, len(letters())) == (10, DUE, 0)
    settings.CLOCK_DATE = DUE + timedelta(days=1)
    late = {"version": str(call.version), "remind_before": "5"}
    assertContains(client.post(there, late, follow=True), "Opkaldet er ikke åbent.")
    call.refresh_from_db()
    assert call.remind_before == 10


def two_secretaries() -> tuple[User, User]:
    second = a_user(role=Role.SECRETARIAT, email="anden@x.example")
    type(second).objects.filter(pk=second.pk).update(name="Anden Borg")
    second.refresh_from_db()
    return a_secretary(), second


def test_two_who_change_a_call_at_once_are_asked_and_never_pass_each_other(
    client: Client,
) -> None:
    director("Greve")
    call = a_call(a_proposal(1), places=("Greve",))
    (first, second), seen = two_secretaries(), call.version
    there = "/forslag/holdninger/opkald/"
    given: Any = {"due_on": date(2024, 4, 12), "due_reason": "Ferie"}
    calls.set_deadline(call.pk, version=seen, by=second, **given)
    client.force_login(first)

    def sent(part: str, **data: object) -> Any:
        return client.post(f"{there}{part}/", {"version": seen, **data})

    # Another day than the one somebody gave meanwhile: asked, with both to be read.
    late: Any = {"due_on": "10.04.2024", "due_reason": "Byrådet er forsinket"}
    asked = sent("frist", **late)
    assertContains(asked, "Byrådet er forsinket", status_code=409)
    assertContains(asked, "Brug Anden Borgs", status_code=409)
    assertContains(asked, ", Ferie", status_code=409)
    call.refresh_from_db()
    assert (call.due_on, call.version) == (date(2024, 4, 12), seen + 1)
    settled = {"version__seen": call.version, "due_on__choice": "theirs"}
    assert sent("frist", **late, **settled).status_code == 302
    earlier = sent("frist", **late, **settled | {"due_on__choice": "mine"})
    assertContains(earlier, calls.NOT_LATER, status_code=422)
    # The same day for the same reason: it stands, and nobody is told twice.
    before = CallLetter.objects.count()
    same = sent("frist", due_on="12.04.2024", due_reason="Ferie")
    assert same.status_code == 302
    call.refresh_from_db()
    assert (CallLetter.objects.count(), call.version) == (before, seen + 1)

    # What would close it, or remind of it, says what changed, and does nothing.
    for part in ("paamindelse", "lukning"):
        unseen = sent(part)
        told = "Anden Borg har givet frist til 12.\xa0april\xa02024 imens."
        assertContains(unseen, told, status_code=409)
        assertContains(unseen, f'value="{call.version}"', status_code=409)
    assert PositionCall.objects.get().is_open
    assert CallLetter.objects.count() == before


def test_a_call_that_was_closed_meanwhile_is_not_opened_again_unseen(
    client: Client,
) -> None:
    call = a_call(a_proposal(1), places=("Greve",))
    first, second = two_secretaries()
    calls.close_call(call.pk, by=second)
    client.force_login(first)
    there = "/forslag/holdninger/opkald/frist/"
    later: Any = {"due_on": "19.04.2024", "due_reason": "Påske"}

    shut = client.post(there, later | {"version": call.version})

    assertContains(shut, "Anden Borg har lukket opkaldet imens.", status_code=409)
    assertContains(shut, "Påske", status_code=409)
    assert not PositionCall.objects.get().is_open
    seen = call.version + 1
    assertContains(shut, f'name="version" value="{seen}"', status_code=409)
    assert client.post(there, later | {"version": seen}).status_code == 302
    assert PositionCall.objects.get().is_open


def test_a_call_that_was_rewritten_is_not_sent_or_thrown_away_unseen(
    client: Client,
) -> None:
    record, by = a_proposal(1), a_secretary()
    row = calls.create_call(
        record.catalogue_id, records=[record.pk], municipalities=[a_place("Greve").pk],
        due_on=DUE, note="", by=by,
    )  # fmt: skip
    calls.edit_call(row.pk, version=1, note="Kun de grønne.", by=by)
    client.force_login(by)
    url = "/forslag/holdninger/opkald/"

    sent = client.post(f"{url}mail/", {"version": 1})
    assertContains(sent, "har rettet opkaldet imens", status_code=409)
    assertContains(sent, "Kun de grønne.", status_code=409)
    away = client.post(f"{url}fjernelse/", {"version": 1, **REMOVE}, follow=True)
    assertContains(away, "har rettet opkaldet imens")
    assert PositionCall.objects.get().is_draft
    assert client.post(f"{url}mail/", {"version": 2}).status_code == 302
    assert PositionCall.objects.get().is_open
