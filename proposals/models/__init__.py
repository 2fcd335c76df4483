"""The rows of the catalogues."""

from proposals.models.call import CallLetter, PositionCall
from proposals.models.catalogue import Catalogue, Illustration, SharedPoint, Theme
from proposals.models.details import (
    CrossReference,
    Dependency,
    Figure,
    Term,
    TitleReading,
)
from proposals.models.point import Point
from proposals.models.position import Position
from proposals.models.proposal import Proposal
from proposals.models.record import Record
from proposals.models.sheets import SheetExport, SheetImport
from proposals.models.unit import CooperationUnit

__all__ = [
    "CallLetter",
    "Catalogue",
    "CooperationUnit",
    "CrossReference",
    "Dependency",
    "Figure",
    "Illustration",
    "Point",
    "Position",
    "PositionCall",
    "Proposal",
    "Record",
    "SharedPoint",
    "SheetExport",
    "SheetImport",
    "Term",
    "Theme",
    "TitleReading",
]
