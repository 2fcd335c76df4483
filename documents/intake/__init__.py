"""Files from outside: a PDF is judged and cleaned in a child process.

``take_in`` is the door. The original stays byte for byte; only the cleaned copy may be
joined, pictured or searched. Nothing here knows Django.
"""

from __future__ import annotations

from documents.intake.gate import take_in
from documents.intake.sandbox import network_is_cut
from documents.intake.sentences import refusal_reason, refusal_sentence, safe_name
from documents.intake.verdict import (
    Accepted,
    Facts,
    Limits,
    PageFacts,
    Readability,
    Refused,
)

__all__ = [
    "Accepted",
    "Facts",
    "Limits",
    "PageFacts",
    "Readability",
    "Refused",
    "network_is_cut",
    "refusal_reason",
    "refusal_sentence",
    "safe_name",
    "take_in",
]
