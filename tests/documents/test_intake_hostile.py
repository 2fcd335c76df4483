"""Intake of hostile files: each is refused or cleaned, soon, and in little memory."""

from __future__ import annotations

import io
import socket
import subprocess
import time
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, String

from documents.intake import Accepted, Limits, Refused, network_is_cut, take_in
from documents.intake.child import answer_for
from documents.intake.sandbox import ChildFailedError, command, run
from tests.documents import hostile as h

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REFUSED: list[tuple[str, str, Callable[[], bytes]]] = [
    ("zero bytes", "empty", lambda: b""),
    ("text", "not_pdf", lambda: b"Referat af 22. november 2023\n"),
    ("word file", "not_pdf", lambda: b"PK\3\4" + b"\0" * 400),
    ("html before header", "not_pdf", lambda: b"<html>" * 300 + h.written(h.plain())),
    ("one blank before header", "not_pdf", lambda: b" " + h.written(h.plain())),
    ("header only", "damaged", lambda: b"%PDF-1.7\n"),
    ("noise", "damaged", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 200),
    ("cut off", "damaged", lambda: h.many_pages(40)[:150]),
    ("no pages", "no_pages", lambda: h.written(Pdf.new())),
    ("user password", "password", lambda: h.written(h.plain(), Encryption("o", "u"))),
    ("launch link", "launch", lambda: h.with_link(h.launch())),
    ("launch bookmark", "launch", lambda: h.with_bookmark(h.launch())),
    ("launch at opening", "launch", lambda: h.with_catalog(OpenAction=h.launch())),
    (
        "launch at closing",
        "launch",
        lambda: h.with_catalog(AA=Dictionary(WC=h.launch())),
    ),
    (
        "launch after a link",
        "launch",
        lambda: h.with_link(
            Dictionary(S=Name.URI, URI=String("https://a.dk"), Next=Array([h.launch()]))
        ),
    ),
    (
        "launch spelt with numbers",
        "launch",
        lambda: h.with_link(h.launch()).replace(b"/Launch", b"/L#61unch"),
    ),
    ("launch named elsewhere", "launch", h.named_elsewhere),
    (
        "xfa beside no fields",
        "xfa",
        lambda: h.with_catalog(AcroForm=Dictionary(XFA=String("template"))),
    ),
    (
        "xfa",
        "xfa",
        lambda: h.with_catalog(
            AcroForm=Dictionary(Fields=Array([]), XFA=Array([String("template")]))
        ),
    ),
    ("500 MiB page", "too_heavy", h.bomb),
    ("500 MiB in two layers", "too_heavy", lambda: h.bomb(2)),
    ("500 MiB of objects", "damaged", h.bomb_of_objects),
    ("50,000 × 50,000 dots", "too_heavy", h.huge_picture),
    ("100,000 pages", "too_many_pages", lambda: h.many_pages(100_000)),
    ("pages in a circle", "damaged", h.circle),
    ("pages 10,000 deep", "damaged", lambda: h.deep_pages(10_000)),
    ("arrays 10,000 deep", "damaged", lambda: h.deep_arrays(10_000)),
]

NOTE_SCRIPT = "Scripts (JavaScript) er fjernet."
NOTE_OPENING = "Handlinger, der går i gang af sig selv, er fjernet."
NOTE_FILES = (
    "Filer, der lå inde i filen, er fjernet. Skal de med, så tilføj dem som egne bilag."
)
NOTE_LINKS = "Links til filer på afsenderens computer er fjernet."
NOTE_SENDING = "Knapper, der sender eller henter oplysninger, er fjernet."
NOTE_MEDIA = "Lyd, film og 3D er fjernet."

