"""Template tags for what every page shows: icons, and messages with an undo."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django import template
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from core.kept import kept
from core.notices import Merged, Undo
from core.notices import merged_of as merged_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.contrib.messages.storage.base import Message
    from django.utils.safestring import SafeString

register = template.Library()

TONE_OF_LEVEL = {
    "success": "good",
    "info": "brand",
    "debug": "brand",
    "warning": "partial",
    "error": "bad",
}
GLYPH_OF_TONE = {
    "good": "check-circle",
    "partial": "warning",
    "bad": "error",
    "waiting": "waiting",
    "brand": "info",
}


@register.simple_tag
def icon(name: str, *, tone: str = "", label: str = "", size: str = "") -> SafeString:
    """Draw one glyph of the sprite.

    Args:
        name: a file name in ``frontend/icons`` without its ending.
        tone: good, partial, bad, waiting or brand; empty takes the text's colour.
        label: spoken by screen readers; empty when a word stands beside the glyph.
        size: "small" for 12 px.
    """
    return _icon(name, tone, label, size)


@register.simple_tag(name="kept")
def kept_piece(piece: str, **values: Any) -> SafeString:
    """Write a template of plain values, formed once a process for the same (``core.kept``)."""
    return kept(piece, **values)


@register.simple_tag
def squares(names: Iterable[str]) -> SafeString:
    """Draw many glyphs side by side, each in a span that is called as it."""
    every = tuple(names)
    drawn = {
        name: f'<span class="{escape(name)}">{_icon(name, "", "", "")}</span>'
        for name in set(every)
    }
    return mark_safe("".join(map(drawn.__getitem__, every)))  # noqa: S308 -- escaped


@lru_cache(maxsize=512)
def _icon(name: str, tone: str, label: str, size: str) -> SafeString:
    """Draw it once: a page says most of them many times."""
    names = ["icon", tone and f"icon--{tone}", size and f"icon--{size}"]
    href = f"{static('build/icons.svg')}#{name}"
    css = " ".join(filter(None, names))
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>',
            css,
            label,
            href,
        )
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>', css, href
    )


@register.filter
def tone_of(message: Message) -> str:
    """Give the tone of a Django message: good, brand, partial or bad."""
    return TONE_OF_LEVEL.get(message.level_tag, "brand")


@register.filter
def glyph_of(tone: str) -> str:
    """Give the glyph that goes with a tone; "" for a tone without one."""
    return GLYPH_OF_TONE.get(tone, "")


@register.filter
def chip_glyph(tone: str) -> str:
    """Give the glyph of a chip; what changed and plain kinds carry words alone."""
    return "" if tone in {"brand", "changed"} else glyph_of(tone)


@register.filter
def control_class(kind: str) -> str:
    """Give the design system's class for an input's type; "" where it has none."""
    if kind in {"hidden", "file", "submit"}:
        return ""
    return f"form-{kind}" if kind in {"checkbox", "radio"} else "form-input"


@register.filter
def undo_of(message: Message) -> Undo | None:
    """Give what a message offers to undo, if anything."""
    return Undo.read(message.extra_tags or "")


@register.filter
def merged_of(message: Message) -> tuple[Merged, ...]:
    """Give what a message tells was merged."""
    return merged_in(message.extra_tags or "")


@register.filter
def attributes(widget: Mapping[str, Any]) -> SafeString:
    """Write a control's attributes, each with a space before it; ``class`` is elsewhere.

    Of radios and check boxes of one question only the first has the focus.
    """
    is_first = widget.get("index", "0") in {"", "0", None}
    return mark_safe(  # noqa: S308 -- each part is escaped
        "".join(
            f" {escape(name)}"
            if value is True
            else f' {escape(name)}="{escape(str(value))}"'
            for name, value in widget["attrs"].items()
            if value is not False
            and name != "class"
            and (is_first or name != "autofocus")
        )
    )
