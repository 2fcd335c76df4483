"""What is taken down is read by nobody, wherever it stood (docs/rules.md R-43)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from accounts.choices import Role
from accounts.models import User
from core import clock
from core.errors import RuleViolationError
from core.search import indexing
from core.search.models import SearchEntry, SearchWord
from meetings.models import AgendaItem, Appendix, Meeting, Publication, Withdrawal
from meetings.packets.marks import sent_before
from meetings.post.words import token_of
from meetings.services import publishing, withdrawals
from meetings.services.announcing import announce_meeting
from meetings.services.life import begin_version, drop_version
from tests.made import again
from tests.makers_packets import a_meeting, a_packet, a_publication, a_user, settle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meetings.models import Approval

pytestmark = pytest.mark.django_db
HERE = "/moeder/2023-11-22/"
BILAG = f"{HERE}bilag/2-1-bilag-2"
CANARY = "kanariefugl"
REASON = "Bilaget viste et CPR-nummer."
# What is closed with an appendix: all files of the whole, and all that shows it.
OF_THE_APPENDIX = (f"{BILAG}/", f"{BILAG}.pdf", f"{BILAG}/?version=2", f"{BILAG}.json")
OF_THE_WHOLE = (
    f"{HERE}pakke.pdf", f"{HERE}pakke/", f"{HERE}pakke/?side=6&version=1",
    f"{HERE}pakke/sider/2.png", f"{HERE}bilag.zip", f"{HERE}hent/",
    f"{HERE}udvalg.pdf?bilag=2-1-bilag-1", f"{HERE}aendringer/sider.pdf",
    # Its places are called by the item's key, which is made of the old title.
    f"{HERE}bilag/2-1-bilag-1.pdf",
)  # fmt: skip
STANDING = (
    HERE, f"{HERE}bilag/2-1-bilag-1/",
    f"{HERE}bilag/2-1-bilag-1.csv", f"{HERE}kvittering/", f"{HERE}kvittering.json",
    f"{HERE}aendringer/",
)  # fmt: skip


def chief() -> User:
    return User.objects.get(email="chief@sjaelland.example")


def send_again(meeting: Meeting) -> Publication:
    begin_version(meeting.pk, reason="Et bilag kom sent.", by=chief())
    packet = a_packet(meeting)
    settle(meeting, chief())
    return publishing.publish(meeting.pk, packet_pk=packet.pk, by=chief())


@pytest.fixture(scope="module")
def sent_made(kept: None) -> Publication:
    """Two versions that say a canary in the texts of 2.1 and all about its letter."""
    meeting = a_meeting()
    Appendix.objects.filter(key="brev-2").update(
        title=f"Brev om {CANARY}", summary=f"En {CANARY}.", sender=f"Fru {CANARY}"
    )
    AgendaItem.objects.update(case=f"<p>Sag om {CANARY}.</p>", title=f"Om {CANARY}")
    a_publication(meeting)
    AgendaItem.objects.update(economy=f"<p>Penge til {CANARY}.</p>")
    indexing.index()
    return send_again(meeting)


@pytest.fixture
def sent(sent_made: Publication) -> Publication:
    return again(sent_made)


def take_down(sent: Publication, what: str) -> Withdrawal:
    return withdrawals.withdraw(
        sent.meeting_id,
        what=what,
        title="Brev fra en borger",
        reason=REASON,
        found_at=clock.now(),
        by=chief(),
    )


def crawl(client: Client, more: Iterable[str] = ()) -> dict[str, tuple[int, bytes]]:
    """Follow every link from the meeting, and ask for what is known besides."""
    waiting = [HERE, f"{HERE}?version=1", f"/soeg/?q={CANARY}", *more]
    seen: dict[str, tuple[int, bytes]] = {}
    while waiting:
        url = waiting.pop().partition("#")[0]
        if url in seen or not url.startswith("/") or url.startswith("/static/"):
            continue
        got: Any = client.get(url)
        body = b"".join(got) if got.streaming else got.content
        seen[url] = (got.status_code, body)
        if b"<html" in body[:200]:
            found = re.findall(r'(?:href|src)="([^"]+)"', body.decode())
            links = [link.replace("&amp;", "&") for link in found]
            # One page of the packet stands for all.
            waiting += [link for link in links if "side=" not in link]
    return seen


def plain(got: Any) -> str:
    page: str = got.content.decode()
    return page.replace("&nbsp;", " ").replace("\xa0", " ")


def leaks(seen: dict[str, tuple[int, bytes]]) -> list[str]:
    """Where the canary stands, besides where it was asked for by name."""
    word = CANARY.encode()
    return [u for u, (_, body) in seen.items() if word in body and CANARY not in u]


def test_a_canary_is_gone_from_every_public_address(sent: Publication) -> None:
    client = Client()
    asked = (*OF_THE_APPENDIX, *OF_THE_WHOLE, *STANDING, f"{HERE}punkter/2-1/")
    before = crawl(client, asked)

    take_down(sent, "bilag:2-1-bilag-2")
    take_down(sent, "punkt:2-1")
    after = crawl(client, [*before, *asked])

    assert len(leaks(before)) > 8
    assert leaks(after) == []
    gone = (*OF_THE_APPENDIX, *OF_THE_WHOLE, f"{HERE}punkter/2-1/")
    assert {url: after[url][0] for url in gone} == dict.fromkeys(gone, 410)
    assert {url: after[url][0] for url in STANDING} == dict.fromkeys(STANDING, 200)


@pytest.mark.parametrize("url", [f"{BILAG}/", f"{BILAG}.pdf", f"{HERE}pakke.pdf"])
def test_the_answer_says_what_stood_there_when_and_why(
    sent: Publication, url: str
) -> None:
    known = Client().get(f"{HERE}pakke.pdf").headers["ETag"]
    take_down(sent, "bilag:2-1-bilag-2")

    got = Client().get(url, headers={"If-None-Match": known})

    page = plain(got)
    assert got.status_code == 410
    for words in ("2.1 Bilag 2", "Brev fra en borger", "7. november 2023", REASON):
        assert words in page
    assert got.headers["Cache-Control"] == "no-store, private"
    assert got.headers["X-Robots-Tag"] == "noindex, noarchive, nosnippet"


def test_programs_are_told_as_data(sent: Publication) -> None:
    take_down(sent, "bilag:2-1-bilag-2")

    got = Client().get(f"{BILAG}.json")

    assert (got.status_code, got.json()["reason"]) == (410, REASON)


def test_the_index_forgets_it_before_any_job_has_run(sent: Publication) -> None:
    indexing.index()
    own = SearchEntry.objects.filter(is_sent=True, passages__text__contains=CANARY)
    assert own.count() > 2

    take_down(sent, "bilag:2-1-bilag-2")
    take_down(sent, "punkt:2-1")

    assert own.count() == 0
    indexing.index()
    assert own.count() == 0
    words = SearchWord.objects.filter(word__contains=CANARY)
    assert set(words.values_list("audience", flat=True)) == {"editors:sjaelland"}


def test_a_whole_version_is_closed_and_the_other_stands(sent: Publication) -> None:
    take_down(sent, "version:2")

    answers = {
        url: Client().get(f"{HERE}{url}").status_code
        for url in ("", "?version=1", "pakke.pdf?version=1", "pakke.pdf", "aendringer/",
                    "bilag/2-1-bilag-1.csv", "kvittering/", "punkter/2-1/?version=2")
    }  # fmt: skip

    assert list(answers.values()) == [410, 200, 200, 410, 410, 410, 200, 410]
    assert "Version 2 er taget ned" in plain(Client().get(f"{HERE}?version=1"))


def test_the_receipt_keeps_every_checksum(sent: Publication) -> None:
    before = Client().get(f"{HERE}kvittering.json").json()

    take_down(sent, "bilag:2-1-bilag-2")
    after = Client().get(f"{HERE}kvittering.json").json()

    for got in (before, after):
        for part in got["parts"]:
            del part["title"]
    assert after == before


def test_the_next_version_is_built_without_and_read_again(sent: Publication) -> None:
    take_down(sent, "punkt:2-1")
    row = take_down(sent, "bilag:2-1-bilag-2")

    withdrawals.replace_without(row.pk, by=chief())
    Meeting.objects.get().packets.filter(state="queued").delete()
    AgendaItem.objects.update(case="<p>Ny.</p>", economy="", title="Nyt")
    send_again(sent.meeting)

    seen = crawl(
        Client(), [f"{BILAG}/", f"{HERE}pakke.pdf", f"{HERE}pakke/?side=6",
                   f"{HERE}aendringer/"],
    )  # fmt: skip
    assert seen[f"{BILAG}/"][0] == 410
    assert seen[f"{HERE}pakke.pdf"][0] == 200
    assert leaks(seen) == []
    told = seen[f"{HERE}aendringer/"][1].decode().replace("\xa0", " ")
    assert "Bilag 2, udgået" in told
    assert "Brev fra en borger" in told


def test_paper_is_not_marked_against_what_is_closed(sent: Publication) -> None:
    take_down(sent, "bilag:2-1-bilag-1")

    before = sent_before(sent.meeting_id)

    assert before.documents == {}


def test_what_is_taken_down_is_not_sent_again_as_it_was(sent: Publication) -> None:
    take_down(sent, "bilag:2-1-bilag-2")
    AgendaItem.objects.update(process="<p>Mere.</p>")

    with pytest.raises(RuleViolationError, match="ikke rettet siden"):
        send_again(sent.meeting)


def test_a_link_to_approve_the_packet_is_closed_too(sent: Publication) -> None:
    approval: Approval = sent.meeting.approvals.create(
        packet=sent.packet, name="Formanden", expires_on=clock.today(), asked_by="S"
    )
    address = f"/moeder/godkend/{token_of(approval)}/"

    take_down(sent, "bilag:2-1-bilag-2")

    found = [Client().get(f"{address}{end}").status_code for end in ("", "pakke.pdf")]
    assert found == [410, 410]


def test_only_the_head_of_secretariat_takes_down_and_says_why(
    sent: Publication, client: Client
) -> None:
    address = f"{HERE}nedtagning/"
    given = {"what": "bilag:2-1-bilag-2", "reason": REASON, "found_at": "07.11.2023"}
    client.force_login(a_user())
    assert client.post(address, given).status_code == 403
    client.force_login(chief())

    refused = client.post(address, given | {"reason": "", "what": "bilag:9-9"})
    asked = client.post(address, given)
    back = client.post(address, given | {"back": "ja"})
    assert not Withdrawal.objects.exists()
    done = client.post(address, given | {"sure": "ja"})

    assert "Hele pakken, zip-filen og udvalg" in plain(asked)
    assert 'value="bilag:2-1-bilag-2" selected' in plain(back)
    assert refused.status_code == 422
    assert "Skriv hvorfor." in refused.content.decode()
    row = Withdrawal.objects.get()
    assert done.headers["Location"] == f"{address}{row.pk}/"
    assert (row.title, row.by) == (f"Brev om {CANARY}", str(chief()))
    assert client.post(address, given).status_code == 422


def test_what_was_taken_down_by_mistake_is_put_up_again(
    sent: Publication, client: Client
) -> None:
    asked = (*OF_THE_APPENDIX, *OF_THE_WHOLE)
    before = {url: Client().get(url).status_code for url in asked}
    row = take_down(sent, "bilag:2-1-bilag-2")
    address = f"{HERE}nedtagning/{row.pk}/"
    client.force_login(a_user())
    assert client.post(address, {"lift": "ja", "reason": "Nej"}).status_code == 403
    client.force_login(chief())

    assert client.post(address, {"lift": "ja"}).status_code == 422
    client.post(address, {"lift": "ja", "reason": "Det var et andet bilag."})
    indexing.index()

    assert {url: Client().get(url).status_code for url in asked} == before
    assert "Brev om" in plain(Client().get(f"/soeg/?q={CANARY}"))
    page = plain(client.get(address))
    assert "Det var et andet bilag." in page
    assert "<title>2.1 Bilag 2 var taget ned" in page
    assert "Alle adresser svarer nu" not in page
    assert "Vises igen siden" in plain(client.get(f"{HERE}nedtagning/"))
    assert client.post(address, {"lift": "ja", "reason": "Igen"}).status_code == 422
    with pytest.raises(RuleViolationError, match="vises igen"):
        withdrawals.replace_without(row.pk, by=chief())


def test_what_a_begun_version_left_out_stands_there_again(sent: Publication) -> None:
    row = take_down(sent, "bilag:2-1-bilag-2")
    withdrawals.replace_without(row.pk, by=chief())
    assert Appendix.objects.get(key="brev-2").title == "Brev fra en borger"

    withdrawals.lift(row.pk, reason="Det var et andet bilag.", by=chief())

    letter = Appendix.objects.get(key="brev-2")
    words = (f"Brev om {CANARY}", f"En {CANARY}.")
    assert (letter.is_withdrawn, letter.title, letter.summary) == (False, *words)
    assert drop_version(sent.meeting_id, by=chief()).is_locked


def test_a_held_meeting_sends_nothing_once_all_is_shown_again(
    sent: Publication,
) -> None:
    Meeting.objects.update(state="held")
    row = take_down(sent, "punkt:2-1")
    withdrawals.replace_without(row.pk, by=chief())
    AgendaItem.objects.update(case="<p>Ny.</p>")
    withdrawals.lift(row.pk, reason="Det var en fejl.", by=chief())
    packet = a_packet(Meeting.objects.get())
    settle(sent.meeting, chief())

    with pytest.raises(RuleViolationError, match="når noget er taget ned"):
        publishing.publish(sent.meeting_id, packet_pk=packet.pk, by=chief())


def test_a_cancelled_meeting_gets_no_version_without_it(
    sent: Publication, client: Client
) -> None:
    announce_meeting(sent.meeting_id, fate="cancelled", reason="Sne", by=chief())
    row = take_down(sent, "bilag:2-1-bilag-2")
    client.force_login(chief())

    page = plain(client.get(f"{HERE}nedtagning/{row.pk}/"))

    assert "Et aflyst møde får ingen ny version." in page
    assert "Byg version" not in page
    with pytest.raises(RuleViolationError, match="Mødet er aflyst"):
        withdrawals.replace_without(row.pk, by=chief())
    assert "før der er sendt en ny version" not in plain(Client().get(HERE))


def test_the_secretariat_keeps_the_sealed_file_and_nobody_else(
    sent: Publication, client: Client
) -> None:
    row = take_down(sent, "bilag:2-1-bilag-2")
    address = f"{HERE}nedtagning/{row.pk}/"
    client.force_login(a_user())

    page, file = client.get(address), client.get(f"{address}2.pdf")

    assert "10. november 2023" in plain(page)
    assert b"".join(file).startswith(b"%PDF")
    assert file.headers["Cache-Control"] == "no-store, private"
    assert client.get(f"{address}3.pdf").status_code == 404
    client.force_login(a_user(role=Role.MEMBER))
    assert client.get(f"{address}2.pdf").status_code == 404


def test_a_moment_to_come_is_refused(sent: Publication, client: Client) -> None:
    client.force_login(chief())
    later = (clock.now() + timedelta(days=2)).strftime("%d.%m.%Y")

    got = client.post(
        f"{HERE}nedtagning/",
        {"what": "version:2", "reason": REASON, "found_at": later},
    )

    assert (got.status_code, Withdrawal.objects.count()) == (422, 0)
