"""The form of all that one municipality thinks: a stance and a reason a record."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from django import forms

from core import clock
from core.dates import DayField
from core.versions import fields_at
from proposals.forms.positions import EMPTY, lacks, stance_field
from proposals.stances import NO_ANSWER, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from proposals.models import Position
    from proposals.queries.record_lines import RecordLine

MINE, THEIRS = "mit", "portalens"
CHOOSE: Final = "Vælg, hvilket svar der skal gælde."
NAMES: Final = ("stance", "reason")


@dataclass(frozen=True, slots=True)
class Answer:
    """One record of the form with its own fields.

    Attributes:
        theirs: what stands now, where somebody else answered meanwhile.
        chosen: which of the two is to stand, once that is said.
    """

    record: RecordLine
    row: Position
    stance: forms.BoundField
    reason: forms.BoundField
    version: forms.BoundField
    theirs: Position | None = None
    chosen: str = ""

    @property
    def is_missing(self) -> bool:
        """Nobody has answered."""
        return not self.row.stance

    @property
    def theirs_words(self) -> str:
        """What somebody else answered, in words."""
        return WORDS[self.theirs.stance] if self.theirs is not None else ""


class AnswersForm(forms.Form):
    """All of one municipality's stances, signed once.

    What somebody else answered meanwhile is not written over: the form asks which of the
    two is to stand (``valg_12``, of the version ``set_12``), and nothing is chosen.

    Attributes:
        records: those that may be answered now, and those that the user answered before
            that ended: what is said of them is shown, and not written.
        refused: why not, by pk.
        collided: ids of records that somebody else answered meanwhile.
        written: ids of records that were saved now.
        draft: set by core.drafts.offering.offer.
    """

    signer = forms.CharField(
        label="Afgivet af",
        max_length=120,
        required=False,
        help_text="Gælder de svar, du ændrer nu.",
    )
    given_on = DayField(label="Dato", required=False)
    draft: Any = None

    def __init__(
        self,
        *args: Any,
        records: Sequence[RecordLine],
        rows: Mapping[int, Position],
        signer: str,
        refused: Mapping[int, str] = MappingProxyType({}),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows, self.refused = rows, refused
        self.records = [
            r for r in records if r.pk not in refused or self._is_said(r.pk)
        ]
        self.collided: set[int] = set()
        self.written: set[int] = set()
        self.initial.update(signer=signer, given_on=clock.today())
        for record in self.records:
            self._add(record.pk, rows[record.pk])

    def _add(self, pk: int, row: Position) -> None:
        self.fields[f"stance_{pk}"] = stance_field()
        self.fields[f"reason_{pk}"] = forms.CharField(
            label="Begrundelse",
            max_length=2000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields[f"version_{pk}"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False
        )
        for name in (*NAMES, "version"):
            self.initial[f"{name}_{pk}"] = getattr(row, name)

    def clean(self) -> dict[str, Any]:
        """Each answer that was changed has what it needs; what collided is settled."""
        super().clean()
        own = self.cleaned_data
        for record in self.records:
            pk = record.pk
            if pk in self.refused:
                continue
            if self._seen(pk) and not self._chosen(pk):
                self.collided.add(pk)
                self.add_error(f"stance_{pk}", CHOOSE)
            if not self._is_said(pk) or f"stance_{pk}" in self.errors:
                continue
            for name, problem in lacks(self._values(pk, own)).items():
                field = f"reason_{pk}" if name == "reason" else name
                if field not in self.errors:
                    self.add_error(field, problem)
        return own

    def changes(self) -> Iterator[tuple[RecordLine, int, dict[str, Any]]]:
        """Give what is to be written: the record, the version it is over, the values."""
        for record in self.records:
            if not self._is_said(record.pk) or record.pk in self.refused:
                continue
            values = self._values(record.pk, self.cleaned_data)
            if values["stance"] == NO_ANSWER:
                values |= EMPTY
            yield record, self._version(record.pk), values

    def say_refused(self) -> int:
        """Say beside each answer that came too late why it is not saved; how many are."""
        late = [record.pk for record in self.records if record.pk in self.refused]
        for pk in late:
            self.add_error(f"stance_{pk}", self.refused[pk])
        return len(late)

    @property
    def may_save(self) -> bool:
        """Whether any of it can be answered now."""
        return any(record.pk not in self.refused for record in self.records)

    def answers(self) -> list[Answer]:
        """Give each record with its fields: what collides first, then what is missing."""
        found = [self._answer(record) for record in self.records]
        return sorted(found, key=lambda own: (own.theirs is None, not own.is_missing))

    def _answer(self, record: RecordLine) -> Answer:
        pk = record.pk
        collides = pk in self.collided or bool(self._seen(pk))
        return Answer(
            record,
            self.rows[pk],
            self[f"stance_{pk}"],
            self[f"reason_{pk}"],
            self[f"version_{pk}"],
            self.rows[pk] if collides else None,
            self._chosen(pk),
        )

    def _is_said(self, pk: int) -> bool:
        """Whether the user says something else of a record than what they opened."""
        if f"stance_{pk}" not in self.data or self._chosen(pk) == THEIRS:
            return False
        row, version = self.rows[pk], self._version(pk)
        opened: Mapping[str, object] = {name: getattr(row, name) for name in NAMES}
        if version != row.version and row.pk:
            opened = fields_at(row, version, NAMES)
        said = {name: str(self.data.get(f"{name}_{pk}", "")) for name in NAMES}
        return any(_plain(said[name]) != _plain(str(opened[name])) for name in NAMES)

    def _version(self, pk: int) -> int:
        """The version that an answer is written over: the one that was seen last."""
        return self._seen(pk) or _number(self.data.get(f"version_{pk}"))

    def _seen(self, pk: int) -> int:
        return _number(self.data.get(f"set_{pk}"))

    def _chosen(self, pk: int) -> str:
        chosen = str(self.data.get(f"valg_{pk}", ""))
        return chosen if chosen in {MINE, THEIRS} else ""

    def _values(self, pk: int, own: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "stance": own.get(f"stance_{pk}", NO_ANSWER),
            "reason": own.get(f"reason_{pk}", ""),
            "signer": own.get("signer", ""),
            "given_on": own.get("given_on"),
        }


def _number(text: Any) -> int:
    found = str(text or "")
    return int(found) if found.isdecimal() and len(found) < 10 else 0  # noqa: PLR2004


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
