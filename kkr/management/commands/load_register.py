"""Load the five councils and the 98 municipalities; safe to repeat."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from kkr.register import load_register


class Command(BaseCommand):
    """Reference data that every installation needs."""

    help = __doc__ or ""

    def handle(self, **options: Any) -> None:  # noqa: ARG002
        load_register()
        self.stdout.write("Councils and municipalities are loaded.")
