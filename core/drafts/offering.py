"""A form that keeps drafts: its ticket, the drafts it offers, the one it is filled with."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    user = request.user
    if not user.is_authenticated:
        return
    if form.is_bound:
        ticket = _ticket(request, form, name, key, part, page=request.path)
        own.draft = _refused(request, form, ticket)
        return
    if known is None:
        known = tuple(Draft.objects.visible_to(user).filter(key=key))
    # The whole form takes all; a part is told of its own and of the whole form's.
    rows = tuple(row for row in known if not part or row.part in {part, ""})
    opened = _asked_for(request, rows, part)
    ticket = _ticket(request, form, name, key, part, page=_page_of(request))
    own.draft = _line(request, form, ticket, rows, opened)
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


def _ticket(
    request: HttpRequest,
    form: forms.BaseForm,
    name: str,
    key: str,
    part: str,
    *,
    page: str,
) -> Ticket:
    user: Any = request.user
    return Ticket(
        user=user.pk, key=key, part=part, name=name, page=page, labels=_labels(form)
    )


def _refused(request: HttpRequest, form: forms.BaseForm, ticket: Ticket) -> DraftLine:
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
    posted = Ticket.of(request.POST)
    if posted is not None and posted.user == ticket.user:
        ticket = posted
    return DraftLine(ticket.signed(), kept=kept)


def _asked_for(request: HttpRequest, rows: Sequence[Draft], part: str) -> Draft | None:
    """The draft that the address asks for, if it is one that the form can be filled with."""
    asked = request.GET.get(ASKED, "")
    return next(
        (row for row in rows if str(row.pk) == asked and _takes(part, row)), None
    )


def _line(
    request: HttpRequest,
    form: forms.BaseForm,
    ticket: Ticket,
    rows: Sequence[Draft],
    opened: Draft | None,
) -> DraftLine:
    if opened is None:
        is_missing = _is_id(request.GET.get(ASKED, ""))
        return DraftLine(ticket.signed(), offered=tuple(rows), is_missing=is_missing)
    ticket = replace(ticket, draft=opened.pk, seen=opened.written_at.isoformat())
    return DraftLine(
        ticket.signed(),
        kept=opened,
        offered=tuple(row for row in rows if row.pk != opened.pk),
        is_opened=True,
        is_behind=_is_behind(form, opened),
    )


def _labels(form: forms.BaseForm) -> list[tuple[str, str]]:
    """Name the text fields; what a choice posts is no word for people."""
    texts = (one for one in form.visible_fields() if not hasattr(one.field, "choices"))
    return [(one.html_name, str(one.label)) for one in texts]


def _takes(part: str, row: Draft) -> bool:
    """Whether a form has all the fields of a draft."""
    return not part or row.part == part


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
