"""News: a feed for everybody, and mails for those who ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from accounts.tries import may_ask
from core.notices import say
from meetings.editions import listing
from meetings.editions.news import news
from meetings.forms.subscriptions import FollowForm, SubscribeForm
from meetings.models import Publication
from meetings.services import subscriptions as service
from meetings.views.finding import council_asked_for

if TYPE_CHECKING:
    from accounts.access import PortalRequest, VisitorRequest
    from meetings.editions.news import News

PAGE, LINK = "meetings/subscribe.html", "meetings/subscription.html"
RATE: Final = "10/m/ip"
TOO_OFTEN: Final = "Der er bedt om mange mails herfra. Vent et minut, og prøv igen."


@require_safe
@login_not_required
def feed(request: VisitorRequest) -> HttpResponse:
    """Give what was sent, the latest first, as Atom: all councils' or one's."""
    kkr = council_asked_for(request)
    council = _council(kkr) if kkr else None
    if kkr and council is None:
        raise Http404
    name = council.name if council is not None else "KKR"
    here = request.build_absolute_uri
    own = Atom1Feed(
        title=f"Nyt fra {name}",
        link=here(reverse("meetings:list", query={"kkr": kkr} if kkr else None)),
        description="Sendte møder, og hvad der er ændret.",
        language="da",
        author_name=name,
        feed_url=here(request.get_full_path()),
    )
    for one in news(kkr):
        query: dict[str, Any] = {"kkr": one.council_slug}
        if one.route == "public":
            query["version"] = one.number
        own.add_item(
            title=one.title,
            link=here(reverse(f"meetings:{one.route}", args=[one.slug], query=query)),
            description=_words(one),
            unique_id=f"tag:{request.get_host().split(':')[0]},2023:"
            f"{one.council_slug}/{one.slug}/{one.place}",
            pubdate=one.at,
            updateddate=one.updated,
        )
    return HttpResponse(own.writeString("utf-8"), content_type=own.content_type)


def _words(one: News) -> str:
    lines = format_html_join("", "<li>{}</li>", ((line,) for line in one.lines))
    return format_html("<ul>{}</ul>", lines)


def _council(slug: str) -> Any:
    rows = listing.publishing_councils()
    return next((row for row in rows if row.slug == slug), None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def subscribe(request: VisitorRequest) -> HttpResponse:
    """Ask for news by mail; who is signed in sets what the own address is told of."""
    if request.user.is_authenticated:
        return _follow(request)  # type: ignore[arg-type]
    councils = {f"kkr:{c.pk}": (c.pk, None, c.name) for c in _councils()}
    choices = _one_meeting(request) | councils
    form = SubscribeForm(
        request.POST or None,
        choices=tuple((key, row[2]) for key, row in choices.items()),
    )
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        if may_ask(request, "subscribe", RATE):
            council, meeting, name = choices[form.cleaned_data["about"]]
            service.ask(
                email=form.cleaned_data["email"], council_pk=council, meeting_pk=meeting
            )
            return render(request, LINK, {"state": "asked", "about": name})
        form.add_error(None, TOO_OFTEN)
        status = 429
    return render(request, PAGE, {"form": form}, status=status)


def _councils() -> Any:
    return listing.publishing_councils()


def _one_meeting(request: VisitorRequest) -> dict[str, tuple[int, int, str]]:
    """Give the meeting that the address names, if everybody may read it."""
    slug = request.GET.get("moede", "")
    if not slug.isprintable() or not slug:
        return {}
    user = request.user
    rows = Publication.objects.visible_to(user).current(user)
    rows = rows.filter(meeting__slug=slug)
    if kkr := council_asked_for(request):
        rows = rows.filter(meeting__council__slug=kkr)
    row = rows.first()
    if row is None:
        return {}
    own = row.meeting
    return {f"moede:{own.pk}": (own.council_id, own.pk, f"Kun {own.name}")}


def _follow(request: PortalRequest) -> HttpResponse:
    rows = list(service.own_rows(request.user))
    asked = tuple((pk, name) for _, pk, name in _one_meeting(request).values())
    form = FollowForm(
        request.POST or None, councils=_councils(), rows=rows, asked=asked
    )
    if request.method == "POST":
        if form.is_valid():
            given = form.cleaned_data
            service.follow(
                councils=given["councils"],
                meetings=given.get("meetings", []),
                by=request.user,
            )
            say(request, "Det er gemt.")
            return redirect("meetings:subscribe")
        return render(request, PAGE, {"form": form, "is_own": True}, status=422)
    return render(request, PAGE, {"form": form, "is_own": True})


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def confirm(request: VisitorRequest, token: str) -> HttpResponse:
    """Say yes, by the link of a mail: a page asks once, a POST confirms."""
    row = service.to_confirm(token)
    if row is None:
        raise Http404
    if request.method == "POST":
        service.confirm(row.pk)
    is_on = request.method == "POST" or row.confirmed_at is not None
    context = {"state": "on" if is_on else "confirm", "about": service.about(row)}
    context["left"] = service.leave_token(row)
    return render(request, LINK, context)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def leave(request: VisitorRequest, token: str) -> HttpResponse:
    """Leave, by the link of a mail: a page asks once, a POST ends it.

    Mail programs post to it without a page of ours (RFC 8058): the signed link is enough.
    """
    if not service.is_ours(token):
        raise Http404
    row = service.to_leave(token)
    if row is not None and request.method == "POST":
        service.leave(row.pk)
        row = None
    context = {"state": "leave" if row else "off"}
    context["about"] = service.about(row) if row else ""
    return render(request, LINK, context)
