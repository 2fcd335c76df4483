"""The answer as the page shows it: results in runs of text, choices with their counts."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final

from accounts.models import Council
from core.formats import counted, listed, long_date
from core.search.excerpts import excerpt, marked
from core.search.finding import A_PAGE, MOST_PAGES, Filters
from meetings.editions.reading import FIRST_COUNCIL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.search.excerpts import Run
    from core.search.finding import Copy, Found, Hit
    from core.search.question import Question
    from kkr.search.asked import Asked

_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list of choices; 0 is text, and the chosen one is bold."""

    label: str
    count: int
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """A list of choices; its counts add up to the first line's."""

    name: str
    lines: tuple[Choice, ...]

    @property
    def chosen(self) -> str:
        """What is chosen, as a sentence takes it: "alle råd"."""
        label = next(line.label for line in self.lines if line.is_chosen)
        return label[:1].lower() + label[1:] if label.startswith("Al") else label


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Result:
    """One result.

    Attributes:
        sent: "Som sendt 15. november 2023, version 2", or "".
        title: the words of its link.
        rows: field names with the sentence that holds the word.
        council: its name; ``is_own``: of the reader's own council.
        remark: what is said of it at last.
        sent_as: where today's record was last sent; ``is_sent_so``: with these words.
        today: of a sent copy whose record reads otherwise now.
        same: other versions that read the same.
    """

    label: str
    sent: str
    title: tuple[Run, ...]
    url: str
    rows: tuple[tuple[str, tuple[Run, ...]], ...]
    council: str
    is_own: bool
    year: int
    remark: str
    sent_as: Link | None
    is_sent_so: bool
    today: Link | None
    same: tuple[Link, ...]


def councils(own: str) -> dict[str, str]:
    """Give slug → name of all councils, the reader's own first. One query."""
    rows = Council.objects.order_by("name").values_list("slug", "name")
    return dict(sorted(rows, key=lambda row: row[0] != own))


def results(
    found: Found, question: Question, councils: Mapping[str, str], own: str
) -> tuple[Result, ...]:
    """Give the hits of one page.

    Args:
        councils: slug → name.
        own: slug of the reader's council.
    """
    return tuple(_result(hit, question, councils, own) for hit in found.hits)


def _result(
    hit: Hit, question: Question, councils: Mapping[str, str], own: str
) -> Result:
    def address(url: str) -> str:
        """Leave the council out where everybody comes to it anyway."""
        is_plain = hit.council == own == FIRST_COUNCIL
        return url.replace(f"kkr={hit.council}&", "") if is_plain else url

    def link(copy: Copy) -> Link:
        return Link(copy.place or copy.link, address(copy.url))

    sent = [copy for copy in hit.copies if copy.is_sent]
    today = [copy for copy in hit.copies if not copy.is_sent and not copy.is_same]
    return Result(
        label=hit.label,
        sent=f"Som sendt {long_date(hit.dated)}, version {hit.version}"
        if hit.is_sent
        else "",
        title=marked(hit.link, question.places),
        url=address(hit.url),
        rows=tuple(
            (each.name, excerpt(each.text, question.places)) for each in hit.passages
        ),
        council=councils.get(hit.council, hit.council),
        is_own=hit.council == own,
        year=hit.year,
        remark=hit.remark,
        sent_as=link(sent[0]) if sent and not hit.is_sent else None,
        is_sent_so=bool(sent) and sent[0].is_same,
        today=link(today[0]) if today and hit.is_sent else None,
        same=tuple(
            Link(f"Samme tekst i version {copy.version}", address(copy.url))
            for copy in sent
            if hit.is_sent and copy.is_same
        ),
    )


def choices(
    asked: Asked, found: Found, councils: Mapping[str, str], kinds: Mapping[str, str]
) -> tuple[Choices, ...]:
    """Give the three lists; each counts what its line would give with the others kept."""
    years = sorted(
        {year for _, year, _ in found.counts} | ({asked.year} - {0}), reverse=True
    )
    named_years = {str(year): str(year) for year in years}
    return (
        _choices("Råd", "council", {"": "Alle råd", **councils}, asked, found),
        _choices("År", "year", {"": "Alle år", **named_years}, asked, found),
        _choices("Art", "kind", {"": "Alt", **kinds}, asked, found),
    )


def _choices(
    name: str, field: str, labels: Mapping[str, str], asked: Asked, found: Found
) -> Choices:
    now = {"council": asked.council, "year": asked.year, "kind": asked.kind}
    lines = []
    for key, label in labels.items():
        value = int(key or 0) if field == "year" else key
        left = Filters(**{**now, field: value})  # type: ignore[arg-type]
        url = asked.address(**{field: value})
        lines.append(Choice(label, found.total(left), url, now[field] == value))
    return Choices(name, tuple(lines))


def pages(asked: Asked, total: int) -> tuple[str, str, int]:
    """Give the addresses of the page before and the page after, and how many there are."""
    last = min(ceil(total / A_PAGE), MOST_PAGES)
    before = asked.address(page=asked.page - 1) if 1 < asked.page <= last + 1 else ""
    after = asked.address(page=asked.page + 1) if asked.page < last else ""
    return before, after, last


def single_words(asked: Asked, question: Question) -> tuple[Link, ...]:
    """Give a search for each word of several, of those that stand somewhere."""
    if len(question.terms) == 1:
        return ()
    words = dict.fromkeys(
        term.text.lower() for term in question.terms if term.whole or term.inside
    )
    return tuple(Link(word, asked.address(text=word)) for word in words)


def narrowed_to(
    asked: Asked, councils: Mapping[str, str], kinds: Mapping[str, str]
) -> str:
    """Give what a search was narrowed to: "KKR Sjælland, 2023"."""
    said = (
        councils.get(asked.council, ""),
        str(asked.year or ""),
        kinds.get(asked.kind, ""),
        asked.meeting_name,
    )
    return ", ".join(filter(None, said))


def compounds(question: Question) -> str:
    """Give the longer words that the question is found inside: the three commonest."""
    words = question.compounds
    if len(words) <= _NAMED:
        return ", ".join(words)
    more = counted(len(words) - _NAMED, "ord til", "ord til")
    return listed([*words[:_NAMED], more])


def without_text(links: Sequence[tuple[str, str]]) -> Iterable[Link]:
    """Give what has pages that cannot be searched."""
    return [Link(words, url) for words, url in links]
