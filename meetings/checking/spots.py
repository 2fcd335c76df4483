"""Where a flaw stands in the packet, and the address of the field that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from documents.tree import Table, Words, walk
from meetings.checking.found import Spot
from meetings.checking.known import edit_place, edit_row
from meetings.checking.subjects import summary_key
from meetings.written.document import key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.checks import Flaw
    from documents.tree import Document, Section
    from meetings.checking.known import Finding
    from meetings.checking.material import Material
    from meetings.models import AgendaItem, Appendix

# Flaws that are mended by another file, or by what we write of it.
_BY_ANOTHER_FILE: Final = frozenset({"status", "cpr", "covered"})
_BY_SUMMARY: Final = frozenset({"alternatives"})
# Flaws that are mended by where a thing stands, and not in its text.
_BY_ORDER: Final = frozenset({"numbering"})


@dataclass(frozen=True, slots=True)
class Spots:
    """Finds the spot of anything in a meeting's material."""

    material: Material

    def of_flaw(self, flaw: Flaw) -> Spot:
        """Give the spot of a flaw of a text."""
        for rank, item in enumerate(self.material.items):
            if item.key == flaw.subject:
                return self._in_item(item, flaw, rank)
            for row in self.material.of_item(item):
                if row.prefix == flaw.subject:
                    return self._in_appendix(row, flaw, self._rank(row))
        raise LookupError(flaw.subject)

    def of_item(self, item: AgendaItem, field: str, action: str) -> Spot:
        """Give the spot of an item's own field."""
        rank = list(self.material.items).index(item)
        return Spot(item.number, "", self._item_url(item, field), action, (rank,))

    def of_appendix(self, row: Appendix, field: str, action: str) -> Spot:
        """Give the spot of what we say of an appendix."""
        span = self.material.span(row)
        url = self._appendix_url(row, field)
        return Spot(row.label, span, url, action, self._rank(row))

    def of_pages(self, row: Appendix, page: int) -> Spot:
        """Give the spot of a file's pages, from one of its own on."""
        slug = self.material.meeting.slug
        shown = self.material.page(row, page)
        url = f"{reverse('meetings:packet', args=[slug])}?side={shown}#laes"
        if not shown:
            args = [slug, row.item.slug, row.pk]
            url = f"{reverse('meetings:appendix-file', args=args)}#page={page}"
        span = self.material.span(row)
        return Spot(row.label, span, url, "Se siderne", self._rank(row))

    def of_block(self, row: Appendix, key: str, action: str) -> Spot:
        """Give the spot of a block of a written appendix, by its key in the Document."""
        url = self._block_url(row, key.rpartition("/")[2])
        return Spot(row.label, self.material.span(row), url, action, self._rank(row))

    def of_bilag(self, item: AgendaItem, rows: Sequence[Appendix], action: str) -> Spot:
        """Give the spot of what several appendices of an item have in common."""
        url = f"{item.get_absolute_url()}#bilag"
        rank = (list(self.material.items).index(item),)
        return Spot(item.number, self.material.span(*rows), url, action, rank)

    def of_record(self, row: Appendix, finding: Finding) -> Spot:
        """Give the spot of what an app knows to be wrong with its own records."""
        document = self.material.documents.get(row.pk)
        keys = [
            section.key
            for _, section in (walk(document) if document else ())
            if finding.section and section.label == finding.section
        ]
        place = self._packet_page(row, keys[0]) if keys else ""
        place = place or self.material.span(row)
        return Spot(row.label, place, finding.url, finding.label, self._rank(row))

    def _rank(self, row: Appendix) -> tuple[int, int]:
        pks = [item.pk for item in self.material.items]
        own = [other.pk for other in self.material.appendices]
        return (pks.index(row.item_id), 1 + own.index(row.pk))

    def _in_item(self, item: AgendaItem, flaw: Flaw, rank: int) -> Spot:
        for row in self.material.of_item(item):
            if flaw.key == summary_key(row):
                return self.of_appendix(row, "summary", "Ret resuméet")
        field = flaw.key.removeprefix(f"{item.key}/").partition("/")[0]
        if flaw.check in _BY_ORDER:
            url = f"{self.material.meeting.get_absolute_url()}#item-{item.slug}"
            return Spot(item.number, "", url, "Se punktet", (rank,))
        return Spot(
            item.number,
            "",
            self._item_url(item, field),
            f"Ret punkt\N{NO-BREAK SPACE}{item.number}",
            (rank,),
        )

    def _in_appendix(self, row: Appendix, flaw: Flaw, rank: tuple[int, int]) -> Spot:
        place = self._place(row, flaw)
        url, action = self._mended(row, flaw)
        return Spot(row.label, place, url, action, (*rank, flaw.page))

    def _mended(self, row: Appendix, flaw: Flaw) -> tuple[str, str]:
        if flaw.check in _BY_ORDER:
            return f"{row.item.get_absolute_url()}#bilag", "Se bilagene"
        if flaw.key == f"{row.prefix}/title":
            return self._appendix_url(row, "title"), "Ret titlen"
        if flaw.check in _BY_SUMMARY:
            return self._appendix_url(row, "summary"), "Skriv resumé"
        if row.file is not None:
            if flaw.check in _BY_ANOTHER_FILE:
                return self._appendix_url(row, "file"), "Erstat fil"
            return self._shown(row, flaw)
        found = self._block(row, flaw) if row.is_written else self._record(row, flaw)
        return found or (self._appendix_url(row, "title"), f"Ret {row.label}")

    def _record(self, row: Appendix, flaw: Flaw) -> tuple[str, str] | None:
        """Give where the app that owns a record edits it."""
        section = self._section(row, flaw.key)
        document = self.material.documents.get(row.pk)
        of = document.key if document else ""
        found = (
            edit_place(section.key, section.label, flaw.key, of) if section else None
        )
        if found or document is None:
            return found
        table, name = _named(document, flaw.key)
        return edit_row(document.key, flaw.key, table, name)

    def _block(self, row: Appendix, flaw: Flaw) -> tuple[str, str] | None:
        """Give the very block of a written appendix; none for its title and sender."""
        own, _, inside = flaw.key.partition("/")
        block = inside.partition("/")[0]
        if own != key_of(row) or block in {"", "lead"}:
            return None
        return self._block_url(row, block), f"Ret {row.label}"

    def _block_url(self, row: Appendix, block: str) -> str:
        args = [self.material.meeting.slug, row.item.slug, row.pk, block]
        return reverse("meetings:block", args=args)

    def _shown(self, row: Appendix, flaw: Flaw) -> tuple[str, str]:
        """Give the page itself: in the packet, or in the file before one is built."""
        many = (
            flaw.where.startswith("side")
            and not flaw.where.removeprefix("side ").isdigit()
        )
        action = "Se stederne" if many else "Se stedet"
        slug = self.material.meeting.slug
        page = self.material.page(row, flaw.page or 1)
        if page:
            return f"{reverse('meetings:packet', args=[slug])}?side={page}#laes", action
        args = [slug, row.item.slug, row.pk]
        url = reverse("meetings:appendix-file", args=args)
        return f"{url}#page={flaw.page or 1}", action

    def _place(self, row: Appendix, flaw: Flaw) -> str:
        is_one = flaw.where == f"side {flaw.page}"
        page = self.material.page(row, flaw.page) if is_one else ""
        if page:
            return f"s.\N{NO-BREAK SPACE}{page}"
        section = self._section(row, flaw.key)
        own = self._packet_page(row, section.key) if section else ""
        return own or self.material.span(row)

    def _packet_page(self, row: Appendix, key: str) -> str:
        part = self.material.parts.get(row.pk)
        page = part.pages.get(key, "") if part and key else ""
        return f"s.\N{NO-BREAK SPACE}{page}" if page else ""

    def _section(self, row: Appendix, key: str) -> Section | None:
        """Give the section that holds a node: its keys begin with its own."""
        document = self.material.documents.get(row.pk)
        if document is None:
            return None
        holding = [
            section
            for _, section in walk(document)
            if key == section.key or key.startswith(f"{section.key}/")
        ]
        return max(holding, key=lambda section: len(section.key), default=None)

    def _item_url(self, item: AgendaItem, field: str) -> str:
        return f"{item.get_absolute_url()}#id_{field}"

    def _appendix_url(self, row: Appendix, field: str) -> str:
        return f"{row.get_absolute_url()}#id_{field}"


def _named(document: Document, key: str) -> tuple[str, str]:
    """Give what the table or list is called that holds a node, and its row's first cell."""
    for block in (block for _, section in walk(document) for block in section.blocks):
        if isinstance(block, Table):
            rows = (row for group in block.groups for row in group.rows)
            row = next((row for row in rows if _holds(row.key, key)), None)
            if row or _holds(block.key, key):
                first = row.cells[0] if row else ()
                words = (part.text for part in first if isinstance(part, Words))
                return block.caption, "".join(words)
        elif _holds(block.key, key):
            return getattr(block, "label", ""), ""
    return "", ""


def _holds(key: str, node: str) -> bool:
    return node == key or node.startswith(f"{key}/")
