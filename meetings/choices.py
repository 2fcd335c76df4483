"""Words with a fixed list."""

from __future__ import annotations

from typing import Self

from django.db import models

MAX_SECTIONS = 20
"""Of one meeting."""


class MeetingKind(models.TextChoices):
    """Who meets; the label begins the meeting's name."""

    KKR = "kkr", "KKR-møde"
    DIRECTORS = "directors", "K17-møde"
    STEERING = "steering", "Styregruppemøde"
    HEARING = "hearing", "Skriftlig høring"


class Body(models.TextChoices):
    """Where somebody sits; the values are those of the kinds of meeting it holds."""

    KKR = "kkr", "KKR"
    DIRECTORS = "directors", "K17"
    STEERING = "steering", "Styregruppen"

    @classmethod
    def of(cls, kind: str) -> Self:
        """Give the body that a meeting of a kind is of; a written hearing is KKR's."""
        return cls(kind) if kind in cls.values else cls.KKR


def who_meets(kind: str, council: str) -> str:
    """Give who decides at a meeting: "KKR Sjælland", "K17", "Styregruppen".

    Args:
        kind: of meeting; a written hearing is the council's.
        council: its name.

    Source: docs/rules.md R-72.
    """
    body = Body.of(kind)
    return council if body == Body.KKR else str(body.label)


def body_of(kind_of_meeting: str) -> str:
    """Give who meets, in short, by what such a meeting is called: "K17"; "" is KKR's.

    Source: docs/rules.md R-72.
    """
    kinds = {str(kind.label): kind for kind in MeetingKind}
    return str(Body.of(kinds.get(kind_of_meeting, MeetingKind.KKR)).label)


def in_sentence(body: str) -> str:
    """Give a body within a sentence: "styregruppen"; "KKR" and "K17" as they are."""
    return body if body.isupper() else f"{body[:1].lower()}{body[1:]}"


class MeetingState(models.TextChoices):
    """How far a meeting is; ``meetings.steps`` says which step may follow which."""

    DRAFT = "draft", "Udkast"
    APPROVAL = "approval", "Til godkendelse"
    SENT = "sent", "Sendt"
    HELD = "held", "Afholdt"
    APPROVED = "approved", "Referat godkendt"
    CLOSED = "closed", "Lukket"


class MemberRole(models.TextChoices):
    """What somebody is in a council."""

    CHAIR = "chair", "Formand"
    DEPUTY = "deputy", "Næstformand"
    MEMBER = "member", "Medlem"
    SUBSTITUTE = "substitute", "Suppleant"


class LetterKind(models.TextChoices):
    """Why a mail was written."""

    APPROVAL = "approval", "Godkendelse"
    SENT = "sent", "Udsendelse"
    TOLD = "told", "Meddelelse"
    MINUTES = "minutes", "Referat"


class Cause(models.TextChoices):
    """What a mail tells of; the values are what its row calls it."""

    PUBLICATION = "publication", "Version"
    ANNOUNCEMENT = "announcement", "Meddelelse"
    MINUTES = "minutes", "Referat"


class ApprovalAnswer(models.TextChoices):
    """What the chairman or a deputy said of an agenda."""

    APPROVED = "approved", "Godkendt"
    RETURNED = "returned", "Sendt tilbage"


class Fate(models.TextChoices):
    """What was announced of a meeting or an item that had been sent."""

    CANCELLED = "cancelled", "Aflyst"
    POSTPONED = "postponed", "Udsat"
    WITHDRAWN = "withdrawn", "Udgået"
    STANDS = "stands", "Gælder igen"


class ItemKind(models.TextChoices):
    """What kind of item it is; what the council is asked to do is a field of its own."""

    THEME = "theme", "Temadrøftelse"
    DECISION = "decision", "Beslutningssag"
    INFORMATION = "information", "Orienteringssag"
    FORMAL = "formal", "Formelt punkt"


class Action(models.TextChoices):
    """What the council is asked to do; the label follows "KKR"."""

    DISCUSSES = "discusses", "drøfter"
    ACCEDES = "accedes", "tiltræder"
    APPROVES = "approves", "godkender"
    NOTES = "notes", "tager til efterretning"
    ANSWERS = "answers", "afgiver svar"


