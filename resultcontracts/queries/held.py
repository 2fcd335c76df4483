"""Rows of one contract that a view has found through ``visible_to``, and of one round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from resultcontracts.models import (
    Evidence,
    HouseQuestion,
    Measurement,
    ReportDraft,
    Round,
)

if TYPE_CHECKING:
    from resultcontracts.models import Contract


def measurements_of(contract: Contract) -> Any:
    """Give the contract's measurements, whatever their state."""
    return Measurement.objects.filter(measure__goal__contract=contract)


def files_of(contract: Contract) -> Any:
    """Give the evidence of the contract that is a file."""
    return Evidence.objects.filter(goal__contract=contract).exclude(file="")


def called_rounds_of(contract: Contract) -> Any:
    """Give the rounds in which something was asked, of meetings that are there."""
    is_asked = Exists(HouseQuestion.objects.filter(round=OuterRef("pk")))
    rows = Round.objects.filter(Q(measures__len__gt=0) | is_asked, contract=contract)
    return rows.filter(meeting__is_removed=False)


def questions_of(about: Round) -> Any:
    """Give what a house is asked in a round about things that do not agree."""
    return HouseQuestion.objects.filter(round=about)


def drafts_of(about: Round, writer: str) -> Any:
    """Give what one writer has begun to answer in a round."""
    return ReportDraft.objects.filter(round=about, writer=writer)
