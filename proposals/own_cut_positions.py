"""What one municipality thinks of the catalogues, for its own cut of them.

Source: docs/rules.md R-103.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from core.formats import counted, listed
from documents.tree import Column, Group, Row, Section, Table, Words
from proposals.choices import CatalogueKind
from proposals.models import Position
from proposals.queries.calls import OWNER
from proposals.queries.record_lines import record_lines
from proposals.stances import NO_ANSWER, ORDER, WORDS, counted_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from accounts.models import Municipality
    from proposals.models import Catalogue
    from proposals.queries.record_lines import RecordLine

    type Said = dict[int, tuple[str, str]]

_NOUNS: Final = {
    CatalogueKind.SIMPLIFICATION: ("proposal", "Forslag", "forslag", "forslag"),
    CatalogueKind.COOPERATION: (
        *("unit", "Samdriftsenhed", "samdriftsenhed", "samdriftsenheder"),
    ),
}


def sections(
    key: str, own: Municipality, catalogues: Iterable[Catalogue]
) -> Iterator[Section]:
    """Give a section a catalogue: two queries each. One without records has none."""
    by_kind = {CatalogueKind(row.kind): row for row in catalogues}
    for catalogue in (by_kind[kind] for kind in _NOUNS if kind in by_kind):
        if records := record_lines(catalogue):
            yield _section(key, own, catalogue, records)


def _section(
    key: str, own: Municipality, catalogue: Catalogue, records: Sequence[RecordLine]
) -> Section:
    said = _said(own, catalogue)
    place = f"{key}/positions:{catalogue.key}"
    title = f"{own.name} om {catalogue.title}"
    return Section(
        key=place,
        title=title,
        running=title,
        lead=_lead(catalogue, records, said),
        look="plain",
        blocks=(_table(place, title, catalogue, records, said),),
    )


def _said(own: Municipality, catalogue: Catalogue) -> Said:
    """Give stance and reason by record."""
    owner = OWNER[CatalogueKind(catalogue.kind)]
    rows = Position.objects.filter(
        **{"municipality": own, f"{owner}__catalogue": catalogue}
    )
    names = (f"{owner}_id", "stance", "reason")
    return {pk: (stance, reason) for pk, stance, reason in rows.values_list(*names)}


def _lead(catalogue: Catalogue, records: Sequence[RecordLine], said: Said) -> str:
    """Give "18 forslag: 12 støtter, 1 støtter ikke og 5 ikke svaret."."""
    tally = Counter(counted_as(_stance(said, record)) for record in records)
    _, _, one, many = _NOUNS[CatalogueKind(catalogue.kind)]
    parts = [f"{tally[state]} {WORDS[state]}" for state in ORDER if tally[state]]
    return f"{counted(len(records), one, many)}: {listed(parts)}."


def _table(
    place: str,
    title: str,
    catalogue: Catalogue,
    records: Sequence[RecordLine],
    said: Said,
) -> Table:
    kind, name, _, _ = _NOUNS[CatalogueKind(catalogue.kind)]
    groups: dict[str, list[Row]] = {}
    keys: dict[str, str] = {}
    for record in records:
        keys.setdefault(record.theme, record.theme_key or "all")
        stance, reason = said.get(record.pk, (NO_ANSWER, ""))
        texts = (str(record.number), record.title, WORDS[stance], reason)
        cells: Any = tuple((Words(text),) if text else () for text in texts)
        row = Row(f"{place}/{kind}:{record.key}", cells)
        groups.setdefault(record.theme, []).append(row)
    return Table(
        key=f"{place}/table",
        caption=title,
        columns=(
            Column("Nr.", width=10, tone="quiet"),
            Column(name, names_row=True),
            Column("Holdning", width=40, tone="strong"),
            Column("Begrundelse", width=50),
        ),
        groups=tuple(
            Group(f"{place}/theme:{keys[theme]}", theme, tuple(rows))
            for theme, rows in groups.items()
        ),
    )


def _stance(said: Said, record: RecordLine) -> str:
    return said.get(record.pk, (NO_ANSWER, ""))[0]
