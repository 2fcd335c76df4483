"""What the intake answers, as plain values that travel between processes as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

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
    """

    max_bytes: int = 50 * MIB
    max_pages: int = 2000
    max_stream_bytes: int = 64 * MIB
    memory_bytes: int = 512 * MIB
    cpu_seconds: int = 8
    wall_seconds: float = 10.0


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
class Facts:
    """What was read in an accepted file.

    Attributes:
        pages: one entry a page, in order.
        tagged: it has a structure tree with content.
        text: whether no page, some or all have a text layer; blank pages don't count.
        pages_without_text: page numbers from 1 that show something but no text.
        language: BCP 47 tag, "" if the file gives none.
        title: its own title, "" if none.
        labels: its own page labels, one a page; empty if it has none.
        has_outline: it has bookmarks of its own.
        figures_without_text: tagged figures that lack an alternative.
        problems: Danish reasons why PDF/UA cannot be claimed with the file's own tags;
            always empty for an untagged file, whose pages become figures.
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

    @property
    def page_count(self) -> int:
        return len(self.pages)

    def to_json(self) -> dict[str, Any]:
        """The facts as a JSON object; ``from_json`` takes it back."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Facts:
        """The facts that ``to_json`` gave.

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

    ``notes`` say in Danish what was taken out, one sentence each; usually none.
    """

    facts: Facts
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """The file cannot be used.

    ``code`` is a key of ``sentences.REFUSALS``; ``reason`` says in Danish what is wrong
    and what to do, without the file's name.
    """

    code: str
    reason: str