CLEANED: list[tuple[str, str, Callable[[], bytes]]] = [
    (
        "script by name",
        NOTE_SCRIPT,
        lambda: h.with_names(JavaScript=h.named(h.script())),
    ),
    ("script at opening", NOTE_SCRIPT, lambda: h.with_catalog(OpenAction=h.script())),
    ("script in a link", NOTE_SCRIPT, lambda: h.with_link(h.script())),
    ("script in a bookmark", NOTE_SCRIPT, lambda: h.with_bookmark(h.script())),
    (
        "script after a link",
        NOTE_SCRIPT,
        lambda: h.with_link(
            Dictionary(S=Name.URI, URI=String("https://a.dk"), Next=h.script())
        ),
    ),
    (
        "script on an annotation",
        NOTE_SCRIPT,
        lambda: h.with_annotation(Subtype=Name.Link, AA=Dictionary(E=h.script())),
    ),
    (
        "jump away at opening",
        NOTE_OPENING,
        lambda: h.with_catalog(OpenAction=h.address(h.LISTENER)),
    ),
    (
        "call home at closing",
        NOTE_OPENING,
        lambda: h.with_catalog(AA=Dictionary(WC=h.address(h.LISTENER))),
    ),
    ("file link", NOTE_LINKS, lambda: h.with_link(h.address("file:///etc/passwd"))),
    (
        "script link",
        NOTE_LINKS,
        lambda: h.with_link(h.address("JavaScript:kanariefugl")),
    ),
    (
        "link to another file",
        NOTE_LINKS,
        lambda: h.with_link(Dictionary(S=Name.GoToR, F=String("\\\\kanariefugl\\c"))),
    ),
    (
        "form that sends",
        NOTE_SENDING,
        lambda: h.with_link(Dictionary(S=Name.SubmitForm, F=String("kanariefugl"))),
    ),
    (
        "form that fetches",
        NOTE_SENDING,
        lambda: h.with_link(Dictionary(S=Name.ImportData, F=String("kanariefugl"))),
    ),
    (
        "sound",
        NOTE_MEDIA,
        lambda: h.with_annotation(Subtype=Name.Sound, Contents=String("kanariefugl")),
    ),
    (
        "rich media",
        NOTE_MEDIA,
        lambda: h.with_annotation(Subtype=Name.RichMedia, NM=String("kanariefugl")),
    ),
    (
        "embedded file",
        NOTE_FILES,
        lambda: h.with_file(
            lambda pdf, file: pdf.Root.__setitem__(
                "/Names", Dictionary(EmbeddedFiles=h.named(file))
            )
        ),
    ),
    (
        "associated file",
        NOTE_FILES,
        lambda: h.with_file(
            lambda pdf, file: pdf.pages[0].obj.__setitem__("/AF", Array([file]))
        ),
    ),
    (
        "attached file",
        NOTE_FILES,
        lambda: h.with_file(
            lambda pdf, file: pdf.pages[0].obj.__setitem__(
                "/Annots",
                Array(
                    [
                        pdf.make_indirect(
                            Dictionary(
                                Subtype=Name.FileAttachment,
                                Rect=Array([0, 0, 9, 9]),
                                FS=file,
                            )
                        )
                    ]
                ),
            )
        ),
    ),
]


