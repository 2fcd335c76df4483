"""The rows of the catalogues."""

from proposals.models.catalogue import Catalogue, Illustration, SharedPoint, Theme
from proposals.models.details import (
    CrossReference,
    Dependency,
    Figure,
    Term,
    TitleReading,
)
from proposals.models.point import Point
from proposals.models.proposal import Proposal
from proposals.models.record import Record
from proposals.models.unit import CooperationUnit

__all__ = [
    "Catalogue",
    "CooperationUnit",
    "CrossReference",
    "Dependency",
    "Figure",
    "Illustration",
    "Point",
    "Proposal",
    "Record",
    "SharedPoint",
    "Term",
    "Theme",
    "TitleReading",
]
