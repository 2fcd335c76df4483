"""Rows of dimensioning: educations, requests, offers, keys and scenarios."""

from dimensioning.models.comparison import ComparedRow, KeyComparison
from dimensioning.models.key import Criterion, Dataset, DatasetValue, DistributionKey
from dimensioning.models.offer import Demand, Offer, OfferCall
from dimensioning.models.programme import (
    Institution,
    PracticePeriod,
    Programme,
    Published,
    Specialisation,
)
from dimensioning.models.round import Cell, FormRow, Round, Split
from dimensioning.models.scenario import Adjustment, Receiver, Scenario, TieDecision

__all__ = [
    "Adjustment",
    "Cell",
    "ComparedRow",
    "Criterion",
    "Dataset",
    "DatasetValue",
    "Demand",
    "DistributionKey",
    "FormRow",
    "Institution",
    "KeyComparison",
    "Offer",
    "OfferCall",
    "PracticePeriod",
    "Programme",
    "Published",
    "Receiver",
    "Round",
    "Scenario",
    "Specialisation",
    "Split",
    "TieDecision",
]