@pytest.mark.parametrize(
    ("code", "make"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_cannot_be_used_is_refused_within_ten_seconds(
    tmp_path: Path, code: str, make: Callable[[], bytes]
) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(make())
    began = time.monotonic()

    verdict = take_in(source, cleaned=tmp_path / "clean.pdf")

    assert time.monotonic() - began <= 10
    assert isinstance(verdict, Refused)
    assert verdict.code == code
    assert [path.name for path in tmp_path.iterdir()] == ["source.pdf"]


@pytest.mark.parametrize(
    ("note", "make"), [case[1:] for case in CLEANED], ids=[case[0] for case in CLEANED]
)
def test_what_acts_or_hides_is_taken_out_and_said(
    tmp_path: Path, note: str, make: Callable[[], bytes]
) -> None:
    source, clean = tmp_path / "source.pdf", tmp_path / "clean.pdf"
    source.write_bytes(make())

    verdict = take_in(source, cleaned=clean)

    assert isinstance(verdict, Accepted)
    assert verdict.notes == (note,)
    assert verdict.facts.page_count == 1
    unfolded = everything_in(clean)
    for trace in (b"kanariefugl", b"127.0.0.1", b"/JavaScript", b"/EF", b"passwd"):
        assert trace not in unfolded
    assert (
        b"kanariefugl" in everything_in(source)
        or b"http" in source.read_bytes()
        or (b"passwd" in source.read_bytes())
    )


def everything_in(path: Path) -> bytes:
    """The whole file with all streams unfolded, as another program sees it."""
    finished = subprocess.run(
        ["qpdf", "--qdf", "--object-streams=disable", str(path), "-"],
        capture_output=True, check=True,
    )  # fmt: skip
    return finished.stdout


@pytest.mark.parametrize(
    "make",
    [
        lambda: h.deep_bookmarks(10_000),
        lambda: h.deep_arrays(400),
        lambda: h.many_pages(2000),
        h.form_in_itself,
        h.unclosed_strings,
        h.broken_font,
    ],
    ids=["bookmarks", "arrays", "2,000 pages", "form in itself", "strings", "font"],
)
def test_what_is_odd_but_harmless_is_taken_within_ten_seconds(
    tmp_path: Path, make: Callable[[], bytes]
) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(make())
    began = time.monotonic()

    verdict = take_in(source, cleaned=tmp_path / "clean.pdf")

    assert time.monotonic() - began <= 10
    assert isinstance(verdict, Accepted)


def test_a_broken_table_of_contents_is_repaired_and_said(tmp_path: Path) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(h.many_pages(3).replace(b"startxref\n", b"startxref\n9"))

    verdict = take_in(source, cleaned=tmp_path / "clean.pdf")

    assert isinstance(verdict, Accepted)
    assert verdict.notes == ("Fejl i filens opbygning er rettet i pakkens kopi.",)
    assert verdict.facts.page_count == 3


def test_a_file_that_is_two_things_at_once_is_only_a_pdf_afterwards(
    tmp_path: Path,
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("kanariefugl.html", "<script>kanariefugl</script>")
    head, rest = h.written(h.plain()).split(b"\n", 1)
    page = b"%<script>kanariefugl</script>\n"
    source = tmp_path / "source.pdf"
    source.write_bytes(head + b"\n" + page + rest + packed.getvalue())

    assert isinstance(take_in(source, cleaned=tmp_path / "clean.pdf"), Accepted)

    clean = (tmp_path / "clean.pdf").read_bytes()
    assert b"kanariefugl" not in clean
    assert not zipfile.is_zipfile(tmp_path / "clean.pdf")


def test_honest_links_and_jumps_stay(tmp_path: Path) -> None:
    source, clean = tmp_path / "source.pdf", tmp_path / "clean.pdf"
    for uri in ("https://www.kum.dk/", "mailto:kkr@example.org", "www.kum.dk"):
        source.write_bytes(h.with_link(h.address(uri)))

        verdict = take_in(source, cleaned=clean)

        assert isinstance(verdict, Accepted)
        assert verdict.notes == ()
        assert uri.encode() in everything_in(clean)


@given(st.binary(max_size=600))
def test_any_bytes_after_a_header_get_an_answer(content: bytes) -> None:
    answer = answer_for(io.BytesIO(b"%PDF-1.7\n" + content), io.BytesIO(), Limits())

    assert answer["refused"] in {"damaged", "no_pages", "too_heavy"}


def test_the_network_is_cut_where_the_child_says_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        host, port = listener.getsockname()
        finished = subprocess.run(
            command("documents.intake.probe", f"{host}:{port}"),
            capture_output=True, check=True, timeout=20,
        )  # fmt: skip
        reached = True
        try:
            listener.accept()
        except TimeoutError:
            reached = False

    assert (finished.stdout == b"cut") == network_is_cut()
    assert reached != network_is_cut()


@pytest.mark.parametrize("wish", ["memory", "time", "files", "secrets"])
def test_a_child_cannot_take_more_than_it_is_given(
    tmp_path: Path, wish: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "kanariefugl")
    source = tmp_path / "source"
    source.write_bytes(b"x")
    limits = Limits(wall_seconds=3)

    with (
        source.open("rb") as given,
        (tmp_path / "out").open("w+b") as out,
        pytest.raises(ChildFailedError),
    ):
        run("tests.documents.greedy", wish, source=given, out=out, limits=limits)
