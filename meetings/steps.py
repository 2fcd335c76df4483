"""A meeting's states: which step may follow which, and what keeps it from being taken.

One table, :data:`STEPS`. A step that is taken back needs a reason, and what keeps a step
from being taken is said with a link to where it is put right.

Source: docs/rules.md R-26.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from core import clock, formats
from meetings.choices import ApprovalAnswer
from meetings.choices import MeetingState as State
from meetings.minutes.guards import not_approvable, not_finished
from meetings.models import AgendaItem
from meetings.obstacles import Obstacle
from meetings.packets.state import packet_state

if TYPE_CHECKING:
    from collections.abc import Callable

    from meetings.models import Meeting

    type Guard = Callable[[Meeting], tuple[Obstacle, ...]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step that may be taken.

    Attributes:
        verb: what the button says.
        done: what the history says: "sendte mødet til godkendelse".
        said: what is told when it is taken.
        is_back: it takes a step back, and needs a reason.
        guard: what keeps it from being taken now.
        fits: whether it is a step of such a meeting at all.
        text: what it means, on the page that asks.
    """

    before: State
    after: State
    verb: str
    done: str
    said: str
    text: str
    is_back: bool = False
    guard: Guard = lambda _: ()
    fits: Callable[[Meeting], bool] = lambda _: True


def _agenda_is_ready(meeting: Meeting) -> tuple[Obstacle, ...]:
    """Somebody can read what is to be approved: a packet of the agenda as it stands."""
    url, packet_url = (
        reverse(f"meetings:{name}", args=[meeting.slug])
        for name in ("meeting", "packet")
    )
    rows = AgendaItem.objects.filter(section__meeting=meeting).present()
    found = list(_not_announced(meeting))
    if not rows.exclude(title="").exists():
        found.append(Obstacle("Dagsordenen har ingen punkter med titel.", url, "Skriv"))
    state = packet_state(meeting)
    if state.running is not None:
        words = "Pakken bygges nu. Vent, til den er færdig."
        found.append(Obstacle(words, packet_url, "Følg den"))
    elif state.latest is None:
        found.append(Obstacle("Pakken er ikke bygget endnu.", packet_url, "Byg"))
    elif state.is_stale:
        changed = "; ".join(state.changes[:2])
        words = f"Pakken er forældet: {changed} siden."
        found.append(Obstacle(words, packet_url, "Byg igen"))
    elif state.may_be_stale:
        words = "Pakken er måske forældet: det seneste, I har gemt, er ikke set efter."
        found.append(Obstacle(words, packet_url, "Se pakken"))
    return tuple(found)


def may_be_approved(meeting: Meeting) -> tuple[Obstacle, ...]:
    """Give what keeps somebody from being asked to approve the latest packet."""
    found = _agenda_is_ready(meeting)
    if not found and packet_state(meeting).is_published:
        words = "Intet er ændret, siden mødet blev sendt sidst."
        found = (Obstacle(words, meeting.get_absolute_url(), "Se mødet"),)
    return found


def _is_over(meeting: Meeting) -> tuple[Obstacle, ...]:
    """The day of the meeting has come, and no version is being made."""
    found = list(_not_announced(meeting))
    edit = reverse("meetings:meeting-edit", args=[meeting.slug])
    if meeting.held_on > clock.today():
        words = f"Mødet holdes først {formats.long_date(meeting.held_on)}."
        found.append(Obstacle(words, edit, "Se oplysninger"))
    if meeting.is_revising:
        words = "En ny version er begyndt. Send den, eller luk den igen."
        found.append(Obstacle(words, meeting.get_absolute_url(), "Se mødet"))
    return tuple(found)


def _not_announced(meeting: Meeting) -> tuple[Obstacle, ...]:
    """Nobody was told that it will not be held; a day it was put off to is as good."""
    if not meeting.is_off:
        return ()
    url = reverse("meetings:fate", args=[meeting.slug])
    if meeting.is_cancelled:
        return (Obstacle("Mødet er aflyst.", url, "Lad det gælde igen"),)
    return (Obstacle("Mødet er udsat og har ingen ny dag.", url, "Skriv dagen"),)


def _is_cancelled(meeting: Meeting) -> bool:
    return meeting.is_cancelled


def _is_on(meeting: Meeting) -> bool:
    return not meeting.is_cancelled


def _nothing_begun(meeting: Meeting) -> tuple[Obstacle, ...]:
    """No version is being made of it."""
    if not meeting.is_revising:
        return ()
    words = "En ny version er begyndt. Luk den igen."
    return (Obstacle(words, meeting.get_absolute_url(), "Se mødet"),)


