"""What is known to be missing or wrong before a meeting's packet is published.

Each app may add what it knows of the council's records: it registers one function in
``AppConfig.ready``, which may ask one query.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.urls import reverse

from meetings.choices import Action, AppendixKind
from meetings.state import Freshness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from accounts.models import Council
    from meetings.models import AgendaItem, Appendix, Meeting
    from meetings.state import MeetingPacket

    type Check = Callable[[Council], Sequence[Finding]]

CONTRADICTION = "Modsigelse:"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right.

    Attributes:
        tone: "bad" is an error, "partial" a warning; neither blocks here.
        text: a Danish sentence.
        url: where it is put right, under the one verb ``label``.
    """

    tone: Literal["bad", "partial"]
    text: str
    url: str
    label: str = "Ret"

    @property
    def word(self) -> str:
        """How the tone is spoken."""
        return "Fejl" if self.tone == "bad" else "Advarsel"


_registry: list[Check] = []


def register_check(check: Check) -> None:
    """Have ``check`` asked whenever a meeting's findings are shown; once each."""
    if check not in _registry:
        _registry.append(check)


def findings(
    meeting: Meeting,
    items: Iterable[AgendaItem],
    appendices: Iterable[Appendix],
    packet: MeetingPacket,
) -> tuple[Finding, ...]:
    """Give everything known, errors first, else in the agenda's order.

    Args:
        meeting: its council loaded.
        items: present, with their section.
        appendices: present, with item, section and file.
        packet: where the packet stands.

    One query for each registered check; none of its own.
    """
    found = [finding for check in _registry for finding in check(meeting.council)]
    for appendix in appendices:
        found += _of_appendix(meeting, appendix, packet)
    for item in items:
        found += _of_item(meeting, item)
    return tuple(sorted(found, key=lambda finding: finding.tone != "bad"))


def needs_summary(appendix: Appendix) -> bool:
    """A file that cannot be read aloud in full has no summary to stand in for it."""
    return not appendix.summary and not reads_aloud(appendix)


def reads_aloud(appendix: Appendix) -> bool:
    """A screen reader gets all of it; what is formed from data always does."""
    file = appendix.file
    return file is None or file.facts["readability"]["level"] == "ok"


def contradiction(appendix: Appendix) -> str:
    """What the document says that the item does not: a sentence, or ""."""
    text = appendix.status_text
    if not text.startswith(CONTRADICTION):
        return ""
    rest = text.removeprefix(CONTRADICTION).strip()
    return rest[:1].upper() + rest[1:]


def missing_in(item: AgendaItem) -> tuple[tuple[str, str], ...]:
    """Give what an item lacks: pairs of field name and Danish noun, in form order."""
    wanted = (
        ("title", "titel", item.title),
        ("kind", "type", item.kind),
        ("action", "ønsket handling", item.action),
    )
    return tuple((name, word) for name, word, value in wanted if not value)


def unfilled(item: AgendaItem) -> tuple[tuple[str, str], ...]:
    """Give everything an item's page says is not filled in: (field, Danish name)."""
    is_answer = item.action == Action.ANSWERS
    wanted: list[tuple[str, str, object]] = [
        ("title", "Titel", item.title),
        ("kind", "Type", item.kind),
        ("action", "Ønsket handling", item.action),
        ("addressee", "Svaret sendes til", item.addressee or not is_answer),
        ("reply_deadline_0", "Svarfrist", item.reply_deadline or not is_answer),
        ("summary", "Resumé", item.summary),
        ("recommendation", "Indstilling", item.recommendation),
        ("case", "Sagsfremstilling", item.case),
        ("economy", "Økonomi", item.economy),
        ("process", "Videre proces", item.process),
    ]
    return tuple((name, word) for name, word, value in wanted if not value)


def _of_item(meeting: Meeting, item: AgendaItem) -> list[Finding]:
    missing = [word for _, word in missing_in(item)]
    if not missing:
        return []
    words = f"{', '.join(missing[:-1])} og {missing[-1]}" if missing[1:] else missing[0]
    url = reverse("meetings:item", args=[meeting.slug, item.slug])
    return [Finding("partial", f"{item.number} mangler {words}.", url, "Skriv")]


def _of_appendix(
    meeting: Meeting, appendix: Appendix, packet: MeetingPacket
) -> list[Finding]:
    url = reverse(
        "meetings:appendix", args=[meeting.slug, appendix.item.slug, appendix.pk]
    )
    label, found = appendix.label, []
    if appendix.failure:
        text = f"{label} kan ikke dannes: {appendix.failure}"
        found.append(Finding("bad", text, url))
    if said := contradiction(appendix):
        found.append(Finding("bad", f"{label}: {said}", url))
    if needs_summary(appendix):
        text = f"{label} mangler resumé til skærmlæser."
        found.append(Finding("partial", text, url, "Skriv"))
    state = packet.appendices.get(appendix.pk)
    is_changed = state is not None and state.freshness is Freshness.CHANGED
    if is_changed and appendix.kind == AppendixKind.GENERATED:
        text = f"{label} er ændret, siden pakken blev bygget."
        where = reverse("meetings:packet", args=[meeting.slug])
        found.append(Finding("partial", text, where, "Byg igen"))
    return found
