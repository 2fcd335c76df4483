"""What must be put right in the words of minutes before anybody else reads them.

The agenda's own words were checked when it was sent; here it is what was written since.

Source: docs/rules.md R-73.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse

from documents.checks import Passage, Subject, rich_passages, run
from meetings.closed.naming import closed_names, named_in
from meetings.minutes.document import task_words
from meetings.obstacles import Obstacle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents.checks import Flaw
    from meetings.minutes.value import Decided, Written
    from meetings.replies import Reply

ASKED: Final = frozenset({"cpr", "placeholder", "unfinished", "undrawable"})
"""The checks of packets that are errors in our own text, whatever the text is about."""
CPR: Final = "cpr"
NOT_CPR: Final = (
    "Slet det. Er det et andet nummer, så skriv, hvad det er, foran det og uden "
    "bindestreg: ”sagsnr. 0102031234”."
)
ANSWERED: Final = "Svaret er en andens ord: ret det med den, der gav det."


@dataclass(frozen=True, slots=True)
class _Place:
    """A text of the minutes, and where it is put right.

    Attributes:
        name: how a sentence begins that tells of it: "Beslutningen til punkt 2.1".
        is_ours: not an answer that somebody else gave.
        is_closed: it stands in the closed minutes.
    """

    name: str
    url: str
    passages: tuple[Passage, ...]
    is_ours: bool = True
    is_closed: bool = False

    @property
    def text(self) -> str:
        """All of it in one run."""
        return " ".join(each.text for each in self.passages)


def faults(own: Written) -> tuple[Obstacle, ...]:
    """Give what is wrong with what was written, each with the link to it; no query."""
    found: list[Obstacle] = []
    names = closed_names(own.behind.edition.agenda.items) if own.behind else {}
    for place in _places(own):
        told = run((_subject(place),), only=ASKED if place.is_ours else {CPR})
        sentences = [_said(flaw, place) for flaw in told]
        if not place.is_closed:
            sentences += [
                f"Alle læser det, og det nævner {of}, som er lukket, ved navn."
                for _, of in named_in(place.text, names)
            ]
        found += [
            Obstacle(f"{place.name}: {said}", place.url, "Ret det")
            for said in dict.fromkeys(sentences)
        ]
    return tuple(found)


def _said(flaw: Flaw, place: _Place) -> str:
    """Say what is wrong; of a number, which is never shown, how it is put right."""
    if flaw.check != CPR:
        return f"{flaw.sentence} ”{flaw.quote}”"
    what = flaw.sentence.partition(".")[0]
    return f"{what}. {NOT_CPR if place.is_ours else ANSWERED}"


def _subject(place: _Place) -> Subject:
    return Subject(place.name, place.name, "", "", place.passages)


def _places(own: Written) -> Iterator[_Place]:
    """Give each text that was written for the minutes, in their order."""
    slug = own.meeting.slug
    for guest in own.guests:
        url = reverse("meetings:attendance", args=[slug])
        yield _Place(f"”Også til stede”, {guest.name}", url, _plain(guest.words))
    for each in own.whole:
        yield from _of_item(slug, each)
    for task in own.tasks:
        if task.item_id is None:
            words = _plain(task_words(task))
            yield _Place("En opgave uden punkt", task.get_absolute_url(), words)


def _of_item(slug: str, own: Decided) -> Iterator[_Place]:
    number, decision = own.item.number, own.decision
    shut = own.item.is_closed
    url = reverse("meetings:decision", args=[slug, own.item.slug])
    texts = (
        *rich_passages("decision", "Beslutning", decision.text),
        *rich_passages("minority", "Mindretal", decision.minority),
        *_plain(decision.minority_by),
    )
    yield _Place(f"Beslutningen til punkt {number}", url, texts, is_closed=shut)
    if decision.answer:
        url = reverse("meetings:answer-before", args=[slug, own.item.slug])
        said = (*_plain(decision.answer), *_plain(decision.answered_by))
        yield _Place(f"Svaret før mødet til punkt {number}", url, said, is_closed=shut)
    for reply in own.replies:
        if not reply.is_open:
            name = f"Svarene til punkt {number}"
            yield _Place(name, reply.url, _given(reply), is_ours=False, is_closed=shut)
    for task in own.tasks:
        name, words = f"En opgave til punkt {number}", _plain(task_words(task))
        yield _Place(name, task.get_absolute_url(), words, is_closed=shut)


def _given(reply: Reply) -> tuple[Passage, ...]:
    texts = (f"{who} {said}" for who, said in reply.given)
    return tuple(each for text in texts for each in _plain(text))


def _plain(text: str) -> tuple[Passage, ...]:
    folded = " ".join(text.split())
    return (Passage("plain", "", folded),) if folded else ()
