"""What a contract says of one municipality, as a document. One read, then pure.

Source: docs/rules.md R-122, R-139.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from core.formats import number
from documents.tree import (
    Column,
    Document,
    Fact,
    Facts,
    Group,
    Missing,
    Note,
    Paragraph,
    Row,
    Section,
    Source,
    Table,
    Value,
    Words,
    drop_empty,
)
from resultcontracts.charts.budget import Gone, Post, budget
from resultcontracts.charts.minimum import minimum
from resultcontracts.queries.municipal import of_municipality
from resultcontracts.sources.cells import exact
from resultcontracts.standing.numbers import rounded, spelt
from resultcontracts.standing.yardsticks import beside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents.tree import Block, Inline
    from resultcontracts.models import Contract, LocalAgreement
    from resultcontracts.queries.municipal import Agreement, OfMunicipality, Shared

NO_VERDICT: Final = (
    "Ingen status: tallene tæller ikke det samme, og kontrakten siger ikke, hvilket tal "
    "der deles."
)
NOTHING: Final = "Kontrakten siger intet om kommunen."


def document(contract: Contract, code: int, *, has_charts: bool) -> Document:
    """Give a municipality's own part of a contract.

    Raises:
        LookupError: the contract's council has no such municipality.
    """
    own = of_municipality(contract, code)
    key = f"contract:{contract.key}/municipality:{code}"
    title = f"{contract.title}: {own.place.name}"
    blocks = tuple(
        block
        for each in own.shared
        for block in _shared(key, own, each, has_charts=has_charts)
    )
    sections = tuple(
        _agreement(key, each, has_charts=has_charts) for each in own.agreements
    )
    if not (blocks or sections):
        return Document(key, title, NOTHING)
    share = rounded(own.share * 100, 2)
    lead = (
        f"{own.place.name} har {share} pct. af indbyggerne i {contract.council.name}."
    )
    return Document(key, title, lead, blocks, sections)


def _shared(
    key: str, own: OfMunicipality, each: Shared, *, has_charts: bool
) -> Iterator[Block]:
    measure: Any = each.measure
    under = f"{key}/measure:{measure.goal.key}-{measure.key}"
    name = ((Words(f"{measure.name}."),),)
    yield Paragraph(f"{under}/name", f"Målepunkt {measure.label}", name)
    if each.yardsticks:
        yield _parts(under, each)
    if has_charts and each.yardsticks:
        yield minimum(under, own.place.name, each.reading, each.yardsticks).paper
    yield Facts(f"{under}/told", "Oplyst", tuple(_told(under, each)))
    yield Note(f"{under}/note", (Words(NO_VERDICT),), is_wide=True)


def _parts(key: str, each: Shared) -> Table:
    """Give the municipality's part of each total, and where its own number lies."""
    rows = tuple(
        Row(
            f"{key}/total:{at}",
            (
                (Words(f"{yard.name[:1].upper()}{yard.name[1:]}"),),
                (_count(f"{key}/total:{at}/all", yard.total, source),),
                (_part(f"{key}/total:{at}/part", yard.minimum, yard.text),),
                (Words(beside(each.reading, yard) if each.reading else "ikke oplyst"),),
            ),
        )
        for at, (yard, source) in enumerate(
            zip(each.yardsticks, each.sources, strict=True), 1
        )
    )
    columns = (
        Column("Der deles", names_row=True),
        Column("I alt", "right", 24),
        Column("Kommunens del", "right", 32),
        Column("Kommunens tal er", width=40),
    )
    return Table(
        f"{key}/parts", "Kommunens del efter indbyggertal", columns,
        (Group(f"{key}/parts/all", "", rows),),
    )  # fmt: skip


def _count(key: str, value: int, source: str) -> Value:
    told = Decimal(value)
    return Value(
        key, number(told), told, told, source=Source(source) if source else None
    )


def _part(key: str, value: Fraction, printed: str) -> Value:
    return Value(key, printed, exact(value), exact(value))


