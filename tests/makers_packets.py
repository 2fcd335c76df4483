"""Makers of what is read: meetings with appendices, built packets, publications."""

from __future__ import annotations

import io
import tempfile
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
from django import forms
from django.core.files.base import ContentFile

from accounts.choices import Role
from accounts.models import Council, Membership, User
from core import clock
from documents import codec, parts, pieces, sources
from documents.fonts import fonts_folder
from documents.foreign import keep_texts
from documents.joining.packet import join
from documents.models import ForeignFile, PagePicture
from documents.storage import keep
from documents.tree import Document, Point, Points, Section
from meetings.agenda import appendix_digest, contents_digest, records_digest
from meetings.checking.standing import standing
from meetings.choices import JoinState, MakeState, PacketState, PaperKind, PartKind
from meetings.exports.everything import keep_bundle
from meetings.models import (
    AgendaItem,
    Appendix,
    Approval,
    Finding,
    Meeting,
    Packet,
    PacketPart,
    Paper,
    Publication,
)
from meetings.models import Section as AgendaSection
from meetings.rows import read_agenda
from meetings.services import findings, staleness
from meetings.services.life import begin_version
from meetings.services.publishing import publish

if TYPE_CHECKING:
    from meetings.agenda import Agenda

PASSWORD = "en lang adgangskode"
GAINS = ("Praktikordningen kan bruges mere fleksibelt", "Flere timer")
FACTS: dict[str, Any] = {
    "pages": [{"width_mm": 210.0, "height_mm": 297.0, "rotate": 0}],
    "tagged": False,
    "text": "none",
    # The page is empty, as intake says of a_pdf: nobody has to look it through.
    "pages_without_text": [],
    "language": "",
    "title": "",
    "labels": [],
    "has_outline": False,
    "figures_without_text": 0,
    "problems": [],
    "readability": {
        "level": "none",
        "sentence": "Scannet uden tekst: kan ikke læses op.",
    },
}


def a_council(slug: str = "sjaelland") -> Council:
    """One of the five, made where it is missing."""
    name = f"KKR {slug.capitalize().replace('ae', 'æ')}"
    found, _ = Council.objects.get_or_create(
        slug=slug, defaults={"name": name, "region": slug}
    )
    return found


def a_user(
    council: Council | None = None,
    role: Role = Role.SECRETARIAT,
    *,
    email: str = "",
    **place: Any,
) -> User:
    """Somebody who can sign in, with a seat in ``council``."""
    of = council or a_council()
    email = email or f"{role}@{of.slug}.example"
    user = User.objects.create_user(email, PASSWORD, name=f"{role.label} {of.slug}")
    Membership.objects.create(user=user, council=of, role=role, **place)
    return user


def a_meeting(
    council: Council | None = None, *, slug: str = "2023-11-22", appendices: int = 2
) -> Meeting:
    """A meeting with item 2.1 and so many appendices, the first formed from data."""
    meeting = Meeting.objects.create(
        council=council or a_council(),
        slug=slug,
        held_on=date.fromisoformat(slug),
        starts_at=time(13),
        ends_at=time(16),
    )
    section = AgendaSection.objects.create(meeting=meeting, number=2, title="Sager")
    item = AgendaItem.objects.create(
        section=section,
        position=1,
        key="indspil",
        title="Indspil til fremtidig indsats",
        kind="theme",
        action="discusses",
        summary="<p>Et resumé.</p>",
        case="<p>Den første tekst.</p>",
    )
    for position in range(1, appendices + 1):
        an_appendix(item, position)
    return meeting


def an_appendix(item: AgendaItem, position: int) -> Appendix:
    """The first is formed from data, the others are files from outside."""
    if position == 1:
        return Appendix.objects.create(
            item=item,
            position=position,
            key="katalog",
            kind="generated",
            source="tests.catalogue",
            title="Forenklingskatalog",
            made_of="2 forslag",
            digest=pieces.document_digest(a_document()),
        )
    return Appendix.objects.create(
        item=item,
        position=position,
        key=f"brev-{position}",
        kind="uploaded",
        title=f"Brev {position}",
        summary="Brevet spørger om en filmfond.",
        file=a_file(),
    )


