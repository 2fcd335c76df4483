"""Where the check of a meeting stands: stored findings with the answers they got."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.text import slugify

from core import formats
from core.bundle import bundled
from meetings.checking.unseen import UNSEEN
from meetings.models import Answer, Checkup, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding, and the answer that holds, if any.

    ``seen`` is the version of the answer that was there when the page was read, 0 for
    none; a form sends it back.
    """

    finding: Finding
    answer: Answer | None = None
    seen: int = 0

    @property
    def is_answered(self) -> bool:
        """Somebody has said why it may be sent."""
        return self.answer is not None

    @property
    def tone(self) -> str:
        """The glyph's tone."""
        if self.is_answered:
            return "good"
        return "bad" if self.finding.is_error else "partial"

    @property
    def word(self) -> str:
        """How the tone is spoken."""
        return {"good": "Besvaret", "bad": "Fejl"}.get(self.tone, "Advarsel")

    @property
    def asks_who(self) -> bool:
        """It is answered by the name of whoever has looked through what no check reads."""
        return self.finding.check_key == UNSEEN

    @property
    def quote(self) -> str:
        """Its words in quotation marks, unless they have some of their own."""
        words = self.finding.quote
        return words if not words or "”" in words else f"”{words}”"

    @property
    def slug(self) -> str:
        """What its fields and its place on the page are called."""
        return self.finding.fingerprint[:16]


@dataclass(frozen=True, slots=True)
class Group:
    """The warnings of one kind."""

    name: str
    rows: tuple[FindingRow, ...]

    @property
    def slug(self) -> str:
        """What its fields are called: "tal-og-frister"."""
        return slugify(self.name)

    @property
    def open(self) -> tuple[FindingRow, ...]:
        """Those without an answer."""
        return tuple(row for row in self.rows if not row.is_answered)


@dataclass(frozen=True, slots=True)
class Standing:
    """The whole check, as it was last stored.

    Attributes:
        checkup: when and of what; None where nothing was checked yet.
    """

    rows: tuple[FindingRow, ...]
    checkup: Checkup | None

    @property
    def checked_at(self) -> datetime | None:
        """When it was made."""
        return self.checkup.checked_at if self.checkup else None

    @property
    def clean(self) -> tuple[str, ...]:
        """Names of the checks that found nothing."""
        return tuple(self.checkup.clean) if self.checkup else ()

    @property
    def errors(self) -> tuple[FindingRow, ...]:
        """What must be put right; a few may be answered by name instead."""
        return tuple(row for row in self.rows if row.finding.is_error)

    @property
    def warnings(self) -> tuple[FindingRow, ...]:
        """What is put right or answered."""
        return tuple(row for row in self.rows if not row.finding.is_error)

    @property
    def groups(self) -> tuple[Group, ...]:
        """The warnings by kind, in order."""
        names = dict.fromkeys(row.finding.group for row in self.warnings)
        return tuple(
            Group(name, tuple(r for r in self.warnings if r.finding.group == name))
            for name in names
        )

    @property
    def open_errors(self) -> tuple[FindingRow, ...]:
        """Errors that nobody has answered for."""
        return tuple(row for row in self.errors if not row.is_answered)

    @property
    def open_warnings(self) -> tuple[FindingRow, ...]:
        """Warnings without an answer."""
        return tuple(row for row in self.warnings if not row.is_answered)

    @property
    def open(self) -> tuple[FindingRow, ...]:
        """All that keeps the packet from being sent, errors first."""
        return (*self.open_errors, *self.open_warnings)

    @property
    def may_answer(self) -> bool:
        """Something is open that an answer closes."""
        return any(row.finding.may_answer for row in self.open)

    @property
    def is_settled(self) -> bool:
        """It was checked, and nothing that was found is open."""
        return self.checkup is not None and not self.open

    @property
    def errors_words(self) -> str:
        """Give "2 fejl skal rettes", or ""."""
        return f"{_many_errors(self.open_errors)} skal rettes" * bool(self.open_errors)

    @property
    def warnings_words(self) -> str:
        """Give "4 af 7 advarsler mangler svar", or ""."""
        left, all_ = len(self.open_warnings), len(self.warnings)
        if not left:
            return ""
        if left == all_:
            return f"{_many_warnings(self.warnings)} mangler svar"
        return f"{left} af {formats.counted(all_, '', 'advarsler')} mangler svar"

    @property
    def summary(self) -> str:
        """Give "2 fejl og 7 advarsler", answered ones with them; "" for none."""
        counts = [
            _many_errors(self.errors) if self.errors else "",
            _many_warnings(self.warnings) if self.warnings else "",
        ]
        return formats.listed([count for count in counts if count])

    @property
    def remaining(self) -> str:
        """Give "2 fejl er rettet, og 4 advarsler har fået svar", what is to be; or ""."""
        errors, warnings = self.open_errors, self.open_warnings
        fixed = f"{_many_errors(errors)} er rettet" if errors else ""
        answered = f"{_many_warnings(warnings)} har fået svar" if warnings else ""
        return ", og ".join(part for part in (fixed, answered) if part)

    @property
    def blocker(self) -> str:
        """Say what findings keep the packet from being sent; "" where none does."""
        return f"Du kan sende, når {self.remaining}." if self.remaining else ""

    def row(self, fingerprint: str) -> FindingRow | None:
        """Give the finding with this fingerprint."""
        own = (row for row in self.rows if row.finding.fingerprint == fingerprint)
        return next(own, None)

    def is_of(self, digest: str) -> bool:
        """Whether the records are still those that were checked."""
        return self.checkup is not None and self.checkup.digest == digest

    def to_json(self) -> dict[str, Any]:
        """Give all of it as it is stored with what is sent."""
        at = self.checked_at
        return {
            "checked_at": at.isoformat() if at else "",
            "clean": list(self.clean),
            "findings": [_plain(row) for row in self.rows],
        }


def standing(meeting_pk: int) -> Standing:
    """Read a meeting's stored findings and answers: one query."""
    findings, answers, checkups = _stored(meeting_pk)
    return Standing(_rows(findings, answers), next(iter(checkups), None))


@bundled
def _stored(meeting: int) -> tuple[QuerySet[Any], ...]:
    return (
        Finding.objects.filter(meeting=meeting).order_by("position"),
        Answer.objects.filter(meeting=meeting),
        Checkup.objects.filter(meeting=meeting),
    )


def _rows(
    findings: Iterable[Finding], answers: Iterable[Answer]
) -> tuple[FindingRow, ...]:
    given = {answer.fingerprint: answer for answer in answers}
    found = []
    for finding in findings:
        answer = given.get(finding.fingerprint) if finding.may_answer else None
        holds = answer if answer and not answer.is_withdrawn else None
        found.append(FindingRow(finding, holds, answer.version if answer else 0))
    return tuple(found)


def _plain(row: FindingRow) -> dict[str, Any]:
    names = ("check_key", "group", "is_error", "label", "place", "where", "sentence",
             "quote", "fingerprint")  # fmt: skip
    answer = row.answer
    said = answer and {
        "reason": answer.reason,
        "by": answer.changed_by,
        "at": answer.changed_at.isoformat(),
    }
    return {**{name: getattr(row.finding, name) for name in names}, "answer": said}


def _many_errors(rows: Iterable[FindingRow]) -> str:
    return formats.counted(len(tuple(rows)), "fejl", "fejl")


def _many_warnings(rows: Iterable[FindingRow]) -> str:
    return formats.counted(len(tuple(rows)), "advarsel", "advarsler")
