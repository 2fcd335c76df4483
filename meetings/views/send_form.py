"""What the form of the send page sends: a tick and a reason for each finding.

A group may be answered as one: its tick and reason go to all of its warnings that the page
showed without an answer, and that got none of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError

from meetings.checking.named import WHO, WHOLE, is_person
from meetings.models.finding import MOST_WORDS
from meetings.services.findings import Given

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.http import QueryDict

    from meetings.checking.standing import Standing
    from meetings.models import Answer

REASON: Final = forms.CharField(
    max_length=MOST_WORDS,
    error_messages={
        "required": "Skriv hvorfor.",
        "max_length": f"Skriv højst {MOST_WORDS} tegn.",
    },
)
NO_TICK: Final = "Sæt hak ved begrundelsen, eller slet den."
# What stands before a group's name where a finding has its fingerprint.
EVERY: Final = "alle-"


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed at one finding, and what stands in the way of saving it.

    ``theirs`` is what somebody else answered meanwhile.
    """

    is_ticked: bool = False
    reason: str = ""
    error: str = ""
    theirs: Answer | None = None


def typed(data: QueryDict) -> dict[str, Typed]:
    """Give what was typed, wrong or right, by fingerprint, or by ``EVERY`` and a group."""
    ticked = set(data.getlist("svar"))
    names = [name.removeprefix("grund-") for name in data if name.startswith("grund-")]
    keys = dict.fromkeys([*names, *sorted(ticked)])
    return dict(_read(data, keys, ticked))


def _read(
    data: QueryDict, keys: Mapping[str, None], ticked: set[str]
) -> Iterator[tuple[str, Typed]]:
    for key in keys:
        reason = data.get(f"grund-{key}", "")
        if key not in ticked:
            if reason.strip():
                yield key, Typed(reason=reason, error=NO_TICK)
            continue
        try:
            yield key, Typed(is_ticked=True, reason=str(REASON.clean(reason)))
        except ValidationError as error:
            said = str(error.messages[0])
            yield key, Typed(is_ticked=True, reason=reason, error=said)


def asking_who(mine: Mapping[str, Typed], found: Standing) -> dict[str, Typed]:
    """Ask for a person's name where pages were to be looked through and none was given."""
    named = {row.finding.fingerprint for row in found.rows if row.asks_who}
    return {
        key: replace(each, error=WHOLE if each.reason.strip() else WHO)
        if key in named and each.is_ticked and not is_person(each.reason)
        else each
        for key, each in mine.items()
    }


class ReasonsForm(forms.Form):
    """The reasons that are asked for, as a form that keeps drafts; the page draws them."""

    def __init__(self, data: QueryDict | None = None, *, found: Standing) -> None:
        super().__init__(data)
        for row in found.open:
            each = row.finding
            label = f"{each.label}: {each.sentence}"
            self.fields[f"grund-{each.fingerprint}"] = forms.CharField(
                label=label, required=False
            )
        for group in found.groups:
            label = f"Resten af {group.name}"
            self.fields[f"grund-{EVERY}{group.slug}"] = forms.CharField(
                label=label, required=False
            )


def typed_before(form: forms.Form) -> dict[str, Typed]:
    """Give what a draft holds that the form was filled with; it was never refused."""
    line: Any = getattr(form, "draft", None)
    if line is None or not line.is_opened:
        return {}
    found = typed(line.kept.posted)
    return {key: replace(each, error="") for key, each in found.items()}


def given(data: QueryDict, mine: Mapping[str, Typed], found: Standing) -> list[Given]:
    """Give the answers to save, one a finding, those of whole groups told out."""
    reasons = {key: each.reason for key, each in mine.items() if each.is_ticked}
    for group in found.groups:
        reason = reasons.pop(f"{EVERY}{group.slug}", "")
        keys = [row.finding.fingerprint for row in group.open] if reason else []
        for key in keys:
            if f"set-{key}" in data:
                reasons.setdefault(key, reason)
    return [
        Given(key, reason, number(data.get(f"set-{key}", "")))
        for key, reason in reasons.items()
    ]


def number(text: str) -> int:
    """Give the version that a form sends back; 0 is none."""
    return int(text) if text.isdecimal() and len(text) < 9 else 0  # noqa: PLR2004
