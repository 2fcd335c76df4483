"""The rows of meetings and packets."""

from meetings.models.appendix import Appendix
from meetings.models.finding import Answer, Checkup, Finding
from meetings.models.item import AgendaItem, Section
from meetings.models.meeting import Meeting
from meetings.models.packet import Packet, PacketPart
from meetings.models.publication import Publication, PublishedAppendix

__all__ = [
    "AgendaItem",
    "Answer",
    "Appendix",
    "Checkup",
    "Finding",
    "Meeting",
    "Packet",
    "PacketPart",
    "Publication",
    "PublishedAppendix",
    "Section",
]
