"""What was sent of a meeting and can be taken down, as its head of secretariat chooses it.

Read of what is stored, open and closed, since whoever takes down may read all of it.

Source: docs/rules.md R-43, R-48.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from django.db.models import Exists

from core.formats import NBSP
from meetings.agenda import Agenda
from meetings.models import ClosedEntry, LedgerEntry, Minutes, Publication, Withdrawal
from meetings.models.taken import closing_decision, closing_minutes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meetings.agenda import AgendaAppendix, AgendaItem

GROUPS: Final = ("Bilag", "Punkter", "Referat", "Hele versioner")


@dataclass(frozen=True, slots=True)
class Removable:
    """Something that was sent and can be taken down.

    Attributes:
        what: as a form says it: "bilag:2-1-bilag-3", "punkt:2-1", "version:2",
            "lukket:2", "beslutning:2-1", "referat".
        title: what everybody reads of it where nobody chooses other words.
        version: the newest whose agenda holds it at all; one that is out stands there
            with its title.
        stood: the newest in which it could be read.
        is_closed: only some could read it.
        is_minutes: it stands in the minutes.
    """

    what: str
    name: str
    title: str
    place: str
    version: int
    stood: int = 0
    item_key: str = ""
    appendix_key: str = ""
    is_closed: bool = False
    is_minutes: bool = False

    @property
    def label(self) -> str:
        """What it is, in a list to choose from."""
        closed = " (lukket)" if self.is_closed and self.item_key else ""
        own = f"{self.name}{closed}"
        return f"{own}: {self.title}" if self.item_key else own

    @property
    def group(self) -> str:
        """Under which heading it is chosen."""
        if self.is_minutes:
            return GROUPS[2]
        if not self.item_key:
            return GROUPS[3]
        return GROUPS[0] if self.appendix_key else GROUPS[1]

    @property
    def closes(self) -> tuple[str, ...]:
        """What nobody can read any more, as the page says that asks once more."""
        if self.is_minutes:
            own = "Referatet" if not self.item_key else self.name
            return (
                f"{own} på siden, i PDF’en og i protokollen",
                "Referatets filer, til det er rettet og godkendt igen",
            )
        packet = "Den lukkede pakke" if self.is_closed else "Hele pakken, zip-filen"
        files = f"{packet} og udvalg, til der er sendt en version uden"
        if not self.item_key:
            return (f"{self.name}: alle sider og filer", "Det, der viser den med streg")
        if not self.appendix_key:
            words = f"Teksten i {self.said}, i alle versioner"
            return (words, "Referatet, der gengiver punktet", files)
        return (f"{self.name} som side, PDF og data, i alle versioner", files)

    @property
    def said(self) -> str:
        """Its name within a sentence, "punkt 2.1"."""
        return f"{self.name[:1].lower()}{self.name[1:]}"

    def is_down(self, row: Withdrawal) -> bool:
        """Whether a row takes it down already."""
        own = (self.item_key, self.appendix_key, self.is_minutes)
        if own != (row.item_key, row.appendix_key, row.is_minutes):
            return False
        if self.item_key:
            return row.version >= self.stood
        # With the whole version its closed packet is down, too.
        is_held = row.is_closed == self.is_closed or not row.is_closed
        return row.version == self.version and is_held


def removables(meeting_pk: int) -> tuple[Removable, ...]:
    """Give what was sent of a meeting and is not taken down yet: five queries.

    Appendices first, then items, minutes, whole versions; as each was sent last.
    """
    rows = list(Withdrawal.objects.filter(meeting=meeting_pk, is_minutes=False))
    found: dict[str, Removable] = {}
    versions: list[Removable] = []
    for number, agenda, has_closed in _sent(meeting_pk):
        for each in _parts(agenda, number):
            before = found.get(each.what)
            if each.stood or before is None:
                found[each.what] = each
            else:
                found[each.what] = replace(before, version=number)
        versions += _versions(number, has_closed=has_closed)
    latest = versions[-1].version if versions else 0
    own = (*found.values(), *versions)
    standing = [each for each in own if not any(map(each.is_down, rows))]
    standing += _minutes(meeting_pk, latest)
    return tuple(sorted(standing, key=_place))


def whole_agendas(meeting_pk: int) -> dict[int, Agenda]:
    """Give each sent version's whole agenda, what is closed with it: one query."""
    return {number: agenda for number, agenda, _ in _sent(meeting_pk)}


def _sent(meeting_pk: int) -> Iterator[tuple[int, Agenda, bool]]:
    rows = Publication.objects.filter(meeting=meeting_pk).order_by("number")
    for number, plain, whole in rows.values_list("number", "agenda", "closed__agenda"):
        yield number, Agenda.from_json(whole or plain), bool(whole)


def _place(each: Removable) -> tuple[int, int, str]:
    return GROUPS.index(each.group), each.version if not each.place else 0, each.what


def _parts(agenda: Agenda, number: int) -> Iterator[Removable]:
    for item in agenda.items:
        if item.is_hidden:
            continue
        for bilag in item.appendices:
            if not bilag.is_hidden:
                yield _appendix(item, bilag, number)
        yield Removable(
            f"punkt:{item.slug}", f"Punkt {item.number}", item.heading, item.slug,
            number, number, item.key, is_closed=item.is_closed,
        )  # fmt: skip


def _appendix(item: AgendaItem, bilag: AgendaAppendix, number: int) -> Removable:
    return Removable(
        f"bilag:{bilag.slug}", bilag.label, bilag.title, bilag.slug, number,
        0 if bilag.is_withdrawn else number, item.key, bilag.key,
        is_closed=item.is_closed or bool(bilag.closed),
    )  # fmt: skip


def _versions(number: int, *, has_closed: bool) -> Iterator[Removable]:
    name = f"Version{NBSP}{number}"
    yield Removable(f"version:{number}", name, "Dagsorden og bilag", "", number)
    if has_closed:
        yield Removable(
            f"lukket:{number}", f"Den lukkede pakke i version{NBSP}{number}",
            "Lukkede punkter og bilag", "", number, is_closed=True,
        )  # fmt: skip


def _minutes(meeting_pk: int, latest: int) -> Iterator[Removable]:
    """Give the minutes that are read now, and each decision of approved ones."""
    rows = Minutes.objects.filter(meeting=meeting_pk)
    newest = rows.order_by("-number").values("pk")[:1]
    whole = closing_minutes().filter(is_minutes=True, item_key="")
    if rows.filter(pk__in=newest).exclude(Exists(whole)):
        title = "Referat med fremmøde og beslutninger"
        yield Removable(
            "referat", "Referatet", title, "referat", latest, is_minutes=True
        )
    standing = LedgerEntry.objects.filter(minutes__in=rows.latest())
    for entry in standing.exclude(Exists(closing_decision())):
        yield _decision(entry, latest)
    behind = ClosedEntry.objects.filter(closed__minutes__in=rows.latest())
    for closed in behind.exclude(Exists(closing_decision(is_closed=True))):
        yield _decision(closed, latest, is_closed=True)


def _decision(
    entry: LedgerEntry | ClosedEntry, latest: int, *, is_closed: bool = False
) -> Removable:
    return Removable(
        f"beslutning:{entry.slug}", f"Beslutningen på punkt {entry.number}",
        entry.title, entry.slug, latest, item_key=entry.item_key, is_closed=is_closed,
        is_minutes=True,
    )  # fmt: skip
