"""Makers of questions: places, people who answer for them, questions asked or not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from accounts.choices import Role
from accounts.models import Municipality, Organisation, User
from questions.models import Letter, Question, Recipient
from questions.services import questions as service
from tests.makers_packets import a_council, a_user

if TYPE_CHECKING:
    from accounts.models import Council, Membership
    from questions.choices import LetterKind

OPTIONS = "Ja\nNej\nIkke afgjort endnu"
DUE = date(2023, 11, 17)


def a_place(name: str = "Greve", council: Council | None = None) -> Municipality:
    """A municipality of the council, made where it is missing."""
    known = Municipality.objects.filter(name=name).first()
    if known:
        return known
    place = Municipality(
        code=800 + Municipality.objects.count(),
        name=name,
        council=council or a_council(),
        population=50000,
    )
    place.save()
    return place


def a_house(slug: str = "hus") -> Organisation:
    """An organisation, made where it is missing."""
    return Organisation.objects.get_or_create(slug=slug, defaults={"name": "Huset"})[0]


def somebody_of(name: str, role: Role = Role.DIRECTOR) -> User:
    """Somebody of a municipality, its director if nothing else is said; one a role."""
    email = f"{role}@{name.lower()}.example"
    known = User.objects.filter(email=email).first()
    return known or a_user(role=role, email=email, municipality=a_place(name))


def seat_of(user: User) -> Membership:
    """The one seat of a user, read as the middleware does."""
    rows = user.memberships.select_related("user", "council")
    return rows.select_related("user", "municipality", "organisation").get()


def a_secretary(council: Council | None = None) -> User:
    """Who asks; made where it is missing."""
    of = council or a_council()
    known = User.objects.filter(email=f"secretariat@{of.slug}.example").first()
    return known or a_user(of)


def a_question(
    *names: str,
    council: Council | None = None,
    others: tuple[tuple[str, str], ...] = (),
    houses: tuple[Organisation, ...] = (),
    **fields: Any,
) -> Question:
    """A draft that asks these municipalities."""
    of = council or a_council()
    values = {"text": "Vil kommunen?", "options": OPTIONS, "due_on": DUE, **fields}
    question = Question(council=of, **values)
    question.full_clean()
    question.save()
    for place in (a_place(name, of) for name in names):
        Recipient.objects.create(question=question, municipality=place, name=place.name)
    for house in houses:
        Recipient.objects.create(question=question, organisation=house, name=house.name)
    for name, email in others:
        Recipient.objects.create(question=question, name=name, email=email)
    return question


def an_asked_question(*names: str, **fields: Any) -> Question:
    """A question that was asked by the secretariat, today."""
    question = a_question(*names, **fields)
    return service.ask(question.pk, by=a_secretary(question.council))


def row_of(question: Question, name: str = "Greve") -> Recipient:
    """Who is asked under a name, as the database has it, with its question."""
    rows = Recipient.objects.select_related("question__council")
    return rows.get(question=question, name=name)


def mails(kind: LetterKind) -> list[tuple[str, list[str]]]:
    """The mails of a kind that were written: to whom by name, and to which addresses."""
    rows = Letter.objects.filter(kind=kind).order_by("recipient__sort_key", "pk")
    return [(row.recipient.name, row.to) for row in rows.select_related("recipient")]
