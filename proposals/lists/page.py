"""A list as its page shows it: what is asked for, what remains, and what can be done.

Source: docs/rules.md R-95.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse

from core import formats
from proposals.choices import CatalogueKind
from proposals.lists import facets as tables
from proposals.lists.asked import Asked, read, text_of
from proposals.lists.facets import ordered
from proposals.lists.narrowing import Narrowing
from proposals.lists.picked import in_words, spans_of
from proposals.lists.searched import searched
from proposals.queries.catalogue import proposal_list
from proposals.queries.saved_views import catalogue_with_views
from proposals.queries.units import unit_list

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from accounts.models import Membership
    from proposals.lists.facets import Facet, Sort
    from proposals.lists.narrowing import Filter
    from proposals.lists.searched import Searched
    from proposals.models import Catalogue
    from proposals.queries.saved_views import Saved
    from proposals.queries.waiting import Waiting

A_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class ListKind:
    """In what the two lists differ.

    Attributes:
        word: begins its address, and names one of its records: "forslag 7".
        words: one and several, for counts.
        read: the whole list, given the catalogue and what is searched for.
    """

    word: str
    catalogue: CatalogueKind
    url_name: str
    words: tuple[str, str]
    facets: tuple[Facet, ...]
    sorts: tuple[Sort, ...]
    read: Callable[[Catalogue, str], Any]

    @property
    def path(self) -> str:
        """Where it is."""
        return reverse(self.url_name)


PROPOSALS: Final = ListKind(
    word="forslag",
    catalogue=CatalogueKind.SIMPLIFICATION,
    url_name="proposals:catalogue",
    words=("forslag", "forslag"),
    facets=tables.PROPOSAL_FACETS,
    sorts=tables.PROPOSAL_SORTS,
    read=proposal_list,
)
UNITS: Final = ListKind(
    word="samdrift",
    catalogue=CatalogueKind.COOPERATION,
    url_name="proposals:units",
    words=("enhed", "enheder"),
    facets=tables.UNIT_FACETS,
    sorts=tables.UNIT_SORTS,
    read=unit_list,
)
LISTS: Final = {kind.word: kind for kind in (PROPOSALS, UNITS)}


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under one heading.

    Attributes:
        theme: of proposals; None where the rows stand under another heading.
        is_continued: its first rows stand on a page before.
        count: of the rows that remain, on all pages; ``total`` of all there are.
    """

    title: str
    rows: tuple[Any, ...]
    count: int
    total: int
    words: tuple[str, str]
    theme: Any = None
    is_continued: bool = False

    @property
    def name(self) -> str:
        """Its heading: "1. Styring", "1. Styring, fortsat"."""
        return f"{self.title}, fortsat" if self.is_continued else self.title

    @property
    def counted(self) -> str:
        """Give "9 forslag", "2 af 9 forslag" or "9 forslag, 4 på denne side"."""
        text = formats.counted(self.total, *self.words)
        if self.count < self.total:
            text = f"{formats.number(self.count)} af {text}"
        here = len(self.rows)
        return text if here == self.count else f"{text}, {here} på denne side"


@dataclass(frozen=True, slots=True)
class View:
    """A saved view beside the list; ``count`` None: it searches, and is not counted."""

    saved: Saved
    url: str
    count: int | None
    is_current: bool


