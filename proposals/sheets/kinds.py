"""The sheets of a catalogue: what a row is, and its columns.

A row's key never holds a number that people see, so that a file that was fetched before
a renumbering still finds its rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core import richtext
from core.sheets.back.columns import (
    CellError,
    Column,
    a_year,
    chosen,
    day,
    figure,
    fixed,
    lines,
    many_lines,
    names,
    one_line,
    whole_number,
    yes_or_no,
)
from core.sheets.back.kinds import Kind
from proposals.choices import (
    REASONED,
    CatalogueKind,
    FigureTopic,
    PointKind,
    Scope,
    Stance,
    TermKind,
)
from proposals.facts import rich_text
from proposals.models import CooperationUnit, Figure, Point, Position, Proposal
from proposals.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from accounts.models import Municipality
    from proposals.models import Record
    from proposals.sheets.loading import Loaded

NUMBERED_IN_PORTAL: Final = (
    "Nummeret ændres i portalen, hvor henvisningerne følger med."
)
BELONGS: Final = "Rækken kan ikke flyttes til et andet sted her. Gør det i portalen."
ORDERED_IN_PORTAL: Final = "Rækkefølgen ændres i portalen."
SHARED_IN_PORTAL: Final = "Den fælles begyndelse rettes ét sted i portalen, for alle."


@dataclass(frozen=True, slots=True)
class Whole:
    """A record with what stands around it, for the sheet of records."""

    record: Any
    loaded: Loaded

    def __getattr__(self, name: str) -> Any:
        return getattr(self.record, name)

    @property
    def versioned(self) -> Any:
        """The record tells who changed it last."""
        return self.record

    def terms_of(self, kind: str) -> str:
        """The names of one kind."""
        return self.loaded.terms.get(self.record.pk, {}).get(kind, "")


@dataclass(frozen=True, slots=True)
class Stand:
    """What a municipality thinks of a record, or that it has not said."""

    record: Record
    municipality: Municipality
    position: Position

    def __getattr__(self, name: str) -> Any:
        return getattr(self.position, name)

    @property
    def versioned(self) -> Any:
        """Tells who changed it last; one that nobody has given leaves the record."""
        return self.position if self.position.pk else self.record


def _wholes(loaded: Loaded) -> Iterator[tuple[str, str, Record, Any]]:
    for record in loaded.records:
        yield key_of(record), str(record), record, Whole(record, loaded)


def _points(loaded: Loaded) -> Iterator[tuple[str, str, Record, Any]]:
    order = {kind: place for place, kind in enumerate(PointKind)}
    for record in loaded.records:
        own = loaded.points.get(record.pk, ())
        for point in sorted(own, key=lambda each: order[PointKind(each.kind)]):
            name = f"{record}, {WORDS[PointKind(point.kind)].one} {point.position}"
            key = f"{key_of(record)}/{point.kind}:{point.key}"
            yield key, name, record, point


def _figures(loaded: Loaded) -> Iterator[tuple[str, str, Record, Any]]:
    for record in loaded.records:
        for row in loaded.figures.get(record.pk, ()):
            key = f"{key_of(record)}/tal:{row.pk}"
            yield key, f"{record}, tallet {row.printed}", record, row


def _stands(loaded: Loaded) -> Iterator[tuple[str, str, Record, Any]]:
    nothing = Position()  # one for all: to make a row costs more than all else here
    for record in loaded.records:
        for each in loaded.municipalities:
            key = f"{key_of(record)}/kommune:{each.code}"
            if loaded.named is None or key in loaded.named:
                row = loaded.positions.get((record.pk, each.pk), nothing)
                yield key, f"{each.name}, {record}", record, Stand(record, each, row)


def key_of(record: Record) -> str:
    """Name a record in a file: "forslag:…", "samdrift:…"."""
    return f"{record.word}:{record.key}"


def _said(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if not values.get("text") and not values.get("shared"):
        yield "text", "Skriv punktet, eller slet det i portalen."
    if "beneficiary" not in values:
        return
    is_gain = values.get("kind") == WORDS[PointKind.GAIN].label
    if is_gain and not values["beneficiary"]:
        yield "beneficiary", "Skriv, hvem der får gevinsten."
    if values["beneficiary"] and not is_gain:
        yield "beneficiary", "Kun en gevinst har en modtager."


def _extent(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    least, most = values.get("least", ""), values.get("most", "")
    if least.isdecimal() and most.isdecimal() and int(least) > int(most):
        yield "least", "Mindst kan ikke være større end højst."


def _answered(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    stance = values.get("stance", "")
    if stance in {str(each.label) for each in REASONED} and not values.get("reason"):
        yield "reason", "Skriv begrundelsen."
    if stance and not values.get("signer"):
        yield "signer", "Skriv, hvem svaret er afgivet af."
    if stance and not values.get("given_on"):
        yield "given_on", "Skriv datoen for svaret."


def _number(row: Any) -> str:
    return str(getattr(row, "record", row).number)


def _theme(text: str, loaded: Loaded) -> str:
    wanted = " ".join(text.split()).casefold()
    found = [t.title for t in loaded.themes.values() if t.title.casefold() == wanted]
    if not found:
        every = "; ".join(t.title for t in loaded.themes.values())
        raise CellError(f"Temaet ”{text}” findes ikke. Temaerne er: {every}.")
    return found[0]


def _terms(kind: TermKind, name: str) -> Column:
    def of(row: Any) -> str:
        return str(row.terms_of(kind.value))

    return Column(kind.value, name, of, names, 30)


def _rich(key: str, name: str) -> Column:
    def of(row: Any) -> str:
        return richtext.to_plain(rich_text(getattr(row, key))).strip()

    def same(text: str) -> str:
        return richtext.to_plain(richtext.from_plain(text))

    return Column(key, name, of, lines, 60, refers=True, fold=same)


def _of_unit(key: str, name: str, most: int = 200) -> Column:
    return one_line(CooperationUnit, key, name, most=most, width=30, refers=True)


def _shared_stem(point: Point) -> str:
    return point.shared.stem if point.shared and not point.has_own_wording else ""


def _given_on(row: Any) -> str:
    return f"{row.given_on:%d-%m-%Y}" if row.given_on else ""


TERMS: Final = (
    _terms(TermKind.LAW, "Love og regler"),
    _terms(TermKind.SCHEME, "Ordninger"),
    _terms(TermKind.ACTOR, "Aktører"),
    _terms(TermKind.TARGET_GROUP, "Målgrupper"),
    _terms(TermKind.EVIDENCE, "Rapporter"),
)
PROPOSALS: Final = Kind(
    "proposals",
    "Forslag",
    (
        fixed("number", "Nr.", _number, NUMBERED_IN_PORTAL, width=6),
        Column(
            "theme",
            "Tema",
            lambda row: row.loaded.themes[row.theme_id].title,
            _theme,
            30,
            is_needed=True,
        ),
        fixed(
            "overview",
            "Titel i oversigten",
            lambda row: row.loaded.overview_titles.get(row.pk, row.title),
            "To titler gøres til én på forslagets side.",
            width=40,
        ),
        one_line(Proposal, "title", "Titel", width=40, is_needed=True),
        one_line(Proposal, "short_title", "Kort titel"),
        _rich("idea", "Ideen"),
        *TERMS,
    ),
    _wholes,
)
UNITS: Final = Kind(
    "units",
    "Samdrift",
    (
        fixed("number", "Nr.", _number, NUMBERED_IN_PORTAL, width=6),
        one_line(CooperationUnit, "title", "Titel", width=40, is_needed=True),
        _rich("summary", "Hvad handler forslaget om?"),
        chosen(
            "scope",
            "Omfang",
            {value: str(label) for value, label in Scope.choices},
            is_needed=True,
        ),
        _of_unit("scope_text", "Omfang med ord"),
        _of_unit("criterion", "Kriterium"),
        whole_number("least", "Mindst"),
        whole_number("most", "Højst"),
        _of_unit("stays", "Bliver i kommunen", 300),
        _of_unit("moves_from", "Flyttes fra"),
        _of_unit("tasks_intro", "Opgavernes indledning"),
        TERMS[2],
    ),
    _wholes,
    check=_extent,
)


def points_of(word: str, kinds: tuple[PointKind, ...], *, named: bool) -> Kind:
    """Give the sheet of points.

    Args:
        word: the head of the column that says which record: "Forslag".
        named: gains name who gains.
    """
    labels = {kind.value: WORDS[kind].label for kind in kinds}
    own = (
        fixed(
            "record", word, _number, BELONGS, width=9, tells_new=True, is_needed=True
        ),
        chosen("kind", "Slags", labels, fixed=BELONGS, tells_new=True, is_needed=True),
        fixed(
            "position", "Plads", lambda p: str(p.position), ORDERED_IN_PORTAL, width=7
        ),
        fixed(
            "shared",
            "Fælles begyndelse",
            _shared_stem,
            SHARED_IN_PORTAL,
            width=30,
            refers=True,
        ),
        one_line(Point, "text", "Tekst", most=600, width=60, refers=True),
    )
    who = (one_line(Point, "beneficiary", "Modtager"),) if named else ()
    return Kind("points", "Punkter", (*own, *who), _points, check=_said)


def figures_of(word: str) -> Kind:
    """Give the sheet of figures."""
    return Kind(
        "figures",
        "Tal",
        (
            fixed(
                "record", word, _number, BELONGS, width=9, tells_new=True, is_needed=True
            ),
            Column(
                "printed", "Tal, som det trykkes", lambda f: f.printed, figure, 20,
                is_needed=True,
            ),
            one_line(Figure, "measure", "Enhed"),
            one_line(
                Figure, "what", "Hvad", most=250, width=50, is_needed=True, refers=True
            ),
            a_year("year", "År"),
            chosen(
                "topic",
                "Emne",
                {value: str(label) for value, label in FigureTopic.choices},
            ),
            one_line(Figure, "source", "Kilde", width=30),
            one_line(Figure, "source_url", "Kildens adresse", width=30),
            yes_or_no("is_derived", "Udledt"),
        ),
        _figures,
    )  # fmt: skip


def positions_of(word: str) -> Kind:
    """Give the sheet of positions: one row a municipality and record."""
    words = {"": ""} | {value: str(label) for value, label in Stance.choices}
    return Kind(
        "positions",
        "Holdninger",
        (
            fixed("record", word, _number, BELONGS, width=9),
            fixed("title", "Titel", lambda s: s.record.title, BELONGS, width=40),
            fixed("municipality", "Kommune", lambda s: s.municipality.name, BELONGS),
            chosen("stance", "Holdning", words),
            many_lines(Position, "reason", "Begrundelse", most=2000, width=50),
            one_line(Position, "signer", "Afgivet af", width=24),
            Column("given_on", "Dato", _given_on, day, 12),
        ),
        _stands,
        may_grow=False,
        check=_answered,
    )


KINDS: Final[Mapping[CatalogueKind, tuple[Kind, ...]]] = {
    CatalogueKind.SIMPLIFICATION: (
        PROPOSALS,
        points_of(
            "Forslag",
            (PointKind.GAIN, PointKind.RISK, PointKind.ATTENTION),
            named=False,
        ),
        figures_of("Forslag"),
        positions_of("Forslag"),
    ),
    CatalogueKind.COOPERATION: (
        UNITS,
        points_of(
            "Samdrift",
            (PointKind.TASK, PointKind.EXTRA, PointKind.GAIN, PointKind.ATTENTION),
            named=True,
        ),
        figures_of("Samdrift"),
        positions_of("Samdrift"),
    ),
}
