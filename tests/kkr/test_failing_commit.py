"""Nothing is called saved unless it was: the database fails at the very end, at COMMIT.

Each service works on one world that was committed. A trigger that waits for the commit
fails there, whichever table was written: so the world stays as it was for the next one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from meetings.services import life, members, packets, templates
from meetings.services import meetings as meeting_services
from meetings.services.publishing import publish
from questions.services.questions import Asked, create_question
from tests.kkr.apart import APART as OF_PEOPLE
from tests.kkr.apart import INSIDE, add_apart, every_service
from tests.kkr.changes.of_catalogues import OF_A_CATALOGUE
from tests.kkr.changes.of_meetings import OF_A_MEETING, OF_TWO_MEETINGS
from tests.kkr.changes.world import a_world
from tests.kkr.test_access import fingerprint
from tests.kkr.test_locked import EDITS
from tests.makers import MEETING
from tests.makers_packets import a_meeting, a_packet, a_publication, settle
from tests.processes import forget_jobs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import SimpleNamespace

    from tests.kkr.changes import Act

# A lapsed or new session is no part of what is saved, nor is what counts requests.
APART: Final = ("django_session", "django_cache", "spatial_ref_sys")
SAID: Final = "fails at the commit"
FAILING: Final = f"""
CREATE FUNCTION fail_at_commit() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{SAID}'; END $$
"""
TRIGGER: Final = """
CREATE CONSTRAINT TRIGGER fails_at_commit AFTER INSERT OR UPDATE OR DELETE ON {}
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fail_at_commit()
"""
LONG: Final = "En lang tekst, som tog en time."
OTHERS: Final[dict[str, Act]] = {
    "life.begin_version": lambda w: life.begin_version(
        w.sent_meeting, reason="Et bilag kom sent.", by=w.by
    ),
    "meetings.create_meeting": lambda w: meeting_services.create_meeting(
        council=w.council, held_on=w.due_on, sections=["Sager"], by=w.by
    ),
    "members.create_member": lambda w: members.create_member(
        w.council, name="En", role="member", by=w.by
    ),
    "packets.ask_for_packet": lambda w: packets.ask_for_packet(w.meeting, by=w.by),
    "publishing.publish": lambda w: publish(
        w.packet.meeting_id, packet_pk=w.packet.pk, by=w.by
    ),
    "questions.create_question": lambda w: create_question(
        w.council, text="Hvem?", asked=Asked(()), by=w.by
    ),
    "templates.save_as_template": lambda w: templates.save_as_template(
        w.item, name="Brev", by=w.by
    ),
}
SERVICES: Final[dict[str, Act]] = {
    **OF_A_MEETING,
    **{name: call for name, (call, _) in OF_TWO_MEETINGS.items()},
    **OF_A_CATALOGUE,
    **EDITS,
    **OTHERS,
    **OF_PEOPLE,
}
# Writes nothing on the day on which somebody was asked.
del SERVICES["readthrough.remind_readers"]
# Address → what is typed there.
FORMS: Final[dict[str, dict[str, str]]] = {
    f"{MEETING}punkter/2-1/": {"title": "Nyt", "case": LONG},
    f"{MEETING}oplysninger/": {
        "place": LONG, "starts_at": "13.00", "ends_at": "15.00"
    },
    "/forslag/7/punkter/{w.point}/": {"text": LONG},
    "/moeder/nyt/": {
        "place": LONG, "held_on": "1.2.2024", "kind": "kkr", "sections": "Sager"
    },
}  # fmt: skip

# What is pressed besides: who → address, what is sent, and what may not be said.
PRESSED: Final[dict[str, tuple[str, dict[str, str], str]]] = {
    "chief sends": (
        "/moeder/2023-10-11/udgivelser/", {"packet": "{w.packet.pk}"}, "er sendt",
    ),
    "chief answers a finding": (
        f"{MEETING}send/", {"svar": "a", "grund-a": LONG, "set-a": "0"}, "svar er gemt",
    ),
    "chief takes down": (
        "/moeder/2023-09-13/nedtagning/",
        {"what": "punkt:2-1", "reason": LONG, "found_at": "13.9.2023 kl. 12.00",
         "sure": "ja"},
        "Taget ned",
    ),
    "director answers": (
        "/spoergsmaal/{w.open_question}/",
        {"choice": "Ja", "reply": LONG, "version": "{w.recipient_version}"},
        "er sendt",
    ),
    "link": (
        "/moeder/godkend/{w.token}/", {"answer": "approved", "remarks": LONG}, "Tak",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def world(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[SimpleNamespace]:
    """Everything the services need, committed; and a database that commits no more."""
    del django_db_setup
    with django_db_blocker.unblock():
        world = a_world(tmp_path_factory.mktemp("sent"))
        world.council, world.client = world.by.memberships.get().council, Client()
        world.client.force_login(world.by)
        world.client.raise_request_exception = False
        world.sent_meeting = a_publication(
            a_meeting(world.council, slug="2023-09-13")
        ).meeting_id
        world.packet = a_packet(a_meeting(world.council, slug="2023-10-11"))
        settle(world.packet.meeting, world.by)
        add_apart(world)
        tables = sorted(set(connection.introspection.table_names()) - set(APART))
        with connection.cursor() as cursor:
            cursor.execute(FAILING)
            for table in tables:
                cursor.execute(TRIGGER.format(connection.ops.quote_name(table)))
        world.rows = fingerprint()
        yield world
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION fail_at_commit() CASCADE")
        call_command("flush", verbosity=0, interactive=False)
        forget_jobs()


def test_the_trap_waits_for_the_commit(world: SimpleNamespace) -> None:
    # Not marked: marked tests run before all others, and the world would be made twice.
    with transaction.atomic():
        templates.save_as_template(world.item, name="Brev", by=world.by)
        with pytest.raises(DatabaseError, match=SAID):
            connection.check_constraints()
        transaction.set_rollback(True)


# Marked, so that a run of this file alone has a database of its own.
@pytest.mark.django_db
def test_every_service_is_tried_or_named_with_its_reason() -> None:
    assert every_service() == {*SERVICES, *INSIDE}
    assert not SERVICES.keys() & INSIDE.keys()


@pytest.mark.parametrize("service", SERVICES)
def test_no_service_says_done_when_the_commit_fails(
    world: SimpleNamespace, service: str
) -> None:
    with pytest.raises(DatabaseError, match=SAID):
        SERVICES[service](world)

    assert fingerprint() == world.rows


@pytest.mark.parametrize("url", FORMS)
def test_no_page_says_saved_and_what_was_typed_is_given_back(
    world: SimpleNamespace, url: str
) -> None:
    client = world.client
    address, typed = url.format(w=world), FORMS[url]
    given = {f.html_name: f.value() for f in client.get(address).context["form"]}
    shown = {name: value for name, value in given.items() if value}

    answer = client.post(address, shown | {"version": "1"} | typed)

    assert answer.status_code >= 500
    assert LONG in answer.content.decode()
    assert "blev ikke gemt" in answer.content.decode()
    again = client.get(address).content.decode()
    assert "er gemt" not in again
    assert LONG not in again
    assert fingerprint() == world.rows


@pytest.mark.parametrize("who", PRESSED)
def test_no_press_says_done_when_the_commit_fails(
    world: SimpleNamespace, who: str
) -> None:
    address, sent, done = PRESSED[who]
    client = world.clients[who.partition(" ")[0]]
    posted = {name: value.format(w=world) for name, value in sent.items()}
    answer = client.post(address.format(w=world), posted)

    body = answer.content.decode()
    assert answer.status_code >= 500
    assert "Noget gik galt hos os" in body
    assert done not in body
    assert LONG not in sent.values() or (LONG in body and "blev ikke gemt" in body)
    now = fingerprint()
    changed = {table for table in now if now[table] != world.rows[table]}
    assert changed <= set(APART)
