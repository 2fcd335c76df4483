"""What a form sent, given back so that nothing typed is lost when saving fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core import richtext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

SECRET = frozenset({"csrfmiddlewaretoken", "password", "password1", "password2"})
NO_LABEL = "Din tekst"


@dataclass(frozen=True, slots=True)
class Posted:
    """One posted field.

    Attributes:
        label: the Danish name shown above it; "" for a field that is posted unseen.
    """

    name: str
    value: str
    label: str = ""


def posted_fields(data: QueryDict, labels: Mapping[str, str]) -> tuple[Posted, ...]:
    """Give all posted fields but the secret ones, in the order they came.

    Args:
        data: ``request.POST``.
        labels: field name → Danish label. A field without one is shown under "Din
            tekst" if it holds words, and posted unseen otherwise.

    Returns:
        Fields that post the same again. Rich text comes back as plain text to edit,
        with its markup beside it, so that what is not edited keeps its markup.
    """
    rich = {name[:-7] for name in data if name.endswith("_format")}
    return tuple(
        _field(data, rich, labels, name, value)
        for name, values in data.lists()
        for value in values
        if name not in SECRET
    )


def _field(
    data: QueryDict, rich: set[str], labels: Mapping[str, str], name: str, value: object
) -> Posted:
    text = str(value)
    if name.endswith("_format") and name[:-7] in rich:
        return Posted(name, "plain")
    if name.endswith("_html") and name[:-5] in rich:
        return Posted(name, text)
    if name in rich and data.get(f"{name}_format") == "html":
        text = richtext.to_plain(data.get(f"{name}_html") or "")
    if name in labels or name in rich:
        return Posted(name, text, labels.get(name, NO_LABEL))
    return Posted(name, text, NO_LABEL if " " in text.strip() else "")
