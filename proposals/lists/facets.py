"""By what the lists can be narrowed and ordered. A new way is one entry in a table here.

Source: docs/rules.md R-95.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core.danish import sort_key
from core.keys import new_key
from proposals.choices import Scope, Status, TermKind
from proposals.trail import NO_STATUS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MOST_LINES: Final = 40
"""Of an open vocabulary so many words are listed, those with most rows first."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow a list.

    Attributes:
        key: in the address, "tema".
        name: heading of its values, "Tema".
        of: the values that a row has.
        choices: pairs (value, label) in their order, given the whole list; None: whatever
            the rows have, in Danish order.
        is_one: a row has one value at most, so one is chosen at a time. Of the others
            several may be, and a row must have them all.
        is_folded: shown when opened; most people do not need it.
        is_quiet: not shown while no row has any of its values.
        icons: the sign of a value, beside its label.
    """

    key: str
    name: str
    of: Callable[[Any], Iterable[str]]
    choices: Callable[[Any], Iterable[tuple[str, str]]] | None = None
    is_one: bool = False
    is_folded: bool = False
    is_quiet: bool = False
    icons: Callable[[str], str] | None = None

    def known(self, listed: Any) -> dict[str, str]:
        """Give its values with their labels, in order."""
        if self.choices is not None:
            return dict(self.choices(listed))
        words = {value for row in listed.rows for value in self.of(row)}
        return {word: word for word in sorted(words, key=sort_key)}


@dataclass(frozen=True, slots=True)
class Sort:
    """One order of a list; ``by`` gives what a row is ordered by, None as it stands."""

    key: str
    name: str
    by: Callable[[Any], Any] | None = None


def term(key: str, name: str, *kinds: TermKind) -> Facet:
    """The words of a kind that the records name."""

    def of(row: Any) -> Iterable[str]:
        return (text for kind, text in row.terms if kind in kinds)

    return Facet(key, name, of, is_folded=True)


def _themes(listed: Any) -> Iterable[tuple[str, str]]:
    return ((group.theme.key, str(group.theme)) for group in listed.groups)


def _wrong(row: Any) -> Iterable[str]:
    is_so = (row.has_two_titles, row.refers_to_itself or row.refers_to_removed)
    return (key for key, so in zip(_WRONG, is_so, strict=True) if so)


_WRONG: Final = {
    "titler": "Titlen er ikke ens",
    "henvisning": "Henvisningen er forkert",
}

# A status as it stands in an address, and one for proposals that have none.
_STATUSES: Final = {new_key(each.label, ()): each for each in Status}
_NO_STATUS: Final = "ingen"


def _status(row: Any) -> Iterable[str]:
    status = row.standing.status
    return [new_key(status.label, ()) if status else _NO_STATUS]


def _statuses(listed: Any) -> Iterable[tuple[str, str]]:
    yield from ((key, str(each.label)) for key, each in _STATUSES.items())
    if any(row.standing.status is None for row in listed.rows):
        yield _NO_STATUS, NO_STATUS


def _ring(value: str) -> str:
    return _STATUSES[value].glyph if value in _STATUSES else ""


def _stances(row: Any) -> Iterable[str]:
    tally = row.tally
    is_so = {
        "alle": tally.all and tally.supports == tally.all,
        "flertal": tally.all and tally.supports > tally.all // 2,
        "forbehold": tally.reserved,
        "imod": tally.against,
        "mangler": tally.missing,
    }
    return (key for key, so in is_so.items() if so)


def _stance_words(listed: Any) -> Iterable[tuple[str, str]]:
    most = listed.municipalities // 2 + 1
    return (
        ("alle", "Støttes af alle"),
        ("flertal", f"Mindst {most} støtter"),
        ("forbehold", "Nogen har forbehold"),
        ("imod", "Nogen støtter ikke"),
        ("mangler", "Nogen har ikke svaret"),
    )


_NONE: Final = "ingen"


def _visions(row: Any) -> Iterable[str]:
    return [key for key, _ in row.visions] or [_NONE]


def _vision_names(listed: Any) -> Iterable[tuple[str, str]]:
    """Give the visions that some record serves, by number, and that one serves none."""
    found = {pair for row in listed.rows for pair in row.visions}
    if not found:
        return
    yield from sorted(found, key=lambda pair: (_number(pair[1]), pair))
    yield _NONE, "Ingen vision"


def _number(name: str) -> int:
    return int(name.partition(".")[0])


VISION: Final = Facet(
    "vision", "Vision", _visions, _vision_names, is_folded=True, is_quiet=True
)
STANCE: Final = Facet("holdning", "Holdning", _stances, _stance_words, is_quiet=True)

PROPOSAL_FACETS: Final = (
    Facet("tema", "Tema", lambda row: [row.theme_key], _themes, is_one=True),
    Facet(
        *("status", "Status efter KKR", _status, _statuses), is_one=True, icons=_ring
    ),
    STANCE,
    term("lov", "Lov eller regel", TermKind.LAW),
    term("ordning", "Ordning", TermKind.SCHEME),
    term("aktoer", "Aktør", TermKind.ACTOR),
    term("maalgruppe", "Målgruppe", TermKind.TARGET_GROUP),
    term("rapport", "Rapport", TermKind.EVIDENCE),
    VISION,
    Facet("vis", "Skal rettes", _wrong, lambda _: _WRONG.items(), is_quiet=True),
)
PROPOSAL_SORTS: Final = (
    Sort("", "Tema"),
    Sort("titel", "Titel", lambda row: sort_key(row.title)),
    Sort("gevinster", "Flest gevinster", lambda row: -row.gains),
    Sort("risici", "Flest risici", lambda row: -row.risks),
    Sort("rettet", "Senest rettet", lambda row: -row.changed_at.timestamp()),
)


def _scopes(listed: Any) -> Iterable[tuple[str, str]]:
    names = (title for title, _ in listed.groups)
    return zip(map(str, Scope), names, strict=True)


def _groups(row: Any) -> Iterable[str]:
    if not row.groups and row.scope_key == Scope.CLUSTER:
        return ["ingen"]
    if row.groups:
        return ["nogle"] if row.unplaced else ["alle"]
    return ()


_GROUPS: Final = {
    "ingen": "Grupperne er ikke fastlagt",
    "nogle": "Nogen er ikke i en gruppe",
    "alle": "Alle er i en gruppe",
}

UNIT_FACETS: Final = (
    Facet("omfang", "Omfang", lambda row: [row.scope_key], _scopes, is_one=True),
    Facet("modtager", "Gevinst for", lambda row: [who for who, _ in row.gains_by]),
    STANCE,
    Facet("grupper", "Grupper", _groups, lambda _: _GROUPS.items(), is_one=True),
    Facet("kommune", "Kommune, der er med", lambda row: row.places, is_folded=True),
    term("aktoer", "Aktør", TermKind.ACTOR),
    VISION,
)
UNIT_SORTS: Final = (
    Sort("", "Omfang"),
    Sort("titel", "Titel", lambda row: sort_key(row.title)),
    Sort("gevinster", "Flest gevinster", lambda row: -row.gains),
    Sort("opgaver", "Flest opgaver", lambda row: -row.tasks),
)


def ordered(rows: Sequence[Any], sort: Sort) -> list[Any]:
    """Give rows in an order; what is equal stays by number."""
    return sorted(rows, key=sort.by) if sort.by else list(rows)
