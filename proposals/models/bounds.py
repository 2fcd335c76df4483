"""How long a body may be: of a proposal its idea, of a unit what it is about."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError

from core import richtext
from core.formats import number

BODY: Final = 20_000
"""Letters of a body as it is read; the form of it asks for no more."""
KEPT: Final = 25_000
"""Letters that can be kept: a reference is kept by its key, which is longer."""
TOO_LONG: Final = (
    "Teksten har {} tegn. Den må højst have {}. Del den, eller flyt noget til et bilag."
)


def bounded_body(html: str) -> None:
    """Refuse a body that is longer than can be kept.

    Raises:
        ValidationError: it is; the text tells by how much.
    """
    length = len(richtext.to_plain(html))
    if length > KEPT:
        raise ValidationError(TOO_LONG.format(number(length), number(BODY)))
