"""Rounds of calls: sent, reminded of, asked about; who is written to, and when.

Source: docs/rules.md R-142, R-143.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from accounts.models import Council
from core import clock
from core.errors import RuleViolationError
from core.history import act
from core.versions import Saved, save_merged
from resultcontracts.choices import RoundLetterKind as Kind
from resultcontracts.models import (
    CallRule,
    Contact,
    Contract,
    Measure,
    Round,
    RoundLetter,
    RoundLink,
)
from resultcontracts.queries.rounds import days_of
from resultcontracts.services import round_letters
from resultcontracts.services.round_letters import Letter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from meetings.models import Meeting

NOBODY: Final = "Skriv først, hvem der svarer for indberetteren."
CALLED: Final = "Opkaldet er allerede sendt. Mind om de tal, der mangler."
NOTHING: Final = "Der er ingen tal at spørge om."
TODAY: Final = (
    "Der er allerede skrevet om det i dag. Portalen skriver højst én gang om dagen."
)
OVER: Final = "Bilaget er sendt. Spørg til næste møde."


def call(
    contract: Contract, meeting: Meeting, *, measures: Iterable[int], by: Any
) -> RoundLetter:
    """Call for figures: one mail to the house's named person, with one link.

    Args:
        contract, meeting: loaded with council and rules.
        by: the user, or the portal itself.

    Raises:
        RuleViolationError: it was sent, nobody is named, there is nothing to ask about,
            or the papers have gone out.
    """
    with act("sendte et opkald om tal", by):
        about = open_round(contract, meeting, by)
        if about.called_at is not None:
            raise RuleViolationError(CALLED)
        rows = _asked_for(contract, measures)
        link = link_of_house(about, contract)
        about.called_at, about.called_by = clock.now(), str(by)
        _ask(about, rows, by)
        words = round_letters.draft(Kind.CALLED, about, rows)
        return round_letters.write(words, to=link.email, link=link, by=by)


def remind(
    contract: Contract,
    meeting: Meeting,
    *,
    measures: Iterable[int],
    by: User,
    kind: Kind = Kind.REMINDER,
) -> RoundLetter:
    """Remind of figures, or ask about them: one mail, of each figure once a day at most.

    Raises:
        RuleViolationError: all of them were written about today, nobody is named, or the
            papers have gone out.
    """
    with act("mindede om tal", by):
        about = open_round(contract, meeting, by)
        rows = _asked_for(contract, measures)
        told = told_today(about)
        rows = [row for row in rows if row.pk not in told]
        if not rows:
            raise RuleViolationError(TODAY)
        link = link_of_house(about, contract)
        _ask(about, rows, by)
        words = round_letters.draft(kind, about, rows, has_link=True)
        return round_letters.write(words, to=link.email, link=link, by=by)


def ask_elsewhere(
    contract: Contract,
    meeting: Meeting,
    *,
    measure: Measure,
    to: str,
    by: User,
    **words: str,
) -> RoundLetter:
    """Write to somebody else about a figure that the agreement does not give the council.

    There is no link in it: nobody but the house enters figures.

    Args:
        words: ``subject``, ``body``.

    Raises:
        RuleViolationError: it was written about today, or the papers have gone out.
        ValidationError: the address or the subject is none.
    """
    with act("spurgte om et tal", by):
        about = open_round(contract, meeting, by)
        if measure.pk in told_today(about):
            raise RuleViolationError(TODAY)
        letter = Letter(Kind.ASKED, about, (measure.pk,), **words)
        return round_letters.write(letter, to=to.strip(), link=None, by=by)


def told_today(about: Round) -> set[int]:
    """Give the measures that somebody was reminded of or asked about today: one query."""
    rows = RoundLetter.objects.filter(
        round=about, day=clock.today(), kind__in=(Kind.REMINDER, Kind.ASKED)
    )
    return {pk for pks in rows.values_list("measures", flat=True) for pk in pks}


def set_contact(
    council_pk: int,
    house_pk: int,
    *,
    version: int,
    by: User,
    **values: Any,
) -> Saved[Contact]:
    """Name whom the council writes to at a house; the links of another one stop working.

    Args:
        version: the one the user opened; 0 before there is one.
        values: ``name``, ``email``.

    Raises:
        ConflictError: somebody named another meanwhile.
        ValidationError: there is no name, or the address is none.
    """
    with act("rettede, hvem der svarer om tal", by):
        Council.objects.select_for_update().get(pk=council_pk)
        own = Contact.objects.filter(council=council_pk, house=house_pk)
        row = own.select_for_update().first()
        if row is None:
            row = Contact(
                council_id=council_pk,
                house_id=house_pk,
                changed_by=str(by),
                **values,
            )
            row.full_clean()
            row.save()
            return Saved(row, is_written=True)
        before = row.email
        saved = save_merged(row, values, version=version, by=by)
        if row.email != before:
            _close_links(council_pk, house_pk, before, by)
        return saved


def _close_links(council_pk: int, house_pk: int, email: str, by: User) -> None:
    """Let the links of somebody who no longer answers open nothing."""
    rows = RoundLink.objects.filter(
        round__contract__council=council_pk,
        round__contract__house=house_pk,
        email=email,
    )
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        row.turn += 1
        row.touch(by)
        row.save()


def set_rule(
    council_pk: int, *, version: int, by: User, **values: Any
) -> Saved[CallRule]:
    """Save how long before a meeting the council calls, and when figures are to be here.

    Args:
        version: the one the user opened; any before the first save.
        values: ``weeks``, ``days``, ``sends_itself``, ``reply_to``.

    Raises:
        ConflictError: somebody changed the same number to another one.
        ValidationError: too many or too few.
    """
    with act("rettede fristerne for tal", by):
        Council.objects.select_for_update().get(pk=council_pk)
        made, _ = CallRule.objects.get_or_create(council_id=council_pk)
        rule = CallRule.checkout(made.pk)
        return save_merged(rule, values, version=version, by=by)


def note_opened(link: RoundLink, *, by: Any) -> None:
    """Write down when a link was first opened."""
    if link.opened_at is not None:
        return
    with act("åbnede et link til indberetning", by):
        row = RoundLink.checkout(link.pk)
        if row.opened_at is None:
            row.opened_at = clock.now()
            row.touch(by)
            row.save()


def open_round(contract: Contract, meeting: Meeting, by: Any) -> Round:
    """Lock the round of a meeting; begun where there is none.

    Raises:
        RuleViolationError: the papers have gone out.
    """
    if days_of(meeting).is_over or days_of(meeting).is_sent:
        raise RuleViolationError(OVER)
    Contract.checkout(contract.pk)
    made, _ = Round.objects.get_or_create(
        contract=contract, meeting=meeting, defaults={"changed_by": str(by)}
    )
    about = Round.checkout(made.pk)
    about.contract, about.meeting = contract, meeting
    return about


def _asked_for(contract: Contract, pks: Iterable[int]) -> list[Measure]:
    rows = Measure.objects.filter(
        pk__in=list(pks), goal__contract=contract, is_asked_for=True
    )
    found = list(rows.order_by("goal__number", "position", "pk"))
    if not found:
        raise RuleViolationError(NOTHING)
    return found


def _ask(about: Round, rows: Iterable[Measure], by: Any) -> None:
    about.measures = sorted({*about.measures, *(row.pk for row in rows)})
    about.touch(by)
    about.save()


def link_of_house(about: Round, contract: Contract) -> RoundLink:
    """Give the link of the house's named person in a round.

    Raises:
        RuleViolationError: nobody is named.
    """
    link = round_letters.link_to(about, contract)
    if link is None:
        raise RuleViolationError(NOBODY)
    return link
