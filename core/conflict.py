"""Saving a form over somebody else's change: merged, or asked field by field.

One function for every versioned form, :func:`save_form`; the page it answers with works
without JavaScript and posts to the form's own address. docs/adr/0004 tells why.

Source: docs/rules.md R-15.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import ValidationError
from django.shortcuts import render

from core.conflict_page import Place, conflict_context, merged_readings, possessive
from core.drafts.keeping import close_posted, keep_posted
from core.errors import ConflictError, RuleViolationError
from core.htmx import wants_partial
from core.notices import note_merged
from core.settle import kept_answers, opened, settle
from core.versions import Saved, fields_at, fields_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

    from core.forms import VersionedForm
    from core.models import Versioned

__all__ = ["Place", "blame", "merged_words", "save_form"]

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
    attempt = _Attempt(request, form, row, place, dict(form.cleaned_data))
    if form.asked_open:
        return attempt.page(409)
    version = attempt.settled_version()
    if version is None:
        return attempt.page(422)
    try:
        saved = save(version=version, **form.values)
    except ConflictError:
        return attempt.page(409)
    except (ValidationError, RuleViolationError) as error:
        return attempt.refused(error)
    close_posted(request)
    if saved.merged:
        note_merged(request, merged_readings(form, saved, version))
    return saved


def merged_words(saved: Saved[Any], form: VersionedForm) -> str:
    """Say what was merged: "Flettet med Sekretariatschefens version 8: Økonomi."."""
    if not saved.merged:
        return ""
    labels = [g.label for g in form.groups if set(g.fields) & set(saved.merged)]
    whose = possessive(saved.their_name)
    return f"Flettet med {whose} version {saved.their_version}: {', '.join(labels)}."


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One try to save; ``mine`` is what was first sent, before any choice."""

    request: HttpRequest
    form: VersionedForm
    row: Versioned
    place: Place
    mine: Mapping[str, Any]

    @property
    def names(self) -> list[str]:
        """The fields that are merged."""
        return [name for group in self.form.groups for name in group.fields]

    def settled_version(self) -> int | None:
        """Put the choices into the form; give the version they are made over.

        None while a choice is missing.
        """
        seen = self.form.seen_version
        if seen is None:
            return int(self.mine["version"])
        theirs = fields_at(self.row, seen, self.names)
        answers = self.form.answers()
        settled = settle(self.form, self.mine, self.row, theirs, answers)
        if not all(group.is_settled for group in settled):
            return None
        for group in settled:
            self.form.cleaned_data |= group.values
        return seen

    def refused(
        self, error: ValidationError | RuleViolationError
    ) -> HttpResponse | None:
        """Say why a rule refused what was sent, where it was written."""
        if self.form.seen_version is None:
            blame(self.form, error)
            return None
        return self.page(422, problems(error))

    def page(self, status: int, problems: Sequence[str] = ()) -> HttpResponse:
        """Draw the page against the row as it stands now."""
        form, row = self.form, self.row
        current = type(row)._default_manager.get(pk=row.pk)  # noqa: SLF001 -- Django's
        now = fields_of(current, self.names)
        seen = form.seen_version
        before = now if seen is None else fields_at(current, seen, self.names)
        answers = kept_answers(form, before, now)
        settled = [
            opened(group) if group.group.name == form.asked_open else group
            for group in settle(form, self.mine, current, now, answers)
        ]
        version = self.mine["version"]
        context = conflict_context(form, current, version, settled, self.place)
        context |= {"problems": problems, "is_refused": status == 422}  # noqa: PLR2004
        context["kept"] = keep_posted(self.request)
        response = render(self.request, TEMPLATE, context, status=status)
        if wants_partial(self.request):
            response["HX-Retarget"] = "body"
            response["HX-Reswap"] = "innerHTML show:window:top"
            response["HX-Push-Url"] = self.place.url
        return response


def blame(form: Any, error: ValidationError | RuleViolationError) -> None:
    """Put the error beside its field where the form has it, else above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, problems(error))
        return
    for name, words in cast("ValidationError", error).message_dict.items():
        form.add_error(name if name in form.fields else None, words)


def problems(error: ValidationError | RuleViolationError) -> list[str]:
    """Give the Danish sentences of a refusal."""
    return error.messages if isinstance(error, ValidationError) else [str(error)]
