"""Take the demo's meeting on: sent in two versions, then held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kkr.demo.stages import STAGES, NotThereError, advance

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Moves the demo's meeting to a stage; safe to repeat."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("stage", choices=list(STAGES))

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        if not settings.DEMO:
            raise CommandError("The demo's meeting is the demo's: set KKR_DEMO=1.")
        try:
            advance(options["stage"], self.stdout.write)
        except NotThereError as error:
            raise CommandError(str(error)) from error
