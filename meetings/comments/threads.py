"""Threads of comments, read along with an item or for a whole meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject

from accounts.models import Membership
from core.marked import marked_html
from core.wordmarks import compared
from meetings.comments.fields import FIELDS, anchor, lines, text_of, text_of_appendix
from meetings.models import Comment
from meetings.models.meeting import EDITORS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

    from meetings.models import AgendaItem, Appendix

NAMES = (
    "pk", "item_id", "appendix_id", "parent_id", "field", "text", "before",
    "author_name", "asked_id", "asked_name", "is_solved", "solved_by",
)  # fmt: skip
TIMES = ("written_at", "solved_at")


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its answers.

    Attributes:
        about: what it is tied to: "Svarfrist", "Bilag 1", "Hele punktet".
        anchor: id of the field it is about, "" for the whole.
        url: of the appendix it is about, else "".
        changed: the text under it, marked against what stood there; None: it stands.
    """

    comment: Comment
    answers: tuple[Comment, ...]
    about: str
    anchor: str = ""
    url: str = ""
    changed: SafeString | None = None


@dataclass(frozen=True, slots=True)
class Threads:
    """What is said of one item, or of the whole agenda."""

    all: tuple[Thread, ...] = ()

    @property
    def open(self) -> tuple[Thread, ...]:
        """Those that wait, oldest first."""
        return tuple(one for one in self.all if not one.comment.is_solved)

    @property
    def solved(self) -> tuple[Thread, ...]:
        """Those that are folded."""
        return tuple(one for one in self.all if one.comment.is_solved)


def with_comments(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate items with ``comment_rows`` and the council's ``colleagues``; no query."""
    fields = JSONObject(**{name: name for name in (*NAMES, *TIMES)})
    own = Comment.objects.filter(item=OuterRef("pk")).order_by("pk")
    seats = Membership.objects.filter(
        council=OuterRef("section__meeting__council"),
        role__in=EDITORS,
        user__is_active=True,
    )
    names = JSONObject(pk="user_id", name="user__name")
    found: QuerySet[Any] = rows.annotate(
        comment_rows=ArraySubquery(own.values(row=fields)),
        colleagues=ArraySubquery(seats.order_by("user__name", "pk").values(row=names)),
    )
    return found


def with_open_comments(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate items with ``open_comments``, how many wait; no query."""
    own = Comment.objects.unsolved().filter(item=OuterRef("pk")).order_by()
    many = own.values("item").annotate(many=Count("pk")).values("many")
    count = Subquery(many, output_field=IntegerField())
    found: QuerySet[Any] = rows.annotate(open_comments=Coalesce(count, 0))
    return found


def colleagues_of(council_pk: int) -> list[tuple[int, str]]:
    """Give who may be asked: the council's secretariat, by name; one query."""
    rows = Membership.objects.filter(council=council_pk, role__in=EDITORS)
    own = rows.filter(user__is_active=True).order_by("user__name", "pk")
    return [(pk, str(name)) for pk, name in own.values_list("user_id", "user__name")]


def comments_of(item: Any) -> list[Comment]:
    """Give the comments of an item that was read :func:`with_comments`; no query."""
    return [_row(given) for given in item.comment_rows]


def _row(given: Mapping[str, Any]) -> Comment:
    kept = {name: given[name] for name in NAMES}
    times = {name: _moment(given[name]) for name in TIMES}
    return Comment(**kept, **times)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def threads(
    rows: Iterable[Comment], item: AgendaItem | None, appendices: Sequence[Appendix]
) -> Threads:
    """Put comments together.

    Args:
        rows: of one item, or of the whole agenda; answers among them.
        appendices: those of the item that stand.
    """
    own = list(rows)
    known = {row.pk: row for row in appendices}
    return Threads(
        tuple(
            _thread(row, own, item, known)
            for row in own
            if row.parent_id is None
            and (row.appendix_id is None or row.appendix_id in known)
        )
    )


def _thread(
    row: Comment,
    rows: Sequence[Comment],
    item: AgendaItem | None,
    known: Mapping[int, Appendix],
) -> Thread:
    answers = tuple(other for other in rows if other.parent_id == row.pk)
    if row.appendix_id is not None:
        appendix = known[row.appendix_id]
        changed = _changed("", row.before, text_of_appendix(appendix))
        url = appendix.get_absolute_url()
        return Thread(row, answers, appendix.number, url=url, changed=changed)
    if item is None or not row.field:
        return Thread(row, answers, "Hele punktet" if item else "Hele dagsordenen")
    changed = _changed(row.field, row.before, text_of(item, row.field))
    return Thread(row, answers, FIELDS[row.field], anchor(row.field), changed=changed)


def _changed(field: str, before: str, now: str) -> SafeString | None:
    """Give the text as it was and is, marked; None where its words are the same."""
    found = compared(lines(field, before), lines(field, now))
    if all(run.mark == "same" for line in found for run in line.runs):
        return None
    return marked_html(found)


def asked_of(user: Any) -> ArraySubquery:
    """What waits for ``user``'s word, oldest first, in the query of something else."""
    open_ = Q(meeting__state__in=("draft", "approval")) | Q(meeting__is_revising=True)
    rows = Comment.objects.visible_to(user).unsolved().filter(open_, asked=user.pk)
    rows = rows.filter(meeting__is_removed=False)
    fields = JSONObject(
        pk="pk",
        text="text",
        by="author_name",
        at="written_at",
        slug="meeting__slug",
        section="item__section__number",
        position="item__position",
        given="item__given_number",
    )
    return ArraySubquery(rows.order_by("pk").values(row=fields))
