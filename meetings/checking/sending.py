"""Whether a meeting can be sent now, and if not, why: what the send page decides on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.timezone import localtime

from core import formats
from meetings.agenda import records_digest
from meetings.checking.standing import standing
from meetings.packets.state import packet_state
from meetings.rows import as_value, read_rows

if TYPE_CHECKING:
    from meetings.agenda import Agenda
    from meetings.checking.standing import Standing
    from meetings.models import Meeting
    from meetings.obstacles import Obstacle
    from meetings.packets.state import MeetingPacket

# More changes than this are counted and not told.
MOST_TOLD: Final = 2


@dataclass(frozen=True, slots=True)
class Sending:
    """A meeting on its way out.

    Attributes:
        is_checked: the findings are of the records as they stand, and no change waits
            to be looked at.
    """

    agenda: Agenda
    packet: MeetingPacket
    standing: Standing
    is_checked: bool

    @property
    def version(self) -> int:
        """The version that would be sent."""
        return self.packet.latest.version if self.packet.latest else 1

    @property
    def numbers(self) -> str:
        """Give "2.1–2.6 og s. 1–125", what never moves again; "" where nothing is built."""
        latest, items = self.packet.latest, self.agenda.items
        if latest is None or not items:
            return ""
        ends = list(dict.fromkeys([items[0].number, items[-1].number]))
        pages = formats.pages(1, latest.page_count)
        return f"{formats.EN_DASH.join(ends)} og {pages}"

    @property
    def contents(self) -> str:
        """Give "18 forslag, 6 samdriftsenheder og 8 filer", what is kept as it stands."""
        standing = [each for each in self.agenda.appendices if not each.is_withdrawn]
        made = [each.made_of for each in standing if each.made_of]
        files = sum(not each.is_generated for each in standing)
        kept = [*made, formats.counted(files, "fil", "filer")] if files else made
        return formats.listed(kept) or "Sagsteksterne"

    @property
    def closed_words(self) -> str:
        """Give the numbers of the closed items, "2.4"; "ingen" where there are none."""
        numbers = [item.number for item in self.agenda.items if item.is_closed]
        return formats.listed(numbers) or "ingen"

    @property
    def is_sent(self) -> bool:
        """Everybody already reads just this packet."""
        return self.packet.is_published and not self.packet.is_stale

    @property
    def packet_blocker(self) -> str:
        """Say why the packet cannot be sent as it is; "" where it can."""
        packet = self.packet
        if packet.latest is None:
            return "Pakken er ikke bygget endnu."
        if packet.is_stale and packet.latest.built_at is not None:
            many = len(packet.changes)
            is_told = many <= MOST_TOLD
            what = (
                formats.listed(packet.changes) if is_told else f"{many} ting er ændret"
            )
            since = formats.clock_time(localtime(packet.latest.built_at))
            return f"Pakken er forældet: {what} siden {since}."
        return ""

    @property
    def check_blocker(self) -> str:
        """Say why the findings cannot be relied on; "" where they can."""
        at = self.standing.checked_at
        if at is None:
            return f"Kontrollen er ikke lavet endnu. Den laves {self._check_comes}."
        if not self.is_checked:
            since = formats.clock_time(localtime(at))
            return (
                f"Noget er rettet, siden kontrollen blev lavet {since}. "
                f"Den laves igen {self._check_comes}."
            )
        return ""

    @property
    def approval_missing(self) -> Obstacle | None:
        """Say that the chairman's word is missing, with the way to it; None where it is not.

        Source: docs/rules.md R-50.
        """
        return None if self.is_sent else self.packet.not_approved

    @property
    def _check_comes(self) -> str:
        """Say when the check is made: with the job that waits, or with the next build."""
        if self.packet.silent_since is not None:
            return "af sig selv, når køen går i gang"
        if self.packet.unchecked_since is not None:
            return "af sig selv om et øjeblik"
        return "sammen med pakken, næste gang den bygges"

    @property
    def blocker(self) -> str:
        """Say what stands in the way besides an approval; "" where nothing does."""
        if self.is_sent:
            return f"Version {self.version} er sendt, og intet er ændret siden."
        return self.packet_blocker or self.check_blocker or self.standing.blocker

    @property
    def stopper(self) -> str:
        """Say what stands in the way, the chairman's word as well; "" where nothing does."""
        missing = self.approval_missing
        return self.blocker or (missing.text if missing else "")


def sending(meeting: Meeting) -> Sending:
    """Read all that decides: four queries."""
    rows = read_rows(meeting)
    agenda = as_value(meeting, rows.sections, rows.items, rows.appendices)
    packet, found = packet_state(meeting, agenda, rows.appendices), standing(meeting.pk)
    is_looked_at = packet.unchecked_since is None
    return Sending(
        agenda=agenda,
        packet=packet,
        standing=found,
        is_checked=is_looked_at and found.is_of(records_digest(agenda)),
    )
