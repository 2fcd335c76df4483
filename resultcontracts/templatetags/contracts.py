"""What pages say of a goal: the words that PDF, mail and CSV have too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from core import clock
from resultcontracts.standing import sentence as words

if TYPE_CHECKING:
    from resultcontracts.standing.goals import GoalStanding

register = template.Library()


@register.filter
def sentence(goal: GoalStanding) -> str:
    """Say where a goal stands, status first."""
    return words.sentence(goal)


@register.filter
def sentence_body(goal: GoalStanding) -> str:
    """Say it without its status, where that stands beside it."""
    return words.body(goal)


@register.filter
def freshness(goal: GoalStanding) -> str:
    """Say how old the goal's number is today."""
    return words.freshness(goal, clock.today())