@dataclass(frozen=True)
class ListPage:
    """One list as one user asked for it; ``waiting``: who lacks answers of its call."""

    kind: ListKind
    catalogue: Catalogue
    listed: Any
    known: dict[Facet, dict[str, str]]
    asked: Asked
    searched: Searched
    saved: tuple[Saved, ...]
    waiting: Waiting | None

    @cached_property
    def _found(self) -> list[Any]:
        number = self.searched.number
        if not self.searched.is_on:
            return list(self.listed.rows)
        if not self.searched.lexemes:
            return [row for row in self.listed.rows if row.number == number]
        return [r for r in self.listed.rows if r.is_found or r.number == number]

    @cached_property
    def _narrowing(self) -> Narrowing:
        return Narrowing(self._found, self.known)

    @cached_property
    def rows(self) -> list[Any]:
        """All rows that remain, in order."""
        return ordered(self._narrowing.remaining(self.asked.chosen), self.sort)

    @cached_property
    def sort(self) -> Sort:
        """The order they stand in."""
        return next(s for s in self.kind.sorts if s.key == self.asked.sort)

    @cached_property
    def page(self) -> Page[Any]:
        """The page that is shown; beyond the last it is the last."""
        return Paginator(self.rows, A_PAGE).get_page(self.asked.page)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The rows of the page under their headings."""
        here, words = tuple(self.page.object_list), self.kind.words
        total = len(self.listed.rows)
        if self.asked.sort:
            amount, is_later = len(self.rows), self.page.number > 1
            only = Group(
                self.sort.name, here, amount, total, words, is_continued=is_later
            )
            return (only,) if here else ()
        every = (self._group(each) for each in self.listed.groups)
        is_all = not self.asked.is_narrow and not self.page.has_other_pages()
        return tuple(group for group in every if group.rows or is_all)

    def _group(self, group: Any) -> Group:
        theme, (title, rows) = (
            (group.theme, (str(group.theme), group.rows))
            if hasattr(group, "theme")
            else (None, group)
        )
        own = {row.number for row in rows}
        here = tuple(row for row in self.page.object_list if row.number in own)
        every = [row for row in self.rows if row.number in own]
        is_continued = bool(here) and here[0] is not every[0]
        words = self.kind.words
        return Group(title, here, len(every), len(rows), words, theme, is_continued)

    @cached_property
    def filters(self) -> tuple[Filter, ...]:
        """By what it can be narrowed."""
        return self._narrowing.filters(self.asked)

    @property
    def chosen(self) -> tuple[tuple[str, str, str], ...]:
        """What narrows it: triples (name, label, address without it)."""
        by_key = {facet.key: facet for facet in self.known}
        asked = self.asked
        lines = [
            (by_key[k].name, self.known[by_key[k]][v], asked.without(k, v))
            for k, v in asked.chosen
        ]
        if asked.text:
            lines.insert(0, ("Søgning", f"”{asked.text}”", asked.address(text="")))
        return tuple(lines)

    @property
    def remaining(self) -> str:
        """Give "Viser 4 af 18 forslag"."""
        every = formats.counted(len(self.listed.rows), *self.kind.words)
        return f"Viser {formats.number(len(self.rows))} af {every}"

    @property
    def all_url(self) -> str:
        """The list without what narrows it."""
        return self.asked.address(text="", chosen=())

    @property
    def unpicked_url(self) -> str:
        """The same with nothing picked."""
        return self.asked.address(picked=(), page=self.page.number)

    @property
    def all_picked_url(self) -> str:
        """The same with all that remain picked."""
        numbers = tuple(sorted({row.number for row in self.rows}))
        return self.asked.address(picked=numbers, page=self.page.number)

    @property
    def page_picked_url(self) -> str:
        """The same with those of the page picked besides; "" where they are all."""
        if not self.page.has_other_pages():
            return ""
        here = {row.number for row in self.page.object_list}
        picked = tuple(sorted(here.union(self.asked.picked)))
        return self.asked.address(picked=picked, page=self.page.number)

    @property
    def picked_words(self) -> str:
        """Give "forslag 2, 9 og 12"."""
        picked = self.asked.picked
        word = self.kind.words[len(picked) > 1]
        return f"{word} {in_words(picked)}" if picked else ""

    @cached_property
    def picked_elsewhere(self) -> tuple[int, ...]:
        """Numbers of what is picked and not on this page."""
        here = {row.number for row in self.page.object_list}
        return tuple(n for n in self.asked.picked if n not in here)

    @property
    def spans_elsewhere(self) -> list[str]:
        """The same as a form takes them along."""
        return spans_of(self.picked_elsewhere)

    @property
    def orders(self) -> tuple[tuple[str, str, bool], ...]:
        """Orders as triples (name, address, is it the one)."""
        asked = self.asked
        return tuple(
            (each.name, asked.address(sort=each.key), each.key == asked.sort)
            for each in self.kind.sorts
        )

    @cached_property
    def views(self) -> tuple[View, ...]:
        """The saved views."""
        whole = Narrowing(self.listed.rows, self.known)
        return tuple(self._view(saved, whole) for saved in self.saved)

    def _view(self, saved: Saved, whole: Narrowing) -> View:
        asked = self._read(QueryDict(saved.query))
        count = None if asked.text else len(whole.remaining(asked.chosen))
        is_current = asked.query == self.asked.query
        return View(saved, f"{self.kind.path}?{saved.query}", count, is_current)

    def _read(self, given: QueryDict) -> Asked:
        return read(given, self.kind.path, self.known, self.kind.sorts, ())

    @property
    def save_url(self) -> str:
        """Where what is shown gets a name; "" where it has one, or is the whole list."""
        has_name = any(view.is_current for view in self.views)
        if has_name or not self.asked.query:
            return ""
        new = reverse("proposals:view-new", args=[self.kind.word])
        return f"{new}?{self.asked.query}"


def list_page(seat: Membership, kind: ListKind, given: QueryDict) -> ListPage | None:
    """Give the list as an address asks for it; None where there is no catalogue."""
    catalogue, saved, waiting = catalogue_with_views(seat, kind.catalogue)
    if catalogue is None:
        return None
    words = searched(text_of(given), seat)
    listed = kind.read(catalogue, words.lexemes)
    known = {facet: facet.known(listed) for facet in kind.facets}
    numbers: Sequence[int] = [row.number for row in listed.rows]
    asked = read(given, kind.path, known, kind.sorts, numbers)
    return ListPage(kind, catalogue, listed, known, asked, words, saved, waiting)
