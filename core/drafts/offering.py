"""A form that keeps drafts: its ticket, the drafts it offers, the one it is filled with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.utils.datastructures import MultiValueDict

from core.drafts.keeping import forgo, keep_posted
from core.drafts.models import Draft
from core.drafts.ticket import KEPT_AT, TICKET, Ticket

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django import forms
    from django.http import HttpRequest

ASKED: Final = "kladde"
# What else an address says that is of the moment: which forms are open beside this one.
PASSING: Final = (ASKED, "open", "aaben")


@dataclass(frozen=True, slots=True)
class DraftLine:
    """What ``components/draft.html`` shows of a form's drafts.

    Attributes:
        ticket: signed.
        kept: the draft that holds what stands in the form, if one does.
        offered: others of one's own for this form, newest first.
        is_opened: the form was filled from ``kept``, to go on with it.
        is_missing: a draft was asked for that is not this form's.
        is_behind: somebody saved since ``kept`` was begun; saving merges.
    """

    ticket: str
    kept: Draft | None = None
    offered: tuple[Draft, ...] = ()
    is_opened: bool = False
    is_missing: bool = False
    is_behind: bool = False

    names = {"ticket": TICKET, "kept_at": KEPT_AT}  # noqa: RUF012 -- read only


def offer(
    request: HttpRequest,
    form: forms.BaseForm,
    name: str,
    *,
    key: str,
    part: str = "",
    known: Sequence[Draft] | None = None,
) -> None:
    """Let a form keep drafts: sets ``form.draft``. One query when a page is read.

    A page that is read with ``?kladde=`` is filled with that draft. Call it before the
    form is drawn, for somebody who is signed in; others get no draft.

    Args:
        form: bound or not; a bound one has been refused, and what it holds is kept.
        name: what the form is about, for people: "punkt 2.3".
        key: the same for good: "meetings.agendaitem:12" (:func:`key_of`).
        part: which form of it; "" is the whole one, which takes the others' drafts.
        known: one's own drafts of ``key``, where the page has read them already.
    """
    own: Any = form
    own.draft = None
    if not request.user.is_authenticated:
        return
    if form.is_bound:
        own.draft = _refused(request, form, name, key, part)
        return
    own_rows = known
    if own_rows is None:
        own_rows = tuple(Draft.objects.visible_to(request.user).filter(key=key))
    # The whole form takes all; a part is told of its own and of the whole form's.
    rows = tuple(row for row in own_rows if not part or row.part in {part, ""})
    asked = request.GET.get(ASKED, "")
    opened = next((row for row in rows if str(row.pk) == asked), None)
    if opened is not None and not _takes(part, opened):
        opened = None
    ticket = Ticket(
        user=request.user.pk,
        key=key,
        part=part,
        name=name,
        page=_page_of(request),
        draft=opened.pk if opened else None,
        seen=opened.written_at.isoformat() if opened else "",
        labels=_labels(form),
    )
    own.draft = DraftLine(
        ticket=ticket.signed(),
        kept=opened,
        offered=_others(rows, opened),
        is_opened=opened is not None,
        is_missing=bool(asked) and opened is None and _is_id(asked),
        is_behind=opened is not None and _is_behind(form, opened),
    )
    if opened is not None:
        fill(form, opened, is_whole=opened.part == part)


def key_of(row: Any) -> str:
    """Give the key of a row's forms, which holds however the row is numbered."""
    return f"{row._meta.label_lower}:{row.pk}"  # noqa: SLF001 -- Django's


def fill(form: forms.BaseForm, draft: Draft, *, is_whole: bool = True) -> None:
    """Put what was typed into an unbound form; fields that the draft lacks stay.

    The version goes along: saving merges with what others saved since.

    Args:
        is_whole: the draft is of this very form, so that a box that is not sent is not
            ticked.
    """
    data = draft.posted
    for name, field in form.fields.items():
        sent = form.add_prefix(name)
        is_absent = field.widget.value_omitted_from_data(data, MultiValueDict(), sent)
        if is_absent or (sent not in data and not is_whole):
            continue
        form.initial[name] = field.widget.value_from_datadict(
            data, MultiValueDict(), sent
        )


def _refused(
    request: HttpRequest, form: forms.BaseForm, name: str, key: str, part: str
) -> DraftLine:
    # What is shown again beside another act, such as an upload, may be as it was saved.
    is_typed = any(
        not form.fields[name].widget.value_omitted_from_data(
            form.data, form.files, form.add_prefix(name)
        )
        for name in set(form.changed_data) - {"version"}
    )
    if not is_typed:
        forgo(request)
    kept = keep_posted(request)
    ticket = Ticket.of(request.POST)
    user: Any = request.user
    if ticket is None or ticket.user != user.pk:
        ticket = Ticket(
            user=user.pk,
            key=key,
            part=part,
            name=name,
            page=request.path,
            labels=_labels(form),
        )
    return DraftLine(ticket.signed(), kept=kept)


def _labels(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Name the text fields; what a choice posts is no word for people."""
    texts = (one for one in form.visible_fields() if not hasattr(one.field, "choices"))
    return [(one.html_name, str(one.label)) for one in texts]


def _takes(part: str, row: Draft) -> bool:
    """Whether a form has all the fields of a draft."""
    return not part or row.part == part


def _others(rows: Sequence[Draft], opened: Draft | None) -> tuple[Draft, ...]:
    return tuple(row for row in rows if opened is None or row.pk != opened.pk)


def _is_behind(form: forms.BaseForm, row: Draft) -> bool:
    now = form.initial.get("version")
    return bool(row.base_version) and now is not None and row.base_version != str(now)


def _page_of(request: HttpRequest) -> str:
    """Give the address that was asked for, without the draft and what is of the moment."""
    query = request.GET.copy()
    for name in PASSING:
        query.pop(name, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
