"""Jobs of the meetings app. Each is safe to repeat."""

from __future__ import annotations

from contextlib import suppress

from procrastinate import RetryStrategy

from accounts.models import Membership
from core import search
from core.jobs import POST, THREE_ATTEMPTS, app, given_up
from documents import pieces
from documents.foreign import UnusableFileError, placed
from documents.prints import print_now
from meetings.choices import Cause, PacketState, PaperKind
from meetings.editions.reading import of_packet_row
from meetings.exports import everything, whole
from meetings.minutes import printing
from meetings.minutes.document import (
    agenda_document,
    closed_document,
    minutes_document,
)
from meetings.minutes.value import written
from meetings.models import Meeting, Packet, Publication
from meetings.municipality.page import Choice, municipal_page
from meetings.municipality.printing import order_of
from meetings.packets.building.build import build
from meetings.packets.building.making import alternative_of
from meetings.packets.building.plan import fail
from meetings.packets.marks import sent_before
from meetings.readthrough.letters import send_letter
from meetings.rows import read_agenda
from meetings.search import scope_of
from meetings.services import findings, post, staleness, subscriptions
from meetings.services.readthrough import MAIL

# A mail server that is away for an hour loses no mail: 5 s, 25 s … 52 minutes apart.
UNTIL_IT_ANSWERS = RetryStrategy(max_attempts=6, exponential_wait=5)


@app.task(name="meetings.print_municipality", retry=THREE_ATTEMPTS)
def print_municipality(*, seat: int, slug: str, shows_all: bool, sort: str) -> None:
    """Print the page of a municipality as who asked for it sees it now."""
    rows = Membership.objects.select_related("user", "council", "municipality")
    for own in rows.filter(pk=seat):
        page = municipal_page(own.user, own, slug, Choice(shows_all, sort))
        if page is not None:
            print_now(order_of(page))


@app.task(name="meetings.build_packet", retry=THREE_ATTEMPTS)
def build_packet(packet_id: int) -> None:
    """Build one packet; then the findings know its pages."""
    build(packet_id)
    for packet in Packet.objects.filter(pk=packet_id):
        findings.refresh(packet.meeting_id)
        if packet.state == PacketState.BUILT:
            print_agenda.defer(packet_id=packet_id)


@given_up("meetings.build_packet")
def build_given_up(cause: str, *, packet_id: int) -> None:
    """Tell whoever waits that the packet will not come."""
    fail(packet_id, cause)


@app.task(name="meetings.refresh", retry=THREE_ATTEMPTS)
def refresh(meeting_pk: int) -> None:
    """Work out what is stale and what the checks find, then make the pieces ahead."""
    documents = staleness.refresh(meeting_pk)
    findings.refresh(meeting_pk)
    before = sent_before(meeting_pk).by_key
    for document in documents:
        pieces.make(document, marked=before.marks(document.key, document))
    for appendix in read_agenda(meeting_pk).appendices:
        if appendix.file:
            # Whoever builds the packet is told of a file that cannot be used.
            with suppress(UnusableFileError):
                placed(appendix.file, appendix.facts, alternative_of(appendix))


@app.task(name="meetings.print_minutes", retry=THREE_ATTEMPTS)
def print_minutes(meeting_pk: int) -> None:
    """Print a meeting's minutes as they are written now, the closed ones too."""
    meeting = Meeting.objects.select_related("council").get(pk=meeting_pk)
    own = written(meeting)
    if own is None:
        return
    agenda = own.agenda
    printing.print_minutes(meeting, minutes_document(own), agenda)
    closed = closed_document(own)
    if closed is not None:
        printing.print_minutes(meeting, closed, agenda, PaperKind.CLOSED)


@app.task(name="meetings.print_agenda", retry=THREE_ATTEMPTS)
def print_agenda(packet_id: int) -> None:
    """Print the agenda of a built packet, with the pages of its appendices."""
    rows = Packet.objects.select_related("meeting__council")
    packet = rows.get(pk=packet_id)
    edition = of_packet_row(packet, packet.meeting)
    printing.print_agenda(packet, agenda_document(edition), edition.agenda)


@app.task(name="meetings.print_whole", retry=THREE_ATTEMPTS)
def print_whole(publication_id: int) -> None:
    """Print agenda and packet of a sent version as one file; then all of it is zipped."""
    rows = Publication.objects.select_related("meeting__council", "packet")
    sent = rows.get(pk=publication_id)
    print_agenda(sent.packet_id)
    whole.print_whole(sent)
    everything.keep_bundle(sent)


@app.periodic(cron="40 4 * * *")
@app.task(name="meetings.make_missing", retry=THREE_ATTEMPTS)
def make_missing(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate gives it
    """Have made what was sent and is not whole: agenda, the whole in one file, zip."""
    for pk in everything.unmade():
        print_whole.defer(publication_id=pk)


@app.task(name="meetings.open", retry=THREE_ATTEMPTS)
def open_to_all(meeting_pk: int) -> None:
    """Let what was sent be found by everybody, now that everybody may read it."""
    search.changed(scope_of(meeting_pk))
    subscriptions.defer_latest(meeting_pk)


@app.task(name="meetings.tell_subscribers", retry=THREE_ATTEMPTS)
def tell_subscribers(
    publication_pk: int = 0, announcement_pk: int = 0, minutes_pk: int = 0
) -> None:
    """Write a mail to each who asked for news, of one of the three."""
    given = dict(zip(Cause, (publication_pk, announcement_pk, minutes_pk), strict=True))
    for cause, pk in given.items():
        if pk:
            subscriptions.tell(cause, pk)


@app.task(name="meetings.send_news", retry=UNTIL_IT_ANSWERS, queue=POST)
def send_news(mail_pk: int) -> None:
    """Send one mail of news."""
    subscriptions.send_news(mail_pk)


@app.task(name=post.SEND, retry=UNTIL_IT_ANSWERS, queue=POST)
def mail_letter(pk: int) -> None:
    """Send one mail to somebody who is to have a version, or to approve one, or had one."""
    post.send(pk)


@app.task(name="meetings.ask_to_confirm", retry=UNTIL_IT_ANSWERS, queue=POST)
def ask_to_confirm(subscription_pk: int) -> None:
    """Send the mail that asks whether news are wanted."""
    subscriptions.ask_to_confirm(subscription_pk)


@app.periodic(cron="20 4 * * *")
@app.task(name="meetings.sweep_subscriptions", retry=THREE_ATTEMPTS)
def sweep_subscriptions(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate gives it
    """Delete addresses that nobody has confirmed."""
    subscriptions.sweep()


@app.task(name="meetings.refresh_council", retry=THREE_ATTEMPTS)
def refresh_council(council_pk: int) -> None:
    """Have each of the council's open meetings worked out, one job a meeting."""
    for meeting_pk in staleness.open_meetings(council_pk):
        staleness.defer_refresh(meeting_pk)


@app.task(name=MAIL, retry=UNTIL_IT_ANSWERS, queue=POST)
def mail_readthrough(pk: int, why: str) -> None:
    """Write to somebody who is asked to read a draft; who has read it gets nothing."""
    send_letter(pk, why)
