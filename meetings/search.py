"""What of meetings can be found: today's agenda for its editors, what was sent for all.

What was sent is read as the public pages read it
(:class:`meetings.editions.edition.Edition`), and a publication that not everybody may
see is its editors' alone.
"""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from accounts.audiences import editors_of, readers_of
from core import search
from core.formats import long_date
from core.richtext import to_plain
from core.search import Entry, Passage
from documents import foreign, plain
from documents.models import ForeignFile
from documents.tree import anchor, walk
from meetings.editions import closed, reading
from meetings.models import Appendix, ClosedPublication, Meeting, Publication
from meetings.rows import as_value, read_rows
from meetings.written.forming import form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documents.tree import Document, Section
    from meetings.agenda import Agenda, AgendaAppendix, AgendaItem
    from meetings.editions.edition import Edition, Part

log = logging.getLogger(__name__)

SCOPE: Final = "meeting:"


def register() -> None:
    """Let meetings be found."""
    search.register("moede", "Møder og beslutninger", meetings_and_items)
    search.register("sendt", "Bilag, som sendt", sent_appendices)
    search.register("bilag", "Andre bilag", appendices)


def scope_of(meeting_pk: int) -> str:
    """The scope of all that can be found of one meeting."""
    return f"{SCOPE}{meeting_pk}"


def place_of(council_slug: str, slug: str) -> str:
    """What searching within one meeting is called."""
    return f"{council_slug}/{slug}"


@dataclass(frozen=True, slots=True)
class _Sent:
    """A sent version of a meeting, read as its public pages read it."""

    meeting: Meeting
    edition: Edition
    audience: str

    @property
    def items(self) -> Iterator[AgendaItem]:
        """What it says of items: each in one place, the open ones in the open packet."""
        is_closed = bool(self.edition.volume)
        own = (i for i in self.edition.agenda.items if i.is_closed == is_closed)
        return (item for item in own if not item.is_hidden)

    def address(self, page: str, *args: object) -> str:
        """Give one that leads everybody to this version of this council's meeting."""
        query = {"kkr": self.meeting.council.slug, "version": self.edition.number}
        return reverse(f"meetings:{page}", args=[self.meeting.slug, *args], query=query)


def meetings_and_items(scope: str | None) -> Iterator[Entry]:
    """Give meetings and their items, as they are today and as they were sent."""
    for meeting in _meetings(scope):
        yield _meeting(meeting)
        for item in _today(meeting).items:
            yield _item(meeting, item)
        for sent in _sent(meeting):
            for item in sent.items:
                if sent.edition.taken_at(item.slug) is None:
                    yield _sent_item(sent, item)


def appendices(scope: str | None) -> Iterator[Entry]:
    """Give the appendices that editors work on, with the text of files."""
    for meeting in _meetings(scope):
        for item in _today(meeting).items:
            for appendix in item.appendices:
                yield _appendix(meeting, item, appendix)


def sent_appendices(scope: str | None) -> Iterator[Entry]:
    """Give the appendices as they were sent: files by page, documents by section."""
    for meeting in _meetings(scope):
        for sent in _sent(meeting):
            for part in sent.edition.parts:
                yield _sent_part(sent, part)
                yield from _sent_sections(sent, part)


def _meetings(scope: str | None) -> Iterator[Meeting]:
    rows = Meeting.objects.present().select_related("council__deadline_rule")
    if scope is None:
        return rows.order_by("pk").iterator()
    number = scope.removeprefix(SCOPE)
    if number == scope:
        return iter(())
    return iter(rows.filter(pk=int(number)))


def _today(meeting: Meeting) -> Agenda:
    rows = read_rows(meeting)
    return as_value(meeting, rows.sections, rows.items, rows.appendices)


def _sent(meeting: Meeting) -> Iterator[_Sent]:
    yield from _sent_openly(meeting)
    yield from _sent_closed(meeting)


