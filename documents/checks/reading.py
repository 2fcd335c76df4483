"""How a file reads from end to end: order, contents list, feet in the text, pictures."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from core.formats import MONTHS, counted, listed
from documents.checks.text import letters
from documents.checks.values import Passage, flaw

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documents.checks.values import FileFacts, Flaw, Subject

_DATE: Final = re.compile(
    rf"(?i)(?:den )?\d{{1,2}}\. (?:{'|'.join(MONTHS)}) \d{{4}}\.?"
)
_FIELDS: Final = ("gevinster", "risici", "opmærksomhedspunkter", "ideen", "fordele",
                  "ulemper", "udfordringer", "potentialer", "mål")  # fmt: skip
_CONTENTS: Final = re.compile(
    r"^([^\d.…].*?)\s*(?:[.…]\s?){2,}\s*(\d{1,3})$|^(\S.*?)\t+(\d{1,3})$"
)
_LEADERS: Final = re.compile(r"\s*(?:\.\s?){4,}\s*(\d{1,3})\s*")
_MOST_SHOWN: Final = 6


def feet(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find a date alone between two paragraphs: a running foot that became text."""
    for subject in subjects:
        for before, passage, after in _threes(subject.passages):
            alone = passage.page > 1 and _DATE.fullmatch(passage.text)
            inside = before.page == passage.page == after.page
            if (
                alone
                and inside
                and before.text[-1:] in ".:;"
                and after.text[:1].isupper()
            ):
                sentence = (
                    "Datoen står alene mellem to afsnit. Det ligner en sidefod, der er "
                    "kommet med i teksten."
                )
                yield flaw("running-foot", subject, passage, sentence)


def bare_headings(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find two headings on one line, "Gevinster Risici": columns read across."""
    for subject in subjects:
        for passage in subject.passages:
            found = [word.lower() for word in passage.text.split()]
            if len(found) > 1 and all(word in _FIELDS for word in found):
                sentence = (
                    "To overskrifter står sammen, og teksten under dem er læst på tværs "
                    "af spalterne. Bed om en fil med mærket tekst."
                )
                yield flaw("reading-order", subject, passage, sentence)


def late_front(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find a first page whose title is read after most of the rest."""
    for subject in subjects:
        first = [passage for passage in subject.passages if passage.page == 1]
        total = sum(len(passage.text) for passage in first)
        wanted = letters(re.sub(r"\(?\d{4}\)?", "", subject.title))
        before = 0
        for passage in first if subject.is_foreign and len(wanted) > 9 else ():  # noqa: PLR2004
            if (
                letters(passage.text)
                and letters(passage.text) in wanted
                and (len(letters(passage.text)) > len(wanted) / 2)
            ):
                if before > total / 2:
                    sentence = (
                        "Forsiden læses til sidst: bilagets titel kommer efter det meste "
                        "af side 1. Skriv et resumé, eller bed om en fil i rigtig "
                        "rækkefølge."
                    )
                    yield flaw("reading-order", subject, passage, sentence)
                break
            before += len(passage.text)


def contents(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find a contents list that points behind the last page."""
    for subject in subjects:
        last = _last_page(subject)
        for passage in subject.passages if last else ():
            for title, page in entries(passage.text):
                if page > last:
                    sentence = (
                        f"Indholdslisten siger, at ”{title}” står på side {page}, men "
                        f"bilaget har {counted(last, 'side', 'sider')}."
                    )
                    quote = f"{title} {page}"
                    yield flaw("contents", subject, passage, sentence, quote)


def entries(text: str) -> tuple[tuple[str, int], ...]:
    """Give the lines of a contents list: (title, page); empty if it is none."""
    found = []
    begun = 0
    for leaders in _LEADERS.finditer(text):
        title = text[begun : leaders.start()].strip()
        if title:
            found.append((title, int(leaders[1])))
        begun = leaders.end()
    if not found and (line := re.fullmatch(r"(Bilag|Indhold)\s*\t?\s*(\d{1,3})", text)):
        found.append((line[1], int(line[2])))
    return tuple(found)


def alternatives(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find pages and pictures that a screen reader is silent about."""
    for subject in subjects:
        facts = subject.file
        if facts is None or facts.has_summary:
            continue
        place = _silent_place(facts)
        if facts.level == "none":
            sides = counted(facts.pages, "side", "sider")
            sentence = (
                f"{sides} kan ikke læses op af skærmlæser, og der er intet resumé."
            )
        elif facts.silent_pages:
            sides = counted(len(facts.silent_pages), "side", "sider")
            sentence = f"{sides} er billeder uden tekst, og der er intet resumé."
        elif facts.mute_pictures:
            many = counted(facts.mute_pictures, "billede", "billeder")
            sentence = f"{many} har ingen tekst til skærmlæser, og der er intet resumé."
        elif facts.level != "ok":
            sides = counted(facts.pages, "side", "sider")
            sentence = (
                f"{sides} er uden opmærkning, og der er intet resumé til skærmlæser."
            )
        else:
            continue
        yield flaw("alternatives", subject, place, sentence, place.where)


def _silent_place(facts: FileFacts) -> Passage:
    pages = facts.silent_pages
    if not pages:
        return Passage("file", "hele bilaget", "hele bilaget")
    shown = [str(page) for page in pages[:_MOST_SHOWN]]
    if len(pages) > _MOST_SHOWN:
        shown.append(f"{len(pages) - _MOST_SHOWN} mere")
    where = f"side {listed(shown)}"
    return Passage(f"page:{pages[0]}", where, where, page=pages[0])


def _last_page(subject: Subject) -> int:
    known = subject.file.pages if subject.file else 0
    return known or max((passage.page for passage in subject.passages), default=0)


def _threes(
    passages: Sequence[Passage],
) -> Iterator[tuple[Passage, Passage, Passage]]:
    for (one, two), (_, three) in pairwise(pairwise(passages)):
        yield one, two, three