def _told(key: str, each: Shared) -> Iterator[Fact]:
    told, reading = each.told, each.reading
    if told is None or reading is None:
        missing = Value(f"{key}/result", missing=Missing.NOT_GIVEN)
        yield Fact(f"{key}/own", "Tallet", ((missing,),))
        return
    value = Value(
        f"{key}/result",
        reading.text,
        told.value,
        told.value,
        unit=told.unit,
        qualifier=str(reading.qualifier.label) if reading.qualifier else "",
        source=Source(told.source) if told.source else None,
    )
    lines: list[tuple[Inline, ...]] = [(value, Words(f", {told.period_name}"))]
    lines += [(Words(f"{text.rstrip('.')}."),) for text in (told.note,) if text]
    lines += [(Words(f"Kilde: {told.source}."),)] if told.source else []
    yield Fact(f"{key}/own", "Tallet", tuple(lines))


def _agreement(key: str, own: Agreement, *, has_charts: bool) -> Section:
    row, lines = own.row, list(own.lines)
    under = f"{key}/agreement:{row.key}"
    blocks: list[Block] = []
    if lines:
        blocks.append(_budget(under, lines))
    posts = [
        Post(each.name, Fraction(each.budget), _fraction(each.spent))
        for each in sorted(lines, key=lambda each: each.is_total)
        if each.budget is not None
    ]
    has_sum = any(each.is_total and each.budget for each in lines)
    if has_charts and has_sum and row.part_of_year is not None:
        gone = Gone.of(Fraction(row.part_of_year))
        note = f"Brugt i {row.spent_name}, pct. af posten" if row.spent_name else ""
        source = f"Kilde: {row.source}." if row.source else ""
        blocks.append(budget(f"{under}/budget", posts, gone, note, source).paper)
    facts = tuple(_facts(under, row))
    blocks.append(Facts(f"{under}/facts", "Oplysninger", facts))
    return Section(
        key=under,
        title=row.title,
        label="Lokal aftale",
        running="Lokal aftale",
        look="long-record",
        blocks=drop_empty(*blocks),
    )


def _budget(key: str, lines: list[Any]) -> Table:
    def row_of(each: Any) -> Row:
        under = f"{key}/post:{each.position}"
        return Row(
            under,
            (
                (Words(each.name),),
                (_kroner(f"{under}/budget", each.budget),),
                (_kroner(f"{under}/spent", each.spent),),
            ),
        )

    last = next((each for each in lines if each.is_total), None)
    rows = tuple(row_of(each) for each in lines if each is not last)
    total = row_of(last) if last else None
    columns = (
        Column("Post", names_row=True),
        Column("Budget, kr.", "right", 36),
        Column("Brugt, kr.", "right", 36),
    )
    groups = (Group(f"{key}/posts/all", "", rows),)
    return Table(f"{key}/posts", "Budget og forbrug", columns, groups, total)


def _kroner(key: str, value: Decimal | None) -> Value:
    if value is None:
        return Value(key, missing=Missing.NOT_GIVEN)
    is_whole = value == value.to_integral_value()
    return Value(key, number(value, 0 if is_whole else 2), value, value)


def _fraction(value: Decimal | None) -> Fraction | None:
    return Fraction(value) if value is not None else None


def _facts(key: str, row: LocalAgreement) -> Iterator[Fact]:
    amount = f"{spelt(Fraction(row.amount))} kr." if row.amount is not None else ""
    told = (
        ("Løber", row.period_name),
        ("Beløb i alt", amount),
        ("Forlænget", row.extended),
        ("Tekst", row.told),
        ("Kilde", row.source),
    )
    for at, (term, text) in enumerate(told, 1):
        if text:
            yield Fact(f"{key}/fact:{at}", term, ((Words(text),),))
    empty = Value(f"{key}/evaluation", missing=Missing.NOT_FILLED)
    evaluation = Words(row.evaluation) if row.evaluation else empty
    yield Fact(f"{key}/fact:evaluation", "Evaluering", ((evaluation,),))
