"""What is known to be missing or wrong before a meeting's packet is published.

Each app may add what it knows of the records that an appendix is formed of: it registers
one function for a source of its own in ``AppConfig.ready``, which may ask one query.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.urls import reverse

from meetings.choices import Action, AppendixKind
from meetings.state import Freshness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from meetings.models import AgendaItem, Appendix, Meeting
    from meetings.state import MeetingPacket

    type Check = Callable[[Mapping[str, Any]], Sequence[Finding]]

CONTRADICTION = "Modsigelse:"
# More appendices of one item than this that lack the same are told in one line.
SINGLY = 2


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


_registry: dict[str, Check] = {}


def register_check(source: str, check: Check) -> None:
    """Have ``check`` asked where a meeting prints an appendix of this source.

    Args:
        source: key of a registered source of documents.
        check: gets what was chosen for the source, once for each choice.
    """
    _registry[source] = check


def findings(
    meeting: Meeting,
    items: Iterable[AgendaItem],
    appendices: Iterable[Appendix],
    packet: MeetingPacket,
) -> tuple[Finding, ...]:
    """Give everything known, errors first, else in the agenda's order.

    Args:
        items: present, with their section.
        appendices: present, with item, section and file.
        packet: where the packet stands.

    One query for each catalogue that is printed and checked; none of its own.
    """
    standing = [row for row in appendices if not row.is_withdrawn]
    found = list(_of_records(standing))
    for appendix in standing:
        found += _of_appendix(meeting, appendix, packet)
    found += _of_summaries(meeting, standing)
    for item in items:
        found += _of_item(meeting, item)
    return tuple(sorted(found, key=lambda finding: finding.tone != "bad"))


def _of_records(appendices: Iterable[Appendix]) -> Iterator[Finding]:
    """Give what is wrong with the records that are printed, each choice of them once."""
    asked: list[tuple[str, object]] = []
    for row in appendices:
        chosen = (row.source, row.options)
        if row.source in _registry and chosen not in asked:
            asked.append(chosen)
            yield from _registry[row.source](row.options)


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
    state = packet.appendices.get(appendix.pk)
    is_changed = state is not None and state.freshness is Freshness.CHANGED
    if is_changed and appendix.kind == AppendixKind.GENERATED:
        text = f"{label} er ændret, siden pakken blev bygget."
        where = reverse("meetings:packet", args=[meeting.slug])
        found.append(Finding("partial", text, where, "Byg igen"))
    return found


def _of_summaries(meeting: Meeting, appendices: Iterable[Appendix]) -> list[Finding]:
    """Give which appendices lack a summary, in one line where an item has many."""
    lacking: dict[str, list[Appendix]] = defaultdict(list)
    for appendix in appendices:
        if needs_summary(appendix):
            lacking[appendix.item.slug].append(appendix)
    found = []
    for slug, rows in lacking.items():
        if len(rows) > SINGLY:
            url = f"{reverse('meetings:item', args=[meeting.slug, slug])}#bilag"
            text = f"{rows[0].item.number}: {len(rows)} bilag mangler resumé til skærmlæser."
            found.append(Finding("partial", text, url, "Skriv"))
            continue
        for row in rows:
            url = reverse("meetings:appendix", args=[meeting.slug, slug, row.pk])
            text = f"{row.label} mangler resumé til skærmlæser."
            found.append(Finding("partial", text, url, "Skriv"))
    return found
