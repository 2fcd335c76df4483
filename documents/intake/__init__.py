"""Files from outside: a PDF is judged and cleaned in a child process.

``take_in`` is the door. The original stays byte for byte; only the cleaned copy may be
joined, pictured or searched. Nothing here knows Django.
"""

from __future__ import annotations

from documents.intake.advice import Advice, advice_on
from documents.intake.gate import read_text, take_in
from documents.intake.sandbox import network_is_cut
from documents.intake.sentences import refusal_reason, refusal_sentence, safe_name
from documents.intake.titles import looks_like_a_file_name, suggest
from documents.intake.verdict import (
    Accepted,
    Facts,
    Limits,
    PageFacts,
    Readability,
    Reading,
    Refused,
)

__all__ = [
    "Accepted",
    "Advice",
    "Facts",
    "Limits",
    "PageFacts",
    "Readability",
    "Reading",
    "Refused",
    "advice_on",
    "looks_like_a_file_name",
    "network_is_cut",
    "read_text",
    "refusal_reason",
    "refusal_sentence",
    "safe_name",
    "suggest",
    "take_in",
]
