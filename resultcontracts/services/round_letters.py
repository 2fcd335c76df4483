"""Mails about figures: the call, a reminder, a question, what came back or was approved.

They wait in a table and are sent as the portal's other mails (core.letters). A link is
put into a mail when it goes out, and stands nowhere before.

Source: docs/rules.md R-143, R-144.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from django.template.loader import render_to_string

from core import clock, formats, letters
from resultcontracts.choices import Qualifier, RoundLetterKind
from resultcontracts.models import RoundLetter
from resultcontracts.models.calls import LINK_PLACE
from resultcontracts.queries.rounds import call_rule_of, contact_of, days_of
from resultcontracts.standing.numbers import Reading
from resultcontracts.standing.periods import Period, months_between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accounts.models import User
    from resultcontracts.models import Contract, Measure, Measurement, Round, RoundLink

SUBJECT: Final = 300
GAP: Final = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it would be written: what for, of which round, about which measures."""

    kind: RoundLetterKind
    about: Round
    measures: tuple[int, ...]
    subject: str
    body: str

    @property
    def shown(self) -> str:
        """The body as it is shown before it is sent: the link is for one person only."""
        return re.sub(re.escape(LINK_PLACE) + r"\S*", "(personligt link)", self.body)


@dataclass(frozen=True, slots=True)
class Asked:
    """One measure as a mail tells of it."""

    label: str
    name: str
    key: str
    due: str
    since: str
    late: str


def asked(measure: Measure) -> Asked:
    """Give what a mail says of a measure today; no query."""
    due, today = measure.due_on, clock.today()
    months = months_between(due, today) if due is not None and due < today else 0
    late = formats.counted(months, "måned", "måneder") if months else ""
    name = measure.name[:1].lower() + measure.name[1:]
    period = Period(measure.due_name, due, measure.due_is_year)
    since = measure.due_name or (formats.long_date(due) if due else "")
    return Asked(measure.label, name, measure.key, period.text, since, late)


def draft(
    kind: RoundLetterKind,
    about: Round,
    measures: Sequence[Measure],
    **more: Any,
) -> Letter:
    """Give a mail's words; the round's contract, meeting and council are loaded."""
    days = days_of(about.meeting)
    told = {
        "council": about.contract.council.name,
        "contract": about.contract,
        "house": about.contract.house.name,
        "meeting": formats.long_date(about.meeting.held_on),
        "due": f"{formats.weekday(days.due_on)} {formats.long_date(days.due_on)}",
        "sends": formats.long_date(days.sends_on),
        "measures": [asked(each) for each in measures],
        "link": LINK_PLACE,
        **more,
    }
    name = f"resultcontracts/mail/{kind}"
    subject = render_to_string(f"{name}_subject.txt", told).strip()
    body = render_to_string(f"{name}.txt", told).strip()
    pks = tuple(each.pk for each in measures)
    return Letter(kind, about, pks, _one_line(subject), GAP.sub("\n\n", body) + "\n")


def _one_line(subject: str) -> str:
    """Keep a subject on one line, and as long as one may be: names may be long."""
    return " ".join(subject.split())[:SUBJECT]


def write(words: Letter, *, to: str, link: RoundLink | None, by: Any) -> RoundLetter:
    """Write a mail, and the job that sends it; call it inside the act that needs it.

    Args:
        by: the user; what is answered to the mail goes there. To a mail of the portal's
            own it goes where the council says.

    Raises:
        ValidationError: an address or the subject is none.
    """
    letter = RoundLetter(
        round=words.about,
        link=link,
        kind=words.kind,
        measures=list(words.measures),
        to=[to],
        reply_to=_reply_to(words.about, by),
        subject=words.subject,
        body=words.body,
        written_by=str(by),
    )
    letter.clean_fields()
    letter.save()
    letters.defer_sending(RoundLetter.send)
    return letter


def _reply_to(about: Round, by: Any) -> str:
    own: str = getattr(by, "email", "")
    return own or call_rule_of(about.contract.council).reply_to


def link_to(about: Round, contract: Contract) -> RoundLink | None:
    """Give the link of the house's named person in a round; made where there is none.

    None where nobody is named.
    """
    contact = contact_of(contract)
    if contact is None:
        return None
    made, _ = about.links.get_or_create(
        email=contact.email, defaults={"name": contact.name}
    )
    return made


def tell_returned(row: Measurement, *, by: User) -> None:
    """Tell whoever was asked that an answer came back, and why."""
    _tell(RoundLetterKind.RETURNED, row, by, reason=row.returned_reason)


def tell_reopened(row: Measurement, *, by: User) -> None:
    """Tell whoever was asked that an approval is taken back, and why."""
    _tell(RoundLetterKind.REOPENED, row, by, reason=row.reopened_reason)


def tell_approved(row: Measurement, *, by: User) -> None:
    """Tell whoever was asked that an answer is approved."""
    _tell(RoundLetterKind.APPROVED, row, by, answer=answer_of(row))


def answer_of(row: Measurement) -> str:
    """Give an answer in a word: "41 pct.", "ikke målt"."""
    if row.missing:
        return str(row.get_missing_display())
    unit, word = row.measure.unit, Qualifier(row.qualifier)
    if row.asked and row.counted is not None:
        return f"{Reading.share(row.counted, row.asked).text} {unit}"
    if row.low is None or row.high is None:
        return ""
    low, high = Fraction(row.low), Fraction(row.high)
    return f"{Reading(low, high, unit, word, row.printed).text} {unit}".strip()


def _tell(kind: RoundLetterKind, row: Measurement, by: User, **more: Any) -> None:
    about = row.asked_in
    if about is None:
        return
    link = link_to(about, about.contract)
    if link is None:
        return
    words = draft(kind, about, [row.measure], **more)
    write(words, to=link.email, link=link, by=by)
