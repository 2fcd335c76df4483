"""What is taken down is nowhere: docs/rules.md R-43, R-48, R-49."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import User
from core.errors import RuleViolationError
from core.search.indexing import index
from documents.printing.renderers import start_renderers, stop_renderers
from documents.storage import files
from meetings.editions.removable import removables
from meetings.editions.sealed import sealed_files
from meetings.minutes.ledger import decisions_on
from meetings.minutes.value import written
from meetings.models import AgendaItem, Decision, Meeting, Publication, StateStep
from meetings.receipts.rebuild import rebuild
from meetings.services.life import begin_version, may_have_version, take_step
from meetings.services.withdrawals import refuse_again, replace_without
from tests.demo.packets import build_packet
from tests.meetings.closed import a_chief, send, text_of
from tests.meetings.taken import (
    BIRDS,
    PLACE,
    REASON,
    a_minuted_meeting,
    approve,
    readers,
    take,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import DjangoDbBlocker

pytestmark = pytest.mark.django_db
CLOSED = "bilag:2-1-bilag-3"
LETTER = f"{PLACE}bilag/2-1-bilag-3"


@pytest.fixture(scope="module")
def sent(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Publication]:
    """A meeting, sent twice and minuted; once for all tests here."""
    start_renderers()
    with django_db_blocker.unblock(), transaction.atomic():
        publication = a_minuted_meeting()
        index()
        yield publication
        transaction.set_rollback(True)
    stop_renderers()


def as_director(name: str = "greve") -> Client:
    client = Client()
    client.force_login(User.objects.get(email=f"{name}@kkr.example"))
    return client


def words(client: Client, url: str) -> str:
    return client.get(url).content.decode().replace("\xa0", " ").replace("&nbsp;", " ")


def test_canaries_of_every_kind_are_nowhere(sent: Publication) -> None:
    rows = [take(sent.meeting_id, what) for what in BIRDS]
    index()

    birds = {word for words in BIRDS.values() for word in words}
    left = [
        (url, word)
        for client, urls in readers()
        for url, (_, text) in walk(client, urls).items()
        for word in birds
        if word in text
    ]
    assert left == []
    for row in rows:
        kept = sealed_files(sent.meeting, row)
        assert all(files().open(each.file).read(5) == b"%PDF-" for each in kept)
        assert kept


def test_the_next_version_was_printed_with_strokes_and_is_printed_anew_without(
    sent: Publication, tmp_path: Path
) -> None:
    assert "solsort" in text_of(sent.file).lower()
    row = take(sent.meeting_id, "version:1")

    packet = build_packet(Meeting.objects.get(pk=sent.meeting_id))

    assert packet.version == 3
    for name in (packet.file, packet.closed["file"]):
        assert "solsort" not in text_of(name).lower()
    assert rebuild(sent, tmp_path / "a.pdf").is_identical
    assert rebuild(sent, tmp_path / "b.pdf", is_closed=True).is_identical
    page = words(as_director("chef"), f"{PLACE}nedtagning/{row.pk}/")
    assert "PDF-filerne i version 2 viser med streg" in page


def test_closed_material_goes_by_itself_and_only_its_readers_are_told(
    sent: Publication,
) -> None:
    take(sent.meeting_id, CLOSED, title="Brev om løn")

    told = as_director()
    assert told.get(f"{LETTER}.pdf").status_code == 410
    assert "Brev om løn" in words(told, f"{LETTER}/")
    assert "2.1 Bilag 3 er taget ned" in words(told, f"{PLACE}offentlig/")
    for end, code in (("pakke.pdf", 200), ("pakke.pdf?del=lukket", 410)):
        assert told.get(f"{PLACE}{end}").status_code == code
    assert words(told, f"{PLACE}offentlig/").count("Taget ned.") == 1
    page = words(Client(), f"{PLACE}offentlig/")
    assert REASON not in page
    assert "taget ned" not in page
    assert "Lukket bilag" in page
    got = [Client().get(f"{PLACE}{end}").status_code for end in ("", "pakke.pdf")]
    assert (got, Client().get(f"{LETTER}/").status_code) == ([200, 200], 404)


def test_the_closed_packet_goes_by_itself(sent: Publication) -> None:
    take(sent.meeting_id, "lukket:2")

    client = as_director()
    asked = (
        "pakke.pdf?del=lukket",
        "punkter/2-2/",
        "bilag/2-2-bilag-1.csv",
        "pakke.pdf",
    )
    found = [client.get(f"{PLACE}{end}").status_code for end in asked]
    assert found == [410, 410, 410, 200]
    assert Client().get(f"{PLACE}punkter/2-2/").status_code == 200
    older = f"{PLACE}pakke.pdf?del=lukket&version=1"
    assert client.get(older).status_code == 200


def test_closed_material_is_not_sent_again_as_it_was(sent: Publication) -> None:
    take(sent.meeting_id, "punkt:2-2")
    packet = build_packet(sent.meeting)

    with pytest.raises(RuleViolationError, match=r"Punkt 2\.2 er taget ned"):
        refuse_again(packet)

    AgendaItem.objects.filter(key="kanarie-sagen").update(case="<p>Ny.</p>")
    refuse_again(build_packet(sent.meeting))


def test_the_ledger_says_other_words_and_finds_no_old_ones(sent: Publication) -> None:
    assert "Sag om en stork" in words(Client(), "/beslutninger/?q=stork")
    take(sent.meeting_id, "punkt:2-1", title="En sag")

    page = words(Client(), "/beslutninger/")
    assert f"Taget ned</b> 7. november 2023. {REASON}" in page
    assert "KKR ser på sagen" not in page
    assert "Pelikan" in page
    for word in ("stork", "sagen"):
        assert "Ingen beslutninger passer" in words(
            Client(), f"/beslutninger/?q={word}"
        )
    (row,) = decisions_on("proposal:forslag-1", None)
    assert (row.title, row.outcome, row.applies) == ("En sag", "", ())


def test_an_appendix_that_is_down_is_named_so_in_the_ledger(sent: Publication) -> None:
    take(sent.meeting_id, "bilag:2-1-bilag-2", title="Et katalog")

    (row,) = decisions_on("proposal:forslag-1", None)

    assert [own["title"] for own in row.applies] == ["Brev", "Et katalog"]
    assert "KKR ser på sagen" in row.text
    assert Client().get(f"{PLACE}referat.pdf").status_code == 200


def test_one_decision_goes_and_the_others_stand(sent: Publication) -> None:
    take(sent.meeting_id, "beslutning:2-3")

    client = Client()
    assert "Pelikan" not in words(client, f"{PLACE}punkter/2-3/")
    assert "KKR ser på sagen" in words(client, f"{PLACE}punkter/2-1/")
    assert "Pelikan" not in words(client, "/beslutninger/")
    assert client.get(f"{PLACE}pakke.pdf").status_code == 200
    got = client.get(f"{PLACE}referat/")
    assert got.status_code == 410
    assert "Referatet gengiver beslutningen på punkt 2.3" in got.content.decode()
    page = words(client, PLACE)
    assert "Referatet er taget ned" in page
    assert "Læs det i referatet" not in page


def test_a_closed_decision_goes_and_the_open_minutes_stand(sent: Publication) -> None:
    closed = f"{PLACE}referat/?del=lukket"
    client = as_director()
    assert "Svane" in words(client, closed)
    assert "Svane" in words(client, "/beslutninger/?del=lukket")
    take(sent.meeting_id, "beslutning:2-2")

    for url in (closed, f"{PLACE}referat.pdf?del=lukket"):
        assert client.get(url).status_code == 410
        assert Client().get(url).status_code == 404
    for url in ("/beslutninger/?del=lukket", f"{PLACE}punkter/2-2/"):
        assert "Svane" not in words(client, url)
    assert Client().get(f"{PLACE}referat.pdf").status_code == 200
    assert REASON not in words(Client(), "/beslutninger/")


def test_minutes_are_read_again_once_they_are_written_anew(sent: Publication) -> None:
    take(sent.meeting_id, "referat")
    by = a_chief(sent.meeting)
    take_step(sent.meeting_id, to="held", reason="Et navn skal væk.", by=by)
    approve(sent.meeting)
    assert Client().get(f"{PLACE}referat.pdf").status_code == 410

    take_step(sent.meeting_id, to="held", reason="Et navn skal væk.", by=by)
    Decision.objects.filter(text="<p>Pelikan.</p>").update(text="<p>En fugl.</p>")
    approve(sent.meeting)

    for url in ("referat/", "referat.pdf", "punkter/2-3/"):
        assert Client().get(f"{PLACE}{url}").status_code == 200
    assert "En fugl." in words(Client(), "/beslutninger/")


def test_a_meeting_that_was_held_gets_a_version_without_it(sent: Publication) -> None:
    by, client = a_chief(sent.meeting), Client()
    with pytest.raises(RuleViolationError, match="når noget er taget ned"):
        begin_version(sent.meeting_id, reason="En tanke mere.", by=by)
    row = take(sent.meeting_id, "bilag:2-1-bilag-2", title="Et katalog")
    assert client.get(f"{PLACE}pakke.pdf").status_code == 410

    StateStep.objects.create(
        meeting=sent.meeting, before="sent", after="held", by="Anna"
    )
    replace_without(row.pk, by=by)
    sent.meeting.packets.exclude(state="built").delete()
    newest = send(sent.meeting)

    assert newest.number == 3
    assert "papegoje" not in text_of(newest.file).lower()
    codes = {"pakke.pdf": 200, "bilag/2-1-bilag-2/": 410, "referat.pdf": 200}
    assert {e: client.get(f"{PLACE}{e}").status_code for e in codes} == codes
    meeting = Meeting.objects.get(pk=sent.meeting_id)
    assert (meeting.state, meeting.is_locked) == ("approved", True)
    assert not may_have_version(meeting)
    # It decided on the version it had.
    own = written(meeting)
    assert own is not None
    assert own.edition.number == 2


def test_the_chief_chooses_among_all_that_stands(sent: Publication) -> None:
    take(sent.meeting_id, CLOSED)

    own = {each.what: each for each in removables(sent.meeting_id)}

    assert CLOSED not in own
    assert own["punkt:2-2"].label == "Punkt 2.2 (lukket): Kanariesagen"
    assert own["bilag:2-1-bilag-4"].version == 2
    assert {"referat", "beslutning:2-1", "lukket:1", "version:2"} <= own.keys()
    page = words(as_director("chef"), f"{PLACE}nedtagning/")
    assert '<optgroup label="Referat">' in page