def _sent_openly(meeting: Meeting) -> Iterator[_Sent]:
    everybody = Publication.objects.visible_to(AnonymousUser())
    public = set(everybody.filter(meeting=meeting).values_list("pk", flat=True))
    rows = Publication.objects.filter(meeting=meeting).with_withdrawals().with_minutes()
    for row in rows.order_by("number"):
        row.meeting = meeting
        own = search.PUBLIC if row.pk in public else readers_of(meeting.council.slug)
        edition = reading.of_publication(row)
        if edition.whole_seal is None:
            yield _Sent(meeting, edition, own)


def _sent_closed(meeting: Meeting) -> Iterator[_Sent]:
    """Give of each version what is closed and all members and directors may read.

    What fewer may read is found by those who write it, as they work on it.
    """
    rows = ClosedPublication.objects.filter(publication__meeting=meeting)
    for row in rows.select_related("publication").order_by("publication__number"):
        row.publication.meeting = meeting
        edition, own = closed.of_closed(row), readers_of(meeting.council.slug)
        if edition.whole_seal is not None:
            continue
        yield _Sent(meeting, closed.for_council(edition, row.access), own)


def _common(meeting: Meeting, key: str, url: str) -> dict[str, Any]:
    """What all entries of today's meeting share."""
    council = meeting.council.slug
    return {
        "key": key,
        "scope": scope_of(meeting.pk),
        "audience": editors_of(council),
        "council": council,
        "dated": meeting.held_on,
        "url": url,
        "remark": _name(meeting),
        "within": place_of(council, meeting.slug),
    }


def _common_sent(sent: _Sent, key: str, url: str) -> dict[str, Any]:
    """What all entries of a sent version share."""
    meeting, edition = sent.meeting, sent.edition
    return _common(meeting, f"{meeting.pk}@{edition.number}/{key}", url) | {
        "audience": sent.audience,
        "dated": timezone.localdate(edition.at),
        "year": meeting.held_on.year,
        "is_sent": True,
        "version": edition.number,
    }


def _name(meeting: Meeting) -> str:
    return f"{meeting.get_kind_display()} {long_date(meeting.held_on)}"


def _meeting(meeting: Meeting) -> Entry:
    passages = (Passage("Sted", meeting.place), Passage("Råd", meeting.council.name))
    own = _common(meeting, str(meeting.pk), meeting.get_absolute_url())
    return Entry(
        **own | {"remark": ""}, title=_name(meeting), label="Møde", passages=passages
    )


def _item(meeting: Meeting, item: AgendaItem) -> Entry:
    url = reverse("meetings:item", args=[meeting.slug, item.slug])
    own = _common(meeting, f"{meeting.pk}/{item.number}", url)
    return Entry(**own, **_of_item(meeting, item), label=_label(item))


def _sent_item(sent: _Sent, item: AgendaItem) -> Entry:
    own = _common_sent(sent, item.number, sent.address("public-item", item.slug))
    about = _of_item(sent.meeting, item)
    said = sent.edition.decision_on(item)
    if said is not None:
        words = f"{said.outcome}. {to_plain(said.text)}"
        about["passages"] += (Passage("Beslutning", words),)
    return Entry(**own, **about, label=_label(item), place=item.number)


def _appendix(meeting: Meeting, item: AgendaItem, appendix: AgendaAppendix) -> Entry:
    page = "meetings:written" if appendix.is_written else "meetings:appendix"
    url = reverse(page, args=[meeting.slug, item.slug, appendix.pk])
    own = _of_appendix(meeting, item, appendix)
    if appendix.is_written:
        row = Appendix.objects.get(pk=appendix.pk)
        own = _with_text(own, form(row)[0])
    return Entry(
        **_common(meeting, f"{meeting.pk}/{appendix.pk}", url),
        **own,
        label=f"{appendix.label}, arbejdsudgave",
        place=appendix.label,
    )


def _label(item: AgendaItem) -> str:
    return f"Punkt {item.number} · {item.kind}" if item.kind else f"Punkt {item.number}"


