"""The rows of meetings and packets."""

from meetings.models.appendix import Appendix
from meetings.models.item import AgendaItem, Section
from meetings.models.meeting import Meeting
from meetings.models.packet import Packet, PacketPart
from meetings.models.publication import Publication, PublishedAppendix

__all__ = [
    "AgendaItem",
    "Appendix",
    "Meeting",
    "Packet",
    "PacketPart",
    "Publication",
    "PublishedAppendix",
    "Section",
]
