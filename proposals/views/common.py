"""What the views of proposals and units share: finding, showing, writing, answering.

Source: docs/rules.md R-94.
"""

from __future__ import annotations

import functools
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, cast

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.validators import slug_re
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from core.conflict import Place, blame, save_form
from core.drafts.keeping import close_posted
from core.drafts.offering import key_of, offer
from core.errors import RuleViolationError
from core.htmx import render_hx, wants_partial
from meetings.minutes.ledger import decisions_on
from proposals import references
from proposals.choices import MEANS
from proposals.forms import refer
from proposals.models import CooperationUnit, Proposal
from proposals.queries import lacking, records
from proposals.queries.latest import latest_versions
from proposals.queries.sent import sent_in
from proposals.queries.source_notes import notes_of
from proposals.queries.steps import trail_of
from proposals.queries.texts import names_of
from proposals.queries.unit_rows import scope_words
from proposals.references import Names
from proposals.views.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from accounts.access import PortalRequest
    from core.forms import VersionedForm
    from core.models import Versioned
    from core.versions import Saved
    from proposals.models import Record
    from proposals.queries.records import RecordPage
    from proposals.queries.source_notes import NoteRow

PAGE: Final = "proposals/record.html"  # has the partials of both kinds


def record_key(request: PortalRequest) -> str:
    """Give the key of the record that a form says it is about; "" where it says none.

    Raises:
        Http404: what it says is no key.
    """
    key: str = request.POST.get("record", "")
    if key and not slug_re.fullmatch(key):
        raise Http404
    return key


def get_record(request: PortalRequest, of: str, number: int) -> Record:
    """Give the council's proposal or unit with all that stands around it. One query.

    A form says which record it is about: that one is meant, whatever its number is now.

    Raises:
        Http404: the user may see no such record.
    """
    key = record_key(request)
    record = records.own_record(request.seat, KINDS[of].model, number, key=key)
    if record is None:
        raise Http404
    return record


def get_proposal(request: PortalRequest, number: int) -> Proposal:
    """The same where only a proposal will do."""
    return cast("Proposal", get_record(request, Proposal.word, number))


@contextmanager
def or_404() -> Iterator[None]:
    """Answer 404 where a service finds that a row is not there."""
    try:
        yield
    except ObjectDoesNotExist as error:
        raise Http404 from error


def with_references(request: PortalRequest, form: Any) -> Any:
    """Let a form refer to the council's records; one query, where it does."""
    council = request.seat.council_id
    names: Any = SimpleLazyObject(lambda: names_of(council))
    refer(form, names)
    return form


def plain(record: Record, text: str) -> str:
    """Give a text of a record that ``get_record`` read as it is printed."""
    loaded: Any = record
    return references.plain(text, Names.of_rows(loaded.json_names))


def inserts(form: Any) -> bool:
    """Whether a reference is put into the form's text; nothing is saved then."""
    if not getattr(form, "inserts", False):
        return False
    form.insert()
    return True


def url_of(record: Record, name: str, *args: object) -> str:
    """Give the address of something on a record: ``url_of(row, "point", 12)``."""
    return reverse(f"proposals:{name}", args=[record.word, record.number, *args])


def show(
    request: PortalRequest,
    record: Record,
    part: str = "",
    *,
    status: int = 200,
    **also: Any,
) -> HttpResponse:
    """Show the record's page, or the part of it that htmx asked for.

    Args:
        also: for the template. ``opened`` is the DOM id of the part that is open for
            editing, with ``form`` in it; ``changed`` that of what gets the focus,
            ``closed`` that of a form that is done with.
    """
    opened, changed = str(also.get("opened", "")), str(also.get("changed", ""))
    sent = sent_in(f"{record.owner}:{record.key}", request.user, request.seat)
    page = records.record_page(record, sent.last)
    points, row = page.find(changed or opened)
    notes = notes_of(record, page.notes)
    context = {
        "record": record,
        "of": record.word,
        "page": page,
        "sent": sent,
        "edited_since": lambda: sent.latest_before(record.changed_at),
        "figure_rows": lambda: sent.with_figures(page.figures, page.names),
        "trail": trail_of(record),
        "versions": functools.partial(latest_versions, record),
        "kept": _kept(request) - {opened, changed, also.get("closed")},
        "points": points,
        "row": row,
        "notes": notes,
        **_of_unit(record, page, notes),
        "decisions": functools.partial(decisions_on, page.key, request.user),
        **also,
    }
    own_page = KINDS[record.word].page
    if not part:
        return render(request, own_page, context, status=status)
    template = PAGE if wants_partial(request) else own_page
    return render_hx(request, template, part, context, status=status)


