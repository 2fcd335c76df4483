"""What the views of proposals and units tell after a write, and why one was refused.

Source: docs/rules.md R-94.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, resolve_url

from core.conflict import merged_words, problems
from core.errors import ChangedMeanwhileError, RuleViolationError
from core.notices import Undo, say, warn
from core.versions import changed_since
from proposals.views.posted import number_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from core.forms import VersionedForm
    from core.models import Versioned
    from core.versions import Saved


@contextmanager
def or_warn(request: PortalRequest) -> Iterator[None]:
    """Say why a service refused, and go on."""
    try:
        yield
    except (RuleViolationError, ValidationError) as error:
        warn(request, " ".join(problems(error)))


def seen_otherwise(
    request: PortalRequest, row: Versioned, names: Iterable[str]
) -> bool:
    """Whether somebody changed what a user wants away, since the user read it.

    A form without a version asks for no comparison.
    """
    seen = seen_in(request)
    return bool(seen) and changed_since(row, seen, names)


def seen_in(request: PortalRequest) -> int:
    """Give the version of what a user wants away, as the user read it; 0: none is said."""
    return number_of(request.POST.get("version", ""))


def warn_changed(
    request: PortalRequest, what: str, error: ChangedMeanwhileError
) -> None:
    """Say that somebody changed what a user wants away, who did, and that it stays."""
    warn(request, f"{what} er rettet af {error.by} imens og er ikke slettet.")


def tell(
    request: PortalRequest,
    text: str,
    *,
    url: str = "",
    label: str = "Fortryd",
    **fields: object,
) -> None:
    """Say what was done; ``url`` and ``fields`` are the POST that takes it back."""
    undo = Undo(url, label, {k: str(v) for k, v in fields.items()}) if url else None
    say(request, text, undo=undo)


def at_status(to: Any) -> HttpResponse:
    """Go to a page after something was undone: the focus lands on what is said of it."""
    return redirect(f"{resolve_url(to)}#status")


def tell_edit(request: PortalRequest, text: str, saved: Saved[Any]) -> None:
    """Say what was saved; if anything was, with the POST to the same form that undoes it."""
    back = {"url": request.path, "undo": saved.row.version} if saved.is_written else {}
    tell(request, text, **back)


def told(saved: Saved[Any], form: VersionedForm, words: str) -> str:
    """Give the sentence after saving: what was done, and what it was merged with."""
    return f"{words} {merged_words(saved, form)}".rstrip()
