"""The text of a foreign file's pages as passages: lines joined, furniture left out."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from documents.checks.passages import folded
from documents.checks.values import Passage, Role
from documents.checks.wordlist import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    type Line = tuple[str, bool]

# Words that promise more: a line that ends in one and is followed by a new sentence
# was never finished.
JOINERS: Final = frozenset("og som at men eller samt fordi en et".split())  # noqa: SIM905
_ITEM: Final = re.compile(r"^\s*(?:[•●▪◦‣·∙–*-]|\d{1,2}[.)]|[a-h]\))\s+(?=\S)")
_NUMBER: Final = re.compile(r"(?i)(?:side\s*)?(?:[ivxlc]{1,6}|\d{1,3})")
_OF_ALL: Final = re.compile(r"(?i)(?:side|s\.)?\s*\d{1,3}\s*(?:/|af)\s*\d{1,3}")
_BULLET: Final = re.compile(r"^[•●▪◦‣·∙] ")
_ENDS: Final = re.compile(r"[.!?:;…”\"»)]$")
_HYPHEN: Final = re.compile(r"[^\W\d_]-$")
_WORD: Final = re.compile(r"[^\W\d_]+")
# A line shorter than this share of the longest one on its page ends its paragraph.
_SHORT: Final = 0.6
# A line that stands on so many pages, and on this share of them, is furniture.
_MANY, _SHARE = 3, 0.5


def page_passages(pages: Sequence[str]) -> tuple[Passage, ...]:
    """Give the paragraphs of a file from outside, page by page.

    Lines that a page break, a narrow column or a hyphen parted are joined; running
    heads, running feet and page numbers are left out. The first page is the cover.

    Args:
        pages: the text of each page; "" for one without text.
    """
    running = _furniture(pages)
    found: list[Passage] = []
    for number, page in enumerate(pages, 1):
        role: Role = "cover" if number == 1 else "body"
        kept = _without_furniture(page.replace("\f", "\n").split("\n"), running)
        found += (
            Passage(f"page:{number}", f"side {number}", text, role, number)
            for text in _paragraphs(kept)
        )
    return tuple(found)


def _furniture(pages: Sequence[str]) -> frozenset[str]:
    """Give the lines that stand on most pages, numbers in them left out."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_bare(line) for line in page.split("\n") if line.strip()})
    filled = sum(bool(page.strip()) for page in pages)
    least = max(_MANY, _SHARE * filled)
    return frozenset(line for line, times in seen.items() if times >= least)


def _bare(line: str) -> str:
    return re.sub(r"\d+", "#", folded(line))


def _without_furniture(lines: Sequence[str], running: frozenset[str]) -> list[str]:
    """Leave out what runs through the file, and a page number at the top or the foot."""
    kept = [
        line
        for line in lines
        if not (_OF_ALL.fullmatch(folded(line)) or _is_running(line, running))
    ]
    filled = [at for at, line in enumerate(kept) if line.strip()]
    edges = {*filled[:1], *filled[-1:]}
    return [
        line
        for at, line in enumerate(kept)
        if at not in edges or not _NUMBER.fullmatch(folded(line))
    ]


def _is_running(line: str, running: frozenset[str]) -> bool:
    text = folded(line)
    return len(text) > 3 and _bare(text) in running  # noqa: PLR2004 -- a table's cell


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Join the lines of each paragraph, and the words that a line end parted."""
    width = max((len(line.strip()) for line in lines), default=0)
    text = ""
    last = ""
    for raw in lines:
        line = raw.strip()
        if text and (not line or _begins(last, line, width)):
            yield _BULLET.sub("", folded(text))
            text = ""
        if line:
            text = joined(text, line) if text else line
            last = line
    if text:
        yield _BULLET.sub("", folded(text))


def _begins(before: str, line: str, width: int) -> bool:
    """Whether ``line`` begins a paragraph of its own."""
    if _ITEM.match(line):
        return True
    opens = line[:1].isupper()
    if _ENDS.search(before):
        return opens or not line[:1].islower()
    if opens and len(before) < _SHORT * width:
        return True
    return opens and _breaks_off(before, line)


def _breaks_off(before: str, line: str) -> bool:
    """Whether a new sentence begins after a word that promised more."""
    last = before.rsplit(maxsplit=1)[-1].lower()
    first, *more = [*line.split(), ""]
    is_name = more[0][:1].isupper() or not words().knows(first.lower())
    return last in JOINERS and first[1:].islower() and not is_name


def joined(before: str, after: str) -> str:
    """Put two lines together; a word that was parted at their border becomes one.

    "ufaglær-" and "te" are one word, and so are "øko" and "nomisk", when the whole is a
    word and a part of it is none. "social-" and "sundhedsområdet" keep their hyphen when
    "og" follows.
    """
    left, right = before.rsplit(maxsplit=1)[-1], after.split(maxsplit=1)[0]
    parted = _WORD.match(right)
    if parted is None or not right[:1].islower():
        return f"{before} {after}"
    known = words().knows
    if _HYPHEN.search(left) and right not in {"og", "eller", "samt"}:
        stem = _WORD.findall(left)[-1]
        # "a-kasse" and "VVM-undersøgelse" keep their hyphen.
        is_parted = len(stem) > 1 and not stem.isupper() and known(stem + parted[0])
        if is_parted and not words().is_empty:
            return before[:-1] + after
        return before + after
    lost = _WORD.fullmatch(left)
    if (
        lost
        and not (known(left) and known(parted[0]))
        and known(left + parted[0])
        and not words().is_empty
    ):
        return before + after
    return f"{before} {after}"
