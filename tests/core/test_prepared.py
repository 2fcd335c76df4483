"""Questions that are formed once: other values, the same rows, nothing remembered."""

from __future__ import annotations

import inspect
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from django.db.models import Count
from django.test import Client

from accounts.models import Membership, User
from core.bundle import Bundled, bundled
from core.prepared import Formed, Now, Open, Prepared, prepared
from tests.makers_packets import a_council, a_user

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


@prepared
def seats_of(user: int, slugs: list[str], *, counts: bool) -> QuerySet[Membership]:
    rows = Membership.objects.filter(user=user).order_by("pk")
    if counts:
        rows = rows.annotate(many=Count("council__memberships"))
    own = rows.filter(council__slug__in=["sjaelland", "hovedstaden"])
    return own.exclude(council__slug=slugs).select_related("council")


@prepared
def joined_before_now(user: int) -> QuerySet[User]:
    return User.objects.filter(pk=user, created_at__lt=Now())


@bundled
def people(user: int, email: str) -> tuple[QuerySet[Any], ...]:
    return User.objects.filter(pk=user), User.objects.filter(email=email)


@prepared
def names(email: str) -> QuerySet[User, Any]:
    return User.objects.filter(email=email).values_list("name", flat=True)


def test_it_gives_what_the_question_itself_gives_each_time_for_its_own_values(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first, second = a_user(a_council()), a_user(a_council("hovedstaden"))

    with django_assert_num_queries(3):
        found = [seats_of(user.pk, [], counts=True) for user in (first, second, first)]
        shown = [[(s.user_id, s.council.slug) for s in seats] for seats in found]

    own, other = [(first.pk, "sjaelland")], [(second.pk, "hovedstaden")]
    assert shown == [own, other, own]
    assert [vars(seat)["many"] for seat in found[0]] == [1]
    assert not hasattr(seats_of(first.pk, [], counts=False)[0], "many")


def test_values_and_bundles_are_asked_so_too() -> None:
    first, second = a_user(a_council()), a_user(a_council("hovedstaden"))

    assert names(first.email) == [first.name]
    assert names(second.email) == [second.name]
    assert people(first.pk, second.email) == [[first], [second]]
    assert people(second.pk, "") == [[second], []]
    assert names.first("nobody@sjaelland.example") is None


def test_the_moment_is_that_of_asking(settings: Any) -> None:
    user = a_user(a_council())
    settings.CLOCK_DATE = date(2000, 1, 1)
    long_ago = joined_before_now(user.pk)
    settings.CLOCK_DATE = date(2100, 1, 1)

    assert (long_ago, joined_before_now(user.pk)) == ([], [user])


def shapes(question: Prepared[Any]) -> list[dict[str, Any]]:
    """Every shape of a question: of each word that is true or false, both."""
    given = inspect.signature(question.form).parameters.values()
    words = [each.name for each in given if each.kind is each.KEYWORD_ONLY]
    chosen = product((True, False), repeat=len(words))
    return [dict(zip(words, each, strict=True)) for each in chosen]


def statements() -> dict[str, tuple[str, str]]:
    """The statement and the fixed values of each question of the portal, formed anew."""
    found = {}
    for question in Prepared.every:
        question.shapes.clear()
        for shape in shapes(question):
            formed: Formed = question.formed(**shape)
            name = f"{question.form.__module__}.{question.form.__name__} {shape}"
            params = [each for each in formed.params if not isinstance(each, Open)]
            found[name] = (formed.sql, repr(params))
    return found


def test_no_question_remembers_the_day_it_was_formed_on(
    settings: Any,
) -> None:
    Client().get("/")  # every module is loaded
    settings.CLOCK_DATE = date(2001, 2, 3)
    once = statements()
    settings.CLOCK_DATE = date(2031, 12, 30)

    assert statements() == once
    assert len(once) > 12
    assert any(isinstance(question, Bundled) for question in Prepared.every)
