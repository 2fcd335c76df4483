"""The reader: which page is asked for, what it is called, and what lies around it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self

from documents.numbering import order
from meetings.addresses import address
from meetings.editions import reading
from meetings.editions.gone import last_number, lead
from meetings.packets.contents import contents, gone_words, page_name, page_of_words

if TYPE_CHECKING:
    from documents.models import PagePicture
    from meetings.editions.edition import Edition, Part
    from meetings.packets.contents import ContentsGroup, PageName


class Reader:
    """One page of an edition, found by what stands in the page field.

    Attributes:
        asked: as the reader wrote it, kept when it leads nowhere.
        page: the sheet that is shown; 1 when ``asked`` leads nowhere.
        error: a Danish sentence, "" when all is well.
        picture: the page's picture; None until the worker has made it.
    """

    def __init__(self, edition: Edition, asked: str) -> None:
        self.edition = edition
        self.asked = asked.strip()
        found = page_of_words(edition, self.asked) if self.asked else 1
        self.page = found or 1
        self.error = "" if found else self._refusal()
        self.picture: PagePicture | None = None

    def _refusal(self) -> str:
        if gone := gone_words(self.edition, self.asked):
            return gone
        last = max(self.edition.labels, key=order)
        example = self.edition.parts[0].appendix.label if self.edition.parts else "1"
        first = self.edition.label(1)
        return f"Skriv en side fra {first} til {last} eller et bilag, for eksempel {example}."

    @property
    def number(self) -> str:
        """What the page is called, "41a"."""
        return self.edition.label(self.page)

    @property
    def last_number(self) -> str:
        """The number of the last page, "125"; late pages have a letter and add none."""
        return last_number(self.edition)

    @property
    def counts_apart(self) -> bool:
        """There are more or fewer sheets than the last page's number says."""
        return f"{lead(self.edition)}{self.edition.page_count}" != self.last_number

    @property
    def is_elsewhere(self) -> bool:
        """The page was asked for by name: the address with its number is the right one."""
        return not self.error and self.asked not in {"", self.number}

    @property
    def address(self) -> str:
        """The page's own address."""
        return f"{address('packet', self.edition, side=self.number)}#laes"

    def load(self) -> Self:
        """Look for the page's picture: one query."""
        self.picture = reading.picture(self.edition, self.page)
        return self

    @property
    def before(self) -> str | None:
        """The page before; None on the first."""
        return self.edition.label(self.page - 1) if self.page > 1 else None

    @property
    def after(self) -> str | None:
        """The page after; None on the last."""
        is_last = self.page == self.edition.page_count
        return None if is_last else self.edition.label(self.page + 1)

    @cached_property
    def name(self) -> PageName:
        """What the page is called, and where it is read as a web page."""
        return page_name(self.edition, self.page)

    @cached_property
    def part(self) -> Part | None:
        """The appendix that the page belongs to."""
        return self.edition.part_at(self.page)

    @cached_property
    def contents(self) -> tuple[ContentsGroup, ...]:
        """The list of contents, opened around the page."""
        return contents(self.edition, self.page)