def _of_unit(
    record: Record, page: RecordPage, notes: tuple[NoteRow, ...]
) -> dict[str, Any]:
    """What only the page of a unit shows."""
    if not isinstance(record, CooperationUnit):
        return {}
    return {
        "scope": scope_words(record, page.names),
        "means": [(str(topic), topic.label) for topic in MEANS],
        "told_topics": lacking.told_topics(page),
        "missing": lacking.lacks_of(page, notes),
    }


def _kept(request: PortalRequest) -> frozenset[str]:
    """DOM ids of the forms that are open in the browser and shall stay as they are."""
    return frozenset((*request.GET.getlist("open"), *request.POST.getlist("open")))


def add_part[R](  # noqa: PLR0913 -- what is added, by what, and where
    request: PortalRequest,
    record: Record,
    part: str,
    form: Any,
    add: Callable[..., R],
    *,
    opened: str,
    drafts: str = "",
) -> R | HttpResponse:
    """Open the form of a new part, or add what it says.

    Args:
        add: the service, called with the form's values as keywords.
        drafts: what a new part is called, where its form keeps drafts: "ny gevinst".

    Returns:
        What was added; or the answer to give: the form, open, with what it lacks.
    """
    status = 200
    with_references(request, form)
    if request.method == "POST" and not inserts(form):
        status = 422
        if form.is_valid():
            try:
                added = add(by=request.user, **form.values)
            except (RuleViolationError, ValidationError) as error:
                blame(form, error)
            else:
                close_posted(request)
                return added
    if drafts:
        key = f"{key_of(record)}:{opened}"
        offer(request, form, f"{record}, {drafts}", key=key)
    return show(request, record, part, opened=opened, form=form, status=status)


def edit_part[M: Versioned](  # noqa: PLR0913 -- what is edited, by what, and where
    request: PortalRequest,
    record: Record,
    part: str,
    form: VersionedForm,
    save: Callable[..., Saved[M]],
    row: M,
    *,
    name: str,
    drafts: str = "",
    **also: Any,
) -> Saved[M] | HttpResponse:
    """Open the form of a part where it stands, or save it.

    Args:
        save: the service, called with ``version`` and the form's values as keywords.
        name: of the part, should two people collide in it: "gevinst 2".
        drafts: which form of the row keeps drafts; "" where its template holds no
            ``components/draft.html``.
        also: for the template, as ``show`` has it.

    Returns:
        The saved row; or the answer to give: the form, or the page of a collision.
    """
    status = 200
    with_references(request, form)
    if request.method == "POST" and not inserts(form):
        saved = save_form(
            request,
            form,
            row,
            functools.partial(save, by=request.user),
            place(request, record, f"{record}, {name}"),
        )
        if saved is not None:
            return saved
        status = refusal(form)
    if drafts:
        offer(request, form, f"{record}, {name}", key=key_of(row), part=drafts)
    return show(request, record, part, form=form, status=status, **also)


def answer(
    request: PortalRequest,
    record: Record,
    part: str,
    anchor: str,
    *,
    status: int = 200,
    **also: Any,
) -> HttpResponse:
    """Answer a write: the changed part for htmx, otherwise the page at the anchor.

    Args:
        status: 200; another where nothing was written, which every browser is shown.
    """
    if status == 200 and not wants_partial(request):  # noqa: PLR2004
        return redirect(f"{record.get_absolute_url()}#{anchor}")
    fresh = get_record(request, record.word, record.number or 0)
    return show(request, fresh, part, changed=anchor, status=status, **also)


def place(request: PortalRequest, record: Record, name: str = "") -> Place:
    """Say what a form is about, should two people collide in it.

    Args:
        name: "forslag 7, gevinst 2"; "" is the record itself.
    """
    kind = KINDS[record.word]
    trail = (
        (reverse(kind.list_url), kind.list_name),
        (record.get_absolute_url(), str(record).capitalize()),
    )
    return Place(name or str(record), request.path, trail)


def refusal(form: VersionedForm) -> int:
    """The status of a form that is shown again: 422, or 200 when the user asked for it."""
    return 200 if form.goes_back else 422