class Outcome(models.TextChoices):
    """What became of an item; what it says in full is a text of its own."""

    ACCEDED = "acceded", "Tiltrådt"
    APPROVED = "approved", "Godkendt"
    NOTED = "noted", "Taget til efterretning"
    DISCUSSED = "discussed", "Drøftet"
    ANSWERED = "answered", "Svar afgivet"
    POSTPONED = "postponed", "Udsat"
    REJECTED = "rejected", "Ikke tiltrådt"


class Presence(models.TextChoices):
    """Whether a member was at a meeting."""

    PRESENT = "present", "Til stede"
    APOLOGY = "apology", "Afbud"
    ABSENT = "absent", "Udeblevet"


class PaperKind(models.TextChoices):
    """What of a meeting is printed besides its packet."""

    AGENDA = "agenda", "Dagsorden"
    WHOLE = "whole", "Dagsorden og bilag"
    BUNDLE = "bundle", "Alt i én zip"
    MINUTES = "minutes", "Referat"
    CLOSED = "closed", "Lukket referat"


class ReplyDeadline(models.TextChoices):
    """What is known about when an answer is due; a stated absence is not an empty field."""

    UNKNOWN = "", "Ikke udfyldt"
    DATED = "dated", "Dato"
    NOT_STATED = "not_stated", "Ikke angivet i brevet"


class ClosedTo(models.TextChoices):
    """Who reads an item's closed material besides those who write the agenda."""

    COUNCIL = "council", "Rådets medlemmer og kommunaldirektørerne"
    CHOSEN = "chosen", "Kun dem, jeg vælger"
    SECRETARIAT = "secretariat", "Kun sekretariatet"


class AppendixKind(models.TextChoices):
    """Where an appendix comes from."""

    UPLOADED = "uploaded", "Fil udefra"
    GENERATED = "generated", "Dannes af data"
    WRITTEN = "written", "Skrevet i portalen"


class BlockKind(models.TextChoices):
    """What a block of a written appendix is."""

    TEXT = "text", "Tekst"
    FIGURE = "figure", "Nøgletal"
    PICTURE = "picture", "Billede"
    CHART = "chart", "Diagram"


class DocumentStatus(models.TextChoices):
    """How far a document is, of a fixed list; what it says of itself is a text beside."""

    UNKNOWN = "", "Ikke angivet"
    DRAFT = "draft", "Udkast"
    HEARING = "hearing", "Høringsudkast"
    FINAL = "final", "Endelig"


class Language(models.TextChoices):
    """What an appendix is written in, as BCP 47 says it."""

    UNKNOWN = "", "Ikke angivet"
    DANISH = "da", "Dansk"
    ENGLISH = "en", "Engelsk"
    SWEDISH = "sv", "Svensk"
    NORWEGIAN = "nb", "Norsk"
    GERMAN = "de", "Tysk"


class PacketState(models.TextChoices):
    """How far a build has come."""

    QUEUED = "queued", "Venter"
    BUILDING = "building", "Bygges"
    BUILT = "built", "Bygget"
    FAILED = "failed", "Mislykket"
    STOPPED = "stopped", "Stoppet"


class PartKind(models.TextChoices):
    """What a part of a packet is."""

    CONTENTS = "contents", "Indholdsfortegnelse"
    APPENDIX = "appendix", "Bilag"


class MakeState(models.TextChoices):
    """Step 1 of a part: make it."""

    WAITING = "waiting", "Venter"
    MAKING = "making", "Dannes nu"
    REUSED = "reused", "Genbrugt"
    MADE = "made", "Dannet igen"
    CHECKED = "checked", "Ny fil kontrolleret"
    LAST = "last", "Dannes til sidst"
    FAILED = "failed", "Fejl"


class JoinState(models.TextChoices):
    """Step 2 of a part: put it into the packet."""

    WAITING = "waiting", "Venter"
    JOINED = "joined", "Sat ind"
