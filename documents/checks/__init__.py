"""The checks before sending: what is wrong with a document, as far as its text tells.

Pure: values in, values out; no model and no query. ``docs/checks.md`` is the table.
"""

from __future__ import annotations

from documents.checks.catalogue import CHECKS
from documents.checks.deadlines import Asked, asked
from documents.checks.pages import page_passages
from documents.checks.passages import passages_of, rich_passages
from documents.checks.running import run
from documents.checks.values import Check, FileFacts, Flaw, Passage, Subject

__all__ = [
    "CHECKS",
    "Asked",
    "Check",
    "FileFacts",
    "Flaw",
    "Passage",
    "Subject",
    "asked",
    "page_passages",
    "passages_of",
    "rich_passages",
    "run",
]
