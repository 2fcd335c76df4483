"""Every check of one meeting, in the order of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.checks import CHECKS, run
from meetings.agenda import records_digest
from meetings.checking.borrowed import borrowed
from meetings.checking.closed import closed_in_open
from meetings.checking.deadlines import deadlines
from meetings.checking.found import OUTSIDE, Found
from meetings.checking.material import read
from meetings.checking.missing import folded, missing
from meetings.checking.numbers import loose_numbers
from meetings.checking.people import people
from meetings.checking.spots import Spots
from meetings.checking.subjects import subjects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from documents.checks import Check, Flaw, Subject
    from meetings.checking.found import Spot

WORDS = "Sprog og tegn"
# How an error is put right that may be mended in more than one place.
_HINTS = {
    "status": (
        "Læg den endelige fil ind. Er det udkastet, der skal sendes, så ret punktets "
        "titel og bilagets status."
    ),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a meeting.

    Attributes:
        found: in the order of the page, each fingerprint once.
        clean: names of the checks of texts that found nothing, in small letters.
        digest: of the records that were read.
    """

    found: tuple[Found, ...]
    clean: tuple[str, ...]
    digest: str


def check(meeting_pk: int) -> Checked:
    """Check a meeting as it stands: reads rows, forms documents, opens texts."""
    material = read(meeting_pk)
    own = subjects(material)
    spots = Spots(material)
    flaws = _without_withdrawn(run(own), own)
    found = [
        *_told(flaws, own, spots),
        *deadlines(material, {each.key: each for each in own}, spots),
        *loose_numbers(material, {each.key: each for each in own}, spots),
        *missing(material, spots),
        *closed_in_open(material, {each.key: each for each in own}, spots),
        *borrowed(material, spots),
        *people(material.meeting),
    ]
    single = folded(_without_doubles(found), material, spots)
    kept = {each.fingerprint: each for each in single}
    broken = {each.check for each in kept.values()}
    return Checked(
        found=tuple(sorted(kept.values(), key=lambda each: each.order)),
        clean=tuple(each.name.lower() for each in CHECKS if each.key not in broken),
        digest=records_digest(material.agenda),
    )


def _without_withdrawn(
    flaws: Iterable[Flaw], own: Iterable[Subject]
) -> tuple[Flaw, ...]:
    """Leave out what is told of a withdrawn appendix: it is not printed."""
    told = {each.key for each in own if each.title or each.label.startswith("punkt ")}
    return tuple(flaw for flaw in flaws if flaw.subject in told)


def _told(
    flaws: Sequence[Flaw], own: Sequence[Subject], spots: Spots
) -> Iterator[Found]:
    checks = {each.key: each for each in CHECKS}
    by_key = {each.key: each for each in own}
    by_label = {each.label: each for each in own}
    for flaw in flaws:
        asked, subject = checks[flaw.check], by_key[flaw.subject]
        is_error = asked.tone(subject) == "error"
        spot = spots.of_flaw(flaw)
        yield Found(
            check=flaw.check,
            group=_group(asked, subject),
            is_error=is_error,
            may_answer=not is_error or asked.may_override,
            spot=spot,
            where=_where(flaw, subject, spot),
            sentence=flaw.sentence,
            quote=_quote(flaw, subject, by_label),
            fingerprint=flaw.fingerprint,
            hint=_HINTS.get(flaw.check, "") if is_error else "",
        )


def _group(asked: Check, subject: Subject) -> str:
    """Words in a file from outside are the file's, not ours."""
    return OUTSIDE if asked.group == WORDS and subject.is_foreign else asked.group


def _where(flaw: Flaw, subject: Subject, spot: Spot) -> str:
    """Say the place inside, unless the packet's page says it.

    A foreign file's own pages are called its own.
    """
    if subject.is_foreign and flaw.where == f"side {flaw.page}" and spot.place:
        return ""
    if flaw.where.startswith("side ") and subject.is_foreign:
        return f"Bilagets {flaw.where}"
    return "" if flaw.where in {subject.title, "Titel"} else flaw.where


def _quote(flaw: Flaw, subject: Subject, by_label: Mapping[str, Subject]) -> str:
    """Give the words themselves; of two that contradict each other, the ones not there."""
    if flaw.quote == flaw.where:
        return ""
    item = by_label.get(f"punkt {subject.label.partition(' ')[0]}")
    if flaw.check == "status" and item is not None:
        return f"Punktet: {item.title}"
    return flaw.quote


def _without_doubles(found: Sequence[Found]) -> Iterator[Found]:
    """Leave out what somebody noted by hand, or the intake saw, and a check found too."""
    seen = {(each.check, each.spot.label) for each in found}
    counted = {(each.check, each.spot.label) for each in found if each.quote}
    for each in found:
        label = each.spot.label
        is_noted = each.check == "contradiction" and ("status", label) in seen
        is_told = each.check == "status-unsaid" and ("contradiction", label) in seen
        is_twice = each.check == "cpr" and not each.quote and ("cpr", label) in counted
        if not (is_noted or is_told or is_twice):
            yield each
