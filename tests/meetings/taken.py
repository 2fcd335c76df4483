"""A meeting that was sent twice, held and minuted, with a bird in each thing to take down."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

from django.test import Client

from accounts.models import User
from core import clock
from meetings.models import AgendaItem, Appendix, Decision, Meeting, Section
from meetings.services import minutes, withdrawals
from meetings.services.attendance import Mark, write_attendance
from meetings.services.life import begin_version, take_step
from meetings.services.numbers import number_late
from meetings.tasks import print_agenda, print_minutes, print_whole
from proposals.models import Proposal
from tests.kkr.routes import all_routes
from tests.makers_minutes import a_member
from tests.meetings.closed import a_chief, half_closed_meeting, send, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meetings.models import Minutes, Publication, Withdrawal

PLACE: Final = "/moeder/2023-11-22/"
REASON: Final = "Der stod et CPR-nummer."
# What is taken down → the words that stand there and nowhere else.
BIRDS: Final = {
    "beslutning:2-2": ("svane",),
    "bilag:2-1-bilag-2": ("papegoje",),
    "bilag:2-1-bilag-4": ("spurv",),
    "bilag:2-1-bilag-3": ("kanariebrevet 3", "kanarie 3"),
    "punkt:2-1": ("stork",),
    "punkt:2-2": ("kanariesagen", "kanarie i case"),
    "lukket:2": ("hejre",),
    "version:1": ("solsort",),
    "beslutning:2-3": ("pelikan",),
    "referat": ("pelikan", "flamingo", "svane"),
}
BILAG: Final = (
    "2-1-bilag-1",
    "2-1-bilag-2",
    "2-1-bilag-3",
    "2-1-bilag-4",
    "2-2-bilag-1",
)
ITEMS: Final = ("2-1", "2-2", "2-3")
_LEFT: Final = {"account_logout"}


def a_minuted_meeting() -> Publication:
    """Send two versions, hold the meeting, and approve its minutes; give the newest."""
    meeting = half_closed_meeting()
    by = a_chief(meeting)
    _write(meeting)
    _print(send(meeting))
    begin_version(meeting.pk, reason="Et bilag kom sent.", by=by)
    Proposal.objects.filter(key="forslag-1").update(
        title="Forslag om papegoje", idea="<p>En papegoje, rettet.</p>"
    )
    Appendix.objects.filter(key="spurv").update(is_withdrawn=True)
    AgendaItem.objects.filter(key="sidste").update(case="<p>Rettet.</p>")
    AgendaItem.objects.filter(key="kanarie-sagen").update(economy="<p>Hejre.</p>")
    number_late(meeting.pk)
    sent = send(meeting)
    _print(sent)
    Meeting.objects.filter(pk=meeting.pk).update(state="held")
    _decide(meeting)
    approve(meeting)
    return sent


def _write(meeting: Meeting) -> None:
    section = Section.objects.get(meeting=meeting)
    AgendaItem.objects.filter(section=section, key="indsatsen").update(
        key="storkesagen", title="Sag om en stork", case="<p>En stork.</p>",
        summary="<p>Storken.</p>",
    )  # fmt: skip
    AgendaItem.objects.filter(key="sidste").update(case="<p>Solsort.</p>")
    Appendix.objects.filter(key="katalog").update(
        title="Katalog over papegoje", summary="Papegoje."
    )
    Proposal.objects.filter(key="forslag-1").update(
        title="Forslag om solsort", idea="<p>En papegoje og en solsort.</p>"
    )
    letter = Appendix.objects.get(key="brev")
    letter.pk, letter.key, letter.title, letter.position = None, "spurv", "Spurv", 4
    letter.save()


def _print(sent: Publication) -> None:
    print_agenda(sent.packet_id)
    print_whole(sent.pk)


def _decide(meeting: Meeting) -> None:
    by = a_chief(meeting)
    member = a_member("Frida Flamingo", council=meeting.council)
    write_attendance(meeting.pk, marks={member.pk: Mark("present")}, seen={}, by=by)
    decided = {
        "storkesagen": "KKR ser på sagen.",
        "sidste": "Pelikan.",
        "kanarie-sagen": "Svane.",
    }
    for key, text in decided.items():
        item = AgendaItem.objects.get(key=key, section__meeting=meeting)
        Decision.objects.create(item=item, outcome="noted", text=f"<p>{text}</p>")


def approve(meeting: Meeting) -> Minutes:
    """Print the minutes, send them for approval, and approve them."""
    by = a_chief(meeting)
    print_minutes(meeting.pk)
    minutes.propose_minutes(meeting.pk, by=by)
    take_step(meeting.pk, to="approved", reason="På næste møde.", by=by)
    return meeting.minutes.order_by("-number")[0]


def take(meeting_pk: int, what: str, title: str = "Noget") -> Withdrawal:
    """Take something down, under another title."""
    by = a_chief(Meeting.objects.get(pk=meeting_pk))
    return withdrawals.withdraw(
        meeting_pk, what=what, title=title, reason=REASON, found_at=clock.now(), by=by
    )


def readers(*, is_all: bool = False) -> tuple[tuple[Client, list[str]], ...]:
    """A visitor and a director who reads what is closed, with all they may ask for.

    Args:
        is_all: also what answers the director as it does the visitor.
    """
    director = Client()
    director.force_login(User.objects.get(email="greve@kkr.example"))
    urls = addresses(is_all=is_all), addresses(is_member=True, is_all=is_all)
    own = [url for url in urls[1] if is_all or url not in urls[0] or _is_part(url)]
    return (Client(), urls[0]), (director, [*own, PLACE, f"{PLACE}offentlig/"])


def walk(client: Client, urls: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Ask for each address; give status and all that can be read of the answer."""
    return {url: _answer(client, url) for url in urls}


