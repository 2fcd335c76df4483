"""What no template may hold, and how long templates, styles and scripts may grow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from core.templatetags.look import attributes

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATES = sorted(settings.BASE_DIR.glob("templates/**/*.html"))
STYLES = sorted(settings.BASE_DIR.glob("static/css/*.css"))
ICONS = {path.stem for path in settings.BASE_DIR.glob("frontend/icons/*.svg")}

FORBIDDEN = {
    "a style attribute": re.compile(r"\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)"),
    "an event attribute": re.compile(r"\son[a-z]+\s*="),
    "an hx-on attribute": re.compile(r"\shx-on"),
    "a js: value": re.compile(r"[\"']js:"),
    "hx-put or hx-delete": re.compile(r"\shx-(put|patch|delete|headers)\b"),
}


def name(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_breaks_no_policy_and_is_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert [what for what, found in FORBIDDEN.items() if found.search(text)] == []
    assert text.count("\n") <= 150


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_icon_that_is_named_is_drawn(path: Path) -> None:
    named = set(re.findall(r'{% icon "([^"]+)"', path.read_text(encoding="utf-8")))

    assert named <= ICONS


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_a_stylesheet_is_short_and_takes_its_colours_from_the_tokens(
    path: Path,
) -> None:
    text = path.read_text(encoding="utf-8")

    assert text.count("\n") <= 300
    if path.name not in {"tokens.css", "paper.css"}:
        colours = set(re.findall(r"#[0-9a-f]{3,8}\b", text))
        assert colours <= {"#fff"}


@pytest.mark.parametrize(
    "name", ["portal.js", "fields.js", "contents.js", "references.js"]
)
def test_the_portals_scripts_stay_small(name: str) -> None:
    script = (settings.BASE_DIR / "static/js" / name).read_text(encoding="utf-8")

    assert script.count("\n") <= 100


def test_every_stylesheet_of_the_portal_is_in_the_bundle() -> None:
    bundle = (settings.BASE_DIR / "frontend/portal.css").read_text(encoding="utf-8")
    imported = set(re.findall(r"static/css/([\w-]+\.css)", bundle))

    assert imported == {path.name for path in STYLES} - {"paper.css"}


def test_the_attributes_of_a_control_are_escaped_and_say_only_what_holds() -> None:
    attrs = {
        "id": "id_x",
        "class": "a",
        "title": '"<>',
        "required": True,
        "cols": False,
    }

    assert attributes({"attrs": attrs}) == (
        ' id="id_x" title="&quot;&lt;&gt;" required'
    )


def test_only_the_first_of_several_choices_takes_the_focus() -> None:
    choice = {"attrs": {"autofocus": True}}

    drawn = [attributes({**choice, "index": index}) for index in ("0", "1")]

    assert drawn == [" autofocus", ""]
