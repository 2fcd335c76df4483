"""Pages of files that the portal cannot read: somebody has to look them through.

A scanned page may hold a cpr number that no check finds. So it is an error that a named
person answers for, by the file's checksum: another file is asked about again.

Source: docs/rules.md R-58.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core import formats
from documents.intake.advice import advice_on
from documents.intake.verdict import Facts
from documents.numbering import spans
from meetings.checking.found import OUTSIDE, PERSONS, noted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from documents.models import ForeignFile
    from meetings.checking.found import Found
    from meetings.checking.spots import Spots
    from meetings.models import Appendix

UNSEEN: Final = "unseen"
# What the intake says of a file's tags and letters where PDF/UA cannot be claimed.
_FAULTS: Final = frozenset({"tags", "letters"})


def unseen(
    row: Appendix, file: ForeignFile, spots: Spots, *, has_text: bool
) -> Iterator[Found]:
    """Give what of a file from outside nobody can have checked but a person.

    Args:
        file: the appendix's own.
        has_text: the text of its pages was taken out and can be opened.
    """
    facts = Facts.from_json(file.facts)
    first = min((*facts.pages_without_text, *facts.unexamined_pages), default=1)
    told = [*_unread(file, facts, has_text=has_text), *_unexamined(file, facts)]
    if told:
        yield noted(
            UNSEEN,
            PERSONS,
            spots.of_pages(row, first),
            f"{' '.join(told)} Se siderne igennem, og skriv, hvem der har gjort det.",
            row.prefix,
            file.cleaned,
            is_error=True,
        )


def faulty(row: Appendix, file: ForeignFile, spots: Spots) -> Iterator[Found]:
    """Give what keeps the packet from claiming PDF/UA, whatever summary there is."""
    for advice in advice_on(file.facts):
        if advice.key in _FAULTS:
            yield noted(
                "pdf-ua",
                OUTSIDE,
                spots.of_appendix(row, "file", "Erstat fil"),
                f"{advice.wrong} På grund af bilaget lever pakken ikke op til kravene.",
                row.prefix,
                file.cleaned,
            )


def _unread(file: ForeignFile, facts: Facts, *, has_text: bool) -> Iterator[str]:
    if not has_text:
        yield "Portalen har ikke kunnet læse filen og har ikke ledt efter cpr-numre i den."
    elif facts.pages_without_text:
        pages = _pages(facts.pages_without_text, file.page_count)
        yield f"{pages} uden tekst, så portalen har ikke ledt efter cpr-numre der."


def _unexamined(file: ForeignFile, facts: Facts) -> Iterator[str]:
    pages = facts.unexamined_pages
    if pages:
        yield f"{_span(pages, file.page_count)} kunne ikke undersøges for dækket tekst."


def _pages(pages: Sequence[int], count: int) -> str:
    """Say "Side 2 er et billede", "Alle 8 sider er billeder"."""
    what = "et billede" if len(pages) == 1 else "billeder"
    return f"{_span(pages, count)} er {what}"


def _span(pages: Sequence[int], count: int) -> str:
    if len(pages) == count and count > 1:
        return f"Alle {count}{formats.NBSP}sider"
    return f"Side{formats.NBSP}{spans([str(page) for page in pages])}"