STEPS: Final = (
    Step(
        State.DRAFT, State.APPROVAL, "Send til godkendelse",
        "sendte mødet til godkendelse", "Mødet er sendt til godkendelse.",
        "Formanden eller en stedfortræder skal se dagsorden og bilag, før de sendes. "
        "I kan stadig rette.",
        guard=_agenda_is_ready,
    ),
    Step(
        State.APPROVAL, State.DRAFT, "Tag tilbage til udkast",
        "tog mødet tilbage fra godkendelse", "Mødet er et udkast igen.",
        "Godkendelsen skal begynde forfra.", is_back=True,
    ),
    Step(
        State.SENT, State.HELD, "Mødet er afholdt",
        "skrev, at mødet er afholdt", "Mødet er afholdt.",
        "Derefter får dagsordenen kun en ny version, hvis noget bliver taget ned.",
        guard=_is_over, fits=_is_on,
    ),
    Step(
        State.SENT, State.CLOSED, "Luk mødet", "lukkede mødet", "Mødet er lukket.",
        "Det er aflyst, og der er ikke mere at gøre ved det. Det kan stadig læses.",
        guard=_nothing_begun, fits=_is_cancelled,
    ),
    Step(
        State.HELD, State.SENT, "Mødet er ikke afholdt",
        "tog tilbage, at mødet er afholdt", "Mødet er ikke afholdt endnu.",
        "Dagsordenen kan få en ny version igen.", is_back=True,
    ),
    Step(
        State.HELD, State.APPROVED, "Referatet er godkendt",
        "skrev, at referatet er godkendt", "Referatet er godkendt.",
        "Skriv gerne, hvornår og hvordan det blev godkendt. Så kan det ikke rettes mere. "
        "Alle, der fik dagsordenen, får en mail.",
        guard=not_approvable,
    ),
    Step(
        State.APPROVED, State.HELD, "Referatet er ikke godkendt",
        "tog referatets godkendelse tilbage", "Referatet er ikke godkendt endnu.",
        "Referatet skal godkendes igen.", is_back=True,
    ),
    Step(
        State.APPROVED, State.CLOSED, "Luk mødet", "lukkede mødet", "Mødet er lukket.",
        "Der er ikke mere at gøre ved mødet. Det kan stadig læses.",
        guard=not_finished,
    ),
    Step(
        State.CLOSED, State.APPROVED, "Åbn mødet igen", "åbnede mødet igen",
        "Mødet er åbnet igen.", "Der er mere at gøre ved mødet.", is_back=True,
        fits=_is_on,
    ),
    Step(
        State.CLOSED, State.SENT, "Åbn mødet igen", "åbnede mødet igen",
        "Mødet er åbnet igen.", "Så kan mødet gælde igen.", is_back=True,
        fits=_is_cancelled,
    ),
)  # fmt: skip
"""Every step but sending, which is the head of secretariat's own act."""

__all__ = ["LINE", "STEPS", "Obstacle", "Step", "line", "step_to", "steps_from"]

LINE: Final = (State.DRAFT, State.APPROVAL, State.SENT, State.HELD, State.APPROVED)
"""The steps that the line of states shows."""


@dataclass(frozen=True, slots=True)
class LinePart:
    """One of the five steps in the line of states."""

    label: str
    is_current: bool


def line(meeting: Meeting) -> tuple[LinePart, ...]:
    """Give the five steps; of a closed meeting the last one it came to is current.

    Where the next version of a sent one is with the chairman, that is the current one.
    """
    closed = State.SENT if meeting.is_cancelled else State.APPROVED
    state = meeting.state if meeting.state != State.CLOSED else closed
    if meeting.is_revising and is_next_asked_for(meeting):
        state = State.APPROVAL
    return tuple(LinePart(str(step.label), step == state) for step in LINE)


def is_next_asked_for(meeting: Meeting) -> bool:
    """Whether somebody was asked to approve the next version, and has not returned it.

    Of a meeting read ``with_asked`` and ``with_sent_version``; no query.
    """
    asked, sent = getattr(meeting, "asked", None), getattr(meeting, "sent_version", 0)
    if asked is None or asked["answer"] == ApprovalAnswer.RETURNED:
        return False
    return bool(asked["version"] > (sent or 0))


def steps_from(meeting: Meeting) -> tuple[Step, ...]:
    """Give the steps that lead on from where the meeting is, forwards first."""
    own = (s for s in STEPS if s.before == meeting.state and s.fits(meeting))
    return tuple(sorted(own, key=lambda step: step.is_back))


def step_to(meeting: Meeting, after: str) -> Step | None:
    """Give the step to a state from where the meeting is; None if there is none."""
    return next((step for step in steps_from(meeting) if step.after == after), None)
