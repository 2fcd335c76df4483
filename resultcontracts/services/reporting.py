"""What a house answers in a round of calls, by a link or signed in.

Source: docs/rules.md R-144, R-145.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core import clock
from core.errors import RuleViolationError
from core.history import act
from resultcontracts.choices import MeasurementState as State
from resultcontracts.models import Measurement, ReportDraft, Round
from resultcontracts.queries.rounds import days_of
from resultcontracts.services import measurements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from resultcontracts.models import Measure, RoundLink

MOST_LETTERS: Final = 20_000
NOT_ASKED: Final = "Der er ikke spurgt om tallet."


@dataclass(frozen=True, slots=True)
class Reporter:
    """Somebody who answers by a link, without an account."""

    name: str
    pk: None = None

    def __str__(self) -> str:
        return self.name


class SentMeanwhileError(RuleViolationError):
    """A colleague sent another answer since the form was opened.

    Attributes:
        sent: the answer as it stands.
    """

    def __init__(self, sent: Measurement) -> None:
        super().__init__("Tallet er sendt imens. Dit og det sendte er ikke ens.")
        self.sent = sent


def through(link: RoundLink) -> str:
    """Say by which link an answer came: "via link til Mette Holm, Erhvervshus Sjælland"."""
    return f"via link til {link.name}, {link.round.contract.house.name}"


def answers_of(about: Round) -> dict[int, Measurement]:
    """Give what a round has been answered, by measure, the newest: one query."""
    rows = Measurement.objects.filter(asked_in=about).order_by("pk")
    found = rows.select_related("measure", "approved_by").prefetch_related("evidence")
    return {row.measure_id: row for row in found}


def send(
    about: Round,
    measure: Measure,
    *,
    by: Any,
    by_link: str = "",
    seen: str,
    values: Mapping[str, Any],
) -> Measurement:
    """Send an answer in, or another in its place; what is approved is corrected.

    Args:
        seen: which answer the form began with, as :func:`mark` gives it; "" for none.

    Raises:
        SentMeanwhileError: another one stands now, and says something else.
        RuleViolationError: the round does not ask for it.
        ValidationError: a number cannot be what the measure counts.
    """
    with act("indberettede en måling", by):
        locked = Round.checkout(about.pk)
        if not locked.asks(measure.pk):
            raise RuleViolationError(NOT_ASKED)
        now = answers_of(locked).get(measure.pk)
        told = {"by": by, "through": by_link}
        if now is None:
            made = _begun(about, measure, told, values)
            return measurements.submit(made.pk, version=made.version, by=by)
        if mark(now) != seen and not _says(now, values):
            raise SentMeanwhileError(now)
        if _says(now, values) and now.state != State.RETURNED:
            return now
        if now.state == State.APPROVED:
            made = measurements.correct(
                now.pk, version=now.version, asked_in=about.pk, **told, **dict(values)
            )
            return measurements.submit(made.pk, version=made.version, by=by)
        saved = measurements.edit(now.pk, version=now.version, **told, **dict(values))
        row = saved.row
        if row.state in {State.DRAFT, State.RETURNED}:
            return measurements.submit(row.pk, version=row.version, by=by)
        return row


def _begun(
    about: Round, measure: Measure, told: Mapping[str, Any], values: Mapping[str, Any]
) -> Measurement:
    """Begin an answer; in a locked time, as a correction of what stands there."""
    old = measurements.locked_one(measure, about.contract.locked_until)
    if old is None:
        return measurements.enter(measure.pk, asked_in=about.pk, **told, **values)
    given = {**values, "is_proxy": False, "is_derived": False}
    return measurements.correct(
        old.pk, version=old.version, asked_in=about.pk, **told, **given
    )


def mark(row: Measurement | None) -> str:
    """Tell one answer from another, and from itself after a change."""
    return f"{row.pk}:{row.version}" if row is not None else ""


def _says(row: Measurement, values: Mapping[str, Any]) -> bool:
    """Whether an answer says what is sent: number or reason, parts, words."""
    names = ("low", "counted", "asked", "missing", "expected", "told")
    whole = measurements.whole(values)
    return all(getattr(row, name) == whole.get(name, "") for name in names)


def is_open(about: Round) -> bool:
    """Whether answers are still taken: the papers have not gone out."""
    days = days_of(about.meeting)
    return not days.is_over and not days.is_sent


def keep_draft(
    about: Round,
    measure: Measure,
    *,
    by: Any,
    by_link: str = "",
    writer: str,
    typed: Mapping[str, Any],
) -> ReportDraft:
    """Keep what one person has typed, as it was typed; it belongs to nobody else.

    Args:
        by, by_link: who saves it, and by which link, if by one.

    Raises:
        RuleViolationError: it is longer than a draft may be.
    """
    if sum(len(str(text)) for text in typed.values()) > MOST_LETTERS:
        message = "Teksten er for lang til at blive gemt som kladde."
        raise RuleViolationError(message)
    plain = {name: str(text).replace("\x00", "") for name, text in typed.items()}
    told = {"saved_at": clock.now(), "saved_by": str(by), "saved_through": by_link}
    with act("gemte en kladde til en måling", by):
        row, _ = ReportDraft.objects.update_or_create(
            round=about,
            measure=measure,
            writer=writer,
            defaults={"typed": plain, **told},
        )
    return row


def drop_draft(about: Round, measure: Measure, *, by: Any, writer: str) -> None:
    """Forget what was typed: it is sent."""
    with act("sendte en kladde til en måling", by):
        own = ReportDraft.objects.filter(round=about, measure=measure, writer=writer)
        own.delete()
