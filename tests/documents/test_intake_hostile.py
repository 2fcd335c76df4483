"""Intake of hostile files: each is refused or cleaned, soon, and in little memory."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, String

from documents.intake import (
    Accepted,
    Limits,
    refusal_reason,
    take_in,
)
from documents.intake.child import answer_for
from tests.documents import hostile as h
from tests.documents.disguised import disguised
from tests.documents.judging import Judge, Judged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# What one file may cost (S14): seconds of the processor, and MiB in the process that
# reads it.
SECONDS, MEMORY = 10, 512

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


@contextmanager
def trap_in(folder: Path) -> Iterator[tuple[Path, str, subprocess.Popen[bytes]]]:
    """A file and an address that hostile files ask for; nobody may touch either.

    The file is a pipe: whoever opens it to read lets the one who waits to write go on.
    """
    pipe = folder / "kanariefugl"
    os.mkfifo(pipe)
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        subprocess.Popen(["sh", "-c", f"echo x > {pipe}"]) as waiting,
    ):
        host, port = listener.getsockname()
        listener.settimeout(0)
        yield pipe, f"http://{host}:{port}/", waiting
        was_opened = waiting.poll() is not None
        waiting.kill()
        assert not was_opened
        with pytest.raises(BlockingIOError):
            listener.accept()


@pytest.fixture
def trap(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """The trap's file; the makers of hostile files know its address."""
    with trap_in(tmp_path_factory.mktemp("trap")) as (pipe, address, _):
        monkeypatch.setattr(h, "LISTENER", address)
        yield pipe


def test_the_trap_notices_who_opens_its_file(tmp_path: Path) -> None:
    def fall_for_it() -> None:
        with trap_in(tmp_path) as (pipe, _, waiting):
            pipe.read_text()
            waiting.wait(timeout=10)

    with pytest.raises(AssertionError):
        fall_for_it()


def test_the_trap_notices_who_calls_its_address(tmp_path: Path) -> None:
    def fall_for_it() -> None:
        with trap_in(tmp_path) as (_, address, _):
            host, _, port = address.removeprefix("http://").strip("/").partition(":")
            socket.create_connection((host, int(port)), timeout=2).close()

    with pytest.raises(pytest.fail.Exception):
        fall_for_it()


@pytest.fixture(scope="module")
def judges() -> Iterator[list[Judge]]:
    """The one process that judges; another only where a file has ended the one before."""
    made = [Judge()]
    yield made
    assert [judge.end() for judge in made] == [0]


@pytest.fixture
def judge(judges: list[Judge], tmp_path: Path) -> Callable[[bytes], Judged]:
    """Gives the verdict: in time, in little memory, by a process that lives."""
    if judges[-1].process.poll() is not None:
        judges.append(Judge())

    def judge(content: bytes) -> Judged:
        source = tmp_path / "source.pdf"
        source.write_bytes(content)
        answer = judges[-1].judged(source, tmp_path / "clean.pdf")
        assert answer.seconds <= SECONDS
        assert answer.memory <= MEMORY
        left = {path.name for path in tmp_path.iterdir()}
        assert left == {"source.pdf"} | (set() if answer.code else {"clean.pdf"})
        assert source.read_bytes() == content
        return answer

    return judge


@pytest.mark.parametrize(
    ("code", "make"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_what_cannot_be_used_is_refused_with_a_reason(
    judge: Callable[[bytes], Judged],
    trap: Path,
    code: str,
    make: Callable[[], bytes],
) -> None:
    answer = judge(make())

    assert answer.code == code
    assert answer.reason == refusal_reason(code)


@pytest.mark.parametrize("name", disguised("", ""))
def test_what_is_no_pdf_is_told_so_and_not_opened(
    judge: Callable[[bytes], Judged], trap: Path, name: str
) -> None:
    answer = judge(disguised(h.LISTENER, str(trap))[name]())

    assert answer.code == "not_pdf"


@pytest.mark.parametrize(
    ("note", "make"), [case[1:] for case in CLEANED], ids=[case[0] for case in CLEANED]
)
def test_what_acts_or_hides_is_taken_out_and_said(
    judge: Callable[[bytes], Judged],
    tmp_path: Path,
    trap: Path,
    note: str,
    make: Callable[[], bytes],
) -> None:
    answer = judge(make())

    assert answer.notes == (note,)
    assert len(answer.facts["pages"]) == 1
    source, clean = (tmp_path / name for name in ("source.pdf", "clean.pdf"))
    for trace in (b"kanariefugl", b"127.0.0.1", b"/JavaScript", b"/EF", b"passwd"):
        assert trace not in everything_in(clean)
    whole = everything_in(source) + source.read_bytes()
    assert any(trace in whole for trace in (b"kanariefugl", b"http", b"passwd"))


ODD: dict[str, Callable[[str], bytes]] = {
    "bookmarks 10,000 deep": lambda _: h.deep_bookmarks(10_000),
    "arrays 400 deep": lambda _: h.deep_arrays(400),
    "600 pages": lambda _: h.many_pages(600),
    "2,000 pages": lambda _: h.many_pages(2000),
    "100,000 objects": lambda _: h.many_objects(100_000),
    "form in itself": lambda _: h.form_in_itself(),
    "unclosed strings": lambda _: h.unclosed_strings(),
    "broken font": lambda _: h.broken_font(),
    "content in another file": h.content_elsewhere,
    "drawing in another file": h.drawing_elsewhere,
    "metadata that asks": h.metadata_that_asks,
}


# Near the bound where nothing else runs; beside other tests a processor counts more.
HEAVY = {"100,000 objects"}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.drill if name in HEAVY else ())
        for name in ODD
    ],
)
def test_what_is_odd_but_harmless_is_taken(
    judge: Callable[[bytes], Judged], trap: Path, name: str
) -> None:
    answer = judge(ODD[name](str(trap)))

    assert answer.code == ""


def test_sheets_of_all_sizes_and_turns_are_taken_as_they_are_shown(
    judge: Callable[[bytes], Judged], trap: Path
) -> None:
    content = h.sheets((841, 1189, 0), (210, 297, 90), (210, 297, 270), (297, 420, 180))

    pages = judge(content).facts["pages"]

    shown = [(page["width_mm"], page["height_mm"], page["rotate"]) for page in pages]
    assert shown == [
        (841.0, 1189.0, 0), (297.0, 210.0, 90), (297.0, 210.0, 270), (297.0, 420.0, 180)
    ]  # fmt: skip


def everything_in(path: Path) -> bytes:
    """The whole file with all streams unfolded, as another program sees it."""
    finished = subprocess.run(
        ["qpdf", "--qdf", "--object-streams=disable", str(path), "-"],
        capture_output=True, check=True,
    )  # fmt: skip
    return finished.stdout


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


def test_the_same_process_takes_an_honest_file_after_all_of_these(
    judge: Callable[[bytes], Judged], judges: list[Judge]
) -> None:
    answer = judge(h.written(h.plain()))

    assert (answer.code, answer.notes) == ("", ())
    assert len(judges) == 1


@given(st.binary(max_size=600))
def test_any_bytes_after_a_header_get_an_answer(content: bytes) -> None:
    answer = answer_for(io.BytesIO(b"%PDF-1.7\n" + content), io.BytesIO(), Limits())

    assert answer["refused"] in {"damaged", "no_pages", "too_heavy"}
