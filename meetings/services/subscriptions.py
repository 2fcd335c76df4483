"""News by mail: asked for, confirmed by whoever reads the address, left by one click.

The answer never tells whether an address is known. A mail is a row with a job of its
own, of which one runs at a time; no transaction is open while a mail server is waited for.

Source: docs/rules.md R-44, R-51, R-68.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse

from core import clock
from core.jobs import POST, app
from core.mail import Mail, message_id
from meetings.choices import Cause
from meetings.editions.news import one_news
from meetings.models import Letter, Meeting, NewsMail, Publication, Subscription
from meetings.models.letter import MOST_TRIES

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from accounts.models import User
    from meetings.editions.news import News
    from meetings.models import Announcement, Minutes

CONFIRM: Final = "meetings.subscription.confirm"
LEAVE: Final = "meetings.subscription.leave"
CONFIRM_WITHIN: Final = timedelta(days=3)
"""How long a link to confirm holds; what is not confirmed by then is deleted."""
_MANY: Final = {
    Cause.PUBLICATION: "publications",
    Cause.ANNOUNCEMENT: "announcements",
    Cause.MINUTES: "minutes",
}
AGAIN_AFTER: Final = timedelta(hours=1)
"""An address that is asked for again and again gets no more mails than this."""


@transaction.atomic
def ask(*, email: str, council_pk: int, meeting_pk: int | None = None) -> None:
    """Ask whoever reads an address whether news shall be sent there, by a mail.

    Args:
        meeting_pk: of one meeting alone.
    """
    meeting = Meeting.objects.get(pk=meeting_pk) if meeting_pk else None
    row, is_new = Subscription.objects.get_or_create(
        email=email.strip().casefold(), council_id=council_pk, meeting=meeting
    )
    now = clock.now()
    if is_new or now - row.asked_at >= AGAIN_AFTER:
        Subscription.objects.filter(pk=row.pk).update(asked_at=now)
        app.configure_task("meetings.ask_to_confirm", queue=POST).defer(
            subscription_pk=row.pk
        )


def confirm_token(row: Subscription) -> str:
    """Give what the link to confirm ends with."""
    return signing.TimestampSigner(salt=CONFIRM).sign_object(row.pk)


def leave_token(row: Subscription) -> str:
    """Give what the link to leave ends with; it holds for ever."""
    return signing.Signer(salt=LEAVE).sign_object(row.pk)


def to_confirm(token: str) -> Subscription | None:
    """Give what a link confirms; None if it is forged, too old, or deleted."""
    signer = signing.TimestampSigner(salt=CONFIRM)
    try:
        pk = signer.unsign_object(token, max_age=CONFIRM_WITHIN)
    except (signing.BadSignature, ValueError):
        return None
    return _rows().filter(pk=pk).first()


def is_ours(token: str) -> bool:
    """Whether a link to leave is one of ours, used already or not."""
    return _left_by(token) is not None


def to_leave(token: str) -> Subscription | None:
    """Give what a link ends; None if it is forged, or ended already."""
    return _rows().filter(pk=_left_by(token) or 0).first()


def _left_by(token: str) -> int | None:
    try:
        return int(signing.Signer(salt=LEAVE).unsign_object(token))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def own_rows(user: User) -> QuerySet[Subscription]:
    """Give what a user is told of."""
    return _rows().filter(email=user.email)


def _rows() -> QuerySet[Subscription]:
    return Subscription.objects.select_related("council", "meeting__council")


@transaction.atomic
def confirm(pk: int) -> None:
    """Let news be sent from now on."""
    rows = Subscription.objects.filter(pk=pk, confirmed_at=None)
    rows.update(confirmed_at=clock.now())


@transaction.atomic
def leave(pk: int) -> None:
    """Send nothing more: the address is deleted."""
    Subscription.objects.filter(pk=pk).delete()


@transaction.atomic
def follow(*, councils: Collection[int], meetings: Collection[int], by: User) -> None:
    """Set what a user is told of; the user's own address needs no confirmation.

    Args:
        meetings: single ones that the user follows, or asks to follow.
    """
    own = Subscription.objects.select_for_update().filter(email=by.email)
    known = {(row.council_id, row.meeting_id) for row in own}
    own.filter(meeting=None).exclude(council__in=councils).delete()
    own.filter(meeting__isnull=False).exclude(meeting__in=meetings).delete()
    own.filter(confirmed_at=None).update(confirmed_at=clock.now())
    single = Meeting.objects.filter(pk__in=meetings).values_list("council_id", "pk")
    wanted = {*((pk, None) for pk in councils), *single}
    Subscription.objects.bulk_create(
        Subscription(
            email=by.email, council_id=of, meeting_id=pk, confirmed_at=clock.now()
        )
        for of, pk in wanted - known
    )


def defer_news(publication: Publication) -> None:
    """Have everybody told who asked; call it inside the change that makes it public."""
    task = app.configure_task("meetings.tell_subscribers")
    task.defer(publication_pk=publication.pk)


def defer_announced(announcement: Announcement) -> None:
    """The same of what is announced; call it inside the act."""
    task = app.configure_task("meetings.tell_subscribers")
    task.defer(announcement_pk=announcement.pk)


def defer_minutes(minutes: Minutes) -> None:
    """The same of minutes that are approved; call it inside the act."""
    app.configure_task("meetings.tell_subscribers").defer(minutes_pk=minutes.pk)


def defer_latest(meeting_pk: int) -> None:
    """Have everybody told of a meeting's newest version, now that it is public."""
    latest = Publication.objects.filter(meeting=meeting_pk).order_by("-number").first()
    if latest is not None:
        defer_news(latest)


