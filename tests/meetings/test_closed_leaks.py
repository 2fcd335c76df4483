"""Nothing closed reaches those it is not for; docs/rules.md R-31, R-32."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import User
from core import clock
from core.search.indexing import index
from documents import codec
from documents.printing.renderers import start_renderers, stop_renderers
from documents.storage import files
from meetings.minutes.document import closed_document, minutes_document
from meetings.minutes.ledger import decisions_on
from meetings.minutes.value import written
from meetings.models import (
    AgendaItem,
    Approval,
    ClosedAppendix,
    ClosedMinutes,
    ClosedPublication,
    Decision,
    PublishedAppendix,
    SentRecord,
)
from meetings.post.words import token_of
from meetings.receipts.rebuild import rebuild
from meetings.services.decisions import write_decision
from meetings.services.life import StepRefusedError, begin_version
from meetings.services.minutes import NotWholeError, propose_minutes
from meetings.services.numbers import number_late
from meetings.tasks import print_agenda, print_minutes, print_whole
from tests.demo.packets import build_packet
from tests.documents.pdf_makers import failures
from tests.meetings import closed_story as story
from tests.meetings.closed import (
    CANARY,
    MINUTES,
    NAMES,
    SHUT,
    a_director,
    a_secret_letter,
    approve,
    asked,
    browser,
    half_closed_meeting,
    propose,
    send,
    text_of,
    told,
    unpacked,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import DjangoDbBlocker

    from meetings.models import Publication

pytestmark = pytest.mark.django_db
MEETING = "/moeder/2023-11-22/"
RIGHT = "/moeder/er-det-den-rigtige-fil/"
PAGES = (
    "/", "/soeg/?q=kanareisagen", "/moeder/", "/moeder/kalender.ics", "/soeg/?q=kanarie", MEETING,
    f"{MEETING}offentlig/", f"{MEETING}punkter/2-1/", f"{MEETING}punkter/2-2/",
    f"{MEETING}offentlig/punkter/2-1/", f"{MEETING}offentlig/punkter/2-2/",
    f"{MEETING}offentlig/punkter/2-3/", f"{MEETING}bilag/2-1-bilag-2/",
    f"{MEETING}bilag/2-1-bilag-2.pdf", f"{MEETING}bilag/2-1-bilag-2.json",
    f"{MEETING}bilag/2-1-bilag-2.csv", f"{MEETING}pakke/", f"{MEETING}pakke.pdf",
    f"{MEETING}hent/", f"{MEETING}bilag.zip", f"{MEETING}kvittering/",
    f"{MEETING}kvittering.json", f"{MEETING}udvalg.pdf?punkt=2-1",
    f"{MEETING}aendringer/", f"{MEETING}offentlig/?version=1", f"{MEETING}dagsorden/",
    f"{MEETING}dagsorden.pdf", f"{MEETING}dagsorden-og-bilag.pdf", "/beslutninger/",
    "/moeder/kalender/", f"{MEETING}min-kommune/", "/forslag/1@2023-11-22/",
    "/aabne-data/",
)  # fmt: skip
CLOSED = (
    f"{MEETING}bilag/2-1-bilag-3/", f"{MEETING}bilag/2-1-bilag-3.pdf",
    f"{MEETING}bilag/2-2-bilag-1/", f"{MEETING}bilag/2-2-bilag-1.pdf",
    f"{MEETING}bilag/2-2-bilag-1.csv", f"{MEETING}bilag/2-2-bilag-1.json",
    f"{MEETING}pakke/?del=lukket", f"{MEETING}pakke.pdf?del=lukket",
    f"{MEETING}hent/?del=lukket", f"{MEETING}bilag.zip?del=lukket",
    f"{MEETING}udvalg.pdf?del=lukket&punkt=2-2", f"{MEETING}kvittering/?del=lukket",
    f"{MEETING}kvittering.json?del=lukket", f"{MEETING}aendringer/?del=lukket",
)  # fmt: skip


@pytest.fixture(scope="module")
def sent(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Publication]:
    """A meeting of which some is closed, sent and found; once for all tests here."""
    start_renderers()
    with django_db_blocker.unblock(), transaction.atomic():
        publication = send(half_closed_meeting())
        print_agenda(publication.packet_id)
        print_whole(publication.pk)
        a_director(publication.meeting, "solroed")
        index()
        yield publication
        transaction.set_rollback(True)
    stop_renderers()


def test_nobody_else_is_told_anything(sent: Publication) -> None:
    for name in ("", "solroed"):
        client = browser(name)
        for page in PAGES:
            answer = client.get(page, follow=True)
            assert answer.status_code == 200, page
            assert CANARY not in asked(told(answer)), (name, page)


def test_a_link_to_approve_gives_what_is_closed_only_to_the_asked_who_signs_in(
    sent: Publication,
) -> None:
    row = sent.meeting.approvals.create(
        packet=sent.packet,
        name="F",
        email="Greve@kkr.example",
        expires_on=clock.today(),
    )
    link = f"/moeder/godkend/{token_of(row)}/"
    shut = [
        f"{link}bilag/{b}" for b in ("2-1-bilag-3/", "2-2-bilag-1/", "2-2-bilag-1.pdf")
    ]
    for name in ("", "solroed"):
        for page in ("", "pakke.pdf", "dagsorden.pdf", "bilag/2-1-bilag-1/"):
            answer = browser(name).get(f"{link}{page}")
            assert (answer.status_code, CANARY in told(answer)) == (200, False), page
        assert [browser(name).get(url).status_code for url in shut] == [404] * 3
    assert "Lukket punkt" in browser("").get(link).content.decode()
    read = browser("greve").get(link)
    assert "Kanarie i economy." in read.content.decode()
    assert "no-store" in read.headers["Cache-Control"]
    assert [browser("greve").get(url).status_code for url in shut] == [200] * 3
    Approval.objects.update(email="solroed@kkr.example")
    assert CANARY not in told(browser("solroed").get(link))


def test_an_answered_link_gives_no_more_than_was_sent_and_nothing_that_is_down(
    sent: Publication,
) -> None:
    row = sent.meeting.approvals.create(
        packet=sent.packet, name="F", email="solroed@kkr.example", answer="approved",
        answered_at=clock.now(), expires_on=clock.today(),
    )  # fmt: skip
    link = f"/moeder/godkend/{token_of(row)}/"
    shut = [f"{link}bilag/{b}" for b in ("2-2-bilag-1/", "2-2-bilag-1.pdf")]

    AgendaItem.objects.update(closed_to="council")
    assert CANARY not in told(browser("solroed").get(link)), "a draft opens nothing"
    Approval.objects.update(email="greve@kkr.example")
    assert [browser("greve").get(url).status_code for url in shut] == [200] * 2
    AgendaItem.objects.update(closed_to="secretariat")
    assert CANARY not in told(browser("greve").get(link)), "but it closes at once"
    AgendaItem.objects.update(closed_to="council")
    story.take_down(sent.meeting)

    assert [browser("greve").get(url).status_code for url in shut] == [404] * 2
    page = browser("greve").get(link)
    assert (page.status_code, CANARY in told(page)) == (200, False)


def test_open_minutes_say_nothing_of_what_is_closed(sent: Publication) -> None:
    own = written(sent.meeting)
    assert own is not None

    document = minutes_document(own)

    assert CANARY not in codec.dumps(document).lower()
    closed = next(each for each in document.sections if each.label == "2.2")
    assert (closed.title, closed.blocks) == ("Lukket punkt", ())
    assert not any(each.needs_decision for each in own.decided if not each.row)


def test_what_was_decided_on_a_closed_item_reaches_its_readers_alone(
    sent: Publication,
) -> None:
    own = approve(propose(sent))
    index()

    for name in ("", "solroed"):
        client = browser(name)
        for page in (*PAGES, *MINUTES):
            answer = client.get(page, follow=True)
            assert answer.status_code == 200, page
            assert CANARY not in asked(told(answer)), (name, page)
            assert "lukkede referat" not in told(answer), (name, page)
        assert [client.get(page).status_code for page in SHUT] == [404] * 3
    assert CANARY not in str([*own.entries.values()]).lower()


def test_whoever_may_read_a_closed_item_finds_what_was_decided_on_it(
    sent: Publication,
) -> None:
    made = approve(propose(sent))
    ask = f"{RIGHT}?sha256={made.closed.paper.file}"
    for name in ("", "solroed"):
        assert "Filen er ikke sendt af" in browser(name).get(ask).content.decode()
    reader = browser("greve")
    known = reader.get(ask).content.decode()
    assert "Det er det lukkede referat, godkendt" in known
    assert f'"{SHUT[0]}">Læs referatet' in known
    for page in SHUT:
        answer = reader.get(page)
        assert "kanariebeslutningen" in told(answer), page
        assert "no-store" in answer.headers["Cache-Control"]
    assert "Læs det lukkede referat" in reader.get(MINUTES[0]).content.decode()
    item = reader.get(f"{MEETING}offentlig/punkter/2-2/").content.decode()
    assert "Kanariebeslutningen" in item
    assert "den lukkede pakkes side" in item
    greve, solroed = (User.objects.get(email=f"{n}@kkr.example") for n in NAMES)
    (found,) = decisions_on("proposal:kanarie-forslag", greve)
    assert (found.number, found.is_closed) == ("2.2", True)
    assert decisions_on("proposal:kanarie-forslag", solroed) == ()


def test_approval_is_of_both_papers_to_the_byte(sent: Publication) -> None:
    made, chief = propose(sent), User.objects.get(email="chef@kkr.example")
    assert propose_minutes(sent.meeting_id, by=chief) == made
    row = Decision.objects.get(item__key="kanarie-sagen")
    write_decision(row.pk, version=row.version, text="<p>Andet.</p>", by=chief)
    with pytest.raises(StepRefusedError):
        approve(made)
    print_minutes(sent.meeting_id)
    again = propose_minutes(sent.meeting_id, by=chief)
    last = approve(again)

    assert (again.paper, last.closed.paper) == (made.paper, again.closed.paper)
    assert again.closed.paper != made.closed.paper
    assert failures(files().open(last.closed.paper.file).read()) == []
    assert "kanarie" not in last.paper.document.lower()


def test_open_minutes_are_the_same_whether_a_closed_item_is_decided(
    sent: Publication,
) -> None:
    own = written(sent.meeting)
    assert own is not None
    before = codec.dumps(minutes_document(own))
    after = written(propose(sent, prints=False))
    assert after is not None
    sections = codec.loads(before).sections[1], minutes_document(after).sections[1]

    assert sections[0] == sections[1]
    assert closed_document(after) is not None


def test_open_minutes_do_not_name_what_is_closed(sent: Publication) -> None:
    own, chief = propose(sent, prints=False), User.objects.get(email="chef@kkr.example")
    for key in ("sidste", "kanarie-sagen"):
        row = Decision.objects.get(item__key=key)
        words = "<p>Jf. kanariebrevet 3.</p>"
        write_decision(row.pk, version=row.version, text=words, by=chief)
    print_minutes(own.pk)

    with pytest.raises(NotWholeError) as refused:
        propose_minutes(own.pk, by=chief)

    (obstacle,) = refused.value.obstacles
    assert "punkt 2.3: Alle læser det, og det nævner 2.1" in obstacle.text
    assert obstacle.url == f"{MEETING}referat/punkter/2-3/"


def test_whoever_reads_one_of_two_closed_items_reads_its_decision_alone(
    sent: Publication,
) -> None:
    made = propose(sent)
    closed = made.closed
    ClosedMinutes.objects.update(access={"en-anden": closed.access["kanarie-sagen"]})

    assert browser("greve").get(SHUT[0]).status_code == 404
    ClosedMinutes.objects.update(access=closed.access | {"en-anden": []})
    page, file = (browser("greve").get(url) for url in SHUT[:2])

    assert "kanariebeslutningen" in told(page)
    assert "Hent det lukkede referat" not in page.content.decode()
    assert file.status_code == 404


def test_what_is_closed_is_as_what_does_not_exist(sent: Publication) -> None:
    missing = [p.replace("2-1-", "9-9-").replace("2-2", "9-9") for p in CLOSED[:5]]
    for name in ("", "solroed"):
        client = browser(name)
        assert [client.get(page).status_code for page in missing] == [404] * 5
        for page in CLOSED:
            answer = client.get(page)
            assert answer.status_code == 404, page
            assert "ETag" not in answer.headers
            assert CANARY not in told(answer)


def test_the_index_of_sent_records_holds_nothing_closed(sent: Publication) -> None:
    rows = SentRecord.objects.filter(appendix__publication=sent)

    assert "proposal:" in str(list(rows.values_list("key")))
    assert CANARY not in str(list(rows.values())).lower()
    assert "kanarie" in told(browser("greve").get("/forslag/1@2023-11-22/"))


def test_whoever_may_read_it_gets_all_of_it(sent: Publication) -> None:
    client = browser("greve")

    for page in CLOSED[:-1]:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert answer.headers["Cache-Control"] in {
            "no-store, private", "max-age=0, no-cache, no-store, must-revalidate, private"
        }, page  # fmt: skip
        if ".zip" in page or page.endswith((".pdf", "/", ".csv", ".json")):
            assert CANARY in told(answer), page
    item = client.get(f"{MEETING}offentlig/punkter/2-2/").content.decode()
    assert "Kanarie i economy." in item
    assert "Kanarieparagraffen" in item


def test_the_open_packet_counts_and_names_nothing_closed(sent: Publication) -> None:
    page = text_of(sent.file)

    assert "3 punkter, 2 bilag" in page
    assert "Lukket punkt" in page
    assert "Lukket bilag" in page
    assert CANARY not in str(sent.agenda).lower()
    assert CANARY not in str((sent.numbers, sent.labels, sent.reasons)).lower()
    kept = PublishedAppendix.objects.filter(publication=sent)
    assert list(kept.values_list("slug", flat=True)) == ["2-1-bilag-1", "2-1-bilag-2"]


def test_the_closed_packet_has_pages_of_its_own(sent: Publication) -> None:
    closed = ClosedPublication.objects.get(publication=sent)

    assert closed.labels == [f"L{page}" for page in range(1, closed.page_count + 1)]
    text = text_of(closed.file)
    assert "Lukket bilagspakke" in text
    assert "2.2 Bilag 1" in text
    assert "Indsatsen" in text
    assert "Brev\n" not in text
    assert "Det sidste punkt" not in text
    outline = unpacked(files().open(closed.file).read())
    assert "kanariebrevet 3" in outline


def test_a_closed_checksum_is_confirmed_to_its_readers_alone(
    sent: Publication,
) -> None:
    part = ClosedAppendix.objects.get(slug="2-2-bilag-1")
    closed = ClosedPublication.objects.get(publication=sent)

    for checksum in (part.file, closed.file):
        ask = f"{RIGHT}?sha256={checksum}"
        for name in ("", "solroed"):
            page = browser(name).get(ask).content.decode()
            assert "Filen er ikke sendt af" in page
        assert "i version" in browser("greve").get(ask).content.decode()


def test_one_press_builds_both_and_the_secretariat_reads_both(
    sent: Publication,
) -> None:
    client = Client()
    client.force_login(User.objects.get(email="chef@kkr.example"))

    assert CANARY in told(client.get(f"{MEETING}pakke.pdf?del=lukket"))
    assert CANARY not in told(client.get(f"{MEETING}pakke.pdf"))
    page = client.get(f"{MEETING}pakke/?del=lukket&side=L3").content.decode()
    assert "Den lukkede pakke" in page
    assert "Læs den åbne pakke" in page
    assert "i den åbne pakke" in page
    assert build_packet(sent.meeting).closed["file"] == sent.closed.file


def test_what_comes_late_takes_letters_in_its_own_packet(
    sent: Publication, tmp_path: Path
) -> None:
    meeting, before = sent.meeting, sent.closed
    begin_version(
        meeting.pk,
        reason="Et bilag kom sent.",
        by=User.objects.get(email="chef@kkr.example"),
    )
    shut = AgendaItem.objects.get(key="kanarie-sagen")
    a_secret_letter(shut, 2, is_publishable=False)
    number_late(meeting.pk)
    again = send(meeting)

    first, last = before.labels[0], before.labels[-1]
    assert [label for label in again.closed.labels if label not in before.labels] == [
        f"{first}a", f"{last}a", f"{last}b"
    ]  # fmt: skip
    assert [label for label in again.labels if label not in sent.labels] == ["1a"]
    late = again.closed.appendices.get(slug="2-2-bilag-1a")
    assert late.labels == [f"{last}a", f"{last}b"]
    assert rebuild(again, tmp_path / "a.pdf", is_closed=True).is_identical
    assert rebuild(again, tmp_path / "b.pdf").is_identical
    assert CANARY not in told(browser("").get(f"{MEETING}aendringer/"))
    page = browser("greve").get(f"{MEETING}aendringer/?del=lukket").content.decode()
    assert "Bilag 1a" in page
    assert "Kanariebrevet 2" in page


def test_what_was_closed_may_be_opened_and_is_no_item_that_is_gone(
    sent: Publication,
) -> None:
    meeting = sent.meeting
    begin_version(
        meeting.pk,
        reason="Et bilag kom sent.",
        by=User.objects.get(email="chef@kkr.example"),
    )
    AgendaItem.objects.filter(key="kanarie-sagen").update(is_closed=False)
    again = send(meeting)

    assert again.appendices.filter(slug="2-2-bilag-1").exists()
    assert again.closed.labels[0] == "L1"
    assert not again.closed.appendices.filter(slug="2-2-bilag-1").exists()
    page = browser("").get(f"{MEETING}aendringer/").content.decode()
    assert "Kanariesagen" in page
    assert "Punkt 2.2 er udgået" not in page
    old = browser("").get(f"{MEETING}offentlig/punkter/2-2/?version=1")
    assert CANARY not in told(old)


def test_whoever_reads_one_of_two_reads_that_and_not_the_whole_packet(
    sent: Publication,
) -> None:
    closed = ClosedPublication.objects.get(publication=sent)
    own = {key: readers for key, readers in closed.access.items() if key != "indsatsen"}
    ClosedPublication.objects.filter(pk=closed.pk).update(access=own)
    client = browser("greve")

    answers = {page: client.get(page).status_code for page in CLOSED}

    read = [page.removeprefix(MEETING) for page, code in answers.items() if code == 200]
    assert read == [
        "bilag/2-2-bilag-1/", "bilag/2-2-bilag-1.pdf", "bilag/2-2-bilag-1.csv",
        "bilag/2-2-bilag-1.json",
    ]  # fmt: skip
    page = client.get(f"{MEETING}offentlig/").content.decode()
    assert "Kanariesagen" in page
    assert "Kanariebrevet 3" not in page
    ask = f"/moeder/er-det-den-rigtige-fil/?sha256={closed.file}"
    assert "Filen er ikke sendt af" in client.get(ask).content.decode()


def test_where_all_is_closed_the_open_packet_is_a_list_of_numbers(
    sent: Publication,
) -> None:
    AgendaItem.objects.update(is_closed=True)

    packet = build_packet(sent.meeting)

    assert packet.labels == ["1", "1a"]
    assert CANARY not in text_of(packet.file).lower()
    assert text_of(packet.file).count("Lukket punkt") >= 3
    assert "3 punkter, 4 bilag" in text_of(packet.closed["file"])


def test_the_preview_shows_a_member_and_everybody_what_is_theirs(
    sent: Publication,
) -> None:
    AgendaItem.objects.filter(key="kanarie-sagen").update(closed_to="council")
    client = Client()
    client.force_login(User.objects.get(email="chef@kkr.example"))

    member = client.get(f"{MEETING}som-medlem/").content.decode()
    everybody = client.get(f"{MEETING}som-medlem/?som=alle").content.decode()

    assert "Kanariesagen" in member
    assert "Kanariebrevet 3" not in member
    assert CANARY not in everybody.lower()


def test_what_all_members_may_read_is_found_by_them_alone(sent: Publication) -> None:
    closed = ClosedPublication.objects.get(publication=sent)
    both = ["role:director", "role:member"]
    access = closed.access | {f"{CANARY}-sagen": both}
    ClosedPublication.objects.filter(pk=closed.pk).update(access=access)
    index()

    page = browser("solroed").get("/soeg/?q=kanarieforslaget").content.decode()

    assert f"{MEETING}bilag/2-2-bilag-1/" in page
    assert "Kanariebrevet" not in page
    for page in PAGES[1:3]:
        assert CANARY not in asked(told(browser("").get(page)))
    found = browser("").get("/soeg/?q=kanarieforslaget").content.decode()
    assert "2-2-bilag-1" not in found


def test_from_draft_to_takedown_no_other_is_told_and_readers_alone_make_a_version(
    sent: Publication,
) -> None:
    meeting, people = sent.meeting, story.outsiders()
    story.a_draft(meeting)
    question = story.an_answered_question(meeting).get_absolute_url()
    story.begin(meeting)

    story.edit(is_closed=False)
    story.tell_nobody(people, *story.BEGUN, question, f"{question}svar.csv")
    assert story.who_reads(story.ITEM) == story.who_reads(question) == ["greve"]

    story.edit(is_closed=True, **story.for_solroed())
    story.refuse_to_drop(meeting)
    again = send(meeting)
    assert again.closed.access["kanarie-sagen"] != sent.closed.access["kanarie-sagen"]
    assert story.who_reads(story.ITEM) == story.who_reads(question) == ["solroed"]
    assert story.who_reads(f"{story.ITEM}?version=1") == ["greve"]
    assert "andre end før" in told(browser("chef").get(CLOSED[-1]))

    approve(propose(again))
    index()
    story.tell_nobody(people, *story.HELD, *story.SECRET)
    assert story.who_reads(SHUT[0]) == ["solroed"]
    story.take_down(meeting)
    story.tell_nobody(people, *story.TAKEN, *story.SECRET[:2])
    assert story.who_reads(SHUT[0]) == ["solroed"], "they are told why it is gone"
