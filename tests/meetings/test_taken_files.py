"""Files in which something stands struck through go with it (docs/rules.md R-49)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from core import clock
from core.errors import RuleViolationError
from meetings.models import AgendaItem, Announcement, Appendix, Meeting, Publication
from meetings.packets.state import packet_state
from meetings.post.words import token_of
from meetings.services import publishing, withdrawals
from meetings.services.life import begin_version
from tests.makers_packets import a_packet, print_papers, settle
from tests.meetings.test_withdrawals import (
    CANARY,
    HERE,
    chief,
    plain,
    send_again,
    sent,
    sent_made,
    take_down,
)

__all__ = ["sent", "sent_made"]
pytestmark = pytest.mark.django_db
# What shows with a stroke what version 1 said, and what is marked anew as it is read.
FILES = (
    "pakke.pdf", "pakke/", "pakke/sider/2.png", "bilag.zip", "hent/",
    "udvalg.pdf?bilag=2-1-bilag-1", "bilag/2-1-bilag-1.pdf", "aendringer/sider.pdf",
    "dagsorden-og-bilag.pdf", "bilag/2-1-bilag-1.pdf?version=2",
)  # fmt: skip
PAGES = (
    "", "punkter/2-1/", "bilag/2-1-bilag-1/", "bilag/2-1-bilag-1.csv", "dagsorden/",
    "bilag/2-1-bilag-1.json", "bilag/2-1-bilag-2.pdf", "kvittering/",
)  # fmt: skip


def codes(ends: tuple[str, ...]) -> dict[str, int]:
    return {end: Client().get(f"{HERE}{end}").status_code for end in ends}


def build_again(meeting: Meeting) -> Publication:
    packet = a_packet(meeting)
    settle(meeting, chief())
    sent = publishing.publish(meeting.pk, packet_pk=packet.pk, by=chief())
    return print_papers(sent)


def test_the_next_version_keeps_its_pages_and_loses_its_files(
    sent: Publication,
) -> None:
    take_down(sent, "version:1")

    assert codes(FILES) == dict.fromkeys(FILES, 410) | {"aendringer/sider.pdf": 410}
    assert codes(PAGES) == dict.fromkeys(PAGES, 200)
    page, file = (plain(Client().get(f"{HERE}{end}")) for end in ("", "pakke.pdf"))
    assert "PDF-filerne i version 2 viser med streg, hvad der stod." in page
    assert "Filerne i version 2 er lukket" in file
    assert f"{HERE}bilag/2-1-bilag-1.pdf" not in page


def test_the_same_is_sent_anew_without_strokes(sent: Publication) -> None:
    row = take_down(sent, "version:1")
    state = packet_state(Meeting.objects.get())
    assert state.changes == (
        "Noget er taget ned eller vist igen, siden pakken blev bygget",
    )

    withdrawals.replace_without(row.pk, by=chief())

    queued = Meeting.objects.get().packets.filter(state="queued")
    assert queued.delete()[0] == 1
    assert build_again(sent.meeting).number == 3
    (again,) = {*codes(("pakke.pdf", "bilag/2-1-bilag-1.pdf", "bilag.zip")).values()}
    assert again == 200
    assert codes(("pakke.pdf?version=2",)) == {"pakke.pdf?version=2": 410}


def test_a_version_that_was_down_is_not_sent_again_as_it_was(
    sent: Publication,
) -> None:
    take_down(sent, "version:2")
    begin_version(sent.meeting_id, reason="Et bilag kom sent.", by=chief())

    with pytest.raises(RuleViolationError, match=r"Version.2 er taget ned"):
        build_again(sent.meeting)


def test_what_was_built_before_is_not_sent_afterwards(sent: Publication) -> None:
    begin_version(sent.meeting_id, reason="Et bilag kom sent.", by=chief())
    AgendaItem.objects.update(case="<p>Ny.</p>", economy="", title="Nyt")
    packet = a_packet(sent.meeting)
    approval = sent.meeting.approvals.create(
        packet=packet, name="F", expires_on=clock.today(), asked_by="S"
    )
    take_down(sent, "version:2")

    with pytest.raises(RuleViolationError, match="forældet"):
        publishing.publish(sent.meeting_id, packet_pk=packet.pk, by=chief())
    link = f"/moeder/godkend/{token_of(approval)}/pakke.pdf"
    assert Client().get(link).status_code == 410


@pytest.fixture
def gone(sent: Publication) -> Publication:
    """A third version, in which the letter is out and still named."""
    begin_version(sent.meeting_id, reason="Et bilag kom sent.", by=chief())
    Appendix.objects.filter(key="brev-2").update(is_withdrawn=True)
    return send_again(sent.meeting)


def test_what_is_out_and_named_there_closes_the_files_that_name_it(
    gone: Publication,
) -> None:
    row = take_down(gone, "bilag:2-1-bilag-2")

    assert row.version == 3
    ends = ("pakke.pdf", "dagsorden.pdf", "dagsorden-og-bilag.pdf", "bilag.zip")
    assert codes(ends) == dict.fromkeys(ends, 410)
    assert codes(("bilag/2-1-bilag-1.pdf",)) == {"bilag/2-1-bilag-1.pdf": 200}
    page = plain(Client().get(HERE))
    assert "Brev fra en borger" in page
    assert f"Brev om {CANARY}" not in page


def test_its_name_is_not_sent_again_nor_itself(gone: Publication) -> None:
    take_down(gone, "bilag:2-1-bilag-2")
    AgendaItem.objects.update(process="<p>Mere.</p>")
    with pytest.raises(RuleViolationError, match="ikke rettet siden"):
        send_again(gone.meeting)

    Appendix.objects.filter(key="brev-2").update(is_withdrawn=False)
    with pytest.raises(RuleViolationError, match="ikke rettet siden"):
        send_again(gone.meeting)

    others = {"is_withdrawn": True, "title": "Brev fra en borger"}
    Appendix.objects.filter(key="brev-2").update(**others)
    assert send_again(gone.meeting).number == 4


def test_a_feed_moves_by_what_it_says_alone(sent: Publication) -> None:
    before = Client().get("/moeder/atom.xml").content
    said = {"meeting": sent.meeting, "by": "S", "at": clock.now() + timedelta(hours=1)}
    of_item: dict[str, Any] = said | {"fate": "withdrawn", "reason": "x"}

    Announcement.objects.create(**of_item, item_key="lukket")
    assert Client().get("/moeder/atom.xml").content == before
    Announcement.objects.create(**of_item, item_key="indspil")

    assert Client().get("/moeder/atom.xml").content != before
