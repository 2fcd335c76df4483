"""A sent meeting of which some is closed, with a canary wherever something can be written."""

from __future__ import annotations

import io
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
from django.test import Client

from accounts.choices import Role
from accounts.models import Membership, Municipality, User
from documents.storage import files
from documents.uploads import receive
from meetings.closed.access import seat_word
from meetings.models import AgendaItem, Appendix, Meeting, Member, Section
from meetings.services import decisions, minutes
from meetings.services.attendance import Mark, write_attendance
from meetings.services.follow_ups import create_task
from meetings.services.life import take_step
from meetings.services.publishing import publish
from meetings.tasks import print_minutes
from proposals.models import Catalogue, Proposal, Theme
from tests.demo.packets import build_packet
from tests.documents.pdf_reader import run
from tests.makers_packets import settle
from tests.meetings.small import small_meeting

if TYPE_CHECKING:
    from documents.models import ForeignFile
    from meetings.models import Minutes, Publication

CANARY = "kanarie"
MEETING = "/moeder/2023-11-22/"
NAMES = ("greve", "solroed")
MINUTES = (
    f"{MEETING}referat/", f"{MEETING}referat.pdf",
    f"{MEETING}referat/?version=1", f"{MEETING}referat.pdf?version=1",
)  # fmt: skip
SHUT = (
    f"{MEETING}referat/?del=lukket", f"{MEETING}referat.pdf?del=lukket",
    "/beslutninger/?del=lukket",
)  # fmt: skip
FIELDS = ("sender", "dated", "own_name", "status_text", "summary", "title_in_source")


def half_closed_meeting() -> Meeting:
    """Make 2.1 with a closed third appendix, 2.2 closed with a catalogue, 2.3 open."""
    meeting = small_meeting()
    chosen = [seat_word(a_director(meeting, "greve").memberships.get().pk)]
    section = Section.objects.get(meeting=meeting)
    opened = AgendaItem.objects.get(section=section)
    AgendaItem.objects.filter(pk=opened.pk).update(
        closed_to="chosen", closed_readers=chosen
    )
    texts = ("summary", "recommendation", "case", "economy", "process")
    shut = AgendaItem.objects.create(
        section=section,
        key=f"{CANARY}-sagen",
        position=2,
        title="Kanariesagen",
        is_closed=True,
        closed_reason="Kanarieparagraffen",
        closed_to="chosen",
        closed_readers=chosen,
        addressee="Kanarieministeriet",
        responsible="Kanariechefen",
        **{name: f"<p>Kanarie i {name}.</p>" for name in texts},
    )
    AgendaItem.objects.create(
        section=section, key="sidste", position=3, title="Det sidste punkt"
    )
    a_secret_letter(opened, 3, is_confidential=True)
    Appendix.objects.create(
        item=shut,
        key=f"{CANARY}-katalog",
        position=1,
        kind="generated",
        title="Kanariekataloget",
        source="proposals.simplification",
        options={"catalogue": _secret_catalogue(meeting).pk},
    )
    return meeting


def a_secret_letter(item: AgendaItem, position: int, **flags: bool) -> Appendix:
    """Attach a file whose text, title, name and every typed field hold the canary."""
    return Appendix.objects.create(
        item=item,
        key=f"{CANARY}-brev-{position}",
        position=position,
        kind="uploaded",
        title=f"Kanariebrevet {position}",
        file=_letter(position),
        **dict.fromkeys(FIELDS, "Kanarie"),
        **flags,
    )


def a_director(meeting: Meeting, name: str) -> User:
    """Make a municipal director of the meeting's council."""
    place, _ = Municipality.objects.get_or_create(
        code=len(name),
        defaults={"name": name.title(), "council": meeting.council, "population": 1},
    )
    user = User.objects.create_user(f"{name}@kkr.example", None, name=name.title())
    Membership.objects.create(
        user=user, council=meeting.council, role=Role.DIRECTOR, municipality=place
    )
    return user


def a_chief(meeting: Meeting) -> User:
    """Give the head of secretariat, made where there is none."""
    found = User.objects.filter(email="chef@kkr.example").first()
    if found is None:
        found = User.objects.create_user("chef@kkr.example", None, name="Chefen")
        council = meeting.council
        Membership.objects.create(user=found, council=council, role=Role.CHIEF)
    return found


def send(meeting: Meeting) -> Publication:
    """Build both packets and send them."""
    chief, packet = a_chief(meeting), build_packet(meeting)
    settle(meeting, chief)
    return publish(meeting.pk, packet_pk=packet.pk, by=chief)


def browser(name: str) -> Client:
    """Sign in as the director of that name; nobody for ""."""
    client = Client()
    if name:
        client.force_login(User.objects.get(email=f"{name}@kkr.example"))
    return client


