"""Which static files are collected: those that a page may name, and no others."""

from __future__ import annotations

from django.contrib.staticfiles.apps import StaticFilesConfig


class NamedStaticFiles(StaticFilesConfig):
    """Leaves out what no page names; compressing all that took twenty seconds."""

    ignore_patterns = [  # noqa: RUF012 -- as the class above has it
        *StaticFilesConfig.ignore_patterns,
        # The front end's build joins these into one file, or takes the package's source.
        "css/*",
        "django_prose_editor",
        # Pages of the package that ours replace.
        "account",
        # Of htmx, the small version 2 is served.
        "htmx-2.js",
        "htmx-4*",
        "htmax-*",
        "ext",
    ]
