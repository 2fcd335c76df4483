"""The history of a record: its versions, two compared, one whole, one taken back.

Source: docs/rules.md R-94.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import editors_only
from core.conflict import problems
from core.errors import RuleViolationError
from core.htmx import render_hx, wants_partial
from proposals.queries.sent_versions import between, sendings_of
from proposals.revisions import page as pages
from proposals.revisions.reading import history_of, lines_of_version, told_of
from proposals.revisions.snapshot import is_key
from proposals.services.revisions import ChangedMeanwhileError, take_back
from proposals.views.common import record_key, url_of
from proposals.views.kinds import KINDS
from proposals.views.posted import number_of
from proposals.views.telling import tell

if TYPE_CHECKING:
    from django.core.paginator import Page
    from django.http import HttpResponse

    from accounts.access import PortalRequest
    from proposals.models import Record
    from proposals.queries.sent_versions import Sending
    from proposals.revisions.page import VersionRow
    from proposals.revisions.reading import History, Version

PAGE, WHOLE = "proposals/history.html", "proposals/history_version.html"
ON_A_PAGE: Final = 20
WITH: Final = {"forslag": ("catalogue", "theme"), "samdrift": ("catalogue",)}
CHOOSE: Final = "Vælg to forskellige versioner."
NOTHING: Final = "Vælg mindst ét felt."
CHANGED: Final = (
    "En anden har gemt det samme imens. Her er forskellen til den nye version."
)


@dataclass(frozen=True, slots=True)
class Row:
    """A version as the page lists it, and where it was sent."""

    row: VersionRow
    sent: tuple[Sending, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@editors_only
def history(
    request: PortalRequest, of: str, number: int = 0, key: str = ""
) -> HttpResponse:
    """Show a record's versions; ``fra`` and ``til`` are compared, ``gendan`` comes back.

    ``kun`` narrows the list to a field, a part or a kind of parts.
    """
    record = _record(request, of, number, key or record_key(request))
    if key and record.number:
        return redirect("proposals:history", of, record.number)
    if request.method == "POST":
        return _take_back(request, record)
    return _show(request, record)


@require_safe
@editors_only
def version(
    request: PortalRequest, of: str, version: int, number: int = 0, key: str = ""
) -> HttpResponse:
    """Show one version of a record whole."""
    record = _record(request, of, number, key)
    own = history_of(record)
    found = own.at(version)
    if found is None:
        raise Http404
    before = own.before(found)
    context = {
        **_shell(record),
        "version": found,
        "is_current": found is own.current,
        "current": own.current,
        "before": before,
        "after": next((v for v in own.versions if v.number > version), None),
        "told": lines_of_version(found, told_of([found]), own.model)[0],
        "here": f"Version {version}",
        "groups": pages.whole(own, found),
    }
    return render(request, WHOLE, context)


def _record(request: PortalRequest, of: str, number: int, key: str) -> Record:
    """Give the record of a number, or the one of a key that may be removed.

    Raises:
        Http404: the user may see no such record.
    """
    rows: Any = KINDS[of].model._default_manager  # noqa: SLF001
    rows = rows.visible_to(request.seat).select_related(*WITH[of])
    found: Record | None = rows.filter(
        **({"key": key} if key else {"number": number})
    ).first()
    if found is None:
        raise Http404
    return found


def _shell(record: Record) -> dict[str, Any]:
    """Give what the head of both pages says."""
    kind = KINDS[record.word]
    place = [record.word, record.number or record.key]
    name = "history" if record.number else "removed-history"
    return {
        "record": record,
        "of": record.word,
        "list_url": reverse(kind.list_url),
        "list_name": kind.list_name,
        "history_url": reverse(f"proposals:{name}", args=place),
        "the_one": "forslaget" if record.owner == "proposal" else "enheden",
    }


def _show(
    request: PortalRequest,
    record: Record,
    asked: QueryDict | None = None,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show the versions, or with htmx what was asked of them.

    Args:
        asked: what is narrowed, compared and opened; what the request says if left out.
    """
    own = history_of(record)
    if asked is None:
        asked = request.POST if request.method == "POST" else request.GET
    only = _only(own, asked.get("kun", ""))
    back = own.at(number_of(asked.get("gendan", ""))) if record.number else None
    listed = pages.touching(own, only)
    page = _page(listed, asked, back)
    sent, groups = sendings_of(record, request.user, request.seat), pages.groups_of(own)
    pair, refused = _pair(request, own, page.object_list, only)
    context = {
        **_shell(record),
        "history": own,
        "page": page,
        "rows": _rows(own, page, only, sent),
        "sent": sent,
        "sent_count": len({_version_at(own, each.at) for each in sent}),
        "groups": groups,
        "unchanged": [each.heading.lower() for each in groups if not each.count],
        "only": only,
        "only_label": _only_label(own, listed, only),
        "gone": pages.gone_points(own),
        "back": back,
        "returning": pages.returning(own, back, _keys(own, asked)) if back else (),
        "picks": "vaelg" in asked,
        "felter": " ".join(_keys(own, asked)) if "vaelg" not in asked else "",
        "error": error,
        "refused": refused,
        "changed": number_of(asked.get("luk", "")),
        "elsewhere": _elsewhere(record),
        **pair,
    }
    status = 422 if refused else status
    return render_hx(request, PAGE, "versions", context, status=status)


