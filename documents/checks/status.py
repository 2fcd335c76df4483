"""Draft or final: what our titles say, and what the front page says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from documents.checks.values import at_title, flaw

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documents.checks.values import Flaw, Passage, Subject

# What is left at the end of a title that was once the name of a file.
_TAIL: Final = re.compile(
    r"(?i:"
    r"_\S.*$"
    r"|[\s,(-]+(?:revideret|tilrettet|rettet|final|endelig|ny|kopi|copy|korrektur"
    r"|v(?:er(?:sion)?)?\.?\s?\d+(?:\.\d+)*|\(\d{1,2}\))\)?$"
    r"|\.(?:pdf|docx?|xlsx?|pptx?|indd)$)"
)
_SHOUTED: Final = re.compile(r"\b(?:HØRINGS)?UDKAST\b|\bDRAFT\b|\bFINAL\b|\bfinal\b")
_DRAFT_COVER: Final = re.compile(
    r"\b(?:HØRINGS|ARBEJDS)?UDKAST\b|\bDRAFT\b"
    r"|^(?:Høringsu|Arbejdsu|Foreløbigt u|U)dkast\b|\bForeløbig udgave\b"
)
_DRAFT: Final = re.compile(r"(?i)udkast|foreløbig|draft")
_FINAL: Final = re.compile(r"(?i)\bendelig(?:e|t)?\b|\bgodkendt\b|\bvedtaget\b")
_FINAL_COVER: Final = re.compile(r"(?i)\bendelig udgave\b|\bvedtaget (?:den|af)\b")


def title_tails(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find titles of ours that end as a file's name does, or shout a status."""
    for subject in subjects:
        if found := _TAIL.search(subject.title):
            rest = found[0].strip()
            sentence = (
                f"Titlen ender som et filnavn: ”{rest}”. Skriv en titel til læsere."
            )
            yield at_title("title-tail", subject, sentence, subject.title)
        elif found := _SHOUTED.search(subject.title):
            sentence = (
                f"Titlen siger {found[0]}. Om noget er udkast eller endeligt, hører til "
                "i feltet Status."
            )
            yield at_title("title-tail", subject, sentence, subject.title)


def contradictions(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find front pages that say draft where we say final, and the other way."""
    items = {
        subject.label.removeprefix("punkt "): subject
        for subject in subjects
        if subject.label.startswith("punkt ")
    }
    for subject in subjects:
        item = items.get(subject.label.split(" Bilag ")[0])
        if item is subject:
            continue
        own = _FINAL.search(f"{subject.title} {subject.status}")
        above = _FINAL.search(item.title) if item else None
        draft = _on_front(subject, _DRAFT_COVER)
        if draft and (own or above):
            yield _contradicted(subject, draft, _who(bool(above), bool(own)))
        elif _DRAFT.search(f"{subject.title} {subject.status}") and (
            final := _on_front(subject, _FINAL_COVER)
        ):
            passage, said = final
            sentence = (
                f"Forsiden siger ”{said}”, men vi kalder bilaget et udkast. "
                "Ret titel og status, eller erstat filen."
            )
            yield flaw("status", subject, passage, sentence, said)


def unsaid(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find front pages that say draft where we say nothing."""
    contradicted = {found.subject for found in contradictions(subjects)}
    for subject in subjects:
        draft = _on_front(subject, _DRAFT_COVER)
        if not draft or subject.key in contradicted:
            continue
        if not _DRAFT.search(f"{subject.title} {subject.status}"):
            passage, said = draft
            sentence = (
                f"Forsiden siger {said}, men hverken titel eller status gør. "
                "Vælg status, eller erstat filen."
            )
            yield flaw("status-unsaid", subject, passage, sentence, said)


def _on_front(subject: Subject, wanted: re.Pattern[str]) -> tuple[Passage, str] | None:
    if subject.label.startswith("punkt "):
        return None
    front = [passage for passage in subject.passages if passage.role == "cover"]
    for passage in front:
        if found := wanted.search(passage.text):
            return passage, found[0]
    return None


def _who(above: bool, own: bool) -> str:  # noqa: FBT001 -- two plain facts
    if above and own:
        return "punktet og bilaget hedder"
    return "punktet hedder" if above else "bilaget hedder"


def _contradicted(subject: Subject, draft: tuple[Passage, str], who: str) -> Flaw:
    passage, said = draft
    sentence = f"Forsiden siger {said}, men {who} endelig udgave."
    return flaw("status", subject, passage, sentence, said)
