"""One title in one wording: lists against bodies, ours against the document's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from documents.checks.text import WORD, letters, near
from documents.checks.values import at_title, excerpt, flaw, sealed
from documents.tree import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documents.checks.values import Flaw, Passage, Subject
    from documents.tree import Section

_ENTRY: Final = re.compile(r"^(\d{1,2})[.)]?\s+(\S.*)$")
# A list is ours when so many of its lines read as our titles do, by so much.
_LIST_SHARE, _ALIKE = 0.5, 0.6
_LEAST_LIST: Final = 3
_LEAST_WORD, _LEAST_TITLE_WORDS = 7, 4


@dataclass(frozen=True, slots=True)
class _List:
    """A numbered list that repeats the titles of a document of ours."""

    place: Passage
    pairs: tuple[tuple[str, str, str], ...]
    """Label, the list's reading, the body's title: only where they differ."""


def lists(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find lists of titles that read otherwise than the titles themselves."""
    for owner in subjects:
        for kind, sections in _kinds(owner).items():
            for subject in subjects:
                yield from _lists_in(subject, owner, kind, sections)


def own_and_document(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find a document whose own title is not the one we give it."""
    for subject in subjects:
        document = None if subject.is_elsewhere else subject.document
        if document is not None and letters(document.title) != letters(subject.title):
            sentence = (
                f"Bilaget hedder ”{document.title}” på sin egen forside og "
                f"”{subject.title}” hos os. Brug én titel."
            )
            yield at_title("document-title", subject, sentence)
        elif subject.is_foreign:
            yield from _misspelt_title(subject)


def working(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find another wording of the front page's title further in: a working title."""
    for subject in subjects:
        title = _front_title(subject)
        if title is None:
            continue
        first = re.escape(" ".join(title.split()[:-1]))
        last = title.split()[-1]
        pattern = re.compile(rf"{first} ([^\W\d_]{{3,}})")
        for passage in subject.passages:
            found = pattern.search(passage.text)
            if found and letters(found[1]) != letters(last):
                sentence = (
                    f"Forsiden siger ”{title}”; her står ”{found[0]}”. Det ligner en "
                    "gammel titel."
                )
                yield flaw("working-title", subject, passage, sentence, found[0])
                break


def _kinds(subject: Subject) -> dict[str, dict[int, Section]]:
    """Give the numbered sections of a document by kind: "Forslag" → 1 → section."""
    found: dict[str, dict[int, Section]] = {}
    if subject.document is None:
        return found
    for _, section in walk(subject.document):
        kind, _, number = section.label.rpartition(" ")
        if kind and number.isdecimal():
            found.setdefault(kind, {})[int(number)] = section
    return {kind: rows for kind, rows in found.items() if len(rows) >= _LEAST_LIST}


def _lists_in(
    subject: Subject, owner: Subject, kind: str, sections: dict[int, Section]
) -> Iterator[Flaw]:
    for found in _repeated(subject, owner, kind, sections):
        label, said, title = found.pairs[0]
        many = f"{len(found.pairs)} af {len(sections)} {kind.lower()}"
        where = "i oversigten og noget andet i brødteksten"
        if subject is not owner:
            where = f"i oversigten og noget andet i {owner.label}"
        sentence = f"{many} hedder ét {where}."
        quote = f"{label}: ”{said}” og ”{title}”"
        told = flaw("titles", subject, found.place, sentence, quote)
        yield sealed(told, *(text for pair in found.pairs for text in pair))


def _repeated(
    subject: Subject, owner: Subject, kind: str, sections: dict[int, Section]
) -> Iterator[_List]:
    run: dict[int, tuple[Passage, str]] = {}
    for passage in (*subject.passages, None):
        entry = _ENTRY.match(passage.text) if passage is not None else None
        is_own = passage is not None and _is_title(passage, owner, sections)
        if passage is not None and entry and not is_own:
            number = int(entry[1])
            if number in run:
                yield from _compared(run, kind, sections)
                run = {}
            run[number] = (passage, entry[2])
        elif passage is None or (run and max(run) >= max(sections)):
            yield from _compared(run, kind, sections)
            run = {}


def _is_title(passage: Passage, owner: Subject, sections: dict[int, Section]) -> bool:
    keys = {section.key for section in sections.values()}
    return owner.document is not None and passage.key in keys


def _compared(
    run: dict[int, tuple[Passage, str]], kind: str, sections: dict[int, Section]
) -> Iterator[_List]:
    both = [number for number in run if number in sections]
    if len(both) < max(_LEAST_LIST, _LIST_SHARE * len(sections)):
        return
    alike = sum(_alike(run[number][1], sections[number].title) for number in both)
    if alike < _LIST_SHARE * len(both):
        return
    pairs = tuple(
        (f"{kind} {number}", run[number][1], sections[number].title)
        for number in both
        if letters(run[number][1]) != letters(sections[number].title)
    )
    if pairs:
        first = int(pairs[0][0].rpartition(" ")[2])
        yield _List(run[first][0], pairs)


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(a=letters(one), b=letters(other)).ratio() >= _ALIKE


def _misspelt_title(subject: Subject) -> Iterator[Flaw]:
    """A word of our title that the file has nowhere, and nearly so somewhere."""
    theirs = {
        word for passage in subject.passages for word in WORD.findall(passage.text)
    }
    small = {word.lower() for word in theirs}
    for found in WORD.finditer(subject.title):
        word = found[0]
        if len(word) < _LEAST_WORD or word.lower() in small or not small:
            continue
        meant = sorted(other for other in theirs if near(other.lower(), word.lower()))
        if meant:
            sentence = (
                f"Titlen siger ”{word}”, og bilaget siger ”{meant[0]}”. Ret det ene."
            )
            quote = excerpt(subject.title, *found.span())
            yield at_title("document-title", subject, sentence, quote)


def _front_title(subject: Subject) -> str | None:
    """The front page's title: the line on it that reads most like the title we give."""
    if subject.document is not None:
        return None
    front = [p.text for p in subject.passages if p.role == "cover"][:12]
    long = [text for text in front if len(text.split()) >= _LEAST_TITLE_WORDS]
    repeated = [
        text
        for text in long
        if sum(text in passage.text for passage in subject.passages) == 1
        and len(text) < 60  # noqa: PLR2004 -- a title, not a sentence
        and text[-1:].isalpha()
    ]
    return repeated[0] if repeated else None
