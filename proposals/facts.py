"""Small parts that both catalogues print: counts, figures, terms. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from core.formats import counted, number
from core.richtext import from_plain, sanitise
from documents.tree import Fact, Inline, Missing, Point, Value, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from proposals.models import Figure, Term
    from proposals.models import Point as PointRow

ATTENTION: Final = "Opmærksomhedspunkter"
_WORD: Final = re.compile(r"\w+")
_STEM: Final = 4
# A measure that is no unit: it names the number ("konto 5"), or says what it is
# ("2023", "24-7").
_NAMES: Final = frozenset({"konto"})
_SAID_BY_ITSELF: Final = frozenset({"årstal", "timer-dage"})


def count(key: str, how_many: int, *, strong: bool = False) -> tuple[Inline, ...]:
    """Give a table cell that counts points; none is "ikke udfyldt", never 0."""
    if how_many == 0:
        return (Value(key, missing=Missing.NOT_FILLED),)
    exact = Decimal(how_many)
    return (Value(key, number(how_many), exact, exact, strong=strong),)


def tally(gains: int, risks: int, attentions: int) -> tuple[str, str, str]:
    """Give "32 gevinster", "20 risici", "9 opmærksomhedspunkter"."""
    return (
        counted(gains, "gevinst", "gevinster"),
        counted(risks, "risiko", "risici"),
        counted(attentions, "opmærksomhedspunkt", "opmærksomhedspunkter"),
    )


def points(rows: Iterable[PointRow], record: str, kind: str) -> tuple[Point, ...]:
    """Give a record's points of one kind in their order; ``record`` is its key."""
    return tuple(
        Point(f"{record}/{row.kind}:{row.key}", row.sentence)
        for row in sorted(rows, key=lambda row: row.position or 0)
        if row.kind == kind
    )


def figure_line(figure: Figure, key: str) -> tuple[Inline, ...]:
    """Give "**4 uger** praktikvarighed …"; the unit is left out where the words say it."""
    printed, unit = figure.printed, figure.measure
    if unit in _NAMES:
        printed, unit = f"{unit} {printed}", ""
    elif unit in _SAID_BY_ITSELF or _is_said(unit, figure.what):
        unit = ""
    value = Value(
        key=key,
        printed=printed,
        low=figure.low,
        high=figure.high,
        unit=unit,
        qualifier=figure.qualifier,
        strong=True,
    )
    return (value, Words(f" {figure.what}{_remark(figure)}"))


def figures_fact(key: str, figures: Iterable[Figure]) -> tuple[Fact, ...]:
    """Give the figures of a record, one a line; none if there are none."""
    lines = tuple(
        figure_line(figure, f"{key}/figure:{number}")
        for number, figure in enumerate(figures, start=1)
    )
    return (Fact(f"{key}/figures", "Tal", lines),) if lines else ()


def _remark(figure: Figure) -> str:
    remarks = []
    if figure.year and str(figure.year) != figure.printed:
        remarks.append(str(figure.year))
    if figure.is_derived and "optalt" not in figure.what:
        remarks.append("optalt")
    return f" ({', '.join(remarks)})" if remarks else ""


def _is_said(unit: str, what: str) -> bool:
    """Whether ``what`` holds the unit's word already: "satser" in "en høj sats"."""
    name = unit.casefold()
    return any(
        word.startswith(name) or (len(word) >= _STEM and name.startswith(word))
        for word in _WORD.findall(what.casefold())
    )


def terms_fact(key: str, name: str, terms: Sequence[Term]) -> tuple[Fact, ...]:
    """Give one line of terms, "Kontanthjælpsloftet; 225-timersreglen"; none if empty."""
    if not terms:
        return ()
    line = "; ".join(term.text for term in terms)
    return (Fact(key, name, ((Words(capital(line)),),)),)


def rich_text(text: str) -> str:
    """Give a field's HTML; a text that was never marked up becomes paragraphs."""
    return sanitise(text) if "<" in text else from_plain(text)


def capital(text: str) -> str:
    """Give the text with a capital first letter and the rest as it stands."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """Give the text with a small first letter and the rest as it stands."""
    return text[:1].lower() + text[1:]
