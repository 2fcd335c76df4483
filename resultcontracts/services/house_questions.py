"""A house is asked about what does not agree: by mail, answered on its own list.

Source: docs/rules.md R-182.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from core import clock
from core.errors import RuleViolationError
from core.history import act
from resultcontracts.choices import RoundLetterKind
from resultcontracts.models import HouseQuestion
from resultcontracts.services import round_letters, rounds
from resultcontracts.services.changing import changing

if TYPE_CHECKING:
    from accounts.models import User
    from meetings.models import Meeting
    from resultcontracts.contradictions.values import Finding
    from resultcontracts.models import Contract, Round
    from resultcontracts.services.round_letters import Letter

NO_QUESTION: Final = "Skriv, hvad I vil vide."
NO_ANSWER: Final = "Skriv et svar."
ANSWERED: Final = (
    "Der er svaret på spørgsmålet til dette møde. Spørg igen til det næste."
)
TODAY: Final = (
    "Der er allerede spurgt om det i dag. Portalen skriver højst én gang om dagen."
)


class AnsweredMeanwhileError(RuleViolationError):
    """A colleague answered since the form was opened.

    Attributes:
        row: the question with the answer as it stands.
    """

    def __init__(self, row: HouseQuestion) -> None:
        super().__init__("Der er svaret imens. Dit og det sendte er ikke ens.")
        self.row = row


def draft(about: Round, finding: Finding, whom: str, text: str) -> Letter:
    """Give the mail's words; the round's contract, meeting and council are loaded."""
    told = {"finding": finding, "whom": whom, "question": text.strip()}
    return round_letters.draft(RoundLetterKind.FINDING, about, [], **told)


def ask(
    contract: Contract,
    meeting: Meeting,
    *,
    finding: Finding,
    whom: str,
    text: str,
    by: User,
) -> HouseQuestion:
    """Ask the house's named person about a finding: one mail, with the person's link.

    Asked again before there is an answer, the question is in its new words.

    Args:
        contract, meeting: loaded with council and rules.
        whom: the goals and measures that it is about, in words.

    Raises:
        RuleViolationError: there is no question, it was asked today or is answered,
            nobody is named, or the papers have gone out.
    """
    if not text.strip():
        raise RuleViolationError(NO_QUESTION)
    with act("spurgte huset om en modsigelse", by):
        about = rounds.open_round(contract, meeting, by)
        link = rounds.link_of_house(about, contract)
        row = _row(about, finding.key)
        row.whom, row.title, row.reckoned = (
            whom[:200],
            finding.title[:300],
            finding.reckoned,
        )
        row.sides = [[side.place, side.text] for side in finding.sides]
        row.text, row.asked_at, row.asked_by = text.strip(), clock.now(), str(by)
        row.touch(by)
        row.full_clean(exclude={"sides"})
        row.save()
        words = draft(about, finding, whom, text)
        round_letters.write(words, to=link.email, link=link, by=by)
        return row


def _row(about: Round, finding: str) -> HouseQuestion:
    """Give the question of a round to be asked, new or again; the round is locked."""
    row = HouseQuestion.objects.filter(round=about, finding=finding).first()
    if row is None:
        return HouseQuestion(round=about, finding=finding, version=0)
    if not row.is_open:
        raise RuleViolationError(ANSWERED)
    if row.is_asked_today:
        raise RuleViolationError(TODAY)
    return row


def answer(
    pk: int, *, version: int, text: str, by: Any, through: str = ""
) -> HouseQuestion:
    """Answer a question, or put the answer in other words.

    Args:
        version: of the question as the form began with it.
        through: by which link, if by one.

    Raises:
        AnsweredMeanwhileError: somebody else answered meanwhile, in other words.
        RuleViolationError: there are no words.
    """
    said = text.strip()
    if not said:
        raise RuleViolationError(NO_ANSWER)
    with changing("svarede på et spørgsmål om en modsigelse", by, question=pk):
        row = HouseQuestion.checkout(pk)
        if row.answer == said:
            return row
        if row.version != version and row.answer:
            raise AnsweredMeanwhileError(row)
        row.answer, row.answered_at = said, clock.now()
        row.answered_by, row.answered_through = str(by), through
        row.touch(by)
        row.full_clean(exclude={"sides"})
        row.save()
        return row
