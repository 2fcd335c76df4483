"""Makers of written appendices and of what stands in them."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from PIL import Image

from documents.storage import keep
from meetings.models import Appendix, WrittenBlock

if TYPE_CHECKING:
    from meetings.models import AgendaItem


def a_written(item: AgendaItem, title: str = "Status", **fields: Any) -> Appendix:
    """An empty written appendix, last among the item's."""
    position = item.appendices.filter(position__isnull=False).count() + 1
    own = {"kind": "written", "language": "da", **fields}
    key = f"skrevet-{item.appendices.count() + 1}"
    return Appendix.objects.create(
        item=item, position=position, key=key, title=title, **own
    )


def a_block(appendix: Appendix, kind: str = "text", **fields: Any) -> WrittenBlock:
    """A block, last in its appendix; its key is its number."""
    number = appendix.blocks.count() + 1
    usual: dict[str, dict[str, Any]] = {
        "text": {"heading": "Baggrund", "text": "<p>Der mangler pladser.</p>"},
        "figure": {"heading": "Lærer", "number": "297", "unit": "pladser",
                   "source": "UC Absalon", "year": "2022"},
        "picture": {"file": a_picture(), "file_format": "png", "width": 60,
                    "height": 40, "alternative": "Et kort"},
        "chart": {"heading": "I tal", "sentence": "Flest er lærere."},
    }  # fmt: skip
    values = {"key": str(number), "position": number, **usual[kind], **fields}
    return WrittenBlock.objects.create(appendix=appendix, kind=kind, **values)


def a_whole(item: AgendaItem) -> Appendix:
    """One with every kind of block; the figures end in one that is missing."""
    row = a_written(item, sender="Sekretariatet", dated="7. november 2023")
    table = (
        "<table><tbody><tr><th>Sted</th></tr><tr><td>Slagelse</td></tr></tbody></table>"
    )
    a_block(row, text=f"<p>Der mangler pladser.</p><h3>Hvor</h3>{table}")
    a_block(row, "figure")
    a_block(row, "figure", heading="Sygeplejerske", number="1.104", qualifier="ca.")
    a_block(row, "figure", heading="Pædagog", number="", missing="ikke målt")
    a_block(row, "chart")
    a_block(row, "picture", caption="De 17 kommuner")
    return row


@cache
def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), (18, 69, 107)).save(out, "PNG")
    return out.getvalue()


def a_picture() -> str:
    """Name in storage of a small PNG."""
    return keep(ContentFile(_png()))