@transaction.atomic
def tell(cause: Cause, pk: int) -> None:
    """Write a mail and its job for each who asked; nobody gets two, whoever asks twice.

    Who gets a letter about the same, as a receiver of the meeting, gets no other mail.
    """
    one = one_news(cause, pk)
    if one is None or one.is_closed:
        return
    name = cause.value
    meeting = Meeting.objects.get(**{_MANY[cause]: pk})
    rows = Subscription.objects.following(meeting)
    told = {
        *NewsMail.objects.filter(**{name: pk}).values_list(
            "subscription__email", flat=True
        ),
        *map(
            str.casefold,
            Letter.objects.filter(**{name: pk}).values_list("to", flat=True),
        ),
    }
    for row in rows.order_by("pk"):
        if row.email not in told:
            told.add(row.email)
            mail = NewsMail.objects.create(subscription=row, **{f"{name}_id": pk})
            _defer_mail(mail.pk)


def try_again(cause: Cause, pk: int) -> int:
    """Try again what was given up of the news about one thing; give how many there are.

    Call it inside the act.
    """
    rows = NewsMail.objects.select_for_update().filter(
        **{cause.value: pk}, sent_at=None, tries__gte=MOST_TRIES
    )
    found = [row.pk for row in rows]
    NewsMail.objects.filter(pk__in=found).update(tries=0)
    for mail_pk in found:
        _defer_mail(mail_pk)
    return len(found)


def _defer_mail(pk: int) -> None:
    task = app.configure_task("meetings.send_news", queue=POST, lock=f"news-{pk}")
    task.defer(mail_pk=pk)


def send_news(mail_pk: int) -> None:
    """Send one mail, unless it is sent; what is taken down meanwhile is left out."""
    rows = NewsMail.objects.filter(sent_at=None)
    mail = rows.select_related("subscription__council").filter(pk=mail_pk).first()
    if mail is None:
        return
    own, one = NewsMail.objects.filter(pk=mail.pk), one_news(*_cause_of(mail))
    if one is None or one.is_closed:
        # It is given up, and can be sent when it is put up again.
        own.update(tries=MOST_TRIES)
        return
    own.update(tries=F("tries") + 1)
    news_letter(one, mail).send()
    own.update(sent_at=clock.now())


def _cause_of(mail: NewsMail) -> tuple[Cause, int]:
    """Give what a mail tells of."""
    found = ((cause, getattr(mail, f"{cause.value}_id")) for cause in Cause)
    return next((cause, pk) for cause, pk in found if pk is not None)


def news_letter(one: News, mail: NewsMail) -> Mail:
    """Form one mail of news, its subscription and council loaded."""
    query = {"kkr": one.council_slug}
    page, changes = (
        whole(reverse(f"meetings:{route}", args=[one.slug], query=query))
        for route in (one.route, "changes")
    )
    left = whole(
        reverse("meetings:subscription-leave", args=[leave_token(mail.subscription)])
    )
    is_changed = one.cause == Cause.PUBLICATION and one.number > 1
    context = {
        "news": one,
        "page": page,
        "changes": changes if is_changed else "",
        "left": left,
    }
    letter = _letter(one.title, "news", context, mail.subscription.email)
    letter.extra_headers = {
        "Message-ID": message_id(f"news-{mail.pk}"),
        "List-Unsubscribe": f"<{left}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    return letter


def ask_to_confirm(pk: int) -> None:
    """Send the mail that asks, or that says that it is so already."""
    row = _rows().filter(pk=pk).first()
    if row is None:
        return
    context = {
        "row": row,
        "about": about(row),
        "days": CONFIRM_WITHIN.days,
        "confirm": whole(
            reverse("meetings:subscription-confirm", args=[confirm_token(row)])
        ),
        "left": whole(reverse("meetings:subscription-leave", args=[leave_token(row)])),
    }
    name = "known" if row.confirmed_at else "confirm"
    letter = _letter(f"Nyt på mail fra {row.council}", name, context, row.email)
    letter.extra_headers = {
        "Message-ID": message_id(f"subscription-{row.pk}-{row.asked_at:%Y%m%d%H%M%S}"),
        "Auto-Submitted": "auto-generated",
    }
    letter.send()


def about(row: Subscription) -> str:
    """Give what it tells of: "KKR Sjælland", "KKR-møde 22. november 2023"."""
    return row.meeting.name if row.meeting else row.council.name


def sweep() -> None:
    """Delete what nobody has confirmed."""
    late = clock.now() - CONFIRM_WITHIN
    Subscription.objects.filter(confirmed_at=None, asked_at__lt=late).delete()


def whole(path: str) -> str:
    """Give a page's whole address, for a mail."""
    return f"{settings.PORTAL_ADDRESS}{path}"


def _letter(subject: str, name: str, context: dict[str, object], to: str) -> Mail:
    """Write a mail; its subject is one line whatever a title holds."""
    body: str = render_to_string(f"meetings/mail/{name}.txt", context)
    body = body.replace("\N{NO-BREAK SPACE}", " ")
    return Mail(" ".join(subject.split()), body, to=[to])
