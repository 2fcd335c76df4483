"""Mails that a reader writes to the secretariat, begun for them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django import template
from django.conf import settings

if TYPE_CHECKING:
    from meetings.editions.edition import Edition, Part

register = template.Library()


@register.simple_tag
def mail_for_text(edition: Edition, part: Part | None = None) -> str:
    """Give the address of a mail that asks for what cannot be read aloud.

    Args:
        part: the appendix it is about; of a closed one the mail says the number alone.
    """
    said = f"{edition.name}, {edition.agenda.council}"
    if part is None:
        wanted = "teksten fra et bilag. Jeg mangler: "
    else:
        bilag = part.appendix
        said = f"{bilag.label}, {said}"
        title = "" if part.is_closed else f" {bilag.title}"
        wanted = f"teksten fra {bilag.label}{title}."
    subject = quote(f"Bed om teksten: {said}")
    body = quote(f"Jeg vil gerne have {wanted}")
    return f"mailto:{settings.STATEMENT['mail']}?subject={subject}&body={body}"
