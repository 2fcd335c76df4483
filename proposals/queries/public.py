"""The records that everybody may read, each as it was sent last.

Made of what was sent and of nothing else: of the newest version of each public meeting.

Source: docs/rules.md R-105.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.models import Council
from documents import codec, plain
from documents.tree import walk
from meetings.choices import MeetingKind
from meetings.editions.records import number_of
from meetings.editions.withdrawn import is_taken, withdrawn
from meetings.models import Publication, PublishedAppendix, SentRecord
from meetings.models.withdrawal import own_withdrawals
from meetings.names import meeting_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from documents.tree import Section

SENDINGS: Final = 40
"""Sent appendices that are looked through, the latest first."""
THEME: Final = "theme:"
NAMED: Final = frozenset({"laws", "schemes", "actors", "target-groups"})
"""Ends of the keys of what a record names (``proposals.facts``)."""
_MEETING: Final = "publication__meeting__"
_FIELDS: Final = (
    "pk", "slug", "label", "publication__number", f"{_MEETING}slug",
    f"{_MEETING}held_on", f"{_MEETING}kind",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublicRow:
    """A record in the list.

    Attributes:
        number: as it was sent.
        theme: heading of the theme it stood under, "Styring"; "" where none is known.
        meeting: "KKR-møde 22. november 2023".
        appendix: id of the sent appendix that holds it.
    """

    key: str
    number: int
    title: str
    theme: str
    url: str
    meeting: str
    held_on: date
    appendix: int


@dataclass(frozen=True, slots=True)
class PublicList:
    """The list: groups of rows under a theme, and all of them."""

    rows: tuple[PublicRow, ...]

    @property
    def groups(self) -> tuple[tuple[str, tuple[PublicRow, ...]], ...]:
        """The rows by theme, in the order of their numbers."""
        found: dict[str, list[PublicRow]] = {}
        for row in self.rows:
            found.setdefault(row.theme, []).append(row)
        return tuple((theme, tuple(rows)) for theme, rows in found.items())

    @property
    def meetings(self) -> tuple[str, ...]:
        """The meetings they were sent to, the latest first."""
        rows = sorted(self.rows, key=lambda row: row.held_on, reverse=True)
        return tuple(dict.fromkeys(row.meeting for row in rows))


def public_list(council_slug: str, kind: str, url_name: str) -> PublicList:
    """Give the records of a kind that a council has sent openly: two queries.

    Args:
        kind: what their keys begin with, "proposal".
        url_name: of the page of one, which takes its number.
    """
    sendings = {row["pk"]: row for row in _sendings(council_slug, kind)}
    begins = f"{kind}:"
    rows = SentRecord.objects.filter(appendix__in=sendings).order_by("pk")
    by_appendix: dict[int, list[Any]] = {}
    for row in rows.values("appendix", "key", "label", "title"):
        by_appendix.setdefault(row["appendix"], []).append(row)
    found: dict[str, Any] = {}
    themes: dict[str, str] = {}
    labels: set[str] = set()
    for pk in sendings:
        for theme, row in _under_themes(by_appendix.get(pk, ())):
            if not row["key"].startswith(begins):
                continue
            if theme:
                themes.setdefault(row["key"], theme)
            # Another record has that number since, or this one another number.
            if row["key"] not in found and row["label"] not in labels:
                found[row["key"]] = row
                labels.add(row["label"])
    return PublicList(
        tuple(
            sorted(
                (
                    _row(row, sendings[row["appendix"]], themes.get(key, ""), url_name)
                    for key, row in found.items()
                    if number_of(row["label"])
                ),
                key=lambda row: row.number,
            )
        )
    )


def matching(found: PublicList, words: str) -> PublicList:
    """Give the rows whose title or text holds all of some words: one query."""
    asked = words.casefold().split()
    wanted = {row.appendix for row in found.rows}
    rows = PublishedAppendix.objects.filter(pk__in=wanted)
    texts: dict[tuple[int, str], str] = {}
    for pk, document in rows.values_list("pk", "document"):
        for _, section in walk(codec.loads(document)):
            own = [section.label, section.title]
            own += [each.text for each in plain.fields(section)]
            texts[pk, section.key] = "\n".join(own).casefold()
    return PublicList(
        tuple(
            row
            for row in found.rows
            if all(word in texts.get((row.appendix, row.key), "") for word in asked)
        )
    )


def _sendings(council_slug: str, kind: str) -> Iterator[Any]:
    """Give the sent appendices that hold such records, the latest first: one query."""
    public = Publication.objects.visible_to(None).current(None)
    public = public.filter(meeting__council__slug=council_slug)
    records = SentRecord.objects.filter(
        appendix=OuterRef("pk"), key__startswith=f"{kind}:"
    )
    rows = PublishedAppendix.objects.filter(
        Exists(records), publication__in=public.order_by().values("pk")
    ).annotate(withdrawn=own_withdrawals("publication__meeting"))
    order = (f"-{_MEETING}held_on", f"-{_MEETING}pk", "position")
    for row in rows.order_by(*order).values(*_FIELDS, "withdrawn")[:SENDINGS]:
        told = map(withdrawn, row["withdrawn"])
        if not is_taken(told, row["publication__number"], row["slug"]):
            yield row


def _under_themes(rows: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Give the records of an appendix with the theme that stands before them."""
    theme = ""
    for row in rows:
        if row["key"].startswith(THEME):
            theme = row["title"]
        else:
            yield theme, row


def _row(row: Any, sending: Any, theme: str, url_name: str) -> PublicRow:
    number = int(number_of(row["label"]))
    slug, held_on = sending[f"{_MEETING}slug"], sending[f"{_MEETING}held_on"]
    kind = MeetingKind(sending[f"{_MEETING}kind"])
    return PublicRow(
        key=row["key"],
        number=number,
        title=row["title"],
        theme=theme,
        url=reverse(url_name, args=[number]),
        meeting=meeting_name(slug, held_on, kind.label),
        held_on=held_on,
        appendix=row["appendix"],
    )


def named_in(section: Section) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give the laws, schemes, actors and target groups that a sent record names.

    Returns:
        Pairs (heading, names); what it names none of is left out. No query.
    """
    found = []
    for field in plain.fields(section):
        if field.key.rpartition("/")[2] in NAMED:
            names = (name.strip() for name in field.text.split(";"))
            found.append((field.name, tuple(filter(None, names))))
    return tuple(found)


def newest_sending(council_slug: str, owner: str, label: str) -> str:
    """Give the newest public meeting that got a record, taken down or not: one query.

    Returns:
        The meeting's slug; "" where none did.
    """
    public = Publication.objects.visible_to(None)
    rows = SentRecord.objects.filter(
        appendix__publication__in=public.order_by().values("pk"),
        appendix__publication__meeting__council__slug=council_slug,
        label=label,
        key__startswith=f"{owner}:",
    ).order_by("-appendix__publication__meeting__held_on", "-pk")
    slug = rows.values_list("appendix__publication__meeting__slug", flat=True).first()
    return slug or ""


def council_name(slug: str) -> str:
    """Give the name of a council that has sent something: one query."""
    return Council.objects.values_list("name", flat=True).get(slug=slug)
