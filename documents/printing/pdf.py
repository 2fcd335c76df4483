"""The sealed printer: HTML in, PDF/UA-1 out. Only this module imports WeasyPrint.

It reaches neither the network nor the file system: what a page may use is the paper's
stylesheet, the project's own fonts, files below ``static/`` as ``static:``, and pictures
that stand in the page itself. Any other address stops the printing. Equal HTML gives
equal bytes, whatever the machine.
"""

from __future__ import annotations

import base64
import logging
import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from documents.fonts import fonts_folder
from documents.printing.mend import mend_piece

if TYPE_CHECKING:
    from collections.abc import Iterator

STATIC: Final = Path(__file__).resolve().parents[2] / "static"
PAPER_CSS: Final = STATIC / "css" / "paper.css"
VARIANT: Final = "pdf/ua-1"
# Pictures that may stand in the page itself, and how their bytes begin.
PICTURES: Final = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff"}

_OPTIONS: Final[dict[str, Any]] = {
    "presentational_hints": True,
    "pdf_variant": VARIANT,
    "pdf_identifier": b"kkr",
}
_FONT_CONFIG: Final = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


class RenderError(Exception):
    """A page could not be printed: it asks for what is not its own, or it is broken."""


class TooHeavyError(RenderError):
    """A page would take more time or memory than one may have."""


@dataclass(frozen=True, slots=True)
class _Engine:
    """What all pages of a process share; one each would cost more than the pages."""

    weasyprint: Any
    fetcher: Any
    fonts: Any
    sheet: Any


def print_html(html: str) -> bytes:
    """Print a whole HTML page as a mended PDF/UA-1 piece.

    Args:
        html: a document of its own, from the project's templates.

    Raises:
        RenderError: it uses an address other than ``static:``, or cannot be laid out.
    """
    with _refusing():
        printed = _laid_out(html).write_pdf(**_OPTIONS)
    return mend_piece(printed)


def count_pages(html: str) -> int:
    """Lay a whole HTML page out, and give how many pages it takes on paper.

    Raises:
        RenderError: as :func:`print_html`.
    """
    with _refusing():
        return len(_laid_out(html).pages)


def _laid_out(html: str) -> Any:
    engine = load()
    page = engine.weasyprint.HTML(
        string=html, base_url="sealed:", url_fetcher=engine.fetcher
    )
    return page.render(stylesheets=[engine.sheet], font_config=engine.fonts, **_OPTIONS)


@contextmanager
def _refusing() -> Iterator[None]:
    """Make an error of what WeasyPrint refuses, and of what it only logs."""
    load()
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415 -- costs seconds

    try:
        with _errors_heard() as heard:
            yield
    except FatalURLFetchingError as error:
        raise RenderError(str(error)) from error
    if heard:
        raise RenderError("; ".join(heard))


@contextmanager
def _errors_heard() -> Iterator[list[str]]:
    """Collect what WeasyPrint only logs: a hole in a page must stop the printing."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage()[:300])

    listener = Listener(logging.ERROR)
    log = logging.getLogger("weasyprint")
    log.addHandler(listener)
    try:
        yield heard
    finally:
        log.removeHandler(listener)


@lru_cache(maxsize=1)
def load() -> _Engine:
    """Import WeasyPrint (2-3 s) and set up what its pages share; once a process."""
    with _only_our_fonts():
        import weasyprint  # noqa: PLC0415 -- costs seconds; only printers pay them
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

        fonts = FontConfiguration()
    logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
    fetcher = sealed_fetcher()
    sheet = weasyprint.CSS(
        string=PAPER_CSS.read_text(encoding="utf-8"),
        base_url="sealed:",
        url_fetcher=fetcher,
        font_config=fonts,
    )
    return _Engine(weasyprint, fetcher, fonts, sheet)


@contextmanager
def _only_our_fonts() -> Iterator[None]:
    """Let fontconfig see the project's fonts and no others while it is set up."""
    before = os.environ.get("FONTCONFIG_FILE")
    with tempfile.TemporaryDirectory(prefix="kkr-fonts-") as folder:
        config = Path(folder) / "fonts.conf"
        config.write_text(
            _FONT_CONFIG.format(fonts=fonts_folder(), cache=folder), encoding="utf-8"
        )
        os.environ["FONTCONFIG_FILE"] = str(config)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


def _picture(url: str) -> bytes | None:
    """Give the bytes of a picture that stands in the page itself; None for all else.

    Only the two kinds that hold nothing but points, and begin as they must.
    """
    for kind, lead in PICTURES.items():
        if url.startswith(f"data:image/{kind};base64,"):
            found = base64.b64decode(url.partition(",")[2])
            return found if found.startswith(lead) else None
    return None


def sealed_fetcher() -> Any:
    """Give a fetcher that opens ``static:`` files and stops at everything else."""
    from weasyprint.urls import (  # noqa: PLC0415 -- costs seconds
        FatalURLFetchingError,
        URLFetcher,
        URLFetcherResponse,
    )

    class SealedFetcher(URLFetcher):
        """Resolve ``static:``; an ordinary exception would only leave a hole."""

        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002
            if (inline := _picture(url)) is not None:
                return URLFetcherResponse(url, inline)
            scheme, _, path = url.partition(":")
            found = (STATIC / path).resolve()
            inside = found.is_relative_to(STATIC) and found.is_file()
            if scheme.lower() != "static" or not inside:
                msg = f"a PDF may only use static files, not {url[:200]!r}"
                raise FatalURLFetchingError(msg)
            return URLFetcherResponse(url, found.read_bytes())

    return SealedFetcher()
