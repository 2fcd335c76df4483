"""The packet's own pages as plain values: the contents list, and a separator a bilag.

Each names its template; ``documents.pieces.make_sheets`` prints and caches them like
pieces. Page numbers are the packet's own. Empty texts are left out, or said as missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from core.formats import counted

# Of more bilag than these an item may run over to the next page.
LONG_ITEM: Final = 12
HOW_TO_READ: Final = (
    "Pakkens side står i det mørke felt øverst på hver side. "
    "Sidetal inde i et dokument er dokumentets egne."
)

CLOSED_NOTE: Final = (
    "Pakken er lukket: den er kun for dem, der må læse de lukkede punkter og bilag, og "
    "må ikke gives videre. Punkter og bilag hedder det samme som i den åbne pakke."
)


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A bilag in the contents list.

    Attributes:
        label: within its item, "Bilag 3".
        first, last: packet pages; the first is its separator. "" where it has none.
        more: what else is to be said of them: "med 41a", "udgået (41–44)".
        remark: what a reader must know of the file, "" for nothing.
        anchor: the part's prefix, where the link leads.
    """

    label: str
    title: str
    first: str
    last: str
    remark: str = ""
    anchor: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class ContentsItem:
    """An item of the agenda in the contents list; without a title it keeps its number.

    Attributes:
        number: "2.1".
        kind: "Temadrøftelse", or "" where it is not said.
        is_hidden: it is closed, and nothing more is said of it.
    """

    number: str
    kind: str
    title: str
    entries: tuple[ContentsEntry, ...] = ()
    is_hidden: bool = False

    @property
    def is_long(self) -> bool:
        """It may run over to the next page; a shorter one stands on one."""
        return len(self.entries) > LONG_ITEM


@dataclass(frozen=True, slots=True)
class ContentsPage:
    """The packet's first page.

    Attributes:
        when: "onsdag den 22. november 2023 kl. 13.00–16.00".
        counts: "5 punkter, 10 bilag, 125 sider".
        changes: the page that shows what changed, "1a"; "" for none.
        is_closed: it is the closed packet's.
        note: what must be said of the meeting itself, after how to read the numbers.
    """

    template: ClassVar[str] = "documents/contents.html"
    key: ClassVar[str] = "indhold"

    council: str
    when: str
    counts: str
    items: tuple[ContentsItem, ...]
    note: str = ""
    changes: str = ""
    heading: str = "Bilagspakke"
    is_closed: bool = False

    @property
    def notes(self) -> str:
        """All that is said below the list."""
        page = f"Side {self.changes} viser, hvad der er ændret." if self.changes else ""
        lead = CLOSED_NOTE if self.is_closed else ""
        return " ".join(part for part in (lead, HOW_TO_READ, page, self.note) if part)


@dataclass(frozen=True, slots=True)
class ChangesEntry:
    """One place that differs: "Bilag 3, forslag 7", what in it, and its packet pages."""

    name: str
    words: str
    pages: str


@dataclass(frozen=True, slots=True)
class ChangesItem:
    """An item that differs; ``word`` where it is new or gone as a whole."""

    number: str
    heading: str
    word: str
    entries: tuple[ChangesEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """What changed since the version before, right behind the contents list.

    Attributes:
        since: "version 1"; ``sent`` the same with its day.
        verdict: "4 af 5 punkter er ændret."
        pages: which pages came and went.
    """

    template: ClassVar[str] = "documents/changes.html"
    key: ClassVar[str] = "aendringer"

    council: str
    since: str
    sent: str
    verdict: str
    pages: str
    items: tuple[ChangesItem, ...]

    @property
    def heading(self) -> str:
        """Its title, for bookmarks too."""
        return f"Ændret siden {self.since}"


@dataclass(frozen=True, slots=True)
class Sibling:
    """A bilag under the same item, on the separator; ``anchor`` as in the contents."""

    label: str
    title: str
    first: str
    last: str
    is_this: bool = False
    anchor: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Separator:
    """The page before a bilag.

    Attributes:
        number: the item's, "2.1".
        label: within its item, "Bilag 3".
        status: a sentence; "" prints "Ikke angivet i dokumentet".
        first, last: packet pages from this separator on; ``more`` are further ones.
        page_count: pages of the bilag itself, >= 1.
        own_name: sentence on what the document calls itself, "" for none.
        siblings: every bilag under the item, this one too; of many those around it.
        all_siblings: sentence on the others, "" where none is left out.
    """

    template: ClassVar[str] = "documents/separator.html"
    key: ClassVar[str] = "skilleblad"

    number: str
    kind: str
    item_title: str
    label: str
    title: str
    sender: str
    status: str
    first: str
    last: str
    page_count: int
    own_name: str = ""
    summary: str = ""
    siblings: tuple[Sibling, ...] = ()
    all_siblings: str = ""
    more: str = ""

    @property
    def heading(self) -> str:
        """Label and title, for bookmarks."""
        return f"{self.label}. {self.title}"

    @property
    def pages(self) -> str:
        """The sentence on its pages."""
        amount = counted(self.page_count, "side", "sider")
        span = f"{self.first}–{self.last}"
        is_page = any(letter.isdecimal() for letter in self.more[:2])
        between = ", " if is_page else " "
        pages = f"{span}{between}{self.more}" if self.more else span
        return f"Pakkens side {pages}: dette skilleblad og {amount}"