def whole(answer: Any) -> bytes:
    """Give the body, also of an answer that is made as it is sent."""
    return b"".join(answer) if answer.streaming else bytes(answer.content)


def told(answer: Any) -> str:
    """All that an answer says, its headers too; what the address itself asks left out."""
    words = " ".join(map(str, answer.headers.values()))
    return f"{words} {unpacked(whole(answer))}".lower().replace("q=kanarie", "")


def asked(text: str) -> str:
    """The search page repeats what was asked; only that is let through."""
    return text.replace('value="kanarie"', "").replace("”kanarie”", "")


def propose(sent: Publication, *, prints: bool = True) -> Any:
    """Hold the meeting, decide all its items, and send the minutes for approval.

    Without ``prints`` they are only written, and the meeting is given.
    """
    meeting, chief = sent.meeting, a_chief(sent.meeting)
    Meeting.objects.filter(pk=meeting.pk).update(state="held")
    meeting.refresh_from_db()
    member = Member.objects.create(council=meeting.council, name="Et medlem")
    write_attendance(meeting.pk, marks={member.pk: Mark("present")}, seen={}, by=chief)
    for item in AgendaItem.objects.filter(section__meeting=meeting):
        name = "Kanariebeslutningen" if item.is_closed else "Beslutningen"
        row = decisions.begin_decision(item.pk, by=chief)
        decisions.write_decision(
            row.pk, version=1, outcome="approved", text=f"<p>{name}.</p>", by=chief
        )
        create_task(meeting.pk, item=item, text=f"{name}s opgave", owner="O", by=chief)
    if not prints:
        return meeting
    print_minutes(meeting.pk)
    return minutes.propose_minutes(meeting.pk, by=chief)


def approve(made: Minutes) -> Minutes:
    """Approve minutes for good."""
    take_step(made.meeting_id, to="approved", reason="", by=a_chief(made.meeting))
    return made.meeting.minutes.get(is_approved=True)


@lru_cache(maxsize=64)
def unpacked(content: bytes) -> str:
    """Give all that can be read of a file in small letters, whatever it is packed in."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            names = opened.namelist()
            return " ".join(
                [*names, *(unpacked(opened.read(n)) for n in names)]
            ).lower()
    if content.startswith(b"%PDF-"):
        return _of_pdf(content)
    return content.decode("utf-8", "replace").lower()


def text_of(name: str) -> str:
    """Give the text of a stored PDF's pages."""
    return run("pdftotext", files().path(name), "-")


def _of_pdf(content: bytes) -> str:
    """Read the text of the pages, and every string and stream of every object."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.pdf"
        path.write_bytes(content)
        found = [run("pdftotext", path, "-"), content.decode("latin-1")]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for each in pdf.objects:
            found.append(each.unparse(resolved=True).decode("latin-1"))
            found += _strings(each)
            if isinstance(each, pikepdf.Stream):
                is_picture = each.get("/Subtype") == "/Image"
                read = each.read_raw_bytes if is_picture else each.read_bytes
                found.append(read().decode("utf-8", "replace"))
    return " ".join(found).lower()


def _strings(value: object) -> list[str]:
    """Give the strings of one object; what it only refers to is read by itself."""
    if isinstance(value, pikepdf.String):
        return [str(value)]
    if isinstance(value, pikepdf.Stream):
        return _strings(value.stream_dict)
    if isinstance(value, pikepdf.Dictionary):
        below = [value.get(key) for key in value.keys()]  # noqa: SIM118
    else:
        below = list(value) if isinstance(value, pikepdf.Array) else []
    direct = (one for one in below if not getattr(one, "is_indirect", False))
    return [text for one in direct for text in _strings(one)]


def _letter(number: int) -> ForeignFile:
    """A page that says the canary, under a name that does too."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
    )
    page = pdf.pages[0]
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    words = f"BT /F 20 Tf 90 700 Td (Kanarie {number} i brevet) Tj ET"
    page.Contents = pdf.make_stream(words.encode())
    pdf.docinfo["/Title"] = "Kanarietitlen"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kanarie.pdf"
        pdf.save(path)
        return receive(path, path.name)


def _secret_catalogue(meeting: Meeting) -> Catalogue:
    catalogue = Catalogue.objects.create(
        council=meeting.council,
        kind="simplification",
        key=f"{CANARY}-katalog",
        title="Kanariekataloget",
    )
    theme = Theme.objects.create(
        catalogue=catalogue, key=f"{CANARY}-tema", number=1, title="Kanarietemaet"
    )
    Proposal.objects.create(
        catalogue=catalogue,
        theme=theme,
        key=f"{CANARY}-forslag",
        number=1,
        title="Kanarieforslaget",
        idea="<p>Kanarie.</p>",
    )
    return catalogue
