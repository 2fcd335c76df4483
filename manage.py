#!/usr/bin/env python
"""Django's command line for the portal."""

from __future__ import annotations

import os
import sys

# Only these may change the schema; everything else works as the plain role.
OWNER_COMMANDS = {
    "createcachetable",
    "dbshell",
    "flush",
    "makemigrations",
    "migrate",
    "prepare",
    "sqlflush",
    "test",
}


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kkr.settings.dev")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ.setdefault("KKR_DATABASE_ROLE", "owner")
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
