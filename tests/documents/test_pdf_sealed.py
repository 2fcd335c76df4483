"""The printer reaches neither the network nor a file that is not its own (S16)."""

from __future__ import annotations

import base64
import socket
import subprocess
import threading
from typing import TYPE_CHECKING

import pytest

from documents.printing.pdf import RenderError, print_html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SVG = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='9' height='9'>{}</svg>"
CHANNELS = {
    "img": '<img src="{}" alt="x">',
    "img relative to base": '<base href="{}"><img src="x.png" alt="x">',
    "object": '<object data="{}">x</object>',
    "embed": '<embed src="{}">',
    "link stylesheet": '<link rel="stylesheet" href="{}">',
    "link attachment": '<link rel="attachment" href="{}">',
    "a attachment": '<a rel="attachment" href="{}">x</a>',
    "import": '<style>@import url("{}");</style>',
    "import nested": '<style>@import url("data:text/css,@import%20url({})");</style>',
    "font face": '<style>@font-face{{font-family:f;src:url("{}")}}p{{font-family:f}}</style><p>x',
    "background": '<p style="background:url({})">x',
    "border image": '<p style="border:9px solid;border-image:url({}) 1">x',
    "list style": '<ul><li style="list-style-image:url({})">x</ul>',
    "content": "<style>p::before{{content:url({})}}</style><p>x",
    "content replaced": '<p style="content:url({})">x',
    "page background": "<style>@page{{background:url({})}}</style><p>x",
    "margin box": "<style>@page{{@top-left{{content:url({})}}}}</style><p>x",
    "svg image": SVG.format("<image href='{}' width='9' height='9'/>"),
    "svg use": SVG.format("<use href='{}#a'/>"),
    "svg style": SVG.format("<style>@import url({});</style><rect/>"),
}
# WeasyPrint does not know these, so nothing is asked for and nothing is missing.
UNKNOWN = {"content replaced", "svg use"}
SCHEMES = ("http", "https", "ftp")


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A server on the loopback that counts who connects; gives its port and the list."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def count() -> None:
            while True:
                try:
                    connection, where = server.accept()
                except OSError:
                    return
                came.append(where)
                connection.close()

        threading.Thread(target=count, daemon=True).start()
        yield server.getsockname()[1], came
        server.shutdown(socket.SHUT_RDWR)


def page_with(fragment: str) -> str:
    return f'<!doctype html><html lang="da"><title>x</title><body><p>ord {fragment}'


def text_of(pdf: bytes, folder: Path) -> str:
    """What poppler reads in a PDF; "" for none."""
    if not pdf:
        return ""
    path = folder / "printed.pdf"
    path.write_bytes(pdf)
    found = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True)
    return found.stdout.decode()


def outcome(fragment: str) -> bytes | None:
    """The PDF, or None where printing was refused."""
    try:
        return print_html(page_with(fragment))
    except RenderError:
        return None


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_address_of_the_network_stops_the_printing_and_nobody_connects(
    channel: str, scheme: str, listener: tuple[int, list[object]]
) -> None:
    port, came = listener

    printed = outcome(CHANNELS[channel].format(f"{scheme}://127.0.0.1:{port}/x"))

    assert (printed is None) == (channel not in UNKNOWN)
    assert came == []


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("way", ["plain", "inside a picture"])
def test_a_foreign_file_stops_the_printing(
    channel: str, way: str, tmp_path: Path
) -> None:
    canary = tmp_path / "canary.svg"
    canary.write_text(SVG.format("<text y='9'>KANARIEFUGL</text>"), encoding="utf-8")
    address = canary.as_uri()
    if way == "inside a picture":
        inside = SVG.format(f"<image xlink:href='{address}' width='9' height='9'/>")
        coded = base64.b64encode(inside.encode()).decode()
        address = f"data:image/svg+xml;base64,{coded}"

    printed = outcome(CHANNELS[channel].format(address))

    assert (printed is None) == (channel not in UNKNOWN)
    assert "KANARIEFUGL" not in text_of(printed or b"", tmp_path)


@pytest.mark.parametrize(
    "path",
    ["../manage.py", "css/../../manage.py", "/etc/passwd", "css/none.css", "css", ""],
)
def test_static_leads_to_no_other_folder(path: str) -> None:
    with pytest.raises(RenderError, match="only use static files"):
        print_html(page_with(f'<img src="static:{path}" alt="x">'))


def test_a_picture_of_the_project_is_printed() -> None:
    printed = print_html(page_with('<img src="static:img/favicon.svg" alt="mærke">'))

    assert printed.startswith(b"%PDF-")


def test_what_the_engine_only_logs_stops_the_printing() -> None:
    with pytest.raises(RenderError, match="findes-ikke"):
        print_html(page_with('<a href="#findes-ikke">x</a>'))
