"""What the intake answers, as plain values that travel between processes as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from documents.intake.kept import KnownFile

type Text = Literal["none", "some", "all"]
type Level = Literal["ok", "partial", "none"]

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost; anything above is a refusal.

    Attributes:
        max_bytes: size of the file.
        max_pages: number of pages.
        max_stream_bytes: what one compressed stream may unfold to.
        memory_bytes: address space of the child process.
        cpu_seconds: processor time of the child process.
        wall_seconds: time from start to answer.
        reading_seconds: of that, what reading the text may take at most.
    """

    max_bytes: int = 50 * MIB
    max_pages: int = 2000
    max_stream_bytes: int = 64 * MIB
    memory_bytes: int = 512 * MIB
    cpu_seconds: int = 8
    wall_seconds: float = 10.0
    reading_seconds: float = 6.0


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page as displayed: turned by ``rotate`` (0, 90, 180, 270), cut to its CropBox."""

    width_mm: float
    height_mm: float
    rotate: int


@dataclass(frozen=True, slots=True)
class Readability:
    """What the file can and cannot do for a screen reader.

    ``sentence`` is Danish and for the public.
    """

    level: Level
    sentence: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a file and what was found in it; see ``Facts`` for the findings.

    ``texts`` holds one text a page, in order.
    """

    texts: tuple[str, ...]
    heading: str
    reads_as: str
    spaced_pages: tuple[int, ...]
    cpr_pages: tuple[int, ...]

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Reading:
        """The reading that ``asdict`` gave.

        Raises:
            KeyError, TypeError: ``value`` has another shape.
        """
        return cls(
            texts=tuple(value["texts"]),
            heading=value["heading"],
            reads_as=value["reads_as"],
            spaced_pages=tuple(value["spaced_pages"]),
            cpr_pages=tuple(value["cpr_pages"]),
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """What was read in an accepted file.

    Attributes:
        pages: one entry a page, in order.
        tagged: it has a structure tree with content.
        text: whether no page, some or all have a text layer; blank pages don't count.
        pages_without_text: page numbers from 1 that show something but no text.
        language: BCP 47 tag, "" if the file gives none.
        title: its own title, "" if none; dots stand for a possible CPR number.
        labels: its own page labels, one a page; empty if it has none.
        has_outline: it has bookmarks of its own.
        figures_without_text: tagged figures that lack an alternative.
        problems: Danish reasons why PDF/UA cannot be claimed for the file in a packet;
            of an untagged file, whose pages become figures, only those in its fonts.
        missing_fonts: names of fonts that show text and are not in the file.
        covered_pages: page numbers where text lies under something that hides it, and
            can still be read in the file.
        unexamined_pages: page numbers too large to be examined for that.
        cpr_elsewhere: the same for those in comments that stay; 0 for those in bookmarks
            and texts that stand for pictures.
        removed: keys of ``sentences.NOTES``: what is not in the cleaned copy.
        is_read: the text of the pages was taken out. What follows is found in it; empty
            until then.
        heading: the largest line of the first page, "" if there is none.
        reads_as: the language that the text seems to be in ("da"), "" if unsure.
        spaced_pages: page numbers with words that are letter-spaced, "F O R M Å L".
        cpr_pages: the page number of each possible CPR number in the text, so a page may
            occur more than once. The numbers themselves are nowhere.
    """

    pages: tuple[PageFacts, ...]
    tagged: bool
    text: Text
    pages_without_text: tuple[int, ...]
    language: str
    title: str
    labels: tuple[str, ...]
    has_outline: bool
    figures_without_text: int
    problems: tuple[str, ...]
    readability: Readability
    missing_fonts: tuple[str, ...] = ()
    covered_pages: tuple[int, ...] = ()
    unexamined_pages: tuple[int, ...] = ()
    cpr_elsewhere: tuple[int, ...] = ()
    removed: tuple[str, ...] = ()
    is_read: bool = False
    heading: str = ""
    reads_as: str = ""
    spaced_pages: tuple[int, ...] = ()
    cpr_pages: tuple[int, ...] = ()

    @property
    def page_count(self) -> int:
        return len(self.pages)

    def with_reading(self, reading: Reading) -> Facts:
        """These facts and what was found in the text; an older reading's falls."""
        return replace(
            self,
            is_read=True,
            heading=reading.heading,
            reads_as=reading.reads_as,
            spaced_pages=reading.spaced_pages,
            cpr_pages=reading.cpr_pages,
        )

    def to_json(self) -> dict[str, Any]:
        """The facts as a JSON object; ``from_json`` takes it back."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Facts:
        """The facts that ``to_json`` gave; those of an earlier release may lack some.

        Raises:
            KeyError, TypeError: ``value`` has another shape.
        """
        rest: dict[str, Any] = {
            key: tuple(found) if isinstance(found, list) else found
            for key, found in value.items()
        }
        return cls(
            **rest
            | {
                "pages": tuple(PageFacts(**page) for page in value["pages"]),
                "readability": Readability(**value["readability"]),
            }
        )


@dataclass(frozen=True, slots=True)
class Accepted:
    """The file can be used: its cleaned copy is written.

    Attributes:
        notes: what was taken out, in Danish, one sentence each; usually none.
        texts: the text of each page, "" for a page without; empty if it was not read.
        data: data of ours that stay inside: SHA-256 → what our records say of them.
    """

    facts: Facts
    notes: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    data: Mapping[str, KnownFile] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """The file cannot be used.

    ``code`` is a key of ``sentences.REFUSALS``; ``reason`` says in Danish what is wrong
    and what to do, without the file's name.
    """

    code: str
    reason: str