def _of_item(meeting: Meeting, item: AgendaItem) -> dict[str, Any]:
    """What an item says, whichever version."""
    passages = (
        Passage("Resumé", to_plain(item.summary)),
        *(Passage(name, to_plain(html)) for name, html in item.texts),
        Passage("Handling", item.asks),
        Passage("Svar", item.reply),
        Passage("Ansvarlig", item.responsible),
        Passage("Kontakt", item.contact),
    )
    return {
        "title": item.heading,
        "passages": passages,
        "subject": f"item:{meeting.slug}/{item.key}",
        "digest": _digest(item.heading, passages),
    }


def _of_appendix(
    meeting: Meeting, item: AgendaItem, appendix: AgendaAppendix
) -> dict[str, Any]:
    """What an appendix says, whichever version; of a file also the text of its pages."""
    about = (
        Passage("Resumé", appendix.summary),
        Passage("Titel i kilden", appendix.title_in_source, is_heading=True),
        Passage("Dokumentets eget navn", appendix.own_name, is_heading=True),
        Passage("Afsender", appendix.sender),
        Passage("Status", appendix.status),
    )
    pages = _pages(appendix)
    return {
        "title": appendix.title,
        "passages": (*about, *pages),
        "subject": f"appendix:{meeting.slug}/{item.key}/{appendix.key}",
        "digest": _digest(appendix.title, (*about, Passage("fil", appendix.file))),
        "pages_without_text": len(appendix.facts.get("pages_without_text", ())),
    }


def _pages(appendix: AgendaAppendix) -> tuple[Passage, ...]:
    """The text of a file from outside, page by page; its own numbers."""
    if not appendix.file:
        return ()
    row = ForeignFile.objects.filter(cleaned=appendix.file).order_by("-pk").first()
    try:
        texts = foreign.texts(row) if row else ()
    except OSError:
        # The rest of the meeting can be found all the same.
        log.exception("the text of %s cannot be read", appendix.label)
        texts = ()
    return tuple(
        Passage(f"Side {number}", text, page=number)
        for number, text in enumerate(texts, 1)
    )


def _with_text(own: dict[str, Any], document: Document) -> dict[str, Any]:
    """Add what stands on a document's own page; another text is another digest."""
    said = tuple(
        Passage(field.name or "Indledning", field.text)
        for field in plain.fields(document.cover)
    )
    passages = (*own["passages"], *said)
    return own | {"passages": passages, "digest": _digest(own["title"], passages)}


def _sent_part(sent: _Sent, part: Part) -> Entry:
    appendix = part.appendix
    own = _of_appendix(sent.meeting, part.item, appendix)
    if part.tree is not None:
        whole = _with_text(own, part.tree)
        own = whole if appendix.is_written else own | {"passages": whole["passages"]}
    url = sent.address("public-appendix", appendix.slug)
    return Entry(
        **_common_sent(sent, appendix.slug, url),
        **own,
        link=f"{appendix.label}, {appendix.title}",
        place=appendix.label,
    )


def _sent_sections(sent: _Sent, part: Part) -> Iterator[Entry]:
    """Give each section of a document that was formed from records."""
    below = (
        [section for depth, section in walk(part.tree) if depth] if part.tree else []
    )
    url = sent.address("public-appendix", part.appendix.slug)
    for section in below:
        key = f"{part.appendix.slug}/{section.key}"
        yield Entry(
            **_common_sent(sent, key, f"{url}#{anchor(section.key)}"),
            **_of_section(part, section),
        )


def _of_section(part: Part, section: Section) -> dict[str, Any]:
    page = part.pages.get(section.key)
    side = f", side {page}" if page else ""
    name = section.label or section.title
    own = plain.fields(section)
    return {
        "title": section.title,
        "link": f"{part.appendix.label}, {part.appendix.title}{side}",
        "place": f"{part.appendix.label}{side}",
        "passages": (
            Passage(name, section.title, is_heading=True),
            *(Passage(name, field.text) for field in own),
        ),
        "subject": section.key,
        "digest": section_digest(section.title, own),
    }


def section_digest(title: str, fields: Sequence[plain.Field]) -> str:
    """Give the hash of what a section says, wherever it is printed."""
    return _digest(title, tuple(Passage(f.name, f.text) for f in fields))


def _digest(title: str, passages: Sequence[Passage]) -> str:
    said = [title, *((each.name, each.text) for each in passages if each.text)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
