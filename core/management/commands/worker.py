"""``manage.py worker``: runs background jobs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from core import worker

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Runs background jobs until it is told to end."""

    help = "Runs background jobs. Ends with 1 when the database went away."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when none waits")
        parser.add_argument(
            "--queue", action="append", help="only this one; repeatable"
        )
        parser.add_argument("--concurrency", type=int, default=2, metavar="N")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        code = worker.run(
            once=options["once"],
            concurrency=options["concurrency"],
            queues=options["queue"],
        )
        if code:
            sys.exit(code)
