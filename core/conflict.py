"""Saving a form over somebody else's change: merged, or asked field by field.

One function for every versioned form, :func:`save_form`; the page it answers with works
without JavaScript and posts to the form's own address. docs/adr/0004 tells why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.shortcuts import render

from core.conflict_page import Place, conflict_context, possessive
from core.errors import ConflictError, RuleViolationError
from core.htmx import wants_partial
from core.settle import kept_answers, opened, settle
from core.versions import Saved, fields_at, fields_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from core.forms import VersionedForm
    from core.models import Versioned

__all__ = ["Place", "merged_words", "save_form"]

TEMPLATE = "components/conflict.html"


def save_form[M: Versioned](
    request: HttpRequest,
    form: VersionedForm,
    row: M,
    save: Callable[..., Saved[M]],
    place: Place,
) -> Saved[M] | HttpResponse | None:
    """Save a posted form, and settle with whoever saved the row meanwhile.

    Args:
        form: bound; its fields are named as the row's.
        row: which row; only its class, pk and history are used.
        save: the service, called with ``version=`` and the form's values as keywords.
        place: what the page is about and where it leads.

    Returns:
        The saved row; or the conflict page (409, or 422 where a choice is missing), to
        be answered as it is; or None: the form is to be shown again, with its errors.
    """
    if not form.is_valid() or form.goes_back:
        return None
    mine = dict(form.cleaned_data)
    version, seen = mine["version"], form.seen_version
    if form.asked_open:
        return _page(request, form, row, place, mine=mine, status=409)
    if seen is not None:
        names = [name for group in form.groups for name in group.fields]
        theirs = fields_at(row, seen, names)
        settled = settle(form, mine, row, theirs, form.answers())
        if not all(group.is_settled for group in settled):
            return _page(request, form, row, place, mine=mine, status=422)
        for group in settled:
            form.cleaned_data |= group.values
        version = seen
    try:
        return save(version=version, **form.values)
    except ConflictError:
        return _page(request, form, row, place, mine=mine, status=409)
    except (ValidationError, RuleViolationError) as error:
        problems = error.messages if isinstance(error, ValidationError) else [str(error)]
        if seen is None:
            _blame(form, error)
            return None
        return _page(
            request, form, row, place, mine=mine, problems=problems, status=422
        )


def merged_words(saved: Saved[Any], form: VersionedForm) -> str:
    """Say what was merged: "Flettet med Sekretariatschefens version 8: Økonomi."."""
    if not saved.merged:
        return ""
    labels = [g.label for g in form.groups if set(g.fields) & set(saved.merged)]
    whose = possessive(saved.their_name)
    return f"Flettet med {whose} version {saved.their_version}: {', '.join(labels)}."


def _blame(form: VersionedForm, error: ValidationError | RuleViolationError) -> None:
    """Put the error beside its field where the form has it, else above the form."""
    if not isinstance(error, ValidationError) or not hasattr(error, "error_dict"):
        messages = getattr(error, "messages", [str(error)])
        form.add_error(None, ValidationError(messages))
        return
    for name, problems in error.message_dict.items():
        form.add_error(name if name in form.fields else None, problems)


def _page(
    request: HttpRequest,
    form: VersionedForm,
    row: Versioned,
    place: Place,
    *,
    mine: Mapping[str, Any],
    problems: Sequence[str] = (),
    status: int,
) -> HttpResponse:
    """Draw the page against the row as it stands now."""
    current = type(row)._default_manager.get(pk=row.pk)  # noqa: SLF001 -- Django's own
    names = [name for group in form.groups for name in group.fields]
    now = fields_of(current, names)
    seen = form.seen_version
    before = now if seen is None else fields_at(current, seen, names)
    answers = kept_answers(form, before, now)
    settled = [
        opened(group) if group.group.name == form.asked_open else group
        for group in settle(form, mine, current, now, answers)
    ]
    context = conflict_context(form, current, mine["version"], settled, place)
    context |= {"problems": problems, "is_refused": status == 422}  # noqa: PLR2004
    response = render(request, TEMPLATE, context, status=status)
    if wants_partial(request):
        response["HX-Retarget"] = "body"
        response["HX-Reswap"] = "innerHTML show:window:top"
        response["HX-Push-Url"] = place.url
    return response