def _elsewhere(record: Record) -> tuple[tuple[str, str], ...]:
    """Give what belongs to a record and is not in its versions, and where that is read."""
    if not record.number:
        return ()
    own, args = record.get_absolute_url(), [record.word, record.number]
    first = ("Grupperne af kommuner", f"{own}#groups")
    if record.owner == "proposal":
        first = (
            "Skridtene efter KKR",
            reverse("proposals:trail", args=[record.number]),
        )
    return (
        first,
        ("holdningerne", reverse("proposals:positions-record", args=args)),
        ("visionerne", f"{own}#visions"),
        ("det, kilderne er uens om", reverse("proposals:source-notes")),
    )


def _only(own: History, asked: str) -> str:
    """Give what the list is narrowed to; what an address makes up narrows nothing."""
    names = {group.name for group in pages.groups_of(own)} if asked else ()
    return asked if asked in names or (asked and is_key(own.model, asked)) else ""


def _only_label(own: History, listed: list[Version], only: str) -> str:
    """Give what a list of a field, a part or a kind is called: "Gevinst 2"."""
    for group in pages.groups_of(own) if only else ():
        if group.name == only:
            return group.heading
    for each in (own.current, *listed, *(own.before(v) for v in listed)):
        entry = each.snapshot.entry(only, own.names(each)) if each and only else None
        if entry is not None:
            return entry.label
    return ""


def _page(
    listed: list[Version], asked: QueryDict, back: Version | None
) -> Page[Version]:
    """Give the page that was asked for, or the one that holds what shall come back."""
    pages_of = Paginator(listed, ON_A_PAGE)
    if "side" not in asked and back in listed:
        return pages_of.get_page(listed.index(back) // ON_A_PAGE + 1)
    return pages_of.get_page(asked.get("side"))


def _rows(
    own: History, page: Page[Version], only: str, sent: tuple[Sending, ...]
) -> tuple[Row, ...]:
    shown = list(page.object_list)
    told = told_of(shown)
    following = dict(zip(own.versions, own.versions[1:], strict=False))
    found = []
    for each in shown:
        after = following.get(each)
        lines = lines_of_version(each, told, own.model)
        row = pages.row_of(own, each, lines, only)
        found.append(Row(row, between(sent, each.at, after.at if after else None)))
    return tuple(found)


def _version_at(own: History, moment: Any) -> int:
    numbers = [each.number for each in own.versions if each.at <= moment]
    return numbers[-1] if numbers else 0


def _keys(own: History, asked: QueryDict) -> tuple[str, ...]:
    """Give the keys that shall come back; none: all that differ."""
    words = [*asked.getlist("felt"), *asked.get("felter", "").split()]
    return tuple(word for word in dict.fromkeys(words) if is_key(own.model, word))


def _pair(
    request: PortalRequest, own: History, shown: Any, only: str
) -> tuple[dict[str, Any], str]:
    """Give what is compared, and why nothing is; by default the two newest shown.

    Args:
        only: a part; where it differs, nothing else is told.
    """
    begun, until = request.GET.get("fra", ""), request.GET.get("til", "")
    newest = [str(each.number) for each in list(shown)[:2]] or [""]
    marked = {"to": until or newest[0], "since": begun or newest[-1]}
    if not (begun or until):
        return marked, ""
    one, other = own.at(number_of(begun)), own.at(number_of(until))
    if one is None or other is None or one is other:
        return marked, CHOOSE
    changes = pages.compared_versions(own, one, other)
    same = pages.same_in_both(own, one, other, changes)
    if own_changes := tuple(each for each in changes if each.key == only):
        changes, same = own_changes, []
    return {**marked, "one": one, "other": other, "changes": changes, "same": same}, ""


def _take_back(request: PortalRequest, record: Record) -> HttpResponse:
    """Save a version as the newest; what somebody saved meanwhile is asked about.

    Raises:
        Http404: there is no such version.
    """
    number = number_of(request.POST.get("gendan", ""))
    seen = number_of(request.POST.get("version", ""))
    keys = _keys(history_of(record), request.POST)
    if not keys and ("vaelg" in request.POST or request.POST.get("felter")):
        return _show(request, record, error=NOTHING, status=422)
    try:
        taken = take_back(
            record, number=number, keys=keys, version=seen, by=request.user
        )
    except LookupError as error:
        raise Http404 from error
    except ChangedMeanwhileError:
        record.refresh_from_db()
        return _show(request, record, error=CHANGED, status=409)
    except (RuleViolationError, ValidationError) as error:
        return _show(request, record, error=" ".join(problems(error)), status=422)
    row, name = taken.record, str(record).capitalize()
    only = quote(request.POST.get("kun", ""))
    if not taken.keys:
        tell(request, f"{name} er allerede som i version {number}.")
    elif "fortryd" in request.POST:
        tell(request, f"Gendannelsen er fortrudt. Det er version {row.version}.")
    else:
        tell(
            request,
            f"{name}: Version {number} er gendannet som version {row.version}.",
            url=url_of(record, "history"),
            record=record.key,
            gendan=row.version - 1,
            version=row.version,
            felter=" ".join(taken.keys),
            fortryd=1,
        )
    if wants_partial(request):
        fresh = _record(request, record.word, row.number or 0, "")
        return _show(request, fresh, QueryDict(f"luk={row.version}&kun={only}"))
    return redirect("proposals:history", record.word, record.number)
