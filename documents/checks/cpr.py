"""Numbers that may be a person's civil registration number (cpr).

The intake knows what such a number looks like; here it is told where one stands. The
number itself is in no sentence and no quote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.formats import counted
from documents.checks.values import Passage, flaw, sealed
from documents.intake import cpr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documents.checks.values import Flaw, Subject

HIDDEN: Final = "••••••-••••"


def possible(subjects: Sequence[Subject]) -> Iterator[Flaw]:
    """Find what may be cpr numbers; told by place and count, never shown."""
    for subject in subjects:
        title = Passage(f"{subject.key}/title", "Titel", subject.title, "title")
        for passage in (title, *subject.passages):
            many = cpr.count(passage.text)
            if not many:
                continue
            told = counted(many, "tal ligner et cpr-nummer", "tal ligner cpr-numre")
            them, they = ("det", "det ikke er") if many == 1 else ("dem", "de ikke er")
            sentence = (
                f"{told}. Fjern {them}, eller lad en navngiven person skrive, hvorfor "
                f"{they} cpr-numre."
            ).replace("det ikke er cpr-numre", "det ikke er et cpr-nummer")
            yield sealed(flaw("cpr", subject, passage, sentence, HIDDEN), passage.text)
