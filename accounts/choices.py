"""Words with a fixed list."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """What a user may do in one council."""

    SECRETARIAT = "secretariat", "Sekretariat"
    CHIEF = "chief", "Sekretariatschef"
    DIRECTOR = "director", "Kommunaldirektør"
    MEMBER = "member", "Medlem"
    REPORTER = "reporter", "Indberetter"
    ADMINISTRATOR = "administrator", "Administrator"


SITTING = (Role.SECRETARIAT, Role.CHIEF, Role.DIRECTOR, Role.MEMBER)
"""Who sits in a council: they read what it sends before, or without, everybody else."""
