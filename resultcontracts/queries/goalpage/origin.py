"""Where a figure comes from: document, counts, who entered and approved it, meetings.

Source: docs/rules.md R-133.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core import formats
from core.conflict_page import inside
from core.formats import NBSP, listed
from resultcontracts.choices import MeasureKind, MeasurementState, Missing
from resultcontracts.queries import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from meetings.editions.records import Shown
    from resultcontracts.queries.contracts import MeasureRow
    from resultcontracts.standing.measures import Measurement

    type Told = Mapping[str, Any]

NOT_TOLD: Final = "ikke oplyst"
NOT_APPROVED: Final = "ikke godkendt"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is told of a figure; ``url`` leads to it."""

    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A word and what is told under it."""

    term: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """A figure, or the word where one is missing, and where it comes from.

    Attributes:
        pk: of the measurement; None of a sum, which has no row.
        figure: as it is printed, without its unit: "77", "ikke målt".
        time: what it is of: "for 2021".
        is_current: what the status rests on.
        is_told: it is told in words, in place of a number.
    """

    pk: int | None
    figure: str
    time: str
    facts: tuple[Fact, ...]
    is_approved: bool = True
    is_current: bool = False
    is_missing: bool = False
    is_told: bool = False

    @property
    def question(self) -> str:
        """What opens it: "Hvor kommer 77 fra?"."""
        if self.is_told:
            return "Hvad siger kilden?"
        if self.is_missing:
            return f"Hvorfor er der intet tal {self.time}?"
        return f"Hvor kommer {self.figure} fra?"


def may_be_read(told: Told, *, is_inside: bool) -> bool:
    """Whether a measurement is shown: what is not approved is for those who work on it."""
    return is_inside or told["state"] == MeasurementState.APPROVED


def origins(
    measure: MeasureRow,
    documents: Sequence[Told],
    shown: Sequence[Shown],
    *,
    current: Measurement | None,
    is_inside: bool,
) -> tuple[Origin, ...]:
    """Give every figure of a measure with its origin: the current one, then the newest.

    Args:
        documents: what the goal rests on.
        shown: the sent versions that the goal stood in.
        current: what the status rests on.
        is_inside: the reader also sees what is not approved.
    """
    own = [
        each
        for each in measure.row.json_measurements
        if may_be_read(each, is_inside=is_inside) and _says_something(each, measure)
    ]
    key = current.key if current else ""
    own.sort(key=lambda each: str(each["period_end"] or ""), reverse=True)
    own.sort(key=lambda each: str(each["pk"]) != key)
    found = tuple(
        _origin(each, measure, documents, shown, is_current=str(each["pk"]) == key)
        for each in own
    )
    if current is not None and not key:
        return (_sum(measure, current), *found)
    return found


def _says_something(told: Told, measure: MeasureRow) -> bool:
    return rows.measurement_of(told, measure.row.unit) is not None


def figure_of(told: Told, unit: str) -> str:
    """Give a result as it is printed, or the word for why there is none."""
    reading = rows.reading_of(told, unit)
    if reading is not None:
        return reading.text
    return Missing(told["missing"]).label if told["missing"] else NOT_TOLD


def _origin(
    told: Told,
    measure: MeasureRow,
    documents: Sequence[Told],
    shown: Sequence[Shown],
    *,
    is_current: bool,
) -> Origin:
    facts = (
        Fact("Dokument", tuple(_documents(told, documents))),
        Fact("Måling", tuple(_measured(told, measure))),
        Fact("Indtastet", (Said(_entered(told)),)),
        Fact("Godkendt", (Said(_approved(told)),)),
        Fact("Kilde", (Said(told["source"] or NOT_TOLD),)),
        Fact("Vist på møder", tuple(_meetings(told, shown))),
        Fact("Rettelser", tuple(_corrections(told, measure))),
    )
    return Origin(
        pk=told["pk"],
        figure=figure_of(told, measure.row.unit),
        time=_time(told),
        facts=tuple(fact for fact in facts if fact.said),
        is_approved=told["state"] == MeasurementState.APPROVED,
        is_current=is_current,
        is_missing=bool(told["missing"]),
        is_told=bool(told["told"]),
    )


def _sum(measure: MeasureRow, current: Measurement) -> Origin:
    parts = listed([str(each) for each in measure.row.sums])
    text = f"{measure.label} er lagt sammen af {parts}."
    reading = current.reading
    return Origin(
        pk=None,
        figure=reading.text if reading else Missing.NOT_MEASURED.label,
        time=current.period.text,
        facts=(Fact("Måling", (Said(text),)),),
        is_current=True,
        is_missing=reading is None,
    )


def _documents(told: Told, documents: Sequence[Told]) -> Iterable[Said]:
    own = [each for each in documents if each["measurement_id"] == told["pk"]]
    of_goal = [
        each
        for each in documents
        if each["measurement_id"] is None and not each["is_awaited"]
    ]
    for each in own or of_goal[:1]:
        note = each["note"] if own else "Hele målet"
        yield Said(
            each["title"], each["url"], "ikke modtaget" if each["is_awaited"] else note
        )
    if not own and not of_goal:
        yield Said(NOT_TOLD)


def _measured(told: Told, measure: MeasureRow) -> Iterable[Said]:
    row = measure.row
    of = [row.label, row.segment] if row.segment else [row.label]
    figure = figure_of(told, row.unit)
    unit = f" {row.unit}" if row.unit and not told["missing"] else ""
    yield Said(f"{', '.join([*of, figure])}{unit} {_time(told)}.".replace(" .", "."))
    if row.kind == MeasureKind.SHARE and not told["missing"]:
        yield Said(_counts(told, row.counted_answer))
    if told["definition_text"]:
        yield Said(f"Definition: {told['definition_text']}.")
    if told["is_derived"]:
        yield Said(f"Afledt: {told['derived_from'] or 'regnet ud af et andet tal'}.")
    if told["is_proxy"]:
        yield Said("Tallet tæller noget andet end det aftalte.")
    if told["told"]:
        yield Said(told["told"])


def _counts(told: Told, answer: str) -> str:
    if told["asked"] is None or told["counted"] is None:
        return f"Tæller og nævner: {NOT_TOLD}."
    counted, asked = formats.number(told["counted"]), formats.number(told["asked"])
    said = f" svarede ”{answer}”" if answer else ""
    return f"Tæller og nævner: {counted} af {asked}{said}."


def _time(told: Told) -> str:
    if told["period_name"]:
        return f"for {told['period_name']}"
    end = rows.day_of(told["period_end"])
    return f"pr. {formats.long_date(end)}" if end else "uden dato"


def _entered(told: Told) -> str:
    through = f", {told['entered_through']}" if told["entered_through"] else ""
    at = rows.moment_of(told["entered_at"])
    return f"Af {_by(told['entered_by'])}{through}, {_moment(at)}"


def _approved(told: Told) -> str:
    at = rows.moment_of(told["approved_at"])
    if at is not None:
        return f"Af {_by(told['approved_by'])}, {_moment(at)}"
    state = MeasurementState(told["state"]).label
    reason = f": {told['returned_reason']}" if told["returned_reason"] else ""
    return f"{NOT_APPROVED.capitalize()}. {state}{reason}"


def _by(name: str | None) -> str:
    return inside(name) if name else "ukendt"


def _moment(at: datetime | None) -> str:
    if at is None:
        return NOT_TOLD
    return f"{formats.long_date(at.date())} kl.{NBSP}{formats.bare_time(at)}"


def _meetings(told: Told, shown: Sequence[Shown]) -> Iterable[Said]:
    """Give the sent versions of the goal that were made after the figure was approved."""
    approved = rows.moment_of(told["approved_at"])
    found = [row for row in shown if approved is not None and row.at >= approved]
    for row in found:
        yield Said(f"{row.meeting}, version {row.version}", row.url, row.place)
    if told["shown_before"]:
        yield Said(told["shown_before"])
    if not found and not told["shown_before"]:
        yield Said("Ikke vist på noget møde.")


def _corrections(told: Told, measure: MeasureRow) -> Iterable[Said]:
    """Give what a figure takes the place of, back to the first; it stays readable."""
    by_pk = {each["pk"]: each for each in measure.row.json_measurements}
    seen, at = {told["pk"]}, told["corrects_id"]
    while at is not None and at not in seen and at in by_pk:
        seen.add(at)
        old = by_pk[at]
        figure = figure_of(old, measure.row.unit)
        yield Said(f"Retter {figure}. Det blev godkendt: {_lower(_approved(old))}.")
        at = old["corrects_id"]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
