"""The rows of the catalogues."""

from proposals.models.call import CallLetter, PositionCall
from proposals.models.catalogue import Catalogue, Illustration, SharedPoint, Theme
from proposals.models.cluster import Cluster, ClusterMember
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
from proposals.models.saved_view import SavedView
from proposals.models.sheets import SheetExport, SheetImport
from proposals.models.source_note import SourceNote
from proposals.models.step import Step
from proposals.models.unit import CooperationUnit
from proposals.models.vision import Vision, VisionLink

__all__ = [
    "CallLetter",
    "Catalogue",
    "Cluster",
    "ClusterMember",
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
    "SavedView",
    "SharedPoint",
    "SheetExport",
    "SheetImport",
    "SourceNote",
    "Step",
    "Term",
    "Theme",
    "TitleReading",
    "Vision",
    "VisionLink",
]
