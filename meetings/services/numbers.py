"""Numbers once a meeting has been sent: what was sent keeps its own, the rest take letters.

Call these under the meeting's lock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import RuleViolationError
from meetings.models import AgendaItem, Appendix, Publication, Section
from meetings.numbers import late_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meetings.models import Meeting


def is_sent(meeting_pk: int) -> bool:
    """Whether any version of the meeting has been sent."""
    return Publication.objects.filter(meeting=meeting_pk).exists()


def number_late(meeting_pk: int) -> None:
    """Number what came after the first sending; before it nothing is written.

    Raises:
        RuleViolationError: something would stand before the first that was sent.
    """
    if not is_sent(meeting_pk):
        return
    for section in Section.objects.filter(meeting=meeting_pk):
        _number_items(section)
    items = AgendaItem.objects.filter(section__meeting=meeting_pk).present()
    for item in items:
        _number_appendices(item)


def give_for_good(meeting: Meeting, version: int) -> None:
    """Let all that stands keep the number it has: it is sent in ``version``."""
    items = AgendaItem.objects.filter(section__meeting=meeting).present()
    for item in items.filter(sent_in=None).select_related("section"):
        item.given_number = item.number
        item.sent_in = version
        item.save(update_fields=["given_number", "sent_in"])
    appendices = Appendix.objects.filter(item__section__meeting=meeting).present()
    for appendix in appendices.filter(sent_in=None, is_withdrawn=False):
        appendix.given_number = appendix.own_number
        appendix.sent_in = version
        appendix.save(update_fields=["given_number", "sent_in"])


def refuse_if_sent(row: AgendaItem | Appendix, name: str, instead: str) -> None:
    """Stop what would change a number that has been sent.

    Args:
        name: what the row is called, "Punkt 2.3".
        instead: a Danish sentence, what can be done.

    Raises:
        RuleViolationError: the row was sent.
    """
    if row.sent_in is not None:
        raise RuleViolationError(
            f"{name} er sendt i version {row.sent_in}, og numrene ligger fast. {instead}"
        )


def _number_items(section: Section) -> None:
    rows = AgendaItem.objects.filter(section=section)
    lead = f"{section.number}."
    sent = {
        key: number.removeprefix(lead)
        for key, number in rows.exclude(sent_in=None).values_list("key", "given_number")
    }
    standing = list(rows.present())
    wanted = late_numbers([row.key for row in standing], sent)
    _write((row, lead + wanted[row.key]) for row in standing if row.sent_in is None)
    if any(number.startswith("0") for number in wanted.values()):
        raise RuleViolationError(
            "Et nyt punkt kan ikke stå før det første punkt, der er sendt."
        )


def _number_appendices(item: AgendaItem) -> None:
    rows = Appendix.objects.filter(item=item)
    numbers = rows.exclude(sent_in=None).values_list("key", "given_number")
    standing = list(rows.filter(position__isnull=False).order_by("position", "pk"))
    wanted = late_numbers([row.key for row in standing], dict(numbers))
    _write((row, wanted[row.key]) for row in standing if row.sent_in is None)
    if any(number.startswith("0") for number in wanted.values()):
        raise RuleViolationError(
            "Et nyt bilag kan ikke stå før det første bilag, der er sendt."
        )


def _write(numbers: Iterable[tuple[AgendaItem | Appendix, str]]) -> None:
    for row, number in numbers:
        if row.given_number != number:
            row.given_number = number
            row.save(update_fields=["given_number"])