def a_file() -> ForeignFile:
    """A scanned letter of one page, as the intake describes it."""
    name = keep(ContentFile(a_pdf(1)))
    return ForeignFile.objects.create(
        original=name,
        cleaned=name,
        name="brev.pdf",
        size=900,
        page_count=1,
        text=keep_texts([""]),
        facts=FACTS,
    )


def a_pdf(pages: int) -> bytes:
    """A real PDF of empty pages."""
    pdf, out = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        pdf.add_blank_page()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


@cache
def a_joined_pdf(pages: int) -> bytes:
    """Empty pages joined as a packet is: with tags, stamps and metadata."""
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "in.pdf", Path(folder) / "out.pdf"
        path.write_bytes(a_pdf(pages))
        part = parts.Part(
            kind="foreign",
            label="2.1 Bilag 1",
            title="Bilag 1. Brev",
            prefix="brev",
            foreign=parts.ForeignFile(path, "Brev"),
        )
        join([part], title="Bilagspakke", fonts=fonts_folder(), out=out)
        return out.read_bytes()


def a_document(gains: tuple[str, ...] = GAINS) -> Document:
    """A catalogue of two proposals."""
    points = tuple(Point(f"gain:{n}", text) for n, text in enumerate(gains, 1))
    return Document(
        key="catalogue:forenkling",
        title="Forenklingskatalog",
        sections=(
            Section(
                key="proposal:et",
                title="Færre målgrupper",
                label="Forslag 1",
                blocks=(Points("proposal:et/gains", "Gevinster", points),),
            ),
            Section(key="proposal:to", title="Et enkelt forløb", label="Forslag 2"),
        ),
    )