def _is_part(url: str) -> bool:
    """Whether it is of one item or appendix, as the newest version has it."""
    return "2-" in url.removeprefix(PLACE) and "?" not in url


def addresses(*, is_member: bool = False, is_all: bool = False) -> list[str]:
    """Give every address of the portal as the meeting has it, by its routes.

    Args:
        is_member: also those of the closed packet.
        is_all: for a member also those one must sign in for, and the newest version by
            its number.
    """
    routes = [route for route in all_routes() if route.name not in _LEFT]
    own = [route.url for route in routes if route.is_public]
    asked = ["", "?version=1", *(["?del=lukket"] if is_member else [])]
    asked += ["?version=2", "?version=1&del=lukket"] if is_all else []
    found = {url for each in own for url in _asked(each, asked)}
    if is_member and is_all:
        found |= {route.url for route in routes if not route.is_public}
    birds = {word.split()[0] for words in BIRDS.values() for word in words}
    for word in birds:
        found |= {f"/soeg/?q={word}", f"/beslutninger/?q={word}"}
        found |= {f"/beslutninger/?del=lukket&q={word}"} if is_member else set()
    more = ("udvalg.pdf?punkt=2-1", "aendringer/?fra=1&til=2")
    return sorted(found | {f"{PLACE}{end}" for end in more})


def _asked(url: str, asked: list[str]) -> set[str]:
    """Give an address with each appendix or item it may name, asked in each way."""
    found = {url.replace("2-1-bilag-1", bilag) for bilag in BILAG}
    found |= {each.replace("/2-1/", f"/{n}/") for each in found for n in ITEMS}
    if not url.startswith(PLACE):
        return {url}
    return {f"{each}{query}" for each in found for query in asked}


def _answer(client: Client, url: str) -> tuple[int, str]:
    got: Any = client.get(url)
    body = b"".join(got) if got.streaming else bytes(got.content)
    text = _text(hashlib.sha256(body).hexdigest(), body)
    asked = url.partition("q=")[2]
    return got.status_code, text.replace(asked, "") if asked else text


_KNOWN: dict[str, str] = {}


def _text(checksum: str, body: bytes) -> str:
    """Give all that can be read of an answer; the same file is unpacked once."""
    if not body.startswith((b"%PDF-", b"PK")):
        return unpacked(body)
    if checksum not in _KNOWN:
        _KNOWN[checksum] = unpacked(body)
    return _KNOWN[checksum]
