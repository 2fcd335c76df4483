"""What is checked and what is found: plain values that need no database."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from documents.tree import Document

type Role = Literal["title", "heading", "body", "table", "cover"]
type Tone = Literal["error", "warning", ""]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of plain text with the address a finding points to.

    Attributes:
        key: the node's key ("proposal:x/risk:1"), or for a foreign file "page:4".
        where: how a reader knows the place: "Forslag 3, Risici, punkt 1", "side 4".
        text: plain, spaces folded.
        page: within its own document; 0 where it is not known.
    """

    key: str
    where: str
    text: str
    role: Role = "body"
    page: int = 0


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the intake knows of a foreign file that its text does not tell.

    Attributes:
        pages: how many it has.
        level: whether it can be read aloud: "ok", "partial" or "none".
        silent_pages: pages that show something and have no text.
        mute_pictures: tagged pictures without an alternative text.
        has_summary: somebody wrote a text that stands in for it.
    """

    pages: int = 0
    level: str = "ok"
    silent_pages: tuple[int, ...] = ()
    mute_pictures: int = 0
    has_summary: bool = False

    @classmethod
    def of(cls, facts: Mapping[str, Any], summary: str) -> FileFacts:
        """Take them from ``documents.intake.Facts`` as JSON."""
        return cls(
            pages=len(facts["pages"]),
            level=facts["readability"]["level"],
            silent_pages=tuple(facts["pages_without_text"]),
            mute_pictures=facts["figures_without_text"],
            has_summary=bool(summary.strip()),
        )


@dataclass(frozen=True, slots=True)
class Subject:
    """One document to check: our own, or a file from outside.

    Attributes:
        key: stable: the item's key, or the appendix's prefix.
        label: "2.1 Bilag 3", "punkt 2.3".
        title: the title we give it.
        status: what we say of it: "udkast", "endelig", "".
        document: the tree of a generated one.
        own_name: what it calls itself inside: "Bilag 1 – Forslag til samarbejde".
        file: what is known of a foreign file.
        is_elsewhere: it speaks of another agenda than the one it is checked with, as
            the minutes of the meeting before do: "2.1 Bilag 3" is that one's.
    """

    key: str
    label: str
    title: str
    status: str
    passages: tuple[Passage, ...]
    is_foreign: bool = False
    document: Document | None = None
    own_name: str = ""
    file: FileFacts | None = None
    is_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing found.

    Attributes:
        check: the check's key.
        subject, key: where it is: the subject's key, and the passage's.
        where: how a reader knows the place.
        sentence: Danish: what is wrong and what to do.
        quote: the words themselves, "" where they may not be shown.
        page: within its own document; 0 where it is not known.
        seal: a digest of what the quote leaves out; an answer falls when it changes.
    """

    check: str
    subject: str
    key: str
    where: str
    sentence: str
    quote: str
    page: int = 0
    seal: str = ""

    @property
    def fingerprint(self) -> str:
        """The flaw's identity: another text gives another, and its answer falls."""
        parts = (self.check, self.subject, self.key, self.quote, self.seal)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Check:
    """One question that is asked of every document.

    Attributes:
        key: stable; stored with answers.
        name: Danish, as a heading: "Fyldtekst".
        group: Danish, under which the page lists its flaws: "Tal og frister".
        sentence: Danish, what it looks for.
        own, foreign: what a flaw is on our own material, and in a file from outside;
            "" where the question is not asked.
        find: gives the flaws; one subject at a time unless ``looks_across``.
        may_override: an error that a named person may answer for.
        gathered: for a foreign file, all flaws of this check become one; the Danish
            sentence that tells them, with "{count}". "" keeps them apart.
        looks_across: needs all subjects at once.
    """

    key: str
    name: str
    group: str
    sentence: str
    own: Tone
    foreign: Tone
    find: Callable[[Sequence[Subject]], Iterable[Flaw]]
    may_override: bool = False
    gathered: str = ""
    looks_across: bool = False

    def tone(self, subject: Subject) -> Tone:
        """Tell what a flaw in ``subject`` is."""
        return self.foreign if subject.is_foreign else self.own


def flaw(
    check: str, subject: Subject, passage: Passage, sentence: str, quote: str = ""
) -> Flaw:
    """Give a flaw at the place of ``passage``."""
    return Flaw(
        check,
        subject.key,
        passage.key,
        passage.where,
        sentence,
        quote or passage.text,
        passage.page,
    )


def at_title(check: str, subject: Subject, sentence: str, quote: str = "") -> Flaw:
    """Give a flaw at the title we give the subject."""
    place = Passage(f"{subject.key}/title", "Titel", subject.title, "title")
    return flaw(check, subject, place, sentence, quote)


def sealed(found: Flaw, *texts: str) -> Flaw:
    """Give the flaw with a seal of what its quote leaves out.

    The seal is short on purpose: it tells that a text changed, and too little to guess
    the text from.
    """
    digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()
    return replace(found, seal=digest[:4])


def excerpt(text: str, start: int, end: int, around: int = 30) -> str:
    """Give ``text[start:end]`` with some words on both sides, "…" where it is cut."""
    left = max(0, start - around)
    right = min(len(text), end + around)
    if left:
        space = text.find(" ", left, start + 1)
        left = space + 1 if space >= 0 else start
    if right < len(text):
        space = text.rfind(" ", end, right)
        right = space if space >= 0 else end
    before, after = "…" * (left > 0), "…" * (right < len(text))
    return f"{before}{text[left:right].strip()}{after}"