class NoOptions(forms.Form):
    """Nothing to choose, whichever the council."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        del kwargs["council"]
        super().__init__(*args, **kwargs)


sources.register(
    sources.SourceOfDocuments(
        key="tests.catalogue",
        name="Et prøvekatalog",
        form=NoOptions,
        build=lambda _: a_document(),
        made_of=lambda _: "2 forslag",
    )
)


def a_packet(meeting: Meeting, *, has_pictures: bool = True) -> Packet:
    """A built packet of the meeting as it stands: each appendix takes four pages."""
    agenda = read_agenda(meeting.pk)
    pages = 1 + 4 * len(agenda.appendices)
    content = ContentFile(a_joined_pdf(pages))
    packet = Packet.objects.create(
        meeting=meeting,
        state=PacketState.BUILT,
        asked_by="Sekretariatet",
        built_at=clock.now(),
        digest=records_digest(agenda),
        version=meeting.publications.count() + 1,
        file=keep(content),
        size=content.size,
        page_count=pages,
        accessible_pages=pages,
        contents=agenda.to_json(),
        labels=[str(page + 1) for page in range(pages)],
    )
    _parts(packet, agenda)
    if has_pictures:
        picture = keep(ContentFile(b"\x89PNG a picture"))
        PagePicture.objects.get_or_create(
            of=packet.file,
            page=2,
            defaults={"file": picture, "width": 900, "height": 1273},
        )
    return packet


def _parts(packet: Packet, agenda: Agenda) -> None:
    PacketPart.objects.create(
        packet=packet,
        position=1,
        kind=PartKind.CONTENTS,
        label="Indhold",
        title="Indholdsfortegnelse",
        digest=contents_digest(agenda),
        make=MakeState.LAST,
        first_page=1,
        last_page=1,
        labels=["1"],
        join=JoinState.JOINED,
    )
    pairs = [
        (item, bilag)
        for item in agenda.items
        for bilag in item.appendices
        if not bilag.is_withdrawn
    ]
    for place, (item, bilag) in enumerate(pairs):
        _part(packet, item, bilag, first=2 + 4 * place)


def _part(packet: Packet, item: Any, bilag: Any, *, first: int) -> None:
    content, pages = ContentFile(a_pdf(3)), {}
    if bilag.is_generated:
        keys = ("catalogue:forenkling", "proposal:et", "proposal:to")
        pages = {key: str(first + n) for n, key in enumerate(keys, 1)}
    PacketPart.objects.create(
        packet=packet,
        position=(first - 2) // 4 + 2,
        kind=PartKind.APPENDIX,
        appendix_key=f"{item.key}/{bilag.key}",
        appendix_pk=bilag.pk,
        label=bilag.label,
        title=bilag.title,
        digest=appendix_digest(bilag),
        make=MakeState.MADE if bilag.is_generated else MakeState.REUSED,
        join=JoinState.JOINED,
        first_page=first,
        last_page=first + 3,
        own_pages=3,
        labels=[str(page) for page in range(first, first + 4)],
        own_labels=["1", "2", "3"],
        file=keep(content),
        size=content.size,
        document=codec.dumps(a_document()) if bilag.is_generated else "",
        pages=pages,
    )


def settle(meeting: Meeting, by: User) -> None:
    """Let nothing that the checks find keep the meeting from being sent.

    Every warning gets an answer; errors are forgotten until the next change. The chairman
    has approved the packet that is built.
    """
    staleness.refresh(meeting.pk)
    findings.refresh(meeting.pk)
    Finding.objects.filter(meeting=meeting, may_answer=False).delete()
    given = [
        findings.Given(
            row.finding.fingerprint,
            "Ida Holm" if row.asks_who else "Det skal sendes sådan.",
        )
        for row in standing(meeting.pk).open
    ]
    findings.give_answers(meeting.pk, given, by=by)
    approve(meeting)


def an_approved_packet(meeting: Meeting) -> Packet:
    """A built packet of the meeting as it stands, which the chairman has approved."""
    packet = a_packet(meeting)
    approve(meeting)
    return packet


def approve(meeting: Meeting) -> None:
    """Let the chairman have approved the packet that was built last, if any was."""
    packet = meeting.packets.filter(state=PacketState.BUILT).order_by("-pk").first()
    if packet is not None:
        Approval.objects.create(
            meeting=meeting,
            packet=packet,
            name="En formand",
            role="chair",
            asked_by="Sekretariatet",
            expires_on=clock.today(),
            answer="approved",
            answered_at=clock.now(),
            recorded_by="Sekretariatet",
            how="På telefon",
        )


def a_begun_version(meeting: Meeting | None = None) -> Meeting:
    """A meeting that was published and whose next version is begun: it may be edited."""
    own = a_publication(meeting).meeting
    begin_version(
        own.pk,
        reason="Et bilag kom sent.",
        by=User.objects.get(email=f"chief@{own.council.slug}.example"),
    )
    own.refresh_from_db()
    return own


def a_publication(meeting: Meeting | None = None) -> Publication:
    """A meeting that was built and published by its head of secretariat."""
    meeting = meeting or a_meeting()
    packet = a_packet(meeting)
    email = f"chief@{meeting.council.slug}.example"
    chief = User.objects.filter(email=email).first()
    by = chief or a_user(meeting.council, Role.CHIEF)
    settle(meeting, by)
    return publish(meeting.pk, packet_pk=packet.pk, by=by)


def print_papers(publication: Publication) -> Publication:
    """What is made of a sent version besides its packet: agenda, whole file, zip."""
    for pages, kind in enumerate((PaperKind.AGENDA, PaperKind.WHOLE), 30):
        content = ContentFile(a_pdf(pages + 2 * publication.pk))
        Paper.objects.create(
            meeting=publication.meeting,
            packet=publication.packet,
            kind=kind,
            digest=f"{kind} {publication.pk}",
            file=keep(content),
            size=content.size,
            page_count=2,
        )
    assert keep_bundle(publication) is not None
    return publication
