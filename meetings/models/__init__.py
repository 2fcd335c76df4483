"""The rows of meetings and packets."""

from meetings.models.appendix import Appendix
from meetings.models.approval import Approval
from meetings.models.attendance import Attendance
from meetings.models.calendar import CalendarLink
from meetings.models.closed import ClosedAppendix, ClosedPublication
from meetings.models.closed_minutes import ClosedEntry, ClosedMinutes
from meetings.models.comment import Comment
from meetings.models.deadline import DeadlineRule
from meetings.models.decision import Decision, FollowUp
from meetings.models.finding import Answer, Checkup, Finding
from meetings.models.guest import Guest
from meetings.models.item import AgendaItem, Section
from meetings.models.last_read import LastRead
from meetings.models.letter import Letter
from meetings.models.life import Announcement, StateStep
from meetings.models.meeting import Meeting
from meetings.models.member import Member
from meetings.models.minutes import LedgerEntry, Minutes, Paper
from meetings.models.note import Note
from meetings.models.packet import Packet, PacketPart
from meetings.models.presence import Presence
from meetings.models.publication import Publication, PublishedAppendix
from meetings.models.readthrough import ReadThrough
from meetings.models.sent_data import SentData
from meetings.models.sent_record import SentRecord
from meetings.models.stated import StatedNumber
from meetings.models.subscription import NewsMail, Subscription
from meetings.models.template import ItemTemplate
from meetings.models.withdrawal import Lifting, Withdrawal
from meetings.models.written import WordOriginal, WrittenBlock

__all__ = [
    "AgendaItem",
    "Announcement",
    "Answer",
    "Appendix",
    "Approval",
    "Attendance",
    "CalendarLink",
    "Checkup",
    "ClosedAppendix",
    "ClosedEntry",
    "ClosedMinutes",
    "ClosedPublication",
    "Comment",
    "DeadlineRule",
    "Decision",
    "Finding",
    "FollowUp",
    "Guest",
    "ItemTemplate",
    "LastRead",
    "LedgerEntry",
    "Letter",
    "Lifting",
    "Meeting",
    "Member",
    "Minutes",
    "NewsMail",
    "Note",
    "Packet",
    "PacketPart",
    "Paper",
    "Presence",
    "Publication",
    "PublishedAppendix",
    "ReadThrough",
    "Section",
    "SentData",
    "SentRecord",
    "StateStep",
    "StatedNumber",
    "Subscription",
    "Withdrawal",
    "WordOriginal",
    "WrittenBlock",
]
