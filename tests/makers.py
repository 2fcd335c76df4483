"""Makers of agendas: a cast, a meeting to work on, items, appendices, files."""

from __future__ import annotations

import io
from datetime import date, time
from typing import TYPE_CHECKING, Any

import pikepdf

from accounts.choices import Role
from core import richtext
from meetings.models import AgendaItem, Appendix, Meeting, Section
from tests.makers_packets import a_council, a_file, a_user

if TYPE_CHECKING:
    from accounts.models import Council, User

SLUG = "2023-11-22"
MEETING = f"/moeder/{SLUG}/"
HTMX = {"HX-Request": "true"}
TEXTS = ("summary", "recommendation", "case", "economy", "process")


def a_secretary(council: Council | None = None, **fields: Any) -> User:
    """Who writes agendas."""
    return a_user(council, Role.SECRETARIAT, **fields)


def a_chief(council: Council | None = None) -> User:
    """Who also writes them, and publishes."""
    return a_user(council, Role.CHIEF)


def an_outsider() -> User:
    """The secretariat of another council."""
    return a_user(a_council("hovedstaden"), Role.SECRETARIAT)


def a_meeting(
    council: Council | None = None,
    *,
    slug: str = SLUG,
    sections: tuple[int, ...] = (2,),
) -> Meeting:
    """A meeting with empty sections of these numbers."""
    meeting = Meeting.objects.create(
        council=council or a_council(),
        slug=slug,
        held_on=date.fromisoformat(slug[:10]),
        starts_at=time(13),
        ends_at=time(16),
    )
    for number in sections:
        Section.objects.create(meeting=meeting, number=number, title=f"Afsnit {number}")
    return meeting


def an_item(
    meeting: Meeting, title: str = "Sagen", *, section: int = 2, **fields: Any
) -> AgendaItem:
    """An item last in a section; texts may be given as plain words."""
    own = meeting.sections.get(number=section)
    position = own.items.filter(position__isnull=False).count() + 1
    texts = {
        name: richtext.from_plain(fields.pop(name)) for name in TEXTS if name in fields
    }
    values = {"kind": "formal", "action": "approves", **texts, **fields}
    return AgendaItem.objects.create(
        section=own,
        key=f"sag-{section}-{own.items.count() + 1}",
        position=position,
        title=title,
        **values,
    )


def an_upload(item: AgendaItem, title: str = "Brev", **fields: Any) -> Appendix:
    """A scanned letter, last among the item's appendices."""
    position = item.appendices.filter(position__isnull=False).count() + 1
    own = {"kind": "uploaded", "summary": "Et brev.", "file": a_file(), **fields}
    return Appendix.objects.create(
        item=item,
        position=position,
        key=f"brev-{item.appendices.count() + 1}",
        title=title,
        **own,
    )


def a_letter(title: str = "") -> bytes:
    """A real PDF of one empty page; ``title`` is what it calls itself."""
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    if title:
        pdf.docinfo["/Title"] = title
    pdf.save(out)
    return out.getvalue()


def item_data(item: AgendaItem, **changed: str) -> dict[str, str]:
    """What the item's page sends when only ``changed`` is typed over.

    Rich text is sent as without JavaScript: plain, with the markup it was drawn from.
    """
    data = {"pk": str(item.pk), "version": str(item.version)}
    plain = (
        "title",
        "kind",
        "action",
        "addressee",
        "reply_deadline",
        "responsible",
        "contact",
    )
    data |= {name: str(getattr(item, name)) for name in plain}
    data["reply_on"] = f"{item.reply_on:%d.%m.%Y}" if item.reply_on else ""
    for name in TEXTS:
        html = getattr(item, name)
        data[name] = richtext.to_plain(html)
        data |= {f"{name}_html": html, f"{name}_format": "plain"}
    return data | changed


def titles(meeting: Meeting, section: int = 2) -> list[str]:
    """The titles of a section's items in order; positions have no gaps."""
    rows = AgendaItem.objects.filter(section__meeting=meeting, section__number=section)
    standing = list(rows.present())
    assert [row.position for row in standing] == list(range(1, len(standing) + 1))
    return [row.title for row in standing]
