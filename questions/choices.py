"""Words with a fixed list."""

from __future__ import annotations

from typing import Final

from django.db import models

from accounts.choices import Role

ANSWERING: Final = (Role.DIRECTOR, Role.MEMBER)
"""Who answers for a municipality; of these only the director does so in person."""
EDITORS: Final = (Role.SECRETARIAT, Role.CHIEF)


READING: Final = (*EDITORS, *ANSWERING, Role.REPORTER)
"""Who may be let in at all: rows are asked for besides."""


class AnswerWay(models.TextChoices):
    """How an answer came that was not given in the portal."""

    MAIL = "mail", "På mail"
    PHONE = "phone", "På telefon"
    LETTER = "letter", "I et brev"
    MEETING = "meeting", "På et møde"


class LetterKind(models.TextChoices):
    """Why a mail is sent."""

    ASKED = "asked", "Spørgsmål"
    REMINDER = "reminder", "Påmindelse"
    EXTENDED = "extended", "Ny frist"
    RECEIPT = "receipt", "Kvittering"
    CALLED = "called", "Trukket tilbage"
