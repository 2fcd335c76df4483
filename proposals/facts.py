"""Small parts that both catalogues print: counts, figures, terms, visions. Pure.

Source: docs/rules.md R-82.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from core.formats import counted, listed, number
from core.richtext import from_plain, sanitise
from documents.tree import (
    Fact,
    Inline,
    Missing,
    Point,
    RichText,
    Source,
    Value,
    Words,
)
from proposals import references
from proposals.choices import MEANS, TermKind
from proposals.cuts import Field
from proposals.references import NO_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from proposals.cuts import Cut
    from proposals.models import Figure, Term
    from proposals.models import Point as PointRow
    from proposals.queries.printed import PrintedProposal, PrintedUnit
    from proposals.queries.visions import ServedVision
    from proposals.references import Names

ATTENTION: Final = "Opmærksomhedspunkter"
_WORD: Final = re.compile(r"\w+")
_STEM: Final = 4
# What a cut says that it leaves out, so that nobody takes it for empty.
_LEFT_OUT: Final = {
    Field.FIGURES: "tal",
    Field.LAWS: "regler og belæg",
    Field.ATTENTIONS: "opmærksomhedspunkter",
    Field.TITLES: "andre titler",
    Field.REFERENCES: "henvisninger",
}
_ACTORS: Final = (
    (TermKind.SCHEME, "schemes", "Ordninger"),
    (TermKind.ACTOR, "actors", "Aktører"),
    (TermKind.TARGET_GROUP, "target-groups", "Målgrupper"),
)
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


def points(
    rows: Iterable[PointRow], record: str, kind: str, names: Names
) -> tuple[Point, ...]:
    """Give a record's points of one kind in their order.

    Args:
        record: its key, "proposal:faerre-maalgrupper".
        names: what the texts refer to.
    """
    owner = record.partition(":")[0]
    return tuple(
        Point(
            f"{record}/{row.kind}:{row.key}",
            references.plain(row.sentence, names),
            references.links(row.sentence, names, owner),
        )
        for row in sorted(rows, key=lambda row: row.position or 0)
        if row.kind == kind
    )


def figure_line(
    figure: Figure, key: str, names: Names = NO_NAMES
) -> tuple[Inline, ...]:
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
        source=Source(figure.source, figure.source_url) if figure.source else None,
        strong=True,
    )
    owner = key.partition(":")[0]
    said = references.line(f" {figure.what}{_remark(figure)}", names, owner)
    return (value, *said)


def figures_fact(
    key: str,
    figures: Iterable[Figure],
    names: Names,
    *,
    means: Iterable[Figure] | None = None,
) -> tuple[Fact, ...]:
    """Give the figures of a record, one a line; none if there are none.

    Args:
        means: a unit's figures of what it costs and who does it; where they are not
            told that is a line too, for "ikke oplyst" is a value.
    """
    lines = [
        figure_line(figure, f"{key}/figure:{number}", names)
        for number, figure in enumerate(figures, start=1)
    ]
    if means is not None:
        lines += _means_lines(key, tuple(means), names)
    return (Fact(f"{key}/figures", "Tal", tuple(lines)),) if lines else ()


def _means_lines(
    key: str, figures: Sequence[Figure], names: Names
) -> list[tuple[Inline, ...]]:
    lines: list[tuple[Inline, ...]] = [
        (
            Words(f"{topic.label}: "),
            *figure_line(figure, f"{key}/{topic}:{number}", names),
        )
        for topic in MEANS
        for number, figure in enumerate(
            (each for each in figures if each.topic == topic), start=1
        )
    ]
    if untold := untold_topics(figures):
        value = Value(f"{key}/untold", missing=Missing.NOT_GIVEN)
        lines.append((Words(f"{untold}: "), value))
    return lines


def _remark(figure: Figure) -> str:
    remarks = [figure.source] if figure.source else []
    year = str(figure.year)
    if figure.year and year != figure.printed and year not in figure.source:
        remarks.append(year)
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


def visions_fact(key: str, visions: Iterable[ServedVision]) -> tuple[Fact, ...]:
    """Give the visions that a record serves, one a line; what no source says is told."""
    lines = tuple(
        (
            Words(
                f"{each.number}. {each.title}{' (udledt)' if each.is_inferred else ''}"
            ),
        )
        for each in visions
    )
    return (Fact(f"{key}/visions", "Visioner", lines),) if lines else ()


def untold_topics(figures: Iterable[Figure]) -> str:
    """Give "Finansiering og bemanding", or the one of them without a figure, or ""."""
    told = {figure.topic for figure in figures}
    names = [str(topic.label) for topic in MEANS if topic not in told]
    return " og ".join(names).capitalize()


def actors_facts(key: str, record: PrintedProposal | PrintedUnit) -> tuple[Fact, ...]:
    """Give schemes, actors and target groups, a line each; what is empty prints nothing."""
    return tuple(
        fact
        for kind, name, term in _ACTORS
        for fact in terms_fact(f"{key}/{name}", term, record.terms_of(kind))
    )


def left_out(cut: Cut) -> str:
    """Say what a cut leaves out: "Udtræk uden tal."; "" where it is all there."""
    words = [word for field, word in _LEFT_OUT.items() if field in cut.without]
    return f"Udtræk uden {listed(words)}." if words else ""


def removed_since(cut: Cut, found: int) -> str:
    """Say how many of the records that were picked are no more; "" where none is."""
    if not cut.is_of_chosen or found >= len(cut.records):
        return ""
    return f"{len(cut.records) - found} af de valgte er fjernet siden."


def rich_text(text: str) -> str:
    """Give a field's HTML; a text that was never marked up becomes paragraphs."""
    return sanitise(text) if "<" in text else from_plain(text)


def rich_block(key: str, label: str, text: str, names: Names) -> RichText:
    """Give a field of rich text, with its references as links."""
    html, owner = rich_text(text), key.partition(":")[0]
    links = references.links(html, names, owner)
    return RichText(key, label, references.plain(html, names), links)


def capital(text: str) -> str:
    """Give the text with a capital first letter and the rest as it stands."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """Give the text with a small first letter and the rest as it stands."""
    return text[:1].lower() + text[1:]
