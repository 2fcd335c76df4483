"""Words with a fixed list."""

from __future__ import annotations

from django.db import models

MAX_SECTIONS = 20
"""Of one meeting."""


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


class ReplyDeadline(models.TextChoices):
    """What is known about when an answer is due; a stated absence is not an empty field."""

    UNKNOWN = "", "Ikke udfyldt"
    DATED = "dated", "Dato"
    NOT_STATED = "not_stated", "Ikke angivet i brevet"


class AppendixKind(models.TextChoices):
    """Where an appendix comes from."""

    UPLOADED = "uploaded", "Fil udefra"
    GENERATED = "generated", "Dannes af data"


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
